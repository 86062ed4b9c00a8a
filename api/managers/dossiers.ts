/** Dossiers as managers read them: the rows of a question, and counts of the same question. */
import { BINDING } from '../../domain/cycle/due';
import type { Party, Stage } from '../../domain/cycle/stages';
import type { Actor } from '../../domain/cycle/state';
import { daysBetween, type LocalDate, localDateAt } from '../../domain/dates';
import type { DeadlineKind } from '../../domain/deadlines';
import type { Text } from '../../domain/sources';
import { workingDaysBetween } from '../../domain/working-days';
import { Prisma } from '../../prisma/generated/client';
import { type DossierFilter, isAskedFor, isFollowedBy, UNASSIGNED } from '../cycles/filter';
import { isLateness, LATENESS, type Lateness } from '../cycles/lateness';
import { type CycleSummary, dateOrNull, summaryOf, type SummaryRow } from '../cycles/representation';
import type { ApiDeps } from '../deps';
import { type Page, readCursor, toPage } from '../http/paging';
import { eventTitle } from './event-titles';

/** Oldest in their stage first, or those whose last day in time came first. */
export const ORDERS = ['stage', 'due'] as const;
export type Order = (typeof ORDERS)[number];

/** A dossier with what a manager asks next: since when, who follows it, how late, what happened last, who was reminded. */
export interface StuckDossier extends CycleSummary {
  daysInStage: number;
  daysInStep: number;
  /** Who follows the product on the side whose turn it is. */
  officer: { id: string; name: string | null } | null;
  /** Calendar days left to the last day in time; negative when over. */
  daysLeft: number | null;
  /** How long over or still to go, in the days that the limit counts. */
  margin: Margin | null;
  lastSafeOn: LocalDate | null;
  /** The day on which the product's older certificate ends, where that may come before the national result that is pending; else null. */
  olderCertificateEnds: LocalDate | null;
  /** What is wrong technically; null when all is well. */
  attention: string | null;
  lastEvent: { name: string; title: Text; on: LocalDate } | null;
  /** The last reminder that went out, and how many did. */
  lastNudge: { on: LocalDate; recipient: string; count: number } | null;
}

/** Days over (`over`) or left. Only the commune's limit counts working days once it has passed; what is left is told in working days. */
export interface Margin {
  over: boolean;
  days: number;
  unit: 'working' | 'calendar';
}

interface Row extends Omit<SummaryRow, 'product'> {
  productName: string;
  producerName: string;
  stageEnteredAt: Date;
  stepEnteredAt: Date;
  officerId: string | null;
  officerName: string | null;
  olderEnds: LocalDate | null;
  eventName: string | null;
  eventOn: LocalDate | null;
  nudgedAt: Date | null;
  nudgedTo: string | null;
  nudges: number;
  sortKey: string;
}

const SORT_KEY: Record<Order, Prisma.Sql> = {
  stage: Prisma.sql`c.stage_entered_at`,
  due: Prisma.sql`coalesce(c.last_safe_on, date '9999-12-31')`,
};
const CURSOR_TYPE: Record<Order, { type: Prisma.Sql; form: RegExp }> = {
  stage: { type: Prisma.sql`timestamptz`, form: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:?\d\d)?$/ },
  due: { type: Prisma.sql`date`, form: /^\d{4}-\d\d-\d\d$/ },
};

const OLDER: DeadlineKind = 'older-certificate-expiry';
/** Steps in which a result is pending nationally while an older certificate of the product runs. */
const PENDING_NATIONALLY = Object.entries(BINDING).flatMap(([step, kinds]) => (kinds.includes(OLDER) ? [step] : []));

export interface Paging {
  order: Order;
  limit: number;
  cursor?: string | undefined;
}

/** One page of the dossiers asked for. */
export async function listDossiers(deps: ApiDeps, actor: Actor, filter: DossierFilter, paging: Paging): Promise<Page<StuckDossier>> {
  const { order, limit } = paging;
  const { type, form } = CURSOR_TYPE[order];
  const [since = '', after = ''] = readCursor(paging.cursor, 2) ?? [];
  const key = SORT_KEY[order];
  const onwards = form.test(since) ? Prisma.sql`(${key}, c.id) > (${since}::${type}, ${after})` : Prisma.sql`true`;
  const rows = await deps.db.$queryRaw<Row[]>(Prisma.sql`
    with found as (
      select c.id, ${key} as sort_key from cycle c where ${isAskedFor(deps, actor, filter)} and ${onwards} order by ${key}, c.id limit ${limit + 1}
    )
    select c.id, c.product_code as "productCode", p.name as "productName", r.name as "producerName", c.kind, c.plan_id as "planId",
      c.province_code as "provinceCode", c.commune_code as "communeCode", c.stage, c.step, c.waiting_for as "waitingFor", c.due_on as "dueOn",
      c.due_operator as "dueOperator", c.due_source as "dueSource", c.due_kind as "dueKind", c.last_safe_on as "lastSafeOn", c.paused,
      c.needs_attention as "needsAttention", c.star, c.outcome, c.stage_entered_at as "stageEnteredAt", c.step_entered_at as "stepEnteredAt",
      o.id as "officerId", o.name as "officerName", older.ends as "olderEnds", e.name as "eventName", e.legal_on::text as "eventOn", n.settled_at as "nudgedAt",
      n.recipient as "nudgedTo", coalesce(n.nudges, 0)::int as nudges, found.sort_key::text as "sortKey"
    from found join cycle c on c.id = found.id join product p on p.code = c.product_code join producer r on r.id = p.producer_id
    left join person o on o.id = case when c.waiting_for in ('commune', 'producer') then c.commune_officer_id else c.province_officer_id end
    left join lateral (select d.date::text as ends from deadline d where d.cycle_id = c.id and d.kind = ${OLDER} and d.superseded_at is null
        and (c.due_kind is distinct from 'national-scoring' or d.date < c.last_safe_on or c.last_safe_on < ${deps.today()}::date)
      order by d.set_by_sequence desc limit 1) older on c.step in (${Prisma.join(PENDING_NATIONALLY)})
    left join lateral (select e.name, e.legal_on from cycle_event e where e.cycle_id = c.id and e.name <> 'remind' order by e.sequence desc limit 1) e on true
    left join lateral (select n.settled_at, n.recipient, count(*) over () as nudges from nudge n
      where n.cycle_id = c.id and n.status in ('sent', 'merged') order by n.settled_at desc, n.id desc limit 1) n on true
    order by found.sort_key, c.id`);
  const page = toPage(rows, limit, (row) => [row.sortKey, row.id]);
  return { ...page, items: page.items.map((row) => stuckDossier(deps, row)) };
}

function stuckDossier(deps: ApiDeps, row: Row): StuckDossier {
  const today = deps.today();
  const lastSafeOn = dateOrNull(row.lastSafeOn);
  const since = (instant: Date): number => Math.max(0, daysBetween(localDateAt(instant.getTime()), today));
  const { eventName, eventOn, nudgedAt, nudgedTo } = row;
  return {
    ...summaryOf(deps, { ...row, product: { name: row.productName, producer: { name: row.producerName } } }),
    daysInStage: since(row.stageEnteredAt),
    daysInStep: since(row.stepEnteredAt),
    officer: row.officerId === null ? null : { id: row.officerId, name: row.officerName },
    daysLeft: lastSafeOn === null ? null : daysBetween(today, lastSafeOn),
    margin: lastSafeOn === null || row.paused ? null : marginOf(deps, lastSafeOn, row.dueKind),
    lastSafeOn,
    olderCertificateEnds: row.olderEnds,
    attention: row.needsAttention,
    lastEvent: eventName === null || eventOn === null ? null : { name: eventName, title: eventTitle(eventName), on: eventOn },
    lastNudge: nudgedAt && nudgedTo !== null ? { on: localDateAt(nudgedAt.getTime()), recipient: nudgedTo, count: row.nudges } : null,
  };
}

/** How long a step is over, or still has. */
export function marginOf({ today, calendar }: Pick<ApiDeps, 'today' | 'calendar'>, lastSafeOn: LocalDate, kind: string | null): Margin {
  const on = today();
  if (lastSafeOn >= on) return { over: false, days: workingDaysBetween(calendar, on, lastSafeOn), unit: 'working' };
  const working = kind === 'commune-assessment';
  return {
    over: true,
    days: working ? workingDaysBetween(calendar, lastSafeOn, on) : daysBetween(lastSafeOn, on),
    unit: working ? 'working' : 'calendar',
  };
}

/** How many dossiers the question finds. */
export async function countDossiers(deps: ApiDeps, actor: Actor, filter: DossierFilter): Promise<number> {
  const [row] = await deps.db.$queryRaw<{ count: number }[]>(
    Prisma.sql`select count(*)::int as count from cycle c where ${isAskedFor(deps, actor, filter)}`,
  );
  return row?.count ?? 0;
}

/** What dossiers can be counted by. Each has a question of its own in the filter, so that every group can be opened. */
export interface Group {
  stage: Stage;
  step: string;
  lateness: Lateness;
  waitingFor: Party | 'nobody';
  dueOn: LocalDate | null;
  /** Nobody on the side whose turn it is follows it. */
  unassigned: boolean;
  /** The actor follows it. */
  mine: boolean;
}

/** So many dossiers that are alike in all of these. */
export type Counted = Omit<Group, 'mine'> & { count: number };

/** Counts of a question by some columns, in one pass over the records. */
export async function countBy<Column extends keyof Group>(
  deps: ApiDeps,
  actor: Actor,
  filter: DossierFilter,
  columns: readonly Column[],
): Promise<(Pick<Group, Column> & { count: number })[]> {
  const { calendar } = deps;
  const latenessIs = LATENESS.map((one) => Prisma.sql`when ${isLateness(one, deps.today(), calendar)} then ${one}`);
  const expressions: Record<keyof Group, Prisma.Sql> = {
    stage: Prisma.sql`c.stage as stage`,
    step: Prisma.sql`c.step as step`,
    lateness: Prisma.sql`case ${Prisma.join(latenessIs, ' ')} end as lateness`,
    waitingFor: Prisma.sql`coalesce(c.waiting_for, 'nobody') as "waitingFor"`,
    dueOn: Prisma.sql`c.last_safe_on::text as "dueOn"`,
    unassigned: Prisma.sql`${UNASSIGNED} as unassigned`,
    mine: Prisma.sql`coalesce(${isFollowedBy(actor)}, false) as mine`,
  };
  const places = Prisma.raw(columns.map((_, index) => index + 1).join(', '));
  return await deps.db.$queryRaw(Prisma.sql`
    select ${Prisma.join(columns.map((column) => expressions[column]))}, count(*)::int as count from cycle c
    where ${isAskedFor(deps, actor, filter)} group by ${places}`);
}

export interface HeldStep {
  step: string;
  overdue: number;
  dueSoon: number;
  /** Median of the days in the stage, of those overdue or nearly so. */
  days: number;
}

/** The steps that hold most dossiers overdue or due soon, those with most overdue first. */
export async function stepsHolding(deps: ApiDeps, actor: Actor, filter: DossierFilter): Promise<HeldStep[]> {
  const { calendar } = deps;
  const today = deps.today();
  const isLate = isLateness('overdue', today, calendar);
  return await deps.db.$queryRaw<HeldStep[]>(Prisma.sql`
    select c.step, count(*) filter (where ${isLate})::int as overdue, count(*) filter (where not (${isLate}))::int as "dueSoon",
      percentile_cont(0.5) within group (order by ${today}::date - (c.stage_entered_at at time zone 'Asia/Ho_Chi_Minh')::date) as days
    from cycle c where ${isAskedFor(deps, actor, { ...filter, lateness: 'overdue,due_soon' })}
    group by c.step order by overdue desc, "dueSoon" desc, c.step`);
}
