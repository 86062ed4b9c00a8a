/** The plans, and a new one or a new version from a file. */
import type { Plan } from '../../domain/plans';
import { day, number } from '../formats';
import type { PageCall, View } from '../page';
import { Field, Form, FormProblem, Submit, TextField } from '../parts/forms';
import { Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';
import { documentWords, EDITORS, PATH } from './shared';

export async function list(call: PageCall<unknown, unknown>): Promise<View> {
  const { deps, actor, refused } = call;
  const today = deps.today();
  const counts = await deps.db.cycle.groupBy({ by: ['planId'], where: { stage: { not: 'closed' } }, _count: true });
  const running = new Map(counts.map((row) => [row.planId, row._count]));
  const edits = EDITORS.some((role) => role === actor.role);
  const current = deps.rules.plans.filter(({ period }) => period.from <= today && today <= period.to).length;
  return {
    title: 'Kế hoạch',
    lead: `${number(current)} trong ${number(deps.rules.plans.length)} kế hoạch đang trong thời gian thực hiện.`,
    body: (
      <div class="stack">
        <Panel title="Các kế hoạch" id="ds" bare>
          <DataTable
            caption="Các kế hoạch"
            keyOf={({ id }) => id}
            rows={deps.rules.plans}
            columns={[
              {
                title: 'Kế hoạch',
                cell: (plan) => (
                  <>
                    <a class="pn" href={`${PATH}/${plan.id}`}>
                      {plan.title.vi}
                    </a>
                    <small class="sub">{plan.issuer.name}</small>
                  </>
                ),
              },
              { title: 'Văn bản', cell: ({ document }) => documentWords(document) },
              { title: 'Thời gian', cell: ({ period }) => `${day(period.from)} – ${day(period.to)}` },
              { title: 'Phiên bản', numeric: true, cell: ({ version }) => number(version) },
              // Of everybody: a plan is no office's own.
              ...(actor.role === 'administrator'
                ? [{ title: 'Hồ sơ đang chạy', numeric: true, cell: ({ id }: Plan) => number(running.get(id) ?? 0) }]
                : []),
            ]}
          />
        </Panel>
        {edits && (
          <details class="panel fold-list no-print" open={refused !== undefined}>
            <summary>Nhập kế hoạch mới hoặc phiên bản mới từ tệp dữ liệu</summary>
            <div class="panel__b">
              <Form call={call} action={PATH} files>
                <FormProblem refused={refused} known={['file', 'reason']} />
                <Field
                  name="file"
                  label="Tệp JSON của kế hoạch"
                  type="file"
                  accept=".json,application/json"
                  hint="Cùng dạng với các kế hoạch đi kèm hệ thống; mọi mục phải có dòng và trích dẫn. Sai chỗ nào báo chỗ ấy, chưa ghi gì."
                  refused={refused}
                />
                <TextField name="reason" label="Lý do, văn bản" rows={2} refused={refused} />
                <Submit>Kiểm tra và nhập</Submit>
              </Form>
            </div>
          </details>
        )}
      </div>
    ),
  };
}
