/** The accounts: who signs in, how they stand, and a new one. */
import type { VNode } from 'preact';
import type { AccountView } from '../../api/auth/accounts';
import { moment } from '../formats';
import { Field, Form, FormProblem, Submit } from '../parts/forms';
import { Chip } from '../parts/lateness';
import { Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';
import { ROLE_TITLES } from '../words';
import { HolderFields } from './holder';
import { at, type Call, HOLDER, PATH, refusedIn } from './shared';

interface AccountsProps {
  call: Call;
  accounts: readonly AccountView[];
  officeTitle: (office: string | null) => string;
}

export function Accounts({ call, accounts, officeTitle }: AccountsProps): VNode {
  return (
    <Panel title="Tài khoản" id="tai-khoan" bare>
      {accounts.length === 0 ? (
        <div class="panel__b">
          <p class="muted">Chưa có tài khoản nào.</p>
        </div>
      ) : (
        <DataTable
          caption="Tài khoản"
          keyOf={(one) => one.id}
          rows={accounts}
          columns={[
            {
              title: 'Tên đăng nhập',
              cell: (one) => (
                <>
                  <span class="pn">{one.login}</span>
                  {one.person && <small class="sub">{one.person.name}</small>}
                </>
              ),
            },
            {
              title: 'Vai trò và đơn vị',
              cell: (one) => (
                <>
                  {ROLE_TITLES[one.role]}
                  <small class="sub">{officeTitle(one.office)}</small>
                </>
              ),
            },
            { title: 'Tình trạng', cell: (one) => <Standing account={one} now={call.deps.clock.now()} /> },
            { title: 'Lập lúc', onlyWide: true, cell: (one) => at(one.createdAt) },
            { title: 'Việc', cell: (one) => <AccountActs call={call} account={one} /> },
          ]}
        />
      )}
    </Panel>
  );
}

export function NewAccount({ call }: { call: Call }): VNode {
  const refused = refusedIn(call, 'tai-khoan');
  return (
    <details class="panel fold-list no-print" open={refused !== undefined}>
      <summary>Lập tài khoản</summary>
      <div class="panel__b">
        <Form call={call} action={PATH}>
          <FormProblem refused={refused} known={['login', ...HOLDER]} />
          <Field name="login" label="Tên đăng nhập" hint="Chữ cái, chữ số hoặc . _ @ + -" scope="tk" refused={refused} />
          <HolderFields scope="tk" refused={refused} />
          <Submit>Lập tài khoản</Submit>
        </Form>
      </div>
    </details>
  );
}

function Standing({ account: { disabledAt, lockedUntil, singleSignOn }, now }: { account: AccountView; now: number }): VNode {
  if (disabledAt) return <Chip look="none">Đã khóa</Chip>;
  if (lockedUntil && Date.parse(lockedUntil) > now) return <Chip look="soon">Tạm khóa đến {moment(Date.parse(lockedUntil))}</Chip>;
  return <Chip look="ok">{singleSignOn ? 'Dùng được, có đăng nhập một lần' : 'Dùng được'}</Chip>;
}

function AccountActs({ call, account: { id, login, disabledAt } }: { call: Call; account: AccountView }): VNode {
  if (disabledAt !== null || id === call.caller.tokenId) return <span class="muted">–</span>;
  return (
    <div class="acts">
      <Form call={call} action={`${PATH}/${id}/dat-lai`} class="inline">
        <button class="link" type="submit" aria-label={`Đặt lại mật khẩu của ${login}`}>
          Đặt lại mật khẩu
        </button>
      </Form>
      <Form call={call} action={`${PATH}/${id}/khoa`} class="inline">
        <button class="link" type="submit" aria-label={`Khóa tài khoản ${login}`}>
          Khóa
        </button>
      </Form>
    </div>
  );
}
