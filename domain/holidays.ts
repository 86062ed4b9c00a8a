/**
 * The holiday table (data/holidays-vn.csv) and the working calendar made of it. Days off of a coming year are announced by a notice each year, so
 * the table says how far it is confirmed.
 */
import type { LocalDate } from './dates';
import type { WorkingCalendar } from './working-days';

export interface HolidayRow {
  date: LocalDate;
  /** A day off named by law or notice, a weekday off in lieu, or a Saturday worked in lieu. */
  kind: 'holiday' | 'day_off_in_lieu' | 'working_day_in_lieu';
  name: string;
  /** The law or notice it stands in. */
  notice: string;
  /** `expected` follows from the law's date or the lunar calendar; no notice has been read. */
  certainty: 'confirmed' | 'expected';
}

/**
 * The calendar of a holiday table. A province's own days are added and win over the national ones; they do not change how far the calendar is
 * announced. Throws a RangeError on an empty table.
 */
export function workingCalendar(rows: readonly HolidayRow[], provincial: readonly HolidayRow[] = []): WorkingCalendar {
  const kinds = new Map([...rows, ...provincial].map((row) => [row.date, row.kind]));
  const days = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    daysOff: days.filter(([, kind]) => kind !== 'working_day_in_lieu').map(([date]) => date),
    workedSaturdays: days.filter(([, kind]) => kind === 'working_day_in_lieu').map(([date]) => date),
    announcedTo: announcedTo(rows),
  };
}

/** The last day of the last of the table's years, without a gap, that are confirmed in every row. */
function announcedTo(rows: readonly HolidayRow[]): LocalDate {
  const years = rows.map((row) => Number(row.date.slice(0, 4)));
  if (years.length === 0) throw new RangeError('the holiday table is empty');
  const expected = new Set(rows.filter((row) => row.certainty === 'expected').map((row) => Number(row.date.slice(0, 4))));
  let year = Math.min(...years) - 1;
  while (years.includes(year + 1) && !expected.has(year + 1)) year += 1;
  return `${year}-12-31`;
}
