/**
 * What communes made of the dossiers that producers gave them, as of a day: one row per dossier received in the season, from its history alone. A
 * commune answers for the days on which it was its turn; a producer's supplement, the province and a pause are counted apart.
 */
import { STEPS, type Party, type Stage } from '../../domain/cycle/stages';
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

const BEFORE_RECEIPT = Prisma.join(['idea_registration', 'product_completion'] satisfies Stage[]);

/**
 * The work as of the end of a day. Columns: cycleId, commune, finding, returned, lateArrival, and working days since receipt by whose turn it was: own
 * (the commune's), producer, province (with district and ministry), paused.
 */
export function workAsOf(deps: SeasonDeps, actor: Actor, where: Where, day: LocalDate): Prisma.Sql {
  const { countedFrom, goodTimeUntil } = seasonOf(deps, where.province ?? actor.provinceCode ?? undefined);
  const dayEnds = new Date(startOfDay(addDays(day, 1)));
  const lateArrival =
    goodTimeUntil === null ? Prisma.sql`false` : Prisma.sql`(c.received_on > ${goodTimeUntil}::date and c.kind <> 'reevaluation')`;
  const [first, asOf] = [Prisma.sql`${countedFrom}::date`, Prisma.sql`${day}::date`];
  const worked = Prisma.sql`(k.n)[h.until_on - ${first} + 1] - (k.n)[h.legal_on - ${first} + 1]`;
  const sum = (party: string): Prisma.Sql => Prisma.sql`coalesce(sum(${worked}) filter (where h.party = ${party}), 0)::int`;
  // A dossier is received once, and never while paused: its history is read from there on. What arranges the work may stand before an earlier act.
  return Prisma.sql`
    with received as materialized (
      select c.id as cycle_id, c.received_on, c.commune_code, ${lateArrival} as late_arrival from cycle c
      where c.received_on between ${first} and ${asOf}
        and ${inScope(actor)} and ${where.province === undefined ? Prisma.sql`true` : Prisma.sql`c.province_code = ${where.province}`}
        and ${where.commune === undefined ? Prisma.sql`true` : Prisma.sql`c.commune_code = ${where.commune}`}
    ),
    happened as (
      select r.commune_code, r.late_arrival, e.cycle_id, e.sequence, e.name, e.to_stage, e.legal_on,
        greatest(coalesce(min(e.legal_on) over later, ${asOf}), e.legal_on) as until_on, lead(e.sequence) over w is null as is_last,
        case when e.to_stage in ('validity', 'closed') then null
          when sum(case e.name when 'pause' then 1 when 'resume' then -1 else 0 end) over w > 0 then 'paused'
          when e.to_step in (${stepsOf('commune')}) then 'commune' when e.to_step in (${stepsOf('producer')}) then 'producer'
          else 'province' end as party
      from received r join cycle_event e on e.cycle_id = r.cycle_id and e.to_stage not in (${BEFORE_RECEIPT}) and e.recorded_at < ${dayEnds}
      window w as (partition by e.cycle_id order by e.sequence rows unbounded preceding),
        later as (partition by e.cycle_id order by e.sequence rows between 1 following and unbounded following)
    ),
    work as (
      select h.cycle_id, h.commune_code, h.late_arrival,
        ${sum('commune')} as own, ${sum('producer')} as producer, ${sum('province')} as province, ${sum('paused')} as paused,
        max(h.sequence) as last, max(h.sequence) filter (where h.name = 'issue-commune-report') as sent,
        max(h.legal_on) filter (where h.name = 'issue-commune-report') as sent_on, bool_or(h.name = 'return-package') as returned,
        min(h.to_stage) filter (where h.is_last) as stage, min(h.party) filter (where h.is_last) as party
      from happened h, (select ${workedDays(deps.calendar, countedFrom, day)}::int[] as n) k group by 1, 2, 3
    ),
    commune_limit as (
      select d.cycle_id, case d.operator when 'before' then d.date - 1 else d.date end as last_safe,
        int4range(d.set_by_sequence, lead(d.set_by_sequence) over (partition by d.cycle_id order by d.set_by_sequence)) as held_during
      from received r join deadline d on d.cycle_id = r.cycle_id and d.kind = 'commune-assessment'
    )
    select w.cycle_id as "cycleId", w.commune_code as commune, w.returned, w.late_arrival as "lateArrival", w.own, w.producer, w.province, w.paused,
      case when w.stage = 'commune_assessment' then case when w.party = 'commune' and d.last_safe < ${asOf} then 'late' else 'in_time' end
        when w.sent is null then 'withdrawn' when d.last_safe is null or w.sent_on <= d.last_safe then 'sent_in_time' else 'sent_late' end as finding
    from work w left join commune_limit d on d.cycle_id = w.cycle_id
      and d.held_during @> case when w.stage = 'commune_assessment' then w.last else w.sent - 1 end`;
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
