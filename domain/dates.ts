/**
 * Calendar dates as the law counts them: local dates of Vietnam, which has been UTC+7 without daylight saving since 1975.
 * A date is not an instant. Instants are epoch milliseconds and appear only where a clock is met.
 */

/** A calendar date in Vietnam, `YYYY-MM-DD`. Compares correctly as a string. */
export type LocalDate = string;

/** An absolute instant, milliseconds since the epoch. */
export type Instant = number;

const DAY_MS = 86_400_000;
const VIETNAM_OFFSET_MS = 7 * 3_600_000;

/**
 * Days since the epoch of a calendar date, for counting. Arithmetic on integers: agendas count thousands of days, and Date is slow at it.
 * @throws RangeError on a string that is not a real date
 */
export function dayNumber(date: LocalDate): number {
  const { year, month, day } = partsOf(date);
  // Years from March: the leap day is the last of its year (the "days from civil" method).
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The calendar date of a day number. */
export function dateOf(dayNumberSinceEpoch: number): LocalDate {
  const shifted = dayNumberSinceEpoch + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  return written(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

function written(year: number, month: number, day: number): LocalDate {
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function partsOf(date: LocalDate): { year: number; month: number; day: number } {
  if (!isLocalDate(date)) throw new RangeError(`not a calendar date: ${date}`);
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8)) };
}

const WRITTEN = /^[1-9]\d{3}-\d{2}-\d{2}$/;

/** True for a string `YYYY-MM-DD` (years from 1000) that names a day that exists. */
export function isLocalDate(text: string): boolean {
  if (!WRITTEN.test(text)) return false;
  const [month, day] = [Number(text.slice(5, 7)), Number(text.slice(8))];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(Number(text.slice(0, 4)), month);
}

/** The date that many days later (earlier when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOf(dayNumber(date) + days);
}

/**
 * The same day that many months later; the last day of the month when there is no such day (29/02/2024 + 36 months = 28/02/2027),
 * as article 148 of the Civil Code counts periods in months.
 */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const { year, month, day } = partsOf(date);
  const monthsSinceYearZero = year * 12 + month - 1 + months;
  const toYear = Math.floor(monthsSinceYearZero / 12);
  const toMonth = monthsSinceYearZero - toYear * 12 + 1;
  return written(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
}

/** Days from the first date to the second; negative when the second is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** 1 = Monday … 7 = Sunday. */
export function isoWeekday(date: LocalDate): number {
  return weekdayOf(dayNumber(date));
}

/** 1 = Monday … 7 = Sunday, of a day number; the epoch was a Thursday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The calendar date in Vietnam at an instant: 17:30Z on the 29th is already the 30th. */
export function localDateAt(instant: Instant): LocalDate {
  return dateOf(Math.floor((instant + VIETNAM_OFFSET_MS) / DAY_MS));
}

/** The instant at which a date begins in Vietnam (local midnight). */
export function startOfDay(date: LocalDate): Instant {
  return dayNumber(date) * DAY_MS - VIETNAM_OFFSET_MS;
}

/** The earlier of two dates. */
export function earlier(a: LocalDate, b: LocalDate): LocalDate {
  return a < b ? a : b;
}

/** `30/10/2026`, as Vietnamese documents write dates. */
export function formatVietnamese(date: LocalDate): string {
  const [year, month, day] = date.split('-');
  return `${day}/${month}/${year}`;
}
