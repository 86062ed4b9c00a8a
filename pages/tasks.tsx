/** Tasks that plans attach to events: whose they are, by when, and that they were done. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { problemsOfIssues } from '../api/http/issues';
import { invalidInput } from '../api/http/problem';
import { EVERYBODY, type UserRole } from '../api/http/route';
import { communeCode, provinceCode } from '../api/http/schemas';
import { marginOf } from '../api/managers/dossiers';
import { countTasks, listTasks, settleTask, taskSettlement, type TaskView } from '../api/tasks/routes';
import type { FormFields } from './form-fields';
import { day, number, typedDay } from './formats';
import { form, page, type PageCall, type View } from './page';
import { CheckBox, DayField, Field, FilterBar, Form, FormProblem, QuickFilters, SelectField, Submit, TextField } from './parts/forms';
import { LatenessChip, marginWords } from './parts/lateness';
import { Panel } from './parts/panel';
import { DataTable, Pager, withQuery } from './parts/tables';

const PATH = '/viec-theo-ke-hoach';
const SETTLERS: UserRole[] = ['administrator', 'provincial_staff', 'commune_staff'];
const PAGE = 20;

/** The lists as they stand in the address. */
const LISTS = ['mo', 'qua-han', 'xong', 'khong-can', 'het-hieu-luc'] as const;
type List = (typeof LISTS)[number];
const LIST_TITLES: Record<List, string> = {
  mo: 'Đang mở',
  'qua-han': 'Quá hạn',
  xong: 'Đã xong',
  'khong-can': 'Không cần làm',
  'het-hieu-luc': 'Hết hiệu lực cùng hồ sơ',
};

const query = z.object({
  ds: z.enum(LISTS).optional(),
  office: z.enum(['commune', 'province']).optional(),
  province: provinceCode.optional(),
  commune: communeCode.optional(),
  cursor: z.string().max(400).optional(),
});
type Query = z.output<typeof query>;
type Call = PageCall<unknown, Query>;

const OFFICES: Record<TaskView['office'], string> = { commune: 'Cấp xã', province: 'Cấp tỉnh' };

const narrowed = ({ office, province, commune }: Query) => ({
  ...(office ? { office } : {}),
  ...(province ? { province } : {}),
  ...(commune ? { commune } : {}),
});

/** A list's question to the API; what is due before today is overdue. */
function asked({ deps, query: given }: Call, list: List) {
  const area = narrowed(given);
  switch (list) {
    case 'mo':
      return { ...area, status: 'open' as const };
    case 'qua-han':
      return { ...area, status: 'open' as const, dueBefore: deps.today() };
    case 'xong':
      return { ...area, status: 'done' as const };
    case 'khong-can':
      return { ...area, status: 'not_needed' as const };
    case 'het-hieu-luc':
      return { ...area, status: 'lapsed' as const };
  }
}

async function show(call: Call): Promise<View> {
  const { deps, actor, query: given } = call;
  const { ds = 'mo', cursor } = given;
  const [{ items, nextCursor }, counts] = await Promise.all([
    listTasks(deps, actor, { ...asked(call, ds), limit: PAGE, ...(cursor ? { cursor } : {}) }),
    Promise.all(LISTS.map(async (one) => await countTasks(deps, actor, asked(call, one)))),
  ]);
  const [open = 0, overdue = 0] = counts;
  const here = (more: Partial<Query>): string => withQuery(PATH, { ...narrowed(given), ds, ...more });
  const total = counts[LISTS.indexOf(ds)] ?? 0;
  return {
    title: 'Việc theo kế hoạch',
    lead:
      open === 0
        ? 'Không có việc nào đang mở.'
        : `${number(open)} việc đang mở, ${overdue === 0 ? 'không việc nào quá hạn' : `${number(overdue)} việc quá hạn`}.`,
    body: (
      <Panel
        title={LIST_TITLES[ds]}
        id="ds"
        aside={`${number(total)} việc`}
        bare
        foot="Việc sinh ra khi có sự kiện mà kế hoạch nêu. Kế hoạch không ghi ngày thì hạn là mặc định của hệ thống, có ghi rõ."
      >
        {actor.communeCode === null && (
          <FilterBar action={PATH}>
            <input type="hidden" name="ds" value={ds} />
            <SelectField
              name="office"
              label="Việc của"
              optional
              none="Cả hai cấp"
              value={given.office}
              options={[
                { value: 'province', title: OFFICES.province },
                { value: 'commune', title: OFFICES.commune },
              ]}
            />
            <Field name="commune" label="Mã xã" optional value={given.commune} inputMode="numeric" maxLength={5} />
          </FilterBar>
        )}
        <QuickFilters
          items={LISTS.map((one, index) => ({
            title: LIST_TITLES[one],
            href: withQuery(PATH, { ...narrowed(given), ds: one }),
            count: counts[index] ?? 0,
            current: one === ds,
          }))}
        />
        {items.length === 0 ? (
          <p class="panel__b muted">Không có việc nào ở mục này.</p>
        ) : (
          <DataTable
            caption={`Việc theo kế hoạch: ${LIST_TITLES[ds].toLowerCase()}`}
            keyOf={(one) => one.id}
            rows={items}
            columns={[
              { title: 'Việc', cell: (one) => <Task task={one} /> },
              { title: 'Hồ sơ', cell: (one) => <Dossier call={call} task={one} /> },
              { title: 'Của ai', cell: (one) => <Whose task={one} /> },
              { title: 'Hạn', sorted: 'ascending', cell: (one) => <Due call={call} task={one} /> },
              { title: 'Kết quả', cell: (one) => <Result call={call} task={one} /> },
            ]}
          />
        )}
        <Pager shown={items.length} total={total} first={cursor ? here({}) : null} next={nextCursor && here({ cursor: nextCursor })} />
      </Panel>
    ),
  };
}

interface One {
  call: Call;
  task: TaskView;
}

function Task({ task: { title, source } }: { task: TaskView }): VNode {
  return (
    <>
      {title.vi}
      {source && (
        <small class="sub">
          dòng {source.line}: “{source.quote}”
        </small>
      )}
    </>
  );
}

function Dossier({ call: { deps }, task }: One): VNode {
  return (
    <>
      <a class="pn" href={`/ho-so/${task.cycleId}`}>
        {task.productName}
      </a>
      <small class="sub">{deps.units.byCode(task.communeCode)?.fullName ?? task.communeCode}</small>
    </>
  );
}

function Whose({ task: { office, owner } }: { task: TaskView }): VNode {
  return (
    <>
      {OFFICES[office]}
      {owner && <small class="sub">{owner}</small>}
    </>
  );
}

function Due({ call: { deps }, task: { status, lateness, dueOn, source } }: One): VNode {
  return (
    <div>
      <span class="nw">{day(dueOn)}</span>
      {status === 'open' && (
        <>
          {' '}
          <LatenessChip lateness={lateness} />
          <small class="sub">{marginWords(marginOf(deps, dueOn, null))}</small>
        </>
      )}
      {source && <small class="sub">{source.due}</small>}
    </div>
  );
}

const FIELDS = ['on', 'reason', 'sourceDocument'];

/** How the task ended, or the form that ends it. */
function Result({ call, task }: One): VNode {
  const { id, status, doneOn, note, document, productName, office } = task;
  if (status !== 'open')
    return (
      <div>
        {doneOn === null ? 'Hết hiệu lực' : `Ghi ngày ${day(doneOn)}`}
        {document && <small class="sub">{document}</small>}
        {note && <small class="sub">{note}</small>}
      </div>
    );
  const mine = SETTLERS.includes(call.caller.role) && !(office === 'province' && call.actor.role === 'commune_staff');
  if (!mine) return <span class="muted">Cơ quan được giao ghi</span>;
  const refused = call.refused?.form === id ? call.refused : undefined;
  const { ds, cursor } = call.query;
  return (
    <details class="act no-print" open={refused !== undefined}>
      <summary aria-label={`Ghi đã xong: ${task.title.vi}, ${productName}`}>Ghi đã xong</summary>
      <Form call={call} action={withQuery(`${PATH}/${id}`, { ...narrowed(call.query), ds, cursor })}>
        <FormProblem refused={refused} known={FIELDS} />
        <DayField name="on" label="Ngày xong" scope={id} value={day(call.deps.today())} refused={refused} />
        <Field name="sourceDocument" label="Số văn bản" scope={id} optional refused={refused} />
        <CheckBox name="notNeeded" label="Không cần làm (ghi lý do)" refused={refused} />
        <TextField name="reason" label="Ghi chú, lý do" scope={id} optional rows={2} refused={refused} />
        <Submit>Ghi nhận</Submit>
      </Form>
    </details>
  );
}

/** What the fields say. Throws the problem of each field that is wrong. */
function settlementIn(fields: FormFields): z.output<typeof taskSettlement> {
  const [on, reason, sourceDocument] = [fields.given('on'), fields.given('reason'), fields.given('sourceDocument')];
  const given = {
    ...(on === undefined ? {} : { on: typedDay(on) }),
    ...(fields.given('notNeeded') === undefined ? {} : { notNeeded: true }),
    ...(reason === undefined ? {} : { reason }),
    ...(sourceDocument === undefined ? {} : { sourceDocument }),
  };
  const parsed = taskSettlement.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidInput(problemsOfIssues(parsed.error.issues));
}

const params = z.object({ id: z.string().regex(/^\d{1,18}$/) });

export const TASK_PAGES = [
  page({ path: PATH, who: EVERYBODY, query, show }),
  form({
    path: `${PATH}/{id}`,
    who: SETTLERS,
    params,
    query,
    name: ({ params: { id } }) => id,
    show: async (call) => await show(call),
    async submit({ deps, actor, params: { id }, query: given, fields, key }) {
      const task = await settleTask(deps, actor, { id, settlement: settlementIn(fields), key });
      const words = task.status === 'done' ? 'đã xong' : 'không cần làm';
      return { redirect: withQuery(PATH, narrowed(given)), notice: `Đã ghi nhận ${words}: ${task.title.vi}, ${task.productName}.` };
    },
  }),
];
