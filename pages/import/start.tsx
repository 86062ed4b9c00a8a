/** Choosing a list and its file. */
import { z } from 'zod';
import { plansToChoose } from '../../api/cycles/plans-of-place';
import { notFound } from '../../api/http/problem';
import { jobView } from '../../api/imports/jobs';
import type { ImportKind } from '../../api/imports/work-of';
import { moment, number } from '../formats';
import type { PageCall, View } from '../page';
import { Field, Form, FormProblem, QuickFilters, SelectField, Submit } from '../parts/forms';
import { Facts, Panel } from '../parts/panel';
import { DataTable, withQuery } from '../parts/tables';
import { KINDS, PATH, StatusChip } from './shared';

const ALL = Object.keys(KINDS) as ImportKind[];

/** What an office may import: a commune its registrations. */
const mayImport = (kind: ImportKind, role: string): boolean => kind === 'registrations' || role !== 'commune_staff';
export const startQuery = z.object({ loai: z.string().optional() });

type StartCall = PageCall<unknown, z.output<typeof startQuery>>;

export function kindAsked({ query, actor }: StartCall): ImportKind {
  const asked = ALL.find((kind) => KINDS[kind].address === query.loai) ?? 'registrations';
  if (!mayImport(asked, actor.role)) throw notFound();
  return asked;
}

export async function start(call: StartCall): Promise<View> {
  const kind = kindAsked(call);
  const { title, columns, optional } = KINDS[kind];
  const { deps, actor, refused } = call;
  const jobs = await deps.db.importJob.findMany({ where: { actorId: actor.id }, orderBy: { startedAt: 'desc' }, take: 10 });
  return {
    title: 'Nhập từ tệp',
    lead: 'Xem trước từng dòng rồi mới nhập. Gửi lại cùng một tệp không tạo trùng.',
    body: (
      <div class="stack">
        <div class="grid">
          <Panel title={title} id="tep" class="c7" bare>
            <div class="gap-s" />
            <QuickFilters
              items={ALL.filter((one) => mayImport(one, actor.role)).map((one) => ({
                title: KINDS[one].title,
                href: withQuery(PATH, { loai: KINDS[one].address }),
                current: one === kind,
              }))}
            />
            <div class="panel__b">
              <Form call={call} action={withQuery(PATH, { loai: KINDS[kind].address })} files>
                <FormProblem refused={refused} known={['file', 'plan']} />
                <Field
                  name="file"
                  label="Tệp Excel (.xlsx, .xls) hoặc CSV"
                  type="file"
                  accept=".xlsx,.xls,.csv,.tsv,text/csv"
                  hint="Tối đa 10 MB. Phông cũ (TCVN3, VNI) được nhận ra và chuyển sang Unicode."
                  refused={refused}
                />
                {kind !== 'contacts' && (
                  <SelectField
                    name="plan"
                    label="Kế hoạch"
                    optional
                    none="Theo xã và ngày đăng ký"
                    options={plansToChoose(deps.rules.plans, actor, deps.today()).map((plan) => ({ value: plan.id, title: plan.title.vi }))}
                    refused={refused}
                  />
                )}
                <div class="form__a">
                  <Submit>Xem trước</Submit>
                  <span class="hint">Chưa ghi gì.</span>
                </div>
              </Form>
            </div>
          </Panel>
          <Panel title="Các cột" id="cot" class="c5">
            <Facts
              pairs={[
                ['Phải có', columns],
                ['Tùy chọn', optional],
                ['Tên cột', 'viết có dấu hay không đều được; cột lạ được bỏ qua và nêu tên'],
                ['Xã', 'viết tên hoặc mã; tên chưa rõ thì không đoán mà nêu các xã gần giống'],
              ]}
            />
          </Panel>
        </div>
        {jobs.length > 0 && (
          <Panel title="Các lần nhập gần đây của bạn" id="lan-nhap" bare>
            <DataTable
              caption="Các lần nhập gần đây"
              keyOf={(job) => job.id}
              rows={jobs.map((job) => jobView(job, deps.clock.now()))}
              columns={[
                { title: 'Lần nhập', cell: (job) => <a href={`${PATH}/lan/${job.id}`}>{moment(Date.parse(job.startedAt))}</a> },
                { title: 'Loại', cell: (job) => KINDS[job.kind].title },
                { title: 'Tình trạng', cell: (job) => <StatusChip status={job.status} /> },
                { title: 'Dòng', numeric: true, cell: (job) => number(job.counts.total) },
                { title: 'Từ chối', numeric: true, cell: (job) => number(job.counts.refused) },
              ]}
            />
          </Panel>
        )}
      </div>
    ),
  };
}
