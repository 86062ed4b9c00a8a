/** The programs' tokens, and a new one. */
import type { VNode } from 'preact';
import type { TokenView } from '../../api/auth/tokens';
import { Field, Form, FormProblem, Submit } from '../parts/forms';
import { Chip } from '../parts/lateness';
import { Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';
import { ROLE_TITLES } from '../words';
import { HolderFields } from './holder';
import { at, type Call, HOLDER, PATH, refusedIn } from './shared';

interface TokensProps {
  call: Call;
  tokens: readonly TokenView[];
  officeTitle: (office: string | null) => string;
}

export function Tokens({ call, tokens, officeTitle }: TokensProps): VNode {
  return (
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
                <small class="sub">{officeTitle(one.office)}</small>
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
  );
}

export function NewToken({ call }: { call: Call }): VNode {
  const refused = refusedIn(call, 'ma');
  return (
    <details class="panel fold-list no-print" open={refused !== undefined}>
      <summary>Cấp mã truy cập</summary>
      <div class="panel__b">
        <Form call={call} action={`${PATH}/ma`}>
          <FormProblem refused={refused} known={['name', ...HOLDER]} />
          <Field
            name="name"
            label="Dùng cho"
            hint="Tên chương trình hoặc việc, không ghi tên người"
            scope="ma"
            maxLength={100}
            refused={refused}
          />
          <HolderFields scope="ma" refused={refused} />
          <Submit>Cấp mã</Submit>
        </Form>
      </div>
    </details>
  );
}
