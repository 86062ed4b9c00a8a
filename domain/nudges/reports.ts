/**
 * Report duties of a plan as dates: which report is owed when, merged where several fall on the same date, and when to remind of it. A report belongs
 * to an office, not to a dossier. So does what a plan wants done at the season's end, such as its conference: once, not product by product.
 */
import { addDays, addMonths, type LocalDate } from '../dates';
import { type DeadlineDate, lastSafeDay } from '../deadlines';
import type { NudgeRecipient, NudgeRule } from '../nudge-rules';
import { isLateOn, type ReportLine, workingDaysLeft } from './lines';
import type { Plan, ReportDuty } from '../plans';
import type { Text } from '../sources';
import { addWorkingDays, type WorkingCalendar, workingDayOnOrAfter } from '../working-days';

/** A report, or several that fall together and are handed in as one. */
export interface ReportDue extends DeadlineDate {
  /** `ngoc-hoi-2021-2025/monthly+quarterly`: stored in the ledger for years. */
  subject: string;
  planId: string;
  /** Lines of the plan, in its order. */
  lines: number[];
  /** `Báo cáo tháng 9/2024, quý III/2024` */
  title: Text;
  /** The plan and its lines, readable by an official. */
  source: Text;
  owner: NudgeRecipient;
}

/** A rule of when to remind of a report: an offset from its last safe day. */
export type ReportNudgeRule = Pick<NudgeRule, 'id' | 'offset' | 'title' | 'source'>;

export interface ReportNudge {
  ruleId: string;
  due: ReportDue;
  plannedFor: LocalDate;
  status: 'planned' | 'late' | 'passed-over';
}

/** Every dated report that a plan asks for in its period, and what it wants done at its end, earliest first. Duties without a date cannot be reminded of. */
export function reportsDue(plan: Plan): ReportDue[] {
  const owed = plan.reports.flatMap((duty) => datesOf(duty, plan).map((date) => ({ duty, date })));
  const together = new Map<string, typeof owed>();
  for (const one of owed) {
    const key = [one.date, one.duty.due?.operator, one.duty.owner].join(' ');
    together.set(key, [...(together.get(key) ?? []), one]);
  }
  const reports = [...together.values()]
    .flatMap((group) => merged(plan, group))
    .filter((due) => lastSafeDay(due) >= plan.period.from && lastSafeDay(due) <= plan.period.to);
  return [...reports, ...seasonEnd(plan)].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** What is to be done when the plan's period is over: so many days after its last day. */
function seasonEnd(plan: Plan): ReportDue[] {
  return plan.followUps.flatMap(({ id, on, task, title, line }) => {
    if (on !== 'season-end' || !task) return [];
    const words = { vi: `Việc cuối kỳ kế hoạch: ${title.vi}`, en: `At the end of the plan’s period: ${title.en}` };
    const owner: NudgeRecipient = task.office === 'commune' ? 'commune_officer' : 'provincial_officer';
    const due = { date: addDays(plan.period.to, task.due.days), operator: 'on_or_before' as const, owner };
    return [{ subject: `${plan.id}/${id}`, planId: plan.id, lines: [line], title: words, source: sourceOf(plan, [line]), ...due }];
  });
}

const sourceOf = (plan: Plan, lines: readonly number[]): Text => ({
  vi: `${plan.title.vi}, dòng ${lines.join(', ')}`,
  en: `${plan.title.en}, line ${lines.join(', ')}`,
});

/** The report that a ledger row's subject and date name; undefined when the plans no longer have it. */
export function reportNamed(plans: readonly Plan[], subject: string, date: LocalDate): ReportDue | undefined {
  const plan = plans.find(({ id }) => subject.startsWith(`${id}/`));
  return plan && reportsDue(plan).find((due) => due.subject === subject && due.date === date);
}

/**
 * The nudges about a plan's reports that fell due after one day up to and including another. Of several about the same report the last one stands, the
 * earlier ones are passed over; one that a working day's digest should have taken already is late.
 */
export function reportNudges(
  plan: Plan,
  rules: readonly ReportNudgeRule[],
  { after, day, calendar }: { after: LocalDate; day: LocalDate; calendar: WorkingCalendar },
): ReportNudge[] {
  return reportsDue(plan).flatMap((due) => {
    const fallen = rules
      .map((rule) => ({ ruleId: rule.id, due, plannedFor: plannedDay(rule, due, calendar) }))
      .filter(({ plannedFor }) => plannedFor > after && plannedFor <= day)
      .sort((a, b) => (a.plannedFor < b.plannedFor ? -1 : 1));
    return fallen.map((nudge, index): ReportNudge => {
      const isLate = workingDayOnOrAfter(calendar, nudge.plannedFor) < day;
      return { ...nudge, status: index < fallen.length - 1 ? 'passed-over' : isLate ? 'late' : 'planned' };
    });
  });
}

/** A report as a digest shows it, with the ledger rows that are due about it. */
export function reportLine(
  due: ReportDue,
  nudges: readonly { id: string; plannedFor: LocalDate }[],
  day: LocalDate,
  calendar: WorkingCalendar,
): ReportLine {
  const { subject, title, source } = due;
  const lastSafeOn = lastSafeDay(due);
  return {
    subject,
    title,
    source,
    lastSafeOn,
    workingDays: workingDaysLeft(day, lastSafeOn, calendar),
    nudges: nudges.map((one) => ({ ...one, late: isLateOn(one.plannedFor, day, calendar) })),
  };
}

/** The day that a rule reminds of a report. */
function plannedDay({ offset }: ReportNudgeRule, due: ReportDue, calendar: WorkingCalendar): LocalDate {
  const from = lastSafeDay(due);
  return offset.unit === 'working' ? addWorkingDays(calendar, from, offset.days) : addDays(from, offset.days);
}

/** The dates on which a duty falls in the plan's years; none without a day, or for reports on an event. */
function datesOf({ cadence, due }: ReportDuty, { period }: Plan): LocalDate[] {
  if (due === null) return [];
  const [first, last] = [Number(period.from.slice(0, 4)), Number(period.to.slice(0, 4))];
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const dates = (months: readonly number[]): LocalDate[] => years.flatMap((year) => months.map((month) => dateIn(year, month, due.day)));
  switch (cadence) {
    case 'monthly':
      return dates([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    case 'quarterly':
      return dates([3, 6, 9, 12]);
    case 'yearly':
      return dates([due.month ?? 12]);
    case 'period-end':
      return [dateIn(last, due.month ?? 12, due.day)];
    case 'periodic':
    case 'ad-hoc':
    case 'on-event':
      return [];
  }
}

/** The day of a month; its last day where the month is too short. */
function dateIn(year: number, month: number, day: number): LocalDate {
  return addMonths(`${year}-01-${String(day).padStart(2, '0')}`, month - 1);
}

function merged(plan: Plan, group: readonly { duty: ReportDuty; date: LocalDate }[]): ReportDue[] {
  const [first] = group;
  const { due, owner } = first?.duty ?? {};
  if (!first || !due || !owner) return [];
  const duties = group.map(({ duty }) => duty);
  const lines = [...new Set(duties.map(({ line }) => line))];
  const periods = duties.map((duty) => periodOf(duty, first.date, plan));
  return [
    {
      subject: `${plan.id}/${duties.map(({ id }) => id).join('+')}`,
      planId: plan.id,
      lines,
      title: {
        vi: `Báo cáo ${periods.map(({ vi }) => vi).join(', ')}`,
        en: `Report for ${periods.map(({ en }) => en).join(', ')}`,
      },
      source: sourceOf(plan, lines),
      owner,
      date: first.date,
      operator: due.operator,
    },
  ];
}

const QUARTERS = ['I', 'II', 'III', 'IV'];

function periodOf({ cadence }: ReportDuty, date: LocalDate, { period }: Plan): Text {
  const [year = '', month = ''] = date.split('-');
  const quarter = QUARTERS[Math.floor((Number(month) - 1) / 3)] ?? '';
  switch (cadence) {
    case 'monthly':
      return { vi: `tháng ${Number(month)}/${year}`, en: `month ${Number(month)}/${year}` };
    case 'quarterly':
      return { vi: `quý ${quarter}/${year}`, en: `quarter ${quarter}/${year}` };
    case 'yearly':
      return { vi: `năm ${year}`, en: `year ${year}` };
    default:
      return { vi: `cả giai đoạn đến ${period.to.slice(0, 4)}`, en: `the whole period to ${period.to.slice(0, 4)}` };
  }
}
