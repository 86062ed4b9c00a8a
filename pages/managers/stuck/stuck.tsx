/** Where dossiers are stuck: the queue, the steps that hold most, and apart from them what is nobody's delay. */
import type { VNode } from 'preact';
import type { Lateness } from '../../../api/cycles/lateness';
import { EVERYBODY } from '../../../api/http/route';
import { countBy, countDossiers, listDossiers, stepsHolding } from '../../../api/managers/dossiers';
import { filterOf, stuckQuery, type StuckQuery } from '../../../api/managers/stuck';
import { number } from '../../formats';
import { page, type View } from '../../page';
import { type Quick, QuickFilters } from '../../parts/forms';
import { DataTable, Pager } from '../../parts/tables';
import { QUEUE } from '../columns';
import { excelOf, Tools } from '../parts';
import { NotTheirDelay, Troubles } from './apart';
import { Asked, OnPaper } from './asked';
import { Filters } from './filters';
import { HotSteps } from './hot-steps';
import { at, type Call, type Counts, type Here, STUCK } from './shared';

const ROWS = 30;
const TROUBLES_SHOWN = 5;
/** Without the questions that the ready-made filters ask. */
const BARE = { lateness: undefined, officer: undefined, attention: undefined } as const;

async function show(call: Call): Promise<View> {
  const { query } = call;
  const found = await find(call);
  const { list, total, steps, troubles, counts } = found;
  const here: Here = (more) => at({ ...query, cursor: undefined, ...more });
  const among: Here = (more) => here({ ...BARE, ...more });
  return {
    title: 'Đang tắc ở đâu',
    lead: <Lead query={query} found={found} />,
    tools: <Tools call={call} excel={excelOf(STUCK, call.url)} rows={`${number(total)} dòng`} />,
    signatures: true,
    body: (
      <>
        <div class="grid stretch no-print gap-b">
          <HotSteps steps={steps} among={among} />
          <NotTheirDelay counts={counts} among={among} />
        </div>
        <section class="panel queue" aria-labelledby="h-queue">
          <h2 id="h-queue" class="vh">
            Danh sách hồ sơ
          </h2>
          <Filters call={call} />
          <QuickFilters items={quickFilters(query, counts, among)} />
          <OnPaper call={call} />
          <Asked query={query} clear={at({ province: query.province })} />
          {list.items.length === 0 ? (
            <p class="empty">Không có hồ sơ nào đúng với điều kiện lọc.</p>
          ) : (
            <DataTable caption="Hồ sơ, lâu nhất ở giai đoạn trước" columns={QUEUE} rows={list.items} keyOf={({ id }) => id} />
          )}
          <Pager
            shown={list.items.length}
            total={total}
            next={list.nextCursor === null ? null : here({ cursor: list.nextCursor })}
            first={query.cursor === undefined ? null : here({})}
          />
        </section>
        {troubles.items.length > 0 && query.attention === undefined && (
          <Troubles items={troubles.items} count={counts.trouble} href={among({ scope: 'open', attention: 'yes' })} />
        )}
      </>
    ),
  };
}

async function find({ deps, actor, query }: Call) {
  const filter = filterOf(query);
  const asked = { ...filter, ...BARE };
  const inTrouble = { ...asked, scope: 'open', attention: 'yes' } as const;
  const [list, own, among, inForce, steps, troubles, trouble] = await Promise.all([
    listDossiers(deps, actor, filter, { order: query.order ?? 'stage', limit: query.limit ?? ROWS, cursor: query.cursor }),
    isGrouped(query) ? undefined : countDossiers(deps, actor, filter),
    countBy(deps, actor, asked, ['lateness', 'unassigned']),
    countBy(deps, actor, { ...asked, scope: 'validity' }, ['waitingFor']),
    stepsHolding(deps, actor, asked),
    listDossiers(deps, actor, inTrouble, { order: 'stage', limit: TROUBLES_SHOWN }),
    countDossiers(deps, actor, inTrouble),
  ]);
  const standing = (lateness: Lateness): number => sum(among.filter((row) => row.lateness === lateness));
  const counts: Counts = {
    all: sum(among),
    overdue: standing('overdue'),
    dueSoon: standing('due_soon'),
    paused: standing('paused'),
    withoutDate: standing('none'),
    unassigned: sum(among.filter((row) => row.unassigned)),
    certificates: sum(inForce.filter((row) => row.waitingFor !== 'nobody')),
    trouble,
  };
  return { list, total: own ?? sum(among.filter(isOf(query))), steps, troubles, counts };
}

type Standing = { lateness: Lateness; unassigned: boolean };

/** Whether the ready-made filters ask for nothing but what dossiers are counted by: how they stand, and whether nobody follows them. */
const isGrouped = ({ officer, attention }: StuckQuery): boolean => officer !== 'me' && attention === undefined;

const isOf =
  ({ lateness, officer }: StuckQuery) =>
  (row: Standing): boolean =>
    (lateness === undefined || lateness.split(',').includes(row.lateness)) && (officer !== 'none' || row.unassigned);

const sum = (rows: readonly { count: number }[]): number => rows.reduce((all, { count }) => all + count, 0);

/** Whether a ready-made filter is chosen. */
const isNarrowed = ({ lateness, officer, attention }: StuckQuery): boolean =>
  [lateness, officer, attention].some((one) => one !== undefined);

function Lead({ query, found: { total, counts } }: { query: StuckQuery; found: { total: number; counts: Counts } }): VNode {
  const { scope } = filterOf(query);
  const narrowed = isNarrowed(query);
  return (
    <>
      <b>{number(narrowed ? total : counts.overdue + counts.dueSoon)}</b> hồ sơ {narrowed ? 'theo bộ lọc' : 'quá hạn hoặc sắp đến hạn'} trên{' '}
      {number(counts.all)} hồ sơ {scope === 'season' ? 'trong mùa' : 'được hỏi'}. Xếp theo số ngày ở giai đoạn hiện tại, lâu nhất trước.
    </>
  );
}

/** Ready-made filters; each count is of the list that it opens. */
function quickFilters(query: StuckQuery, counts: Counts, among: Here): Quick[] {
  const { lateness, officer, attention } = query;
  const quick = (title: string, count: number, more: Pick<StuckQuery, 'lateness' | 'officer'>): Quick => ({
    title,
    count,
    href: among(more),
    current: lateness === more.lateness && officer === more.officer && attention === undefined,
  });
  return [
    quick('Tất cả', counts.all, {}),
    quick('Quá hạn và sắp đến hạn', counts.overdue + counts.dueSoon, { lateness: 'overdue,due_soon' }),
    quick('Quá hạn', counts.overdue, { lateness: 'overdue' }),
    quick('Sắp đến hạn', counts.dueSoon, { lateness: 'due_soon' }),
    quick('Tạm dừng', counts.paused, { lateness: 'paused' }),
    quick('Chưa có hạn', counts.withoutDate, { lateness: 'none' }),
    quick('Chưa phân công', counts.unassigned, { officer: 'none' }),
  ];
}

export const stuckPage = page({ path: STUCK, who: EVERYBODY, query: stuckQuery, show });
