/**
 * Working days of the civil service: Monday to Friday, less the days off of the holiday table, plus the Saturdays worked in lieu.
 * Only the commune's 15 days are working days (Decision 26/2026, article 7.2); every other limit of the law counts plain days.
 */
import { dateOf, dayNumber, type LocalDate, weekdayOf } from './dates';

/** The holiday table as the rules use it. Beyond `announcedTo` no notice has been read: results there are a forecast. */
export interface WorkingCalendar {
  daysOff: readonly LocalDate[];
  workedSaturdays: readonly LocalDate[];
  announcedTo: LocalDate;
}

/** Whether the first counted day is the day after the event (article 147 of the Civil Code; the default) or the day itself. */
export type Counting = 'next-day' | 'same-day';

export function isWorkingDay(calendar: WorkingCalendar, date: LocalDate): boolean {
  return works(calendar)(dayNumber(date));
}

/** The n-th working day after an event (n ≥ 1), or before it when n is negative. 0 gives the day itself. */
export function addWorkingDays(calendar: WorkingCalendar, from: LocalDate, days: number, counting: Counting = 'next-day'): LocalDate {
  const isWorking = works(calendar);
  const step = days < 0 ? -1 : 1;
  let left = Math.abs(days);
  let day = dayNumber(from);
  if (left > 0 && counting === 'same-day' && isWorking(day)) left -= 1;
  while (left > 0) {
    day += step;
    if (isWorking(day)) left -= 1;
  }
  return dateOf(day);
}

/** How many working days lie after the first date up to and including the second; negative when the second is earlier. */
export function workingDaysBetween(calendar: WorkingCalendar, from: LocalDate, to: LocalDate): number {
  if (to < from) return 0 - workingDaysBetween(calendar, to, from);
  const isWorking = works(calendar);
  const last = dayNumber(to);
  let count = 0;
  for (let day = dayNumber(from) + 1; day <= last; day += 1) if (isWorking(day)) count += 1;
  return count;
}

/** That day if it is a working day, else the next one. */
export function workingDayOnOrAfter(calendar: WorkingCalendar, date: LocalDate): LocalDate {
  const isWorking = works(calendar);
  let day = dayNumber(date);
  while (!isWorking(day)) day += 1;
  return dateOf(day);
}

/** That day if it is a working day, else the last one before. */
export function workingDayOnOrBefore(calendar: WorkingCalendar, date: LocalDate): LocalDate {
  const isWorking = works(calendar);
  let day = dayNumber(date);
  while (!isWorking(day)) day -= 1;
  return dateOf(day);
}

const exceptions = new WeakMap<WorkingCalendar, Map<number, boolean>>();

/** Whether a day number is a working day; the table's exceptions are looked up once per calendar. */
function works(calendar: WorkingCalendar): (day: number) => boolean {
  let table = exceptions.get(calendar);
  if (!table) {
    table = new Map(calendar.daysOff.map((date) => [dayNumber(date), false]));
    for (const date of calendar.workedSaturdays) table.set(dayNumber(date), true);
    exceptions.set(calendar, table);
  }
  const known = table;
  return (day) => known.get(day) ?? weekdayOf(day) <= 5;
}
