/** What happened in a period, counted from the histories of the dossiers, for the periodic report of a commune or province. */
import { STAGES, type Stage } from '../../domain/cycle/stages';
import type { Actor } from '../../domain/cycle/state';
import { addDays, addMonths, earlier, type LocalDate } from '../../domain/dates';
import type { Period } from '../../domain/periods';
import { isInForce, type CertificateFact, count, type Measured } from '../../domain/targets';
import { Prisma } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { type Area, certificatesIn, inArea } from '../targets/certificates';
import { registrations, type RegistrationRow } from './rows';

/** Actions that a report counts: how many dossiers had each in the period. */
export const COUNTED_EVENTS = [
  'accept-idea',
  'decline-idea',
  'submit-dossier',
  'request-supplement',
  'issue-commune-report',
  'accept-package',
  'return-package',
  'record-council-result',
  'decide',
  'record-national-result',
  'issue-certificate',
  'record-inspection',
  'recall-product',
  'revoke-certificate',
  'withdraw-decision',
  'withdraw',
] as const;
export type CountedEvent = (typeof COUNTED_EVENTS)[number];

export interface PeriodicFacts {
  period: Period;
  /** The last day that is reported on: the period's, or today in one that is not over. */
  asOf: LocalDate;
  registered: RegistrationRow[];
  /** Dossiers that had an event in the period, each counted once. */
  events: Record<CountedEvent, number>;
  /** Dossiers on their way by stage, at the end of the day reported on. */
  stages: { stage: Stage; count: number }[];
  /** Dossiers overdue on the day the report is made, by whose turn it is. */
  overdue: { waitingFor: string; count: number }[];
  recognised: CertificateFact[];
  lapsed: CertificateFact[];
  inForce: CertificateFact[];
  /** In force on that day, ending within six months. */
  ending: CertificateFact[];
}

const MONTHS_AHEAD = 6;

/** Counts everything from the records; the lists have as many rows as the numbers say. */
export async function periodicFacts(deps: ApiDeps, actor: Actor, area: Area, period: Period): Promise<PeriodicFacts> {
  const asOf = earlier(period.to, deps.today());
  const when: Measured = { from: period.from, to: period.to, asOf };
  const certificates = await certificatesIn(deps, actor, area);
  const counted = (metric: 'recognised-3-star-in-year' | 'lapsed'): CertificateFact[] => {
    const found = count(metric, certificates, when);
    return found.about === 'certificates' ? found.counted : [];
  };
  const inForce = certificates.filter((one) => isInForce(one, asOf));
  const { planId: plan, provinceCode: province, communeCode: commune } = area;
  return {
    period,
    asOf,
    registered: await registrations(deps, actor, { plan, province, commune, from: period.from, to: asOf }),
    events: await eventsIn(deps, actor, area, { from: period.from, to: asOf }),
    stages: await stagesOn(deps, actor, area, asOf),
    overdue: await overdueNow(deps, actor, area),
    recognised: counted('recognised-3-star-in-year'),
    lapsed: counted('lapsed'),
    inForce,
    ending: inForce.filter(({ holdsUntil }) => holdsUntil <= addMonths(asOf, MONTHS_AHEAD)),
  };
}

type Span = { from: LocalDate; to: LocalDate };

async function eventsIn({ db }: ApiDeps, actor: Actor, area: Area, { from, to }: Span): Promise<Record<CountedEvent, number>> {
  const rows = await db.$queryRaw<{ name: CountedEvent; count: number }[]>(Prisma.sql`
    select e.name, count(distinct e.cycle_id)::int as count from cycle_event e join cycle c on c.id = e.cycle_id
    where ${inArea(actor, area)} and e.legal_on between ${from}::date and ${to}::date and e.name in (${Prisma.join([...COUNTED_EVENTS])}) group by e.name`);
  const found = new Map(rows.map(({ name, count: times }) => [name, times]));
  return Object.fromEntries(COUNTED_EVENTS.map((name) => [name, found.get(name) ?? 0])) as Record<CountedEvent, number>;
}

/** Where every dossier stood at the end of a day, by its history. */
async function stagesOn({ db }: ApiDeps, actor: Actor, area: Area, on: LocalDate): Promise<PeriodicFacts['stages']> {
  const rows = await db.$queryRaw<{ stage: Stage; count: number }[]>(Prisma.sql`
    select last.to_stage as stage, count(*)::int as count
    from cycle c join lateral (
      select to_stage from cycle_event e where e.cycle_id = c.id and e.legal_on < ${addDays(on, 1)}::date order by e.sequence desc limit 1) last on true
    where ${inArea(actor, area)} group by 1`);
  return STAGES.flatMap((stage) => rows.filter((row) => row.stage === stage));
}

async function overdueNow({ db, today }: ApiDeps, actor: Actor, area: Area): Promise<PeriodicFacts['overdue']> {
  return await db.$queryRaw<PeriodicFacts['overdue']>(Prisma.sql`
    select c.waiting_for as "waitingFor", count(*)::int as count from cycle c
    where ${inArea(actor, area)} and not c.paused and c.stage <> 'closed' and c.waiting_for is not null and c.last_safe_on < ${today()}::date
    group by 1 order by 1`);
}
