/** The register of inspections: what was found, what is to be remedied by when, what came of it. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { XLSX } from '../../api/http/media-types';
import { EVERYBODY } from '../../api/http/route';
import { code, communeCode, localDate, provinceCode } from '../../api/http/schemas';
import { ENDERS } from '../../api/endings/input';
import {
  countInspections,
  FINDINGS,
  INSPECTION_KINDS,
  type InspectionQuestions,
  type InspectionView,
  listInspections,
  WAITS,
} from '../../api/supervision/inspections';
import { readCycle } from '../../api/cycles/read';
import { workbookXlsx } from '../../documents/workbook';
import { day, number, typedDay } from '../formats';
import { page, type PageCall, type View } from '../page';
import { DayField, Field, FilterBar, QuickFilters, SelectField } from '../parts/forms';
import { Panel } from '../parts/panel';
import { DataTable, Pager, withQuery } from '../parts/tables';
import { inSentence, ROLE_TITLES } from '../words';
import { endingOf, FindingChip, findingTitle, groundTitle, INSPECTORS, kindTitle, NEW, PATH, Result, resultWords } from './shared';

const PAGE = 20;
const MOST_ROWS = 20_000;

const typed = z.string().transform(typedDay).pipe(localDate).optional();
const query = z.object({
  waits: z.enum(WAITS).optional(),
  kind: z.enum(INSPECTION_KINDS).optional(),
  finding: z.enum(FINDINGS).optional(),
  from: typed,
  to: typed,
  province: provinceCode.optional(),
  commune: communeCode.optional(),
  cycle: code.optional(),
  cursor: z.string().max(400).optional(),
});
type Query = z.output<typeof query>;
type Call = PageCall<unknown, Query>;

const WAIT_TITLES: Record<(typeof WAITS)[number], string> = {
  remedy: 'Đang khắc phục',
  'remedy-overdue': 'Quá hạn khắc phục',
  revocation: 'Chờ quyết định thu hồi',
};

const asked = ({ cursor: _at, ...given }: Query): InspectionQuestions => given;

async function show(call: Call): Promise<View> {
  const { deps, actor, query: given } = call;
  const { cursor, waits, cycle } = given;
  const { waits: _one, ...every } = asked(given);
  const [{ items, nextCursor }, total, all, counts, product, offices] = await Promise.all([
    listInspections(deps, actor, asked(given), { limit: PAGE, cursor }),
    countInspections(deps, actor, asked(given)),
    countInspections(deps, actor, every),
    Promise.all(WAITS.map(async (one) => await countInspections(deps, actor, { ...every, waits: one }))),
    cycle === undefined ? undefined : readCycle(deps, actor, cycle).then((row) => row.product.name),
    officeNames(call),
  ]);
  const records = INSPECTORS.includes(call.caller.role);
  const address = (more: object): string => withQuery(PATH, { ...every, waits, ...more });
  return {
    title: product === undefined ? 'Kiểm tra, giám sát' : `Kiểm tra, giám sát: ${product}`,
    lead: leadOf(all, counts),
    ...(cycle === undefined ? {} : { crumbs: <a href={`/ho-so/${cycle}`}>Hồ sơ {cycle}</a> }),
    current: PATH,
    tools: (
      <>
        <a class="btn" href={withQuery(`${PATH}/excel`, { ...every, waits })}>
          Tải Excel
        </a>{' '}
        {records && (
          <a class="btn btn--main" href={withQuery(NEW, { cycle })}>
            Ghi một lần kiểm tra
          </a>
        )}
      </>
    ),
    body: (
      <Panel
        title="Sổ kiểm tra, giám sát"
        id="so"
        aside={`${number(total)} lần kiểm tra`}
        bare
        foot="Kiểm tra sau công nhận: Quyết định 26/2026/QĐ-TTg, Điều 9. Có kết luận vi phạm thì quyết định thu hồi trong 15 ngày (Điều 8 khoản 4)."
      >
        {cycle === undefined && <Filters call={call} />}
        <QuickFilters
          items={[
            { title: 'Tất cả', href: withQuery(PATH, every), count: all, current: waits === undefined },
            ...WAITS.map((one, index) => ({
              title: WAIT_TITLES[one],
              href: withQuery(PATH, { ...every, waits: one }),
              count: counts[index] ?? 0,
              current: one === waits,
            })),
          ]}
        />
        {items.length === 0 ? (
          <p class="panel__b muted">Không có lần kiểm tra nào ở mục này.</p>
        ) : (
          <DataTable
            caption="Sổ kiểm tra, giám sát"
            keyOf={(one) => one.id}
            rows={items}
            columns={[
              { title: 'Sản phẩm', cell: (one) => <Product call={call} one={one} /> },
              {
                title: 'Kiểm tra',
                sorted: 'descending',
                cell: (one) => (
                  <>
                    <span class="nw">{day(one.on)}</span>
                    <small class="sub">{[kindTitle(one.kind), one.sourceDocument].filter(Boolean).join(' · ')}</small>
                  </>
                ),
              },
              { title: 'Kết luận', cell: (one) => <Conclusion one={one} /> },
              { title: 'Xử lý', cell: (one) => <Handling call={call} one={one} /> },
              { title: 'Đơn vị ghi', cell: ({ actor: { office } }) => offices.get(office) ?? ROLE_TITLES.administrator },
            ]}
          />
        )}
        <Pager
          shown={items.length}
          total={total}
          first={cursor ? address({}) : null}
          next={nextCursor && address({ cursor: nextCursor })}
        />
      </Panel>
    ),
  };
}

function leadOf(all: number, [remedy = 0, overdue = 0, revocation = 0]: readonly number[]): string {
  if (all === 0) return 'Chưa ghi lần kiểm tra nào.';
  const said = [
    overdue > 0 ? `${number(overdue)} quá hạn khắc phục` : '',
    remedy > 0 ? `${number(remedy)} đang khắc phục` : '',
    revocation > 0 ? `${number(revocation)} chờ quyết định thu hồi` : '',
  ].filter(Boolean);
  return said.length === 0
    ? `${number(all)} lần kiểm tra; không còn việc nào chờ xử lý.`
    : `${number(all)} lần kiểm tra: ${said.join(', ')}.`;
}

async function officeNames({ deps }: Call): Promise<Map<string, string>> {
  const rows = await deps.db.office.findMany({ select: { code: true, name: true } });
  return new Map(rows.map(({ code: office, name }) => [office, inSentence(name)]));
}

function Filters({ call }: { call: Call }): VNode {
  const { kind, finding, from, to, commune, waits } = call.query;
  return (
    <FilterBar action={PATH}>
      {waits && <input type="hidden" name="waits" value={waits} />}
      <SelectField
        name="kind"
        label="Loại"
        none="Tất cả"
        optional
        value={kind}
        options={INSPECTION_KINDS.map((value) => ({ value, title: kindTitle(value) }))}
      />
      <SelectField
        name="finding"
        label="Kết luận"
        none="Tất cả"
        optional
        value={finding}
        options={FINDINGS.map((value) => ({ value, title: findingTitle(value) }))}
      />
      <DayField name="from" label="Từ ngày" optional value={from && day(from)} />
      <DayField name="to" label="Đến ngày" optional value={to && day(to)} />
      {call.actor.communeCode === null && <Field name="commune" label="Mã xã" optional value={commune} inputMode="numeric" maxLength={5} />}
    </FilterBar>
  );
}

interface RowProps {
  call: Call;
  one: InspectionView;
}

const communeName = ({ deps }: Call, commune: string): string => deps.units.byCode(commune)?.fullName ?? commune;

function Product({ call, one }: RowProps): VNode {
  return (
    <>
      <a class="pn" href={`/ho-so/${one.cycleId}`}>
        {one.productName}
      </a>
      <small class="sub">
        {one.producerName}, {communeName(call, one.communeCode)}
        {one.star !== null && `, ${one.star} sao`}
      </small>
    </>
  );
}

function Conclusion({ one: { finding, ground, note } }: { one: InspectionView }): VNode {
  return (
    <div>
      <FindingChip finding={finding} />
      {ground !== null && <small class="sub">{groundTitle(ground)}</small>}
      {note !== null && <small class="sub">{note}</small>}
    </div>
  );
}

/** What came of it, and what is to be done next. */
function Handling({ call, one }: RowProps): VNode {
  const { role } = call.caller;
  return (
    <div>
      <Result one={one} today={call.deps.today()} />
      {one.waits === 'revocation' && one.certificate !== null && ENDERS.some((ender) => ender === role) && (
        <a class="no-print" href={endingOf(one.certificate)} aria-label={`Ra quyết định thu hồi: ${one.productName}`}>
          Ra quyết định thu hồi
        </a>
      )}
      {(one.waits === 'remedy' || one.waits === 'remedy-overdue') && INSPECTORS.includes(role) && (
        <a class="no-print" href={withQuery(NEW, { cycle: one.cycleId })} aria-label={`Ghi kết quả khắc phục: ${one.productName}`}>
          Ghi kết quả khắc phục
        </a>
      )}
    </div>
  );
}

const column = (header: string, width: number, type: 'text' | 'date' = 'text') => ({ header, width, type });

async function excel(call: Call) {
  const { deps, actor } = call;
  const { items } = await listInspections(deps, actor, asked(call.query), { limit: MOST_ROWS });
  const today = deps.today();
  const columns = [
    column('Mã hồ sơ', 24),
    column('Sản phẩm', 34),
    column('Chủ thể', 34),
    column('Xã, phường', 22),
    column('Giấy chứng nhận', 18),
    column('Ngày kiểm tra', 13, 'date'),
    column('Loại', 12),
    column('Văn bản', 18),
    column('Kết luận', 24),
    column('Nội dung', 44),
    column('Khắc phục chậm nhất', 13, 'date'),
    column('Xử lý', 44),
  ];
  const rows = items.map((one) => [
    one.cycleId,
    one.productName,
    one.producerName,
    communeName(call, one.communeCode),
    one.certificate,
    one.on,
    kindTitle(one.kind),
    one.sourceDocument,
    [findingTitle(one.finding), one.ground === null ? '' : groundTitle(one.ground)].filter(Boolean).join(': '),
    one.note,
    one.remedyBy,
    resultWords(one, today),
  ]);
  const bytes = await workbookXlsx([{ name: 'Kiểm tra, giám sát', title: `Sổ kiểm tra, giám sát đến ngày ${day(today)}`, columns, rows }]);
  return { file: { name: `kiem-tra-giam-sat-${today}.xlsx`, type: XLSX, bytes } };
}

export const REGISTER_PAGES = [
  page({ path: PATH, who: EVERYBODY, query, show }),
  page({ path: `${PATH}/excel`, who: EVERYBODY, query, show: excel }),
];
