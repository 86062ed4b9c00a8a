/** The rules of a rehearsal: those that ship, with a plan from a file or with changed dates ("what if the commune deadline moved to 15/10?"). */
import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { addDays, addMonths, formatVietnamese, isLocalDate, type LocalDate } from '../domain/dates';
import { lastSafeDay } from '../domain/deadlines';
import type { HolidayRow } from '../domain/holidays';
import type { Plan, PlanStage } from '../domain/plans';
import { selectRegime } from '../domain/regime-selection';
import { roundsOf } from '../domain/rounds';
import type { Text } from '../domain/sources';
import { StartProblem } from '../local/start-problem';
import { checkHolidays, checkPlan } from '../plans/checks';
import { DataFilesError, loadRules, type Rules } from '../plans/load';
import type { Problem } from '../plans/problems';
import { readJson } from '../plans/read';
import { planSchema } from '../plans/schema';
import { holidayRow } from '../plans/tables';

/** Stages whose end may be set, as windows of plans name them. */
export const WINDOW_STAGES = {
  'idea-registration': 'idea_registration',
  'dossier-submission': 'product_completion',
  'commune-assessment': 'commune_assessment',
  'district-scoring': 'district_scoring',
  'provincial-scoring': 'provincial_scoring',
  'national-scoring': 'national_scoring',
} as const satisfies Record<string, PlanStage>;
export type WindowName = keyof typeof WINDOW_STAGES;

/** A date that is tried: `commune-assessment=2026-10-15`. */
export interface Change {
  window: string;
  date: LocalDate;
}

/** Reads `window=date`; the date as 2026-10-15 or 15/10/2026. Throws StartProblem that says what is allowed. */
export function parseChange(written: string): Change {
  const [, window, day] = /^([\w-]+)=(\S+)$/.exec(written) ?? [];
  const [, d, m, y] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(day ?? '') ?? [];
  const date = d && m && y ? `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` : day;
  if (window === undefined || date === undefined || !isLocalDate(date))
    throw new StartProblem({
      vi: `--set ${written}: phải có dạng <mốc>=<ngày>, ví dụ commune-assessment=2026-10-15 hoặc commune-assessment=15/10/2026.`,
      en: `--set ${written}: must be <window>=<date>, such as commune-assessment=2026-10-15.`,
    });
  return { window, date };
}

/**
 * The rules with the plan asked for.
 * @param plan id of a shipped plan, or the path of a plan's file
 * @param calendar path of a holiday table instead of the shipped one
 * @throws StartProblem that names the plans there are, or what is wrong in a file
 */
export function rehearsalRules(plan: string, changes: readonly Change[], calendar?: string): { rules: Rules; plan: Plan } {
  const shipped = calendar === undefined ? loadRules() : { ...loadRules(), calendar: calendarFrom(calendar) };
  const found = plan.endsWith('.json') ? planFrom(plan, shipped) : shipped.plans.find((one) => one.id === plan);
  if (!found) {
    const ids = shipped.plans.map((one) => one.id).join(', ');
    throw new StartProblem({
      vi: `Không có kế hoạch “${plan}”. Các kế hoạch: ${ids}; hoặc đường dẫn tới một tệp .json.`,
      en: `There is no plan “${plan}”. There are: ${ids}; or the path of a .json file.`,
    });
  }
  const changed = changes.reduce(withChange, found);
  return { plan: changed, rules: { ...shipped, plans: [...shipped.plans.filter((one) => one.id !== changed.id), changed] } };
}

function planFrom(path: string, { regimes, units }: Rules): Plan {
  const check = (value: Plan): Problem[] =>
    checkPlan(
      { file: basename(path), value },
      regimes.map(({ id }) => id),
      units,
    );
  return fileOf(path, planSchema, check, { vi: 'kế hoạch', en: 'plan' });
}

function calendarFrom(path: string): HolidayRow[] {
  const check = (value: HolidayRow[]): Problem[] => checkHolidays({ file: basename(path), value });
  return fileOf(path, z.array(holidayRow).min(1), check, { vi: 'lịch nghỉ', en: 'holiday table' });
}

/** What a JSON file holds. Throws StartProblem that says what is wrong with it. */
function fileOf<Value>(path: string, schema: z.ZodType<Value>, check: (value: Value) => Problem[], what: Text): Value {
  const problems: Problem[] = [];
  const value = existsSync(path) ? readJson(dirname(path), basename(path), schema, problems) : undefined;
  const faults = value === undefined ? problems : check(value);
  if (value !== undefined && faults.length === 0) return value;
  const reasons = faults.length > 0 ? new DataFilesError(faults).message : '';
  throw new StartProblem({
    vi: existsSync(path) ? `Tệp ${what.vi} ${path} chưa dùng được.` : `Không có tệp ${what.vi} ${path}.`,
    en: existsSync(path) ? `The ${what.en} ${path} cannot be used.\n${reasons}` : `There is no ${what.en} file ${path}.`,
  });
}

function withChange(plan: Plan, { window, date }: Change): Plan {
  const quote = `Diễn tập: đổi thành ${formatVietnamese(date)}`;
  const known = plan.windows.some((one) => one.id === window);
  if (known) {
    const windows = plan.windows.map((one) =>
      one.id === window ? { ...one, closes: { date, operator: one.closes?.operator ?? ('on_or_before' as const) }, quote } : one,
    );
    return { ...plan, windows };
  }
  const stage = (WINDOW_STAGES as Record<string, PlanStage>)[window];
  if (stage === undefined) {
    const allowed = [...new Set([...plan.windows.map((one) => one.id), ...Object.keys(WINDOW_STAGES)])].join(', ');
    throw new StartProblem({
      vi: `Kế hoạch ${plan.id} không có mốc “${window}”. Các mốc đổi được: ${allowed}.`,
      en: `The plan ${plan.id} has no window “${window}”. These can be set: ${allowed}.`,
    });
  }
  const added = { id: window, stage, title: { vi: quote, en: `Rehearsal: ${date}` }, opensOn: null, line: 1, quote };
  return { ...plan, windows: [...plan.windows, { ...added, closes: { date, operator: 'on_or_before' } }] };
}

const monthOf = (day: LocalDate): LocalDate => `${day.slice(0, 7)}-01`;
/** A season's people begin some two months before its first date; before a round's cut-off the decision leaves more time. */
const DAYS_BEFORE_WINDOW = 60;
const DAYS_BEFORE_ROUND = 120;
/** A season, 36 months of validity, and what comes after. */
const MONTHS = 50;

/** The day on which a rehearsal of a plan begins unless told: some weeks before its first date. */
export function firstDayOf(plan: Plan, { regimes }: Rules): LocalDate {
  const { from } = plan.period;
  const dates = plan.windows.flatMap(({ opensOn, closes }) => [opensOn, closes?.date].flatMap((day) => day ?? [])).sort();
  if (dates[0] !== undefined) return atLeast(monthOf(addDays(dates[0], -DAYS_BEFORE_WINDOW)), from);
  const { rounds } = selectRegime(regimes, { submittedOn: from, assessedOn: from, kind: 'new' }).regime.procedure;
  const year = Number(from.slice(0, 4));
  const round = roundsOf(rounds?.value ?? [], 'province', year, year + 1).find(
    (one) => addDays(lastSafeDay(one.cutOff), -DAYS_BEFORE_ROUND) > from,
  );
  return round ? atLeast(monthOf(addDays(lastSafeDay(round.cutOff), -DAYS_BEFORE_ROUND + 30)), from) : from;
}

const atLeast = (day: LocalDate, floor: LocalDate): LocalDate => (day < floor ? floor : day);

/** The last day unless told: the season, the 36 months and the weeks after them. */
export function lastDayOf(from: LocalDate): LocalDate {
  return addMonths(from, MONTHS);
}
