/** Starting a change of many dossiers: choose the dossiers and the change, see what it would do, propose it. */
import { z } from 'zod';
import type { VNode } from 'preact';
import { type BulkAction, BULK_ACTIONS, type Change, type Choice, type Proposal, proposal } from '../../api/bulk/change';
import { propose, tryProposal } from '../../api/bulk/proposals';
import { namesOf, viewsOfDryRun } from '../../api/bulk/views';
import { isAskedFor } from '../../api/cycles/filter';
import { LATENESS } from '../../api/cycles/lateness';
import { readCycles } from '../../api/cycles/read';
import { summaryOf } from '../../api/cycles/representation';
import { problemsOfIssues } from '../../api/http/issues';
import { invalidInput } from '../../api/http/problem';
import { code, communeCode, provinceCode } from '../../api/http/schemas';
import { STAGE_TITLES, STAGES } from '../../domain/cycle/stages';
import { Prisma } from '../../prisma/generated/client';
import type { FormFields } from '../form-fields';
import { day, number, typedDay } from '../formats';
import { form, page, type PageCall, type View } from '../page';
import { DayField, Field, FilterBar, Form, FormProblem, QuickFilters, SelectField, Submit, TextField } from '../parts/forms';
import { DueDate, LATENESS_WORDS, LatenessChip } from '../parts/lateness';
import { Note, Panel } from '../parts/panel';
import { DataTable, withQuery } from '../parts/tables';
import { inTotal, ItemsTable } from './items';
import { changeAt, CHANGES, changeWords, PATH } from './words';

export const WHO = ['administrator', 'provincial_staff'] as const;
const START = `${PATH}/moi`;
const SHOWN = 100;
const SHOWN_IN_DRY_RUN = 300;

/** Names as they stand in the address. */
const query = z.object({
  viec: z.string().optional(),
  plan: code.optional(),
  province: provinceCode.optional(),
  commune: communeCode.optional(),
  stage: z.enum(STAGES).optional(),
  lateness: z.enum(LATENESS).optional(),
  q: z.string().max(100).optional(),
});
type Query = z.output<typeof query>;
type Call = PageCall<unknown, Query>;

type Filter = NonNullable<Choice['filter']>;

/** The list's questions without what is not asked. */
function filterIn({ viec: _action, ...asked }: Query): Filter {
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  return { scope: asked.stage === 'validity' ? 'all' : 'season', ...given };
}

async function found({ deps, actor }: Call, filter: Filter) {
  const condition = isAskedFor(deps, actor, filter);
  const [total] = await deps.db.$queryRaw<{ count: number }[]>(Prisma.sql`select count(*)::int as count from cycle c where ${condition}`);
  const ids = await deps.db.$queryRaw<{ id: string }[]>(
    Prisma.sql`select c.id from cycle c where ${condition} order by c.last_safe_on nulls last, c.id limit ${SHOWN}`,
  );
  const rows = await readCycles(
    deps,
    ids.map(({ id }) => id),
  );
  return { total: total?.count ?? 0, rows: rows.map((row) => summaryOf(deps, row)) };
}

async function show(call: Call): Promise<View> {
  const { deps, query: asked } = call;
  const action = changeAt(asked.viec);
  const { total, rows } = await found(call, filterIn(asked));
  const { viec: _action, ...rest } = asked;
  const href = (one: BulkAction): string => withQuery(START, { ...rest, viec: CHANGES[one].address });
  return {
    title: 'Đề xuất thay đổi nhiều hồ sơ',
    lead: 'Chọn việc và hồ sơ, xem trước từng hồ sơ sẽ đổi thế nào; người thứ hai duyệt rồi mới thực hiện.',
    crumbs: <a href={PATH}>Thay đổi nhiều hồ sơ</a>,
    current: PATH,
    body: (
      <div class="stack">
        <Panel title="1. Việc cần làm" id="viec" bare>
          <div class="gap-s" />
          <QuickFilters items={BULK_ACTIONS.map((one) => ({ title: CHANGES[one].title, href: href(one), current: one === action }))} />
          <p class="panel__f">{CHANGES[action].what}.</p>
        </Panel>
        <Panel title="2. Hồ sơ" id="ho-so" aside={`${number(total)} hồ sơ khớp bộ lọc`} bare>
          <FilterBar action={START}>
            <input type="hidden" name="viec" value={CHANGES[action].address} />
            <SelectField
              name="plan"
              label="Kế hoạch"
              optional
              none="Mọi kế hoạch"
              value={asked.plan}
              options={deps.rules.plans.map(({ id, title }) => ({ value: id, title: title.vi }))}
            />
            <Field name="commune" label="Mã xã" optional value={asked.commune} inputMode="numeric" maxLength={5} />
            <SelectField
              name="stage"
              label="Giai đoạn"
              optional
              none="Mọi giai đoạn"
              value={asked.stage}
              options={STAGES.filter((one) => one !== 'closed').map((one) => ({ value: one, title: STAGE_TITLES[one].vi }))}
            />
            <SelectField
              name="lateness"
              label="Tình trạng"
              optional
              none="Mọi tình trạng"
              value={asked.lateness}
              options={LATENESS.map((one) => ({ value: one, title: LATENESS_WORDS[one] }))}
            />
            <Field name="q" label="Tìm sản phẩm, chủ thể, mã" optional type="search" value={asked.q} />
          </FilterBar>
        </Panel>
        <Form call={call} action={withQuery(`${START}/xem-truoc`, { ...rest, viec: CHANGES[action].address })}>
          <FormProblem refused={call.refused} known={KNOWN} />
          {rows.length === 0 ? (
            <Note>Không có hồ sơ nào khớp bộ lọc.</Note>
          ) : (
            <>
              <fieldset class="panel panel__b">
                <legend class="vh">Hồ sơ nào</legend>
                <label class="ck">
                  <input type="radio" name="which" value="all" checked={call.refused?.fields.text('which') !== 'some'} />
                  Tất cả {number(total)} hồ sơ khớp bộ lọc
                </label>
                <label class="ck">
                  <input type="radio" name="which" value="some" checked={call.refused?.fields.text('which') === 'some'} />
                  Chỉ những hồ sơ được đánh dấu trong danh sách
                </label>
              </fieldset>
              <details class="panel fold-list" open={total <= 20 || call.refused?.fields.text('which') === 'some'}>
                <summary>
                  Danh sách {total > SHOWN ? `(${number(SHOWN)} hồ sơ có hạn sớm nhất trong ${number(total)})` : `${number(total)} hồ sơ`}
                </summary>
                <DataTable
                  caption="Hồ sơ khớp bộ lọc"
                  keyOf={(row) => row.id}
                  rows={rows}
                  columns={[
                    {
                      title: 'Sản phẩm',
                      cell: (row) => (
                        <label class="ck">
                          <input
                            type="checkbox"
                            name="cycle"
                            value={row.id}
                            checked={call.refused ? call.refused.fields.all('cycle').includes(row.id) : true}
                          />
                          <span>
                            <span class="pn">{row.productName}</span>
                            <small class="sub">{row.communeName ?? row.communeCode}</small>
                          </span>
                        </label>
                      ),
                    },
                    { title: 'Bước', cell: (row) => row.stepTitle.vi },
                    { title: 'Tình trạng', cell: (row) => <LatenessChip lateness={row.lateness} /> },
                    { title: 'Hạn và căn cứ', cell: (row) => <DueDate deadline={row.due} /> },
                  ]}
                />
              </details>
              <Panel title={`3. ${CHANGES[action].title}`} id="noi-dung">
                <div class="form">
                  {await changeFields(call, action)}
                  <div class="two">
                    <TextField name="reason" label="Lý do" hint="Ghi vào lịch sử của từng hồ sơ." refused={call.refused} rows={2} />
                    <Field
                      name="sourceDocument"
                      label="Số văn bản"
                      optional={action !== 'extend-deadline'}
                      hint={action === 'extend-deadline' ? 'Ví dụ 45/UBND-NNMT. Gia hạn phải có văn bản.' : 'Ví dụ 45/UBND-NNMT.'}
                      refused={call.refused}
                    />
                  </div>
                  <div class="form__a">
                    <Submit>Xem trước</Submit>
                    <span class="hint">Chưa thay đổi gì.</span>
                  </div>
                </div>
              </Panel>
            </>
          )}
        </Form>
      </div>
    ),
  };
}

const KNOWN = ['reason', 'sourceDocument', 'date', 'officerId', 'plan', 'until'];

/** What that change needs to know. */
async function changeFields({ deps, actor, refused }: Call, action: BulkAction): Promise<VNode | null> {
  switch (action) {
    case 'extend-deadline':
      return (
        <div class="two">
          <DayField name="date" label="Hạn mới, chậm nhất ngày" refused={refused} />
        </div>
      );
    case 'adopt-rules':
      return (
        <div class="two">
          <SelectField
            name="plan"
            label="Theo kế hoạch"
            none="Kế hoạch của chính hồ sơ, phiên bản mới nhất"
            optional
            options={deps.rules.plans.map(({ id, title, version }) => ({ value: id, title: `${title.vi} (phiên bản ${version})` }))}
            refused={refused}
          />
        </div>
      );
    case 'assign-officer': {
      const where = actor.role === 'administrator' && actor.provinceCode === null ? {} : { office: { provinceCode: actor.provinceCode } };
      const people = await deps.db.person.findMany({
        where: { active: true, ...where },
        include: { office: true },
        orderBy: [{ officeCode: 'asc' }, { name: 'asc' }],
        take: 1000,
      });
      return (
        <div class="two">
          <SelectField
            name="officerId"
            label="Cán bộ phụ trách"
            none="Thôi phân công cán bộ cấp xã"
            hint="Cán bộ xã chỉ nhận hồ sơ của xã mình; hồ sơ khác sẽ báo không áp dụng được."
            options={people.map(({ id, name, office }) => ({ value: id, title: `${name}, ${office.name}` }))}
            refused={refused}
          />
        </div>
      );
    }
    case 'pause':
      return (
        <div class="two">
          <DayField name="until" label="Dự kiến tiếp tục ngày" optional refused={refused} />
        </div>
      );
    case 'resume':
      return null;
  }
}

/** The proposal that the fields make. Throws the problem of each field that is wrong. */
async function proposalIn({ deps, query: asked }: Call, fields: FormFields): Promise<Proposal> {
  const action = changeAt(asked.viec);
  const body = await bodyIn(deps, action, fields);
  const choose = fields.text('which') === 'some' ? { cycles: [...fields.all('cycle')] } : { filter: filterIn(asked) };
  const sourceDocument = fields.given('sourceDocument');
  const given = { change: { action, body }, choose, reason: fields.text('reason'), ...(sourceDocument ? { sourceDocument } : {}) };
  const parsed = proposal.safeParse(given, { reportInput: true });
  const short = (field: string): string => field.replace(/^change\.body\./, '').replace(/^choose\.cycles$/, 'hồ sơ');
  const problems = parsed.success ? [] : problemsOfIssues(parsed.error.issues).map((one) => ({ ...one, field: short(one.field) }));
  if (action === 'extend-deadline' && !sourceDocument)
    problems.push({ field: 'sourceDocument', message: { vi: 'cần số văn bản gia hạn', en: 'the document’s number is needed' } });
  if (!parsed.success || problems.length > 0) throw invalidInput(problems);
  return parsed.data;
}

async function bodyIn({ db }: Call['deps'], action: BulkAction, fields: FormFields): Promise<object> {
  const dated = (name: string): string | undefined => (fields.given(name) === undefined ? undefined : typedDay(fields.text(name)));
  switch (action) {
    case 'extend-deadline':
      return { date: dated('date') };
    case 'adopt-rules': {
      const plan = fields.given('plan');
      return plan === undefined ? {} : { plan };
    }
    case 'assign-officer': {
      const officerId = fields.given('officerId') ?? null;
      const person = officerId === null ? null : await db.person.findUnique({ where: { id: officerId }, include: { office: true } });
      return { side: person && person.office.communeCode === null ? 'province' : 'commune', officerId };
    }
    case 'pause': {
      const until = dated('until');
      return until === undefined ? {} : { until };
    }
    case 'resume':
      return {};
  }
}

/** The dry run, with the proposal in hidden fields: nothing is kept until it is proposed. */
async function preview(call: Call, fields: FormFields): Promise<View> {
  const { deps, actor } = call;
  const wanted = await proposalIn(call, fields);
  const { items } = await tryProposal(deps, actor, wanted);
  const views = viewsOfDryRun(deps, items);
  const planned = views.some(({ status }) => status === 'planned');
  const names = await namesOf(deps, [
    ...views.flatMap(({ before }) => [before.officers.commune, before.officers.province]),
    officerIn(wanted.change),
  ]);
  const { action, body } = wanted.change;
  const again = Object.entries(call.query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return {
    title: 'Xem trước thay đổi',
    lead: `${inTotal(views)}. Chưa thay đổi gì.`,
    crumbs: <a href={PATH}>Thay đổi nhiều hồ sơ</a>,
    current: PATH,
    body: (
      <div class="stack">
        <Panel title={changeWords(action, body, names)} id="tom-tat">
          <p>{wanted.reason}</p>
          {wanted.sourceDocument && <p class="muted">Văn bản: {wanted.sourceDocument}</p>}
          <Form call={call} action={withQuery(START, Object.fromEntries(again) as Record<string, string>)} class="form gap-s">
            {fields
              .names()
              .filter((name) => !name.startsWith('_'))
              .flatMap((name) =>
                fields.all(name).map((value) => <input key={`${name}${value}`} type="hidden" name={name} value={value} />),
              )}
            <div class="form__a no-print">
              {planned && <Submit>Lập đề xuất, chờ duyệt</Submit>}
              <a class="btn" href={withQuery(START, Object.fromEntries(again) as Record<string, string>)}>
                Chọn lại
              </a>
            </div>
          </Form>
        </Panel>
        <Panel title="Từng hồ sơ" id="tung-ho-so" aside={`tính theo ngày ${day(deps.today())}`} bare>
          <ItemsTable
            action={action}
            body={body}
            items={views.slice(0, SHOWN_IN_DRY_RUN)}
            names={names}
            caption="Từng hồ sơ sẽ thay đổi thế nào"
          />
          {views.length > SHOWN_IN_DRY_RUN && (
            <p class="panel__f">
              Hiện {number(SHOWN_IN_DRY_RUN)} trong {number(views.length)} hồ sơ; số liệu ở trên tính trên tất cả.
            </p>
          )}
        </Panel>
      </div>
    ),
  };
}

function officerIn(wanted: Change): string | null {
  return wanted.action === 'assign-officer' ? wanted.body.officerId : null;
}

export const START_PAGES = [
  page({ path: START, who: WHO, query, show }),
  form({ path: `${START}/xem-truoc`, who: WHO, query, show, submit: async (call) => await preview(call, call.fields) }),
  form({
    path: START,
    who: WHO,
    query,
    show,
    async submit(call) {
      const { id } = await propose(call.deps, call.actor, await proposalIn(call, call.fields), call.key);
      return { redirect: `${PATH}/${id}`, notice: 'Đã lập đề xuất. Một người khác duyệt rồi hệ thống mới thực hiện.' };
    },
  }),
];
