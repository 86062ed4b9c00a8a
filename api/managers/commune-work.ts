/**
 * What communes made of the dossiers that producers gave them, as of a day: one row per dossier received in the season, from its history alone. A
 * commune answers for the days on which it was its turn; a producer's supplement, the province and a pause are counted apart.
 */
import { STEPS, type Party } from '../../domain/cycle/stages';
import type { Actor } from '../../domain/cycle/state';
import { addDays, daysBetween, type LocalDate, startOfDay } from '../../domain/dates';
import { isWorkingDay, type WorkingCalendar } from '../../domain/working-days';
import { Prisma } from '../../prisma/generated/client';
import { inScope } from '../auth/visibility';
import { type SeasonDeps, seasonOf } from './season';

/** What can be asked of a dossier: received at all; how it stands (one of five); returned by the province; received too late for full time. */
export const WORK_FINDINGS = ['received', 'sent_in_time', 'sent_late', 'in_time', 'late', 'withdrawn', 'returned', 'late_arrival'] as const;
export type WorkFinding = (typeof WORK_FINDINGS)[number];

export interface Where {
  province?: string | undefined;
  commune?: string | undefined;
}

/** The ids of dossiers with a finding as of today, as a subquery. */
export function communeWork(deps: SeasonDeps, actor: Actor, where: Where, finding: WorkFinding): Prisma.Sql {
  return Prisma.sql`select w."cycleId" from (${workAsOf(deps, actor, where, deps.today())}) w where ${hasFinding(finding)}`;
}

/** The condition of a finding on a row of the work, called w. */
export function hasFinding(finding: WorkFinding): Prisma.Sql {
  if (finding === 'received') return Prisma.sql`true`;
  if (finding === 'returned') return Prisma.sql`w.returned`;
  if (finding === 'late_arrival') return Prisma.sql`w."lateArrival"`;
  return Prisma.sql`w.finding = ${finding}`;
}

/**
 * The work as of the end of a day. Columns: cycleId, commune, finding, returned, lateArrival, and working days since receipt by whose turn it was:
 * own (the commune's), producer, province (with district and ministry), paused.
 */
export function workAsOf(deps: SeasonDeps, actor: Actor, where: Where, asOf: LocalDate): Prisma.Sql {
  const { countedFrom, goodTimeUntil } = seasonOf(deps, where.province ?? actor.provinceCode ?? undefined);
  const end = new Date(startOfDay(addDays(asOf, 1)));
  const lateArrival =
    goodTimeUntil === null ? Prisma.sql`false` : Prisma.sql`(r.received_on > ${goodTimeUntil}::date and r.kind <> 'reevaluation')`;
  const base = Prisma.sql`${countedFrom}::date`;
  const days = Prisma.sql`(k.n)[h.until_on - ${base} + 1] - (k.n)[h.legal_on - ${base} + 1]`;
  const sum = (party: string): Prisma.Sql => Prisma.sql`coalesce(sum(${days}) filter (where h.party = ${party}), 0)::int`;
  return Prisma.sql`
    with received as materialized (
      select e.cycle_id, c.commune_code, c.kind, min(e.legal_on) as received_on, min(e.sequence) as first
      from cycle_event e join cycle c on c.id = e.cycle_id
      where e.name = 'submit-dossier' and e.legal_on between ${base} and ${asOf}::date and e.recorded_at < ${end}
        and ${inScope(actor)} and ${where.province === undefined ? Prisma.sql`true` : Prisma.sql`c.province_code = ${where.province}`}
        and ${where.commune === undefined ? Prisma.sql`true` : Prisma.sql`c.commune_code = ${where.commune}`}
      group by 1, 2, 3
    ),
    happened as (
      select e.cycle_id, e.sequence, e.name, e.to_stage, e.to_step, e.legal_on, lead(e.legal_on) over w as next_on,
        sum(case e.name when 'pause' then 1 when 'resume' then -1 else 0 end) over w > 0 as stopped
      from cycle_event e join received r on r.cycle_id = e.cycle_id
      where e.recorded_at < ${end} window w as (partition by e.cycle_id order by e.sequence)
    ),
    held as (
      select h.*, greatest(coalesce(h.next_on, ${asOf}::date), h.legal_on) as until_on, case
        when h.to_stage in ('validity', 'closed') then null when h.stopped then 'paused'
        when h.to_step in (${stepsOf('commune')}) then 'commune' when h.to_step in (${stepsOf('producer')}) then 'producer'
        else 'province' end as party
      from happened h join received r on r.cycle_id = h.cycle_id and h.sequence >= r.first
      where h.legal_on >= ${base}
    ),
    work as (
      select h.cycle_id, ${sum('commune')} as own, ${sum('producer')} as producer, ${sum('province')} as province, ${sum('paused')} as paused,
        max(h.sequence) as last, max(h.sequence) filter (where h.name = 'issue-commune-report') as sent,
        max(h.legal_on) filter (where h.name = 'issue-commune-report') as sent_on, bool_or(h.name = 'return-package') as returned,
        (array_agg(h.to_stage order by h.sequence desc))[1] as stage, (array_agg(h.party order by h.sequence desc))[1] as party
      from held h, (select ${workedDays(deps.calendar, countedFrom, asOf)}::int[] as n) k group by h.cycle_id
    )
    select r.cycle_id as "cycleId", r.commune_code as commune, w.returned, ${lateArrival} as "lateArrival", w.own, w.producer, w.province, w.paused,
      case when w.stage = 'commune_assessment' then case when w.party = 'commune' and d.last_safe < ${asOf}::date then 'late' else 'in_time' end
        when w.sent is null then 'withdrawn' when d.last_safe is null or w.sent_on <= d.last_safe then 'sent_in_time' else 'sent_late' end as finding
    from work w join received r on r.cycle_id = w.cycle_id left join lateral (
      select case d.operator when 'before' then d.date - 1 else d.date end as last_safe from deadline d
      where d.cycle_id = w.cycle_id and d.kind = 'commune-assessment'
        and d.set_by_sequence <= case when w.stage = 'commune_assessment' then w.last else w.sent - 1 end
      order by d.set_by_sequence desc, d.id desc limit 1) d on true`;
}

const stepsOf = (party: Party): Prisma.Sql =>
  Prisma.join(Object.entries(STEPS).flatMap(([step, facts]) => (facts.waitingFor === party ? [step] : [])));

/** How many working days lie from the first day up to each day, the n-th for the n-th day; the first is 0. */
function workedDays(calendar: WorkingCalendar, from: LocalDate, to: LocalDate): number[] {
  let count = 0;
  return Array.from({ length: Math.max(0, daysBetween(from, to)) + 1 }, (_, index) => {
    if (index > 0 && isWorkingDay(calendar, addDays(from, index))) count += 1;
    return count;
  });
}
