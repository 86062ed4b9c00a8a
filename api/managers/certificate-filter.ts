/** What is asked of certificates in force, and the one condition that the radar's counts and the list are both made of. */
import { z } from 'zod';
import { lastSafeSeason } from '../../domain/certificates';
import type { Actor } from '../../domain/cycle/state';
import { addDays, addMonths, dateOf, dayNumber, type LocalDate } from '../../domain/dates';
import { Prisma } from '../../prisma/generated/client';
import { isCycleWithin } from '../auth/visibility';
import type { ApiDeps } from '../deps';
import { communeCode, documentNumber, localDate, provinceCode } from '../http/schemas';
import { regimeOn } from './season';

/**
 * What became of the question whether the producer goes on: a dossier filed with the commune, a later cycle registered but not filed, declined, or no
 * answer yet.
 */
export const ANSWERS = ['filed', 'registered', 'declined', 'none'] as const;
export type RenewalAnswer = (typeof ANSWERS)[number];

/** The re-evaluation window on a day: over, open, or still to come. */
export const WINDOWS = ['closed', 'open', 'ahead'] as const;
export type WindowState = (typeof WINDOWS)[number];

export const certificateQuestions = {
  expiringBefore: localDate.optional(),
  province: provinceCode.optional(),
  commune: communeCode.optional(),
  /** Month in which it ends, YYYY-MM. */
  month: z
    .string()
    .regex(/^[1-9]\d{3}-(0[1-9]|1[0-2])$/)
    .optional(),
  /** One decision's certificates: its number (`none` where the records have none) and the days of issue and end. */
  decision: documentNumber.optional(),
  issuedOn: localDate.optional(),
  validUntil: localDate.optional(),
  /** `unfiled` is every answer but `filed`. */
  answer: z.enum([...ANSWERS, 'unfiled']).optional(),
  window: z.enum(WINDOWS).optional(),
  /** Year of the last season that the re-evaluation can join. */
  season: z
    .string()
    .regex(/^20\d{2}$/)
    .optional(),
};

const certificateQuestion = z.object(certificateQuestions);
export type CertificateFilter = z.output<typeof certificateQuestion>;

type Deps = Pick<ApiDeps, 'today' | 'rules' | 'calendar'>;

/** The last day on which a certificate holds by itself or by an extension. */
export const ENDS = Prisma.sql`coalesce(f.extended_until, f.valid_until)`;

const UNFILED = Prisma.sql`('idea_registration', 'product_completion')`;

/** The answer as a column; f is `certificate`. Sets are asked for once, not once for each certificate. */
export const ANSWER = Prisma.sql`case
  when f.cycle_id in (select s.predecessor_id from cycle s where s.predecessor_id is not null and s.stage <> 'closed' and s.stage not in ${UNFILED}) then 'filed'
  when f.cycle_id in (select s.predecessor_id from cycle s where s.predecessor_id is not null and s.stage in ${UNFILED}) then 'registered'
  when f.cycle_id in (select e.cycle_id from cycle_event e where e.name = 'decline-renewal') then 'declined' else 'none' end`;

/** The days before the end between which the dossier is filed, by the regime in force; null where it has no window. */
function windowDays({ rules, today }: Deps): { opens: number; closes: number } | null {
  const window = regimeOn(rules.regimes, today()).procedure.reevaluationWindow?.value;
  return window ? { opens: window.opensDaysBefore, closes: window.closesDaysBefore } : null;
}

/** The state of the window as a column. */
export function windowState(deps: Deps): Prisma.Sql {
  const days = windowDays(deps);
  if (!days) return Prisma.sql`'ahead'`;
  const { openUntil, openFrom } = openEnds(deps, days);
  return Prisma.sql`case when f.valid_until < ${openFrom}::date then 'closed' when f.valid_until <= ${openUntil}::date then 'open' else 'ahead' end`;
}

/** A state of the window as a range of ends, which an index can answer. */
function isWindow(deps: Deps, state: WindowState): Prisma.Sql {
  const days = windowDays(deps);
  if (!days) return state === 'ahead' ? Prisma.sql`true` : Prisma.sql`false`;
  const { openUntil, openFrom } = openEnds(deps, days);
  if (state === 'closed') return Prisma.sql`f.valid_until < ${openFrom}::date`;
  if (state === 'ahead') return Prisma.sql`f.valid_until > ${openUntil}::date`;
  return Prisma.sql`f.valid_until between ${openFrom}::date and ${openUntil}::date`;
}

/** Certificates that end on these days are in their window today. */
function openEnds({ today }: Deps, { opens, closes }: { opens: number; closes: number }): { openFrom: LocalDate; openUntil: LocalDate } {
  return { openFrom: addDays(today(), closes), openUntil: addDays(today(), opens) };
}

/** The ends of certificates whose window is open today; null where the regime has no window. */
export function endsInOpenWindow(deps: Deps): { from: LocalDate; to: LocalDate } | null {
  const days = windowDays(deps);
  if (!days) return null;
  const { openFrom, openUntil } = openEnds(deps, days);
  return { from: openFrom, to: openUntil };
}

/** Year of the last season that a re-evaluation of a certificate with that end can join; null where the regime has no seasons. */
export function seasonYear({ rules, calendar, today }: Deps, validUntil: LocalDate): number | null {
  const season = lastSafeSeason(validUntil, regimeOn(rules.regimes, today()).procedure, calendar);
  return season && Number(season.fileBy.slice(0, 4));
}

/**
 * The season's year of each of these ends, which come in order. The later an end, the later its season: where the first and the last of some agree,
 * those between are not asked.
 */
export function seasonYears(deps: Deps, ends: readonly LocalDate[]): Map<LocalDate, number | null> {
  const years = new Map<LocalDate, number | null>();
  const fill = (from: number, to: number): void => {
    const [first, last] = [ends[from], ends[to]];
    if (first === undefined || last === undefined) return;
    const year = seasonYear(deps, first);
    if (year === seasonYear(deps, last)) for (const end of ends.slice(from, to + 1)) years.set(end, year);
    else {
      const middle = Math.floor((from + to) / 2);
      fill(from, middle);
      fill(middle + 1, to);
    }
  };
  fill(0, ends.length - 1);
  return years;
}

/** The first end of a certificate whose last season is that year or later: the later a certificate ends, the later its last season. */
function firstEndOf(deps: Deps, year: number): LocalDate {
  let [before, from] = [dayNumber(`${year}-01-01`) - 1, dayNumber(`${year + 3}-01-01`)];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if ((seasonYear(deps, dateOf(middle)) ?? year) >= year) from = middle;
    else before = middle;
  }
  return dateOf(from);
}

function isOfSeason(deps: Deps, year: number): Prisma.Sql {
  return Prisma.sql`f.valid_until >= ${firstEndOf(deps, year)}::date and f.valid_until < ${firstEndOf(deps, year + 1)}::date`;
}

/** The condition of a filter for this actor: f is `certificate`. */
export function isCertificateAskedFor(deps: Deps, actor: Actor, filter: CertificateFilter): Prisma.Sql {
  const { expiringBefore, province, commune, month, decision, issuedOn, validUntil, answer, window, season } = filter;
  const conditions = [
    isCycleWithin(Prisma.sql`f.cycle_id`, actor, { province, commune }),
    Prisma.sql`f.status = 'in_force'`,
    expiringBefore === undefined ? undefined : Prisma.sql`${ENDS} < ${expiringBefore}::date`,
    month === undefined ? undefined : Prisma.sql`${ENDS} >= ${`${month}-01`}::date and ${ENDS} < ${addMonths(`${month}-01`, 1)}::date`,
    decision === undefined
      ? undefined
      : decision === 'none'
        ? Prisma.sql`f.decision_number is null`
        : Prisma.sql`f.decision_number = ${decision}`,
    issuedOn === undefined ? undefined : Prisma.sql`f.issued_on = ${issuedOn}::date`,
    validUntil === undefined ? undefined : Prisma.sql`f.valid_until = ${validUntil}::date`,
    answer === undefined ? undefined : answer === 'unfiled' ? Prisma.sql`${ANSWER} <> 'filed'` : Prisma.sql`${ANSWER} = ${answer}`,
    window === undefined ? undefined : isWindow(deps, window),
    season === undefined ? undefined : isOfSeason(deps, Number(season)),
  ];
  return Prisma.join(
    conditions.filter((one) => one !== undefined),
    ' and ',
  );
}
