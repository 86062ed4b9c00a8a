/** What a province's communes made of their dossiers, summed up as of a day. */
import type { Actor } from '../../domain/cycle/state';
import type { LocalDate } from '../../domain/dates';
import { Prisma } from '../../prisma/generated/client';
import { scopeOf } from '../auth/visibility';
import type { ApiDeps } from '../deps';
import { hasFinding, workAsOf, WORK_FINDINGS, type WorkFinding } from './commune-work';
import { seasonOf } from './season';

export interface Sums extends Record<WorkFinding, number> {
  /** Null: all communes together. */
  commune: string | null;
  /** Late on the commune's own days; late arrivals are not. */
  ownLate: number;
  /** Median of the working days that a dossier lay with the commune. */
  ownDays: number | null;
  /** Working days since receipt by whose turn it was. */
  own: number;
  producer: number;
  provinceDays: number;
  paused: number;
}

/** Sums of the work as of the end of a day per commune, and of all together; none before the season. */
export async function sumsOf(deps: ApiDeps, actor: Actor, province: string, day: LocalDate): Promise<Sums[]> {
  if (day < seasonOf(deps, province).countedFrom) return [];
  const counts = WORK_FINDINGS.map((work) => Prisma.sql`count(*) filter (where ${hasFinding(work)})::int as ${Prisma.raw(work)}`);
  return await deps.db.$queryRaw<Sums[]>(Prisma.sql`
    select w.commune, ${Prisma.join(counts)},
      count(*) filter (where w.finding in ('late', 'sent_late') and not w."lateArrival")::int as "ownLate",
      percentile_cont(0.5) within group (order by w.own) filter (where w.finding <> 'withdrawn') as "ownDays",
      sum(w.own)::int as own, sum(w.producer)::int as producer, sum(w.province)::int as "provinceDays", sum(w.paused)::int as paused
    from (${workAsOf(deps, actor, { province }, day)}) w group by rollup (w.commune) order by w.commune`);
}

/** By whose eyes, season, province and day; of one day of asking, so that whatever the records or the plans still learn counts from the next day on. */
const kept = new WeakMap<ApiDeps['db'], { on: LocalDate; sums: Map<string, Promise<Sums[]>> }>();

/** The same of a day that is over, read once a day: what was recorded by then is all that counts. None where the day is still to come. */
export async function sumsOfPast(deps: ApiDeps, actor: Actor, province: string, day: LocalDate): Promise<Sums[]> {
  const on = deps.today();
  if (day >= on) return [];
  const { countedFrom, goodTimeUntil } = seasonOf(deps, province);
  const held = kept.get(deps.db);
  const { sums } = held?.on === on ? held : { sums: new Map<string, Promise<Sums[]>>() };
  kept.set(deps.db, { on, sums });
  const key = JSON.stringify([scopeOf(actor), province, day, countedFrom, goodTimeUntil]);
  const found = sums.get(key) ?? sumsOf(deps, actor, province, day);
  sums.set(key, found);
  // What failed is asked again.
  found.catch(() => sums.delete(key));
  return await found;
}
