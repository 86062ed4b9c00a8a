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

/** Days since the epoch of a calendar date. Throws on a string that is not a real date. */
function dayNumber(date: LocalDate): number {
  if (!isLocalDate(date)) throw new RangeError(`not a calendar date: ${date}`);
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

function fromDayNumber(day: number): LocalDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** True for a string `YYYY-MM-DD` that names a day that exists. */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

/** The date that many days later (earlier when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return fromDayNumber(dayNumber(date) + days);
}

/**
 * The same day that many months later; the last day of the month when there is no such day (29/02/2024 + 36 months = 28/02/2027),
 * as article 148 of the Civil Code counts periods in months.
 */
export function addMonths(date: LocalDate, months: number): LocalDate {
  if (!isLocalDate(date)) throw new RangeError(`not a calendar date: ${date}`);
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const daysInMonth = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(day, daysInMonth))).toISOString().slice(0, 10);
}

/** Days from the first date to the second; negative when the second is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** 1 = Monday … 7 = Sunday. */
export function isoWeekday(date: LocalDate): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

/** The calendar date in Vietnam at an instant: 17:30Z on the 29th is already the 30th. */
export function localDateAt(instant: Instant): LocalDate {
  return new Date(instant + VIETNAM_OFFSET_MS).toISOString().slice(0, 10);
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
