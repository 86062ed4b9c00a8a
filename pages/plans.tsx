/** Plans with every item and its source, their versions, and the next version: one date moved by a document, or the whole from a file. */
import { z } from 'zod';
import type { VNode } from 'preact';
import { namesOf } from '../api/bulk/views';
import { enterPlan, mayEnter, moveWindow, planOfVersion, type PlanVersion, versionsOf } from '../api/reference/plan-versions';
import { problemsOfIssues } from '../api/http/issues';
import { invalidInput } from '../api/http/problem';
import { EVERYBODY } from '../api/http/route';
import { code, localDate } from '../api/http/schemas';
import { STAGE_TITLES } from '../domain/cycle/stages';
import type { DeadlineDate } from '../domain/deadlines';
import type { LocalDate } from '../domain/dates';
import type { Plan, StageWindow } from '../domain/plans';
import type { Quote } from '../domain/sources';
import { day, due, moment, number, typedDay } from './formats';
import { form, page, type PageCall, type View } from './page';
import { DayField, Field, Form, FormProblem, SelectField, Submit, TextField } from './parts/forms';
import { Facts, Note, Panel } from './parts/panel';
import { DataTable, withQuery } from './parts/tables';

const PATH = '/ke-hoach';
const EDITORS = ['administrator', 'provincial_staff'] as const;

async function list(call: PageCall<unknown, unknown>): Promise<View> {
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

function documentWords({ number: written, issuedOn }: Plan['document']): string {
  const parts = [written ?? 'văn bản chưa ghi số', issuedOn ? `ngày ${day(issuedOn)}` : ''];
  return parts.filter(Boolean).join(', ');
}

const params = z.object({ id: code });
const query = z.object({
  ban: z
    .string()
    .regex(/^\d{1,5}$/)
    .optional(),
});
type Call = PageCall<z.output<typeof params>, z.output<typeof query>>;

const dates = (opensOn: LocalDate | null, closes: DeadlineDate | null): string =>
  [opensOn ? `từ ${day(opensOn)}` : '', closes ? due(closes) : ''].filter(Boolean).join(', ') || 'không ghi ngày';

/** The line and the words of the plan that an item rests on. */
function Source({ of: { line, quote } }: { of: Quote }): VNode {
  return (
    <span class="small">
      “{quote}” <span class="muted nw">(dòng {number(line)})</span>
    </span>
  );
}

interface Item extends Quote {
  id: string;
  title: { vi: string };
}

function Items({
  title,
  id,
  items,
  more,
}: {
  title: string;
  id: string;
  items: readonly Item[];
  more: (item: Item) => string;
}): VNode | null {
  if (items.length === 0) return null;
  return (
    <details class="panel fold-list">
      <summary>
        {title} ({number(items.length)})
      </summary>
      <DataTable
        caption={title}
        keyOf={(item) => `${id}-${item.id}`}
        rows={items}
        columns={[
          { title: 'Mục', cell: (item) => item.title.vi },
          { title: 'Nội dung', cell: more },
          { title: 'Căn cứ', cell: (item) => <Source of={item} /> },
        ]}
      />
    </details>
  );
}

/** An item with the facts that its list has beside title and source. */
const factsOf = (item: object, names: readonly string[]): string =>
  names
    .map((name) => (item as Record<string, unknown>)[name])
    .flatMap((value) => (typeof value === 'string' || typeof value === 'number' ? [String(value)] : []))
    .join(' · ') || '–';

async function show(call: Call): Promise<View> {
  const { deps, actor, params: asked, refused } = call;
  const version = call.query.ban === undefined ? undefined : Number(call.query.ban);
  const plan = await planOfVersion(deps, asked.id, version);
  const versions = await versionsOf(deps, asked.id);
  const newest = versions[0]?.version ?? plan.version;
  const isNewest = plan.version === newest;
  const edits = isNewest && mayEnter(actor, plan.issuer);
  const names = await namesOf(
    deps,
    versions.map(({ enteredBy }) => enteredBy),
  );
  const withKinds = plan.targets.map((target) => ({ ...target, shown: targetWords(target) }));
  return {
    title: plan.title.vi,
    lead: `${plan.issuer.name}; ${documentWords(plan.document)}. Thực hiện từ ${day(plan.period.from)} đến ${day(plan.period.to)}.`,
    crumbs: <a href={PATH}>Kế hoạch</a>,
    current: PATH,
    body: (
      <div class="stack">
        {!isNewest && (
          <Note look="soon">
            Đây là phiên bản {number(plan.version)}; <a href={`${PATH}/${plan.id}`}>phiên bản mới nhất là {number(newest)}</a>.
          </Note>
        )}
        <Panel title="Mốc thời gian của hồ sơ" id="moc" bare>
          <DataTable
            caption="Mốc thời gian của hồ sơ"
            keyOf={({ id }) => id}
            rows={plan.windows}
            columns={[
              {
                title: 'Mốc',
                cell: (one) => (
                  <>
                    {one.title.vi}
                    <small class="sub">{STAGE_TITLES[one.stage].vi}</small>
                  </>
                ),
              },
              { title: 'Thời gian', cell: (one) => <b>{dates(one.opensOn, one.closes)}</b> },
              { title: 'Căn cứ', cell: (one) => <Source of={one} /> },
            ]}
          />
        </Panel>
        {edits && <MoveWindow call={call} plan={plan} />}
        <Panel title="Các phiên bản" id="phien-ban" bare>
          <DataTable
            caption="Các phiên bản"
            keyOf={(one) => String(one.version)}
            rows={versions}
            marked={(one) => one.version === plan.version}
            columns={[
              {
                title: 'Phiên bản',
                cell: (one) => (
                  <a href={one.version === newest ? `${PATH}/${plan.id}` : withQuery(`${PATH}/${plan.id}`, { ban: one.version })}>
                    Phiên bản {number(one.version)}
                  </a>
                ),
              },
              {
                title: 'Nhập lúc',
                cell: (one) => (
                  <>
                    {moment(one.enteredAt.getTime())}
                    <small class="sub">{one.enteredBy === null ? 'đi kèm hệ thống' : (names.get(one.enteredBy) ?? 'người đã nghỉ')}</small>
                  </>
                ),
              },
              { title: 'Khác bản trước', cell: (one) => <Changes version={one} /> },
              { title: 'Lý do', cell: (one) => one.reason ?? <span class="muted">–</span> },
            ]}
          />
          <p class="panel__f">
            Hồ sơ mới theo phiên bản mới nhất. Hồ sơ đang chạy giữ phiên bản đã gắn đến khi áp dụng:{' '}
            <a href={withQuery('/thay-doi/moi', { viec: 'ke-hoach-moi', plan: plan.id })}>áp dụng cho nhiều hồ sơ</a>.
          </p>
        </Panel>
        <Items
          title="Việc trong năm"
          id="viec"
          items={plan.activities.map((one) => ({ ...one, shown: dates(one.opensOn, one.closes) }))}
          more={(one) => factsOf(one, ['shown'])}
        />
        <Items title="Chỉ tiêu" id="chi-tieu" items={withKinds} more={(one) => factsOf(one, ['shown', 'note'])} />
        <Items title="Báo cáo" id="bao-cao" items={plan.reports} more={(one) => factsOf(one, ['from', 'to'])} />
        <Items title="Điều kiện tham gia" id="dieu-kien" items={plan.gates} more={() => 'điều kiện'} />
        <Items title="Trách nhiệm" id="trach-nhiem" items={plan.roles} more={(one) => factsOf(one, ['office'])} />
        <Items title="Việc theo sau" id="theo-sau" items={plan.followUps} more={(one) => factsOf(one, ['owner'])} />
        <Items title="Quy định khác" id="khac" items={plan.provisions} more={() => '–'} />
        <Panel title="Về văn bản này" id="ve">
          <Facts
            pairs={[
              ['Mã', plan.id],
              ['Quy định áp dụng', plan.regime],
              ['Nơi nhận hồ sơ', plan.intakeOffice && plan.intakeOffice.name],
              ['Nơi nhận báo cáo', plan.reportOffice && plan.reportOffice.name],
              ['Ghi chú', plan.document.note ?? plan.issuer.note ?? null],
            ]}
          />
        </Panel>
      </div>
    ),
  };

  function MoveWindow({ call: inner, plan: of }: { call: Call; plan: Plan }): VNode {
    return (
      <details class="panel fold-list no-print" open={refused !== undefined}>
        <summary>Điều chỉnh một mốc theo văn bản</summary>
        <div class="panel__b">
          <Form call={inner} action={`${PATH}/${of.id}/moc`}>
            <FormProblem refused={refused} known={['window', 'date', 'operator', 'quote', 'reason']} />
            <SelectField
              name="window"
              label="Mốc"
              options={of.windows.map((one: StageWindow) => ({
                value: one.id,
                title: `${one.title.vi}: ${dates(one.opensOn, one.closes)}`,
              }))}
              refused={refused}
            />
            <div class="two">
              <SelectField
                name="operator"
                label="Cách ghi hạn"
                options={[
                  { value: 'on_or_before', title: 'chậm nhất ngày' },
                  { value: 'before', title: 'trước ngày' },
                ]}
                refused={refused}
              />
              <DayField name="date" label="Ngày mới" refused={refused} />
            </div>
            <TextField
              name="quote"
              label="Nguyên văn câu điều chỉnh"
              hint="Hiện làm căn cứ của thời hạn ở từng hồ sơ."
              rows={2}
              refused={refused}
            />
            <Field name="reason" label="Văn bản điều chỉnh" hint="Ví dụ: Công văn 77/UBND-NNMT ngày 10/9/2026" refused={refused} />
            <div class="form__a">
              <Submit>Lập phiên bản mới</Submit>
              <span class="hint">Hồ sơ đang chạy chưa đổi.</span>
            </div>
          </Form>
        </div>
      </details>
    );
  }
}

function Changes({ version: { changes } }: { version: PlanVersion }): VNode {
  if (changes.length === 0) return <span class="muted">–</span>;
  return (
    <ul class="plain small">
      {changes.map(({ window, title, before, after }) => (
        <li key={window}>
          {title.vi}: {before ? dates(before.opensOn, before.closes) : 'chưa có'} →{' '}
          <b>{after ? dates(after.opensOn, after.closes) : 'bỏ'}</b>
        </li>
      ))}
    </ul>
  );
}

function targetWords({ op, min, max, unit }: Plan['targets'][number]): string {
  const figure = (value: number): string => (unit === 'percent' ? `${number(value)} %` : number(value, Number.isInteger(value) ? 0 : 1));
  if (op === 'range' && max !== null) return `${figure(min)} đến ${figure(max)}`;
  return `${op === 'at-least' ? 'ít nhất ' : op === 'about' ? 'khoảng ' : ''}${figure(min)}`;
}

const moved = z.object({
  window: z.string(),
  closes: z.object({ date: localDate, operator: z.enum(['before', 'on_or_before']) }),
  quote: z.string().min(1).max(1000),
  reason: z.string().min(1).max(2000),
});

export const PLAN_PAGES = [
  page({ path: PATH, who: EVERYBODY, show: list }),
  form({
    path: PATH,
    who: EDITORS,
    show: list,
    async submit({ deps, actor, fields }) {
      const file = fields.file('file');
      if (!file) throw invalidInput([{ field: 'file', message: { vi: 'chưa chọn tệp', en: 'no file was chosen' } }]);
      const reason = fields.text('reason');
      if (!reason) throw invalidInput([{ field: 'reason', message: { vi: 'cần ghi lý do', en: 'a reason is needed' } }]);
      const { id, version } = await enterPlan(deps, actor, objectIn(file.bytes), reason.slice(0, 2000));
      return { redirect: `${PATH}/${id}`, notice: `Đã nhập phiên bản ${version}.` };
    },
  }),
  page({ path: `${PATH}/{id}`, who: EVERYBODY, params, query, show }),
  form({
    path: `${PATH}/{id}/moc`,
    who: EDITORS,
    params,
    show,
    async submit({ deps, actor, params: { id }, fields }) {
      const closes = { date: typedDay(fields.text('date')), operator: fields.text('operator') };
      const given = { window: fields.text('window'), closes, quote: fields.text('quote'), reason: fields.text('reason') };
      const parsed = moved.safeParse(given, { reportInput: true });
      const short = (field: string): string => field.replace(/^closes\./, '');
      if (!parsed.success) throw invalidInput(problemsOfIssues(parsed.error.issues).map((one) => ({ ...one, field: short(one.field) })));
      const { window, reason, ...move } = parsed.data;
      const { version } = await moveWindow(deps, actor, { id, window, reason }, move);
      return {
        redirect: `${PATH}/${id}`,
        notice: `Đã lập phiên bản ${version}. Hồ sơ đang chạy chưa đổi; áp dụng ở “Thay đổi nhiều hồ sơ”.`,
      };
    },
  }),
];

function objectIn(bytes: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Falls through to the refusal.
  }
  throw invalidInput([{ field: 'file', message: { vi: 'không phải tệp JSON (UTF-8) của một kế hoạch', en: 'is no JSON file of a plan' } }]);
}
