/**
 * Working days of the civil service: Monday to Friday, less the days off of the holiday table, plus the Saturdays worked in lieu.
 * Only the commune's 15 days are working days (Decision 26/2026, article 7.2); every other limit of the law counts plain days.
 */
import { addDays, isoWeekday, type LocalDate } from './dates';

/** The holiday table as the rules use it. Beyond `announcedTo` no notice has been read: results there are a forecast. */
export interface WorkingCalendar {
  daysOff: readonly LocalDate[];
  workedSaturdays: readonly LocalDate[];
  announcedTo: LocalDate;
}

/** Whether the first counted day is the day after the event (article 147 of the Civil Code; the default) or the day itself. */
export type Counting = 'next-day' | 'same-day';

export function isWorkingDay(calendar: WorkingCalendar, date: LocalDate): boolean {
  if (calendar.workedSaturdays.includes(date)) return true;
  return isoWeekday(date) <= 5 && !calendar.daysOff.includes(date);
}

/** The n-th working day after an event (n ≥ 1), or before it when n is negative. 0 gives the day itself. */
export function addWorkingDays(calendar: WorkingCalendar, from: LocalDate, days: number, counting: Counting = 'next-day'): LocalDate {
  const step = days < 0 ? -1 : 1;
  let left = Math.abs(days);
  let day = from;
  if (left > 0 && counting === 'same-day' && isWorkingDay(calendar, from)) left -= 1;
  while (left > 0) {
    day = addDays(day, step);
    if (isWorkingDay(calendar, day)) left -= 1;
  }
  return day;
}

/** How many working days lie after the first date up to and including the second; negative when the second is earlier. */
export function workingDaysBetween(calendar: WorkingCalendar, from: LocalDate, to: LocalDate): number {
  if (to < from) return -workingDaysBetween(calendar, to, from) || 0;
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(calendar, day)) count += 1;
  return count;
}

/** That day if it is a working day, else the next one. */
export function workingDayOnOrAfter(calendar: WorkingCalendar, date: LocalDate): LocalDate {
  let day = date;
  while (!isWorkingDay(calendar, day)) day = addDays(day, 1);
  return day;
}
