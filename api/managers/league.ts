/** Communes compared by what is theirs: late on their own days, and their own working days. Small numbers are shown, not ranked. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import { addDays } from '../../domain/dates';
import type { ApiDeps } from '../deps';
import { invalidInput } from '../http/problem';
import { route, type UserRole } from '../http/route';
import { localDate, provinceCode } from '../http/schemas';
import { type Where, WORK_FINDINGS, type WorkFinding } from './commune-work';
import { counter, type Counter, dossierCounter } from './counter';
import { type Sums, sumsOf, sumsOfPast } from './league-sums';
import { seasonOf } from './season';

/** A commune with fewer dossiers is not ranked: one dossier would move its share by more than twenty points. */
export const RANKED_FROM = 5;

const findings = z.object(Object.fromEntries(WORK_FINDINGS.map((one) => [one, counter])) as Record<WorkFinding, typeof counter>);

const leagueRow = z.object({
  rank: z.int().nullable(),
  commune: z.string(),
  communeName: z.string().nullable(),
  findings,
  /** Late on the commune's own days, of those not withdrawn, 0 to 1; null without dossiers. Late arrivals are not held against it. */
  lateShare: z.number().nullable(),
  /** Points of percent against the end of last month and the day the season began; null where there was nothing yet. */
  againstLastMonth: z.number().nullable(),
  againstSeasonStart: z.number().nullable(),
  /** Median of the working days that dossiers lay with the commune. */
  ownDays: z.number().nullable(),
  /** Working days since receipt by whose turn it was. */
  time: z.object({ commune: z.int(), producer: z.int(), province: z.int(), paused: z.int() }),
});

const leagueView = z
  .object({
    province: z.string(),
    from: localDate,
    on: localDate,
    lastMonthEnd: localDate,
    seasonStart: localDate,
    goodTimeUntil: localDate.nullable(),
    rankedFrom: z.int(),
    ranked: z.array(leagueRow),
    unranked: z.array(leagueRow),
    total: leagueRow,
  })
  .meta({ id: 'League' });

export type League = z.output<typeof leagueView>;
export type LeagueRow = z.output<typeof leagueRow>;

export const leagueQuery = z.strictObject({ province: provinceCode.optional() });
export const LEAGUE_READERS = ['administrator', 'provincial_staff', 'council_secretary', 'manager'] as const satisfies UserRole[];

/** The table of a province's communes as of today. */
export async function communeLeague(deps: ApiDeps, actor: Actor, province: string): Promise<League> {
  const on = deps.today();
  const season = seasonOf(deps, province);
  const lastMonthEnd = addDays(`${on.slice(0, 7)}-01`, -1);
  const [now, lastMonth, start] = await Promise.all([
    sumsOf(deps, actor, province, on),
    sumsOfPast(deps, actor, province, lastMonthEnd),
    sumsOfPast(deps, actor, province, season.beganOn),
  ]);
  // Whoever belongs to the province need not name it: the table has a thousand addresses.
  const where = actor.provinceCode === null ? { province } : {};
  const rows = now.map((ofCommune): LeagueRow => {
    const change = (before: readonly Sums[]): number | null =>
      changeOf(
        ofCommune,
        before.find((one) => one.commune === ofCommune.commune),
      );
    const { commune } = ofCommune;
    return {
      rank: null,
      commune: commune ?? '',
      communeName: commune === null ? null : (deps.units.byCode(commune)?.fullName ?? null),
      findings: countersOf(ofCommune, { ...where, ...(commune === null ? {} : { commune }) }),
      lateShare: shareOf(ofCommune),
      againstLastMonth: change(lastMonth),
      againstSeasonStart: change(start),
      ownDays: ofCommune.ownDays,
      time: { commune: ofCommune.own, producer: ofCommune.producer, province: ofCommune.provinceDays, paused: ofCommune.paused },
    };
  });
  const communes = rows.filter((row) => row.commune !== '');
  const isRanked = (row: LeagueRow): boolean => row.findings.received.count >= RANKED_FROM && row.lateShare !== null;
  return {
    province,
    from: season.countedFrom,
    on,
    lastMonthEnd,
    seasonStart: season.beganOn,
    goodTimeUntil: season.goodTimeUntil,
    rankedFrom: RANKED_FROM,
    ranked: inOrder(communes.filter(isRanked)),
    unranked: communes.filter((row) => !isRanked(row)),
    total: rows.find((row) => row.commune === '') ?? nothing(where),
  };
}

/** The share of late dossiers first, the commune's own days second; equals share a rank. */
function inOrder(rows: readonly LeagueRow[]): LeagueRow[] {
  const key = ({ lateShare, ownDays }: LeagueRow): [number, number] => [lateShare ?? 0, ownDays ?? 0];
  const compare = (a: LeagueRow, b: LeagueRow): number => key(a)[0] - key(b)[0] || key(a)[1] - key(b)[1];
  const sorted = [...rows].sort((a, b) => compare(a, b) || (a.commune < b.commune ? -1 : 1));
  return sorted.map((row) => ({ ...row, rank: 1 + sorted.findIndex((other) => compare(other, row) === 0) }));
}

function shareOf({ received, withdrawn, ownLate }: Pick<Sums, 'received' | 'withdrawn' | 'ownLate'>): number | null {
  return received > withdrawn ? ownLate / (received - withdrawn) : null;
}

function changeOf(now: Sums, before: Sums | undefined): number | null {
  const [share, earlier] = [shareOf(now), before && shareOf(before)];
  return share === null || earlier === null || earlier === undefined ? null : 100 * (share - earlier);
}

function countersOf(sums: Record<WorkFinding, number>, where: Where): Record<WorkFinding, Counter> {
  const entries = WORK_FINDINGS.map((work) => [work, dossierCounter(sums[work], { ...where, work })]);
  return Object.fromEntries(entries) as Record<WorkFinding, Counter>;
}

function nothing(where: Where): LeagueRow {
  const none = Object.fromEntries(WORK_FINDINGS.map((work) => [work, 0])) as Record<WorkFinding, number>;
  const time = { commune: 0, producer: 0, province: 0, paused: 0 };
  const unknown = { lateShare: null, againstLastMonth: null, againstSeasonStart: null, ownDays: null };
  return { rank: null, commune: '', communeName: null, findings: countersOf(none, where), ...unknown, time };
}

/** The province to compare in: the actor's own, or the one asked for. */
export function provinceAsked(actor: Actor, asked: string | undefined): string | undefined {
  return actor.provinceCode ?? asked;
}

export const league = route({
  method: 'get',
  path: '/api/communes/league',
  tag: 'Quản lý',
  summary: { vi: 'Kết quả theo xã, phường', en: 'Communes compared by their own time' },
  who: LEAGUE_READERS,
  query: leagueQuery,
  answer: { status: 200, schema: leagueView, description: { vi: 'Mỗi số kèm địa chỉ danh sách', en: 'Every number with its list' } },
  async handler({ deps, actor, query }) {
    const province = provinceAsked(actor, query.province);
    const message = { vi: 'cần mã tỉnh, hai chữ số', en: 'the code of a province is needed, two digits' };
    if (province === undefined) throw invalidInput([{ field: 'province', message }]);
    return { body: await communeLeague(deps, actor, province) };
  },
});
