/** A plan's targets and what the records say of them; what they cannot answer stays without a figure. */
import { z } from 'zod';
import type { VNode } from 'preact';
import { EVERYBODY } from '../../api/http/route';
import { code, localDate } from '../../api/http/schemas';
import { seasonOf } from '../../api/managers/season';
import { asked, counting, itemsOf, type TargetRow, targetRows } from '../../api/targets/routes';
import { type Sheet, workbookXlsx } from '../../documents/workbook';
import { formatVietnamese } from '../../domain/dates';
import type { Plan, Target } from '../../domain/plans';
import { isReached, type Metric, metricFacts, METRICS, numbersOf } from '../../domain/targets';
import { day, number, typedDay } from '../formats';
import { type PageCall, page, type View } from '../page';
import { DayField, FilterBar, SelectField } from '../parts/forms';
import { Chip } from '../parts/lateness';
import { Panel } from '../parts/panel';
import { Count, DataTable, withQuery } from '../parts/tables';
import { excelOf, Tools } from './parts';

const TARGETS = '/chi-tieu';
const LIST = '/chi-tieu/danh-sach';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const typedDate = z.string().transform(typedDay).pipe(localDate);
const query = z.object({ plan: code.optional(), asOf: typedDate.optional() });
type Call = PageCall<unknown, z.output<typeof query>>;

/** The plan asked for; else the reader's own of this year, else the first. */
function planOf({ deps, actor, query: { plan: id } }: Call): Plan | undefined {
  const { plans } = deps.rules;
  return (
    plans.find((one) => one.id === id) ??
    seasonOf(deps, actor.provinceCode ?? undefined).plan ??
    plans.find(({ targets }) => targets.length > 0)
  );
}

interface Found {
  plan: Plan;
  asOf: string;
  rows: TargetRow[];
  isWhole: boolean;
}

async function find(call: Call): Promise<Found | undefined> {
  const { deps, actor } = call;
  const chosen = planOf(call);
  if (!chosen) return undefined;
  const { plan, when } = asked(deps, { plan: chosen.id, asOf: call.query.asOf });
  const counted = await counting(deps, actor, plan, when);
  return {
    plan,
    asOf: when.asOf,
    rows: targetRows(plan, counted),
    isWhole: plan.issuer.communeCode !== null || actor.communeCode === null,
  };
}

async function show(call: Call): Promise<View> {
  const found = await find(call);
  const title = 'Chỉ tiêu';
  if (!found) return { title, lead: 'Không kế hoạch nào có chỉ tiêu.', body: null };
  const { plan, asOf, rows } = found;
  const measured = rows.filter(({ counted }) => counted !== null);
  const reached = measured.filter((row) => verdict(found, row) === true);
  return {
    title,
    lead: (
      <>
        {measured.length === 0 ? (
          'Hồ sơ không trả lời được chỉ tiêu nào. '
        ) : (
          <b>{`${number(reached.length)} trong ${number(measured.length)} chỉ tiêu có số liệu đã đạt. `}</b>
        )}
        {plan.title.vi}, tính đến {day(asOf)}.
      </>
    ),
    tools: <Tools call={call} excel={excelOf(TARGETS, call.url)} />,
    signatures: true,
    body: (
      <Panel
        title={`Chỉ tiêu của kế hoạch ${plan.id}`}
        id="targets"
        bare
        foot="Chỉ tính những gì hồ sơ ghi được. Chỉ tiêu không có số liệu thì để trống, không ước đoán."
      >
        <FilterBar action={TARGETS}>
          <SelectField
            name="plan"
            label="Kế hoạch"
            value={plan.id}
            options={call.deps.rules.plans
              .filter(({ targets }) => targets.length > 0)
              .map((one) => ({ value: one.id, title: one.title.vi }))}
          />
          <DayField name="asOf" label="Tính đến ngày" value={day(asOf)} optional />
        </FilterBar>
        <DataTable
          caption="Chỉ tiêu và kết quả"
          rows={rows}
          keyOf={({ target }) => target.id}
          columns={[
            {
              title: 'Chỉ tiêu',
              cell: ({ target }) => (
                <>
                  <span class="pn">{target.title.vi}</span>
                  <small>
                    Kế hoạch, dòng {target.line}: “{target.quote}”
                  </small>
                </>
              ),
            },
            { title: 'Phải đạt', numeric: true, cell: ({ target }) => wanted(target) },
            { title: 'Đã có', numeric: true, cell: (row) => <Figure row={row} plan={plan.id} asOf={asOf} /> },
            { title: 'Kết quả', cell: (row) => <Result reached={verdict(found, row)} row={row} /> },
          ]}
        />
      </Panel>
    ),
  };
}

/** Whether a target is reached; null where the records or the reader's part of the area cannot tell. */
function verdict({ isWhole }: Found, { target, counted }: TargetRow): boolean | null {
  return counted && isWhole ? isReached(target, counted) : null;
}

function wanted({ op, min, max, unit, measure }: Target): string {
  const figure = (value: number): string => `${number(value)}${unit === 'percent' ? ' %' : ''}`;
  const words = {
    'at-least': `ít nhất ${figure(min)}`,
    range: `${figure(min)} đến ${figure(max ?? min)}`,
    exactly: figure(min),
    about: `khoảng ${figure(min)}`,
  };
  return `${words[op]}${measure === 'increment' ? ' (tăng thêm)' : ''}`;
}

function Figure({ row: { metric, counted }, plan, asOf }: { row: TargetRow; plan: string; asOf: string }): VNode {
  if (!metric || !counted) return <span class="muted">không có số liệu</span>;
  const { numerator, denominator, share } = numbersOf(counted);
  const at = (part: 'counted' | 'of'): string => withQuery(LIST, { plan, asOf: day(asOf), metric, part });
  return (
    <span>
      <b>
        <Count value={numerator} href={at('counted')} label={metricFacts(metric).title.vi} />
      </b>
      {denominator !== null && (
        <small>
          trên <Count value={denominator} href={at('of')} />
          {share !== null && `, ${number(Math.floor(share * 10) / 10, 1)} %`}
        </small>
      )}
    </span>
  );
}

function Result({ reached, row }: { reached: boolean | null; row: TargetRow }): VNode {
  if (row.counted === null) return <Chip look="none">Không có số liệu</Chip>;
  if (reached === null) return <Chip look="plain">Không so với phần riêng</Chip>;
  return reached ? (
    <Chip look="ok" icon="done">
      Đã đạt
    </Chip>
  ) : (
    <Chip look="soon">Chưa đạt</Chip>
  );
}

const listQuery = query.extend({
  metric: z.enum(METRICS as unknown as [Metric, ...Metric[]]).optional(),
  part: z.enum(['counted', 'of']).optional(),
});
type ListCall = PageCall<unknown, z.output<typeof listQuery>>;

async function showList(call: ListCall): Promise<View> {
  const { deps, query: questions } = call;
  const { items, metric } = await listed(call);
  return {
    title: metric === undefined ? 'Chỉ tiêu' : metricFacts(metric).title.vi,
    crumbs: <a href={withQuery(TARGETS, { plan: questions.plan })}>Chỉ tiêu</a>,
    lead: `${number(items.length)} dòng${questions.part === 'of' ? ', là số để so' : ''}.`,
    tools: <Tools call={call} excel={excelOf(LIST, call.url)} rows={`${number(items.length)} dòng`} />,
    current: TARGETS,
    signatures: true,
    body: (
      <Panel title="Danh sách" id="list" bare>
        {items.length === 0 ? (
          <p class="empty">Không có dòng nào.</p>
        ) : (
          <DataTable
            caption="Danh sách được tính"
            rows={items}
            keyOf={(row) => row.code ?? `${row.communeCode} ${row.producer}`}
            columns={[
              {
                title: 'Sản phẩm',
                cell: (row) =>
                  row.cycleId === null ? (
                    <span class="pn">{row.product}</span>
                  ) : (
                    <a class="pn" href={`/ho-so/${row.cycleId}`}>
                      {row.product}
                    </a>
                  ),
              },
              { title: 'Chủ thể', cell: (row) => row.producer },
              { title: 'Xã, phường', cell: (row) => row.communeName ?? deps.units.byCode(row.communeCode)?.fullName ?? row.communeCode },
              { title: 'Sao', numeric: true, cell: (row) => row.star ?? '–' },
              { title: 'Ngày cấp', cell: (row) => (row.issuedOn === null ? '–' : day(row.issuedOn)) },
              { title: 'Hiệu lực đến', cell: (row) => (row.holdsUntil === null ? '–' : day(row.holdsUntil)) },
            ]}
          />
        )}
      </Panel>
    ),
  };
}

async function listed(call: ListCall) {
  const { deps, actor, query: questions } = call;
  const { metric, part = 'counted' } = questions;
  const chosen = planOf(call);
  if (!chosen || metric === undefined) return { items: [], metric };
  const { plan, when } = asked(deps, { plan: chosen.id, asOf: questions.asOf });
  const counted = await counting(deps, actor, plan, when);
  return { items: itemsOf(deps, counted(metric), part), metric };
}

const excel = page({
  path: `${TARGETS}/excel`,
  who: EVERYBODY,
  query,
  async show(call: Call) {
    const found = await find(call);
    const rows = (found?.rows ?? []).map((row) => {
      const numbers = row.counted && numbersOf(row.counted);
      const reached = found ? verdict(found, row) : null;
      const words = row.counted === null ? 'không có số liệu' : reached === null ? '' : reached ? 'đã đạt' : 'chưa đạt';
      return [
        row.target.title.vi,
        wanted(row.target),
        numbers?.numerator ?? null,
        numbers?.denominator ?? null,
        words,
        row.target.line,
        row.target.quote,
      ];
    });
    const sheet: Sheet = {
      name: 'Chỉ tiêu',
      title: found ? `${found.plan.title.vi}, tính đến ${formatVietnamese(found.asOf)}` : 'Chỉ tiêu',
      columns: [
        { header: 'Chỉ tiêu', width: 60, type: 'text' },
        { header: 'Phải đạt', width: 22, type: 'text' },
        { header: 'Đã có', width: 10, type: 'number' },
        { header: 'Trên', width: 10, type: 'number' },
        { header: 'Kết quả', width: 18, type: 'text' },
        { header: 'Dòng', width: 8, type: 'number' },
        { header: 'Nguyên văn', width: 60, type: 'text' },
      ],
      rows,
    };
    return { file: { name: 'chi-tieu.xlsx', type: XLSX, bytes: await workbookXlsx([sheet]) } };
  },
});

const excelList = page({
  path: `${LIST}/excel`,
  who: EVERYBODY,
  query: listQuery,
  async show(call: ListCall) {
    const { items } = await listed(call);
    const sheet: Sheet = {
      name: 'Danh sách',
      columns: [
        { header: 'Mã hồ sơ', width: 24, type: 'text' },
        { header: 'Sản phẩm', width: 36, type: 'text' },
        { header: 'Chủ thể', width: 36, type: 'text' },
        { header: 'Xã, phường', width: 24, type: 'text' },
        { header: 'Sao', width: 8, type: 'number' },
        { header: 'Ngày cấp', width: 13, type: 'date' },
        { header: 'Hiệu lực đến', width: 13, type: 'date' },
      ],
      rows: items.map((row) => [
        row.cycleId,
        row.product,
        row.producer,
        row.communeName ?? row.communeCode,
        row.star,
        row.issuedOn,
        row.holdsUntil,
      ]),
    };
    return { file: { name: 'chi-tieu-danh-sach.xlsx', type: XLSX, bytes: await workbookXlsx([sheet]) } };
  },
});

export const TARGET_PAGES = [
  page({ path: TARGETS, who: EVERYBODY, query, show }),
  excel,
  page({ path: LIST, who: EVERYBODY, query: listQuery, show: showList }),
  excelList,
];
