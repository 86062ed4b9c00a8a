/** Certificates in force by the month in which they end and by decision: what must join which season, and who has not answered. */
import { z } from 'zod';
import { lastSafeSeason, reevaluationWindow } from '../../domain/certificates';
import type { Actor } from '../../domain/cycle/state';
import { addMonths, type LocalDate } from '../../domain/dates';
import { Prisma } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { EVERYBODY, route } from '../http/route';
import { communeCode, localDate, provinceCode } from '../http/schemas';
import {
  ANSWER,
  ANSWERS,
  type CertificateFilter,
  ENDS,
  endsInOpenWindow,
  isCertificateAskedFor,
  type RenewalAnswer,
  seasonYears,
  WINDOWS,
  type WindowState,
  windowState,
} from './certificate-filter';
import { certificateCounter, counter, type Counter } from './counter';
import { regimeOn } from './season';

const MONTHS = 36;
const answers = z.object(Object.fromEntries(ANSWERS.map((answer) => [answer, counter])) as Record<RenewalAnswer, typeof counter>);

const cohort = z.object({
  decision: z.string().nullable(),
  issuedOn: localDate,
  issuedBy: z.string().nullable(),
  validUntil: localDate,
  total: counter,
  answers,
  window: z.enum(WINDOWS),
  opensOn: localDate.nullable(),
  closesOn: localDate.nullable(),
  /** Last day to file so that a season is concluded while the certificate holds, and that season's year. */
  fileBy: localDate.nullable(),
  season: z.int().nullable(),
});

const month = z.object({
  month: z.string(),
  total: counter,
  /** Filed; window over and not filed; window open and not filed; window still to come and not filed. */
  filed: counter,
  missed: counter,
  open: counter,
  ahead: counter,
});

const radarView = z
  .object({
    total: counter,
    filed: counter,
    /** Not filed, by the state of the window. */
    missed: counter,
    open: counter,
    ahead: counter,
    unanswered: counter,
    openEnds: z.object({ from: localDate, to: localDate }).nullable(),
    months: z.array(month),
    seasons: z.array(z.object({ season: z.int().nullable(), total: counter, answers })),
    /** How many cohorts there are; a page may show the first of them only. */
    cohortCount: z.int(),
    cohorts: z.array(cohort),
  })
  .meta({ id: 'CertificateRadar' });

export type Radar = z.output<typeof radarView>;
export type Cohort = z.output<typeof cohort>;

export const radarQuery = z.strictObject({
  province: provinceCode.optional(),
  commune: communeCode.optional(),
  expiringBefore: localDate.optional(),
});
export type RadarQuery = z.output<typeof radarQuery>;

interface Row {
  decision: string | null;
  issuedOn: LocalDate;
  issuedBy: string | null;
  validUntil: LocalDate;
  endsIn: string;
  answer: RenewalAnswer;
  window: WindowState;
  count: number;
}

/**
 * The radar of the certificates that the actor may see.
 * @param cohortsShown how many cohorts are told of, the first to end first; all of them unless told
 */
export async function certificateRadar(deps: ApiDeps, actor: Actor, where: RadarQuery, cohortsShown?: number): Promise<Radar> {
  const rows = await groups(deps, actor, where);
  const cohorts = grouped(rows, (row) => `${row.validUntil} ${row.issuedOn} ${row.decision ?? ''}`);
  const seasons = seasonYears(deps, [...new Set(rows.map((row) => row.validUntil))]);
  const ending = new Map(grouped(rows, (row) => row.endsIn));
  const counted = (some: readonly Row[], questions: CertificateFilter): Counter =>
    certificateCounter(sum(some), { ...where, ...questions });
  const notFiled = (some: readonly Row[], window: WindowState): Row[] =>
    some.filter((row) => row.window === window && row.answer !== 'filed');
  const byWindow = (some: readonly Row[], questions: CertificateFilter) => ({
    total: counted(some, questions),
    filed: counted(some.filter(isFiled), { ...questions, answer: 'filed' }),
    missed: counted(notFiled(some, 'closed'), { ...questions, window: 'closed', answer: 'unfiled' }),
    open: counted(notFiled(some, 'open'), { ...questions, window: 'open', answer: 'unfiled' }),
    ahead: counted(notFiled(some, 'ahead'), { ...questions, window: 'ahead', answer: 'unfiled' }),
  });
  const byAnswer = (some: readonly Row[], questions: CertificateFilter): Record<RenewalAnswer, Counter> => {
    const one = (answer: RenewalAnswer): Counter =>
      counted(
        some.filter((row) => row.answer === answer),
        { ...questions, answer },
      );
    return { filed: one('filed'), registered: one('registered'), declined: one('declined'), none: one('none') };
  };
  const unanswered = rows.filter((row) => row.answer === 'none' && row.window === 'open');
  return {
    ...byWindow(rows, {}),
    unanswered: counted(unanswered, { answer: 'none', window: 'open' }),
    openEnds: endsInOpenWindow(deps),
    months: monthsFrom(deps.today(), rows).map((name) => ({ month: name, ...byWindow(ending.get(name) ?? [], { month: name }) })),
    seasons: grouped(rows, (row) => String(seasons.get(row.validUntil) ?? '')).map(([year, some]) => {
      const questions = year === '' ? {} : { season: year };
      return { season: year === '' ? null : Number(year), total: counted(some, questions), answers: byAnswer(some, questions) };
    }),
    cohortCount: cohorts.length,
    cohorts: cohorts.slice(0, cohortsShown).map(([, some]) => {
      const [{ decision, issuedOn, issuedBy, validUntil, window }] = some;
      const questions = { decision: decision ?? 'none', issuedOn, validUntil };
      return {
        decision,
        issuedOn,
        issuedBy,
        validUntil,
        window,
        total: counted(some, questions),
        answers: byAnswer(some, questions),
        ...datesOf(deps, validUntil),
      };
    }),
  };
}

const isFiled = (row: Row): boolean => row.answer === 'filed';
const sum = (rows: readonly Row[]): number => rows.reduce((total, row) => total + row.count, 0);

function grouped(rows: readonly Row[], keyOf: (row: Row) => string): [string, [Row, ...Row[]]][] {
  const groupsByKey = new Map<string, [Row, ...Row[]]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groupsByKey.get(key);
    if (group) group.push(row);
    else groupsByKey.set(key, [row]);
  }
  return [...groupsByKey].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The months to show: 36 from today's, and any other in which a certificate in force ends. */
function monthsFrom(today: LocalDate, rows: readonly Row[]): string[] {
  const shown = Array.from({ length: MONTHS }, (_, index) => addMonths(`${today.slice(0, 7)}-01`, index).slice(0, 7));
  return [...new Set([...shown, ...rows.map((row) => row.endsIn)])].sort();
}

function datesOf({ rules, calendar, today }: ApiDeps, validUntil: LocalDate): Pick<Cohort, 'opensOn' | 'closesOn' | 'fileBy' | 'season'> {
  const { procedure } = regimeOn(rules.regimes, today());
  const window = reevaluationWindow(validUntil, procedure.reevaluationWindow);
  const fileBy = lastSafeSeason(validUntil, procedure, calendar)?.fileBy ?? null;
  return {
    opensOn: window?.opensOn ?? null,
    closesOn: window?.closesOn ?? null,
    fileBy,
    season: fileBy === null ? null : Number(fileBy.slice(0, 4)),
  };
}

/** Certificates by decision, end and answer. */
async function groups(deps: ApiDeps, actor: Actor, where: RadarQuery): Promise<Row[]> {
  return await deps.db.$queryRaw<Row[]>(Prisma.sql`
    select f.decision_number as decision, f.issued_on::text as "issuedOn", f.issued_by as "issuedBy", f.valid_until::text as "validUntil",
      to_char(${ENDS}, 'YYYY-MM') as "endsIn", f.answer, ${windowState(deps)} as "window", f.count
    from (
      select f.decision_number, f.issued_on, f.valid_until, f.extended_until, ${ANSWER} as answer, max(f.issued_by) as issued_by, count(*)::int as count
      from certificate f where ${isCertificateAskedFor(deps, actor, where)} group by 1, 2, 3, 4, 5
    ) f order by f.valid_until, f.issued_on, f.decision_number, f.answer`);
}

export const radar = route({
  method: 'get',
  path: '/api/certificates/radar',
  tag: 'Quản lý',
  summary: { vi: 'Rà soát giấy chứng nhận theo tháng và theo quyết định', en: 'Certificates by month and decision' },
  who: EVERYBODY,
  query: radarQuery,
  answer: { status: 200, schema: radarView, description: { vi: 'Mỗi số kèm địa chỉ danh sách', en: 'Every number with its list' } },
  handler: async ({ deps, actor, query }) => ({ body: await certificateRadar(deps, actor, query) }),
});
