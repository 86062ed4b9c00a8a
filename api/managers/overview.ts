/** The season at a glance: where dossiers stand and how late, what changed, what falls due, what lapses. Every number has its list. */
import { z } from 'zod';
import { type Party, STAGES, type Stage } from '../../domain/cycle/stages';
import type { Actor } from '../../domain/cycle/state';
import { addDays, type LocalDate } from '../../domain/dates';
import { addWorkingDays, isWorkingDay, workingDaysBetween } from '../../domain/working-days';
import { LATENESS, type Lateness } from '../cycles/lateness';
import { PARTIES } from '../cycles/parties';
import type { ApiDeps } from '../deps';
import { EVERYBODY, route } from '../http/route';
import { code, communeCode, localDate, provinceCode } from '../http/schemas';
import { becameLate, CHANGES, eventsSince } from './changes';
import { type Count, counter, type Counter, dossierCounter } from './counter';
import { countBy, countDossiers, type Counted, type Group } from './dossiers';

const TURNS = [...PARTIES, 'nobody'] as const;
type Turn = (typeof TURNS)[number];

const byLateness = z.object(Object.fromEntries(LATENESS.map((one) => [one, counter])) as Record<Lateness, typeof counter>);
const byParty = z.object(Object.fromEntries(TURNS.map((one) => [one, counter])) as Record<Turn, typeof counter>);

const overviewView = z
  .object({
    on: localDate,
    season: z.object({ lateness: byLateness, total: counter }),
    stages: z.array(z.object({ stage: z.enum(STAGES), lateness: byLateness, total: counter })),
    validity: counter,
    validityWaiting: z.array(z.object({ step: z.string(), total: counter })),
    open: counter,
    /** Ended since the first day of the year. */
    ended: counter,
    turns: z.array(z.object({ party: z.enum(TURNS), overdue: counter, dueSoon: counter, total: counter })),
    unassigned: counter,
    attention: counter,
    /** What falls due in the next ten working days: days on which something does. */
    due: z.object({
      from: localDate,
      to: localDate,
      days: z.array(z.object({ on: localDate, parties: byParty, total: counter })),
      parties: byParty,
      total: counter,
      /** The day after them, within two months, on which most falls due. */
      peak: z.object({ on: localDate, workingDays: z.int(), total: counter }).nullable(),
    }),
    changes: z.object({ since: localDate, items: z.array(z.object({ kind: z.enum(CHANGES), total: counter })) }),
  })
  .meta({ id: 'Overview' });

export type Overview = z.output<typeof overviewView>;

export const overviewQuery = z.strictObject({ plan: code.optional(), province: provinceCode.optional(), commune: communeCode.optional() });
export type Where = z.output<typeof overviewQuery>;

const DAYS_AHEAD = 10;
/** The fullest day is looked for this far ahead, and is told from two dossiers on. */
const PEAK_WITHIN_DAYS = 60;
const PEAK_AT_LEAST = 2;

type Waiting = Pick<Group, 'step' | 'waitingFor'> & { count: number };

/** The overview of the dossiers that the actor may see. */
export async function overview(deps: ApiDeps, actor: Actor, where: Where): Promise<Overview> {
  const on = deps.today();
  const closed = { ...where, scope: 'closed', enteredFrom: `${on.slice(0, 4)}-01-01` } as const;
  const inTrouble = { ...where, scope: 'open', attention: 'yes' } as const;
  const [season, validity, ended, attention, events] = await Promise.all([
    countBy(deps, actor, { ...where, scope: 'season' }, ['stage', 'step', 'lateness', 'waitingFor', 'dueOn', 'unassigned']),
    countBy(deps, actor, { ...where, scope: 'validity' }, ['step', 'waitingFor']),
    countDossiers(deps, actor, closed),
    countDossiers(deps, actor, inTrouble),
    eventsSince(deps, actor, where),
  ]);
  const count: Count = (rows, questions) => dossierCounter(sum(rows), { ...where, scope: 'season', ...questions });
  const byLatenessOf = (rows: readonly Counted[], questions: object): Record<Lateness, Counter> =>
    record(LATENESS, (lateness) => count(rows.filter(is({ lateness })), { ...questions, lateness }));
  return {
    on,
    season: { lateness: byLatenessOf(season, {}), total: count(season, {}) },
    stages: stagesShown(season).map((stage) => {
      const rows = season.filter(is({ stage }));
      return { stage, lateness: byLatenessOf(rows, { stage }), total: count(rows, { stage }) };
    }),
    validity: count(validity, { scope: 'validity' }),
    validityWaiting: stepsWaiting(validity).map((step) => ({
      step,
      total: count(
        validity.filter((row) => row.step === step),
        { scope: 'validity', step },
      ),
    })),
    open: count([...season, ...validity], { scope: 'open' }),
    ended: dossierCounter(ended, closed),
    turns: turnsShown(season).map((party) => {
      const rows = season.filter(is({ waitingFor: party }));
      return {
        party,
        overdue: count(rows.filter(is({ lateness: 'overdue' })), { waitingFor: party, lateness: 'overdue' }),
        dueSoon: count(rows.filter(is({ lateness: 'due_soon' })), { waitingFor: party, lateness: 'due_soon' }),
        total: count(rows, { waitingFor: party }),
      };
    }),
    unassigned: count(season.filter(is({ unassigned: true })), { officer: 'none' }),
    attention: dossierCounter(attention, inTrouble),
    due: dueAhead(deps, season, count),
    changes: { since: events.since, items: [...becameLate(deps, season, events.since, count), ...events.items] },
  };
}

const is =
  (wanted: Partial<Counted>) =>
  (row: Counted): boolean =>
    (Object.keys(wanted) as (keyof Counted)[]).every((key) => row[key] === wanted[key]);

const sum = (rows: readonly { count: number }[]): number => rows.reduce((total, row) => total + row.count, 0);

function record<Key extends string, Value>(keys: readonly Key[], valueOf: (key: Key) => Value): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<Key, Value>;
}

/** The stages on the way to a certificate; the district's only where a dossier still stands in it. */
function stagesShown(season: readonly Counted[]): Stage[] {
  return STAGES.filter(
    (stage) => stage !== 'validity' && stage !== 'closed' && (stage !== 'district_scoring' || season.some(is({ stage }))),
  );
}

function stepsWaiting(validity: readonly Waiting[]): string[] {
  return [...new Set(validity.flatMap((row) => (row.waitingFor === 'nobody' ? [] : [row.step])))].sort();
}

function turnsShown(season: readonly Counted[]): Turn[] {
  const usual: Party[] = ['commune', 'producer', 'province', 'ministry'];
  const rare = (['district', 'nobody'] as const).filter((waitingFor) => season.some(is({ waitingFor })));
  return [...usual, ...rare];
}

/** What still runs and falls due within ten working days, today counted when it is one; then the fullest day after them. */
function dueAhead({ today, calendar }: ApiDeps, season: readonly Counted[], count: Count): Overview['due'] {
  const from = today();
  const to = addWorkingDays(calendar, from, isWorkingDay(calendar, from) ? DAYS_AHEAD - 1 : DAYS_AHEAD);
  const running = { lateness: 'due_soon,on_time' };
  const ahead = season.filter((row) => row.dueOn !== null && (row.lateness === 'due_soon' || row.lateness === 'on_time'));
  const soon = ahead.filter((row) => row.dueOn !== null && row.dueOn <= to);
  const partiesOf = (rows: readonly Counted[], questions: object): Record<Turn, Counter> =>
    record(TURNS, (waitingFor) => count(rows.filter(is({ waitingFor })), { ...running, ...questions, waitingFor }));
  const dayOf = (on: LocalDate) => {
    const rows = ahead.filter(is({ dueOn: on }));
    return { on, parties: partiesOf(rows, { dueOn: on }), total: count(rows, { ...running, dueOn: on }) };
  };
  const daysOf = (rows: readonly Counted[]): LocalDate[] => [...new Set(rows.flatMap((row) => row.dueOn ?? []))].sort();
  const horizon = addDays(from, PEAK_WITHIN_DAYS);
  const later = daysOf(ahead.filter((row) => row.dueOn !== null && row.dueOn > to && row.dueOn <= horizon)).map(dayOf);
  const fullest = later.reduce<(typeof later)[number] | undefined>(
    (best, day) => (best === undefined || day.total.count > best.total.count ? day : best),
    undefined,
  );
  const hasPeak = fullest !== undefined && fullest.total.count >= PEAK_AT_LEAST;
  return {
    from,
    to,
    days: daysOf(soon).map(dayOf),
    parties: partiesOf(soon, { dueTo: to }),
    total: count(soon, { ...running, dueTo: to }),
    peak: hasPeak ? { on: fullest.on, workingDays: workingDaysBetween(calendar, from, fullest.on), total: fullest.total } : null,
  };
}

export const overviewRoute = route({
  method: 'get',
  path: '/api/overview',
  tag: 'Quản lý',
  summary: { vi: 'Tổng quan mùa đánh giá', en: 'The season at a glance' },
  who: EVERYBODY,
  query: overviewQuery,
  answer: { status: 200, schema: overviewView, description: { vi: 'Mỗi số kèm địa chỉ danh sách', en: 'Every number with its list' } },
  handler: async ({ deps, actor, query }) => ({ body: await overview(deps, actor, query) }),
});
