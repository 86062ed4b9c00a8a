/** The accounts and the tokens on one page; what is shown once stands above them. */
import type { VNode } from 'preact';
import { type AccountView, listAccounts } from '../../api/auth/accounts';
import { listTokens } from '../../api/auth/tokens';
import { moment, number } from '../formats';
import type { View } from '../page';
import { Field, Form, FormProblem, Submit } from '../parts/forms';
import { Chip } from '../parts/lateness';
import { Note, Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';
import { inSentence, ROLE_TITLES } from '../words';
import { HolderFields } from './holder';
import { at, type Call, HOLDER, PATH } from './shared';

/** Something that is shown once: a first password, a token. */
interface Secret {
  what: string;
  secret: string;
  hint: string;
}

export async function show(call: Call, secret?: Secret): Promise<View> {
  const { deps, refused } = call;
  const [accounts, tokens] = await Promise.all([listAccounts(deps), listTokens(deps)]);
  const offices = await deps.db.office.findMany({
    where: { code: { in: [...accounts, ...tokens].flatMap(({ office }) => (office === null ? [] : [office])) } },
    select: { code: true, name: true },
  });
  const officeName = new Map(offices.map((one) => [one.code, one.name]));
  const nameOf = (office: string | null): string => (office === null ? 'toàn hệ thống' : inSentence(officeName.get(office) ?? office));
  const usable = accounts.filter(({ disabledAt }) => disabledAt === null).length;
  const refusedIn = (name: string) => (refused?.form === name ? refused : undefined);
  return {
    title: 'Tài khoản và mã truy cập',
    lead: `${number(usable)} tài khoản và ${number(tokens.filter(({ revokedAt }) => revokedAt === null).length)} mã truy cập đang dùng được.`,
    current: PATH,
    body: (
      <div class="stack">
        {secret && (
          <Note look="soon" alert>
            <p>
              <b>{secret.what}</b>: <code class="secret">{secret.secret}</code>
            </p>
            <p>{secret.hint}</p>
          </Note>
        )}
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
                      <small class="sub">{nameOf(one.office)}</small>
                    </>
                  ),
                },
                { title: 'Tình trạng', cell: (one) => <Standing account={one} now={deps.clock.now()} /> },
                { title: 'Lập lúc', onlyWide: true, cell: (one) => at(one.createdAt) },
                { title: 'Việc', cell: (one) => <AccountActs call={call} account={one} /> },
              ]}
            />
          )}
        </Panel>
        <details class="panel fold-list no-print" open={refusedIn('tai-khoan') !== undefined}>
          <summary>Lập tài khoản</summary>
          <div class="panel__b">
            <Form call={call} action={PATH}>
              <FormProblem refused={refusedIn('tai-khoan')} known={['login', ...HOLDER]} />
              <Field name="login" label="Tên đăng nhập" hint="Chữ cái, chữ số hoặc . _ @ + -" scope="tk" refused={refusedIn('tai-khoan')} />
              <HolderFields scope="tk" refused={refusedIn('tai-khoan')} />
              <Submit>Lập tài khoản</Submit>
            </Form>
          </div>
        </details>
        <Panel title="Mã truy cập" id="ma" aside="cho chương trình, và để vào lần đầu" bare>
          <DataTable
            caption="Mã truy cập"
            keyOf={(one) => one.id}
            rows={tokens}
            columns={[
              { title: 'Dùng cho', cell: (one) => <span class="pn">{one.name}</span> },
              {
                title: 'Vai trò và đơn vị',
                cell: (one) => (
                  <>
                    {ROLE_TITLES[one.role]}
                    <small class="sub">{nameOf(one.office)}</small>
                  </>
                ),
              },
              { title: 'Dùng gần nhất', cell: (one) => at(one.lastUsedAt) ?? <span class="muted">chưa dùng</span> },
              {
                title: 'Tình trạng',
                cell: (one) => (one.revokedAt === null ? <Chip look="ok">Dùng được</Chip> : <Chip look="none">Đã thu hồi</Chip>),
              },
              {
                title: 'Việc',
                cell: (one) =>
                  one.revokedAt === null && one.id !== call.caller.tokenId ? (
                    <Form call={call} action={`${PATH}/ma/${one.id}/thu-hoi`} class="inline">
                      <button class="link" type="submit" aria-label={`Thu hồi mã ${one.name}`}>
                        Thu hồi
                      </button>
                    </Form>
                  ) : (
                    <span class="muted">–</span>
                  ),
              },
            ]}
          />
        </Panel>
        <details class="panel fold-list no-print" open={refusedIn('ma') !== undefined}>
          <summary>Cấp mã truy cập</summary>
          <div class="panel__b">
            <Form call={call} action={`${PATH}/ma`}>
              <FormProblem refused={refusedIn('ma')} known={['name', ...HOLDER]} />
              <Field
                name="name"
                label="Dùng cho"
                hint="Tên chương trình hoặc việc, không ghi tên người"
                scope="ma"
                maxLength={100}
                refused={refusedIn('ma')}
              />
              <HolderFields scope="ma" refused={refusedIn('ma')} />
              <Submit>Cấp mã</Submit>
            </Form>
          </div>
        </details>
      </div>
    ),
  };
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
