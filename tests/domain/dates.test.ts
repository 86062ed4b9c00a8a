import fc from 'fast-check';
import {
  addDays,
  addMonths,
  daysBetween,
  earlier,
  formatVietnamese,
  isLocalDate,
  isoWeekday,
  localDateAt,
  startOfDay,
} from '../../domain/dates';

const anyDate = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('1990-01-01', days));

describe('calendar dates', () => {
  test.each([
    ['2024-02-29', 36, '2027-02-28'],
    ['2023-09-14', 36, '2026-09-14'],
    ['2023-12-31', 36, '2026-12-31'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-11-30', 2, '2027-01-30'],
    ['2025-12-15', 12, '2026-12-15'],
  ])('%s plus %i months is %s', (from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });

  test.each([
    ['2026-02-29', false],
    ['2024-02-29', true],
    ['2026-13-01', false],
    ['2026-04-31', false],
    ['2026-4-01', false],
    ['12026-04-01', false],
    ['2026-04-010', false],
    ['', false],
    ['2026-10-30', true],
  ])('%s is a real date: %s', (text, real) => {
    expect(isLocalDate(text)).toBe(real);
  });

  test('a string that is no date is refused by name', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow('not a calendar date: 2026-02-30');
    expect(() => addMonths('30/10/2026', 1)).toThrow('not a calendar date: 30/10/2026');
  });

  test('the day changes at midnight in Vietnam, which is 17:00 in Greenwich', () => {
    expect(localDateAt(Date.parse('2026-10-29T16:59:59.999Z'))).toBe('2026-10-29');
    expect(localDateAt(Date.parse('2026-10-29T17:00:00Z'))).toBe('2026-10-30');
    expect(startOfDay('2026-10-30')).toBe(Date.parse('2026-10-29T17:00:00Z'));
  });

  test.each([
    ['2026-11-22', 7],
    ['2026-11-23', 1],
    ['1970-01-01', 4],
    ['1969-12-29', 1],
    ['1969-12-28', 7],
    ['2024-02-29', 4],
  ])('%s is weekday %i', (date, weekday) => {
    expect(isoWeekday(date)).toBe(weekday);
  });

  test('documents read the day first', () => {
    expect(formatVietnamese('2026-10-30')).toBe('30/10/2026');
  });

  test('the earlier of two dates', () => {
    expect(earlier('2026-10-30', '2026-10-29')).toBe('2026-10-29');
    expect(earlier('2026-10-28', '2026-10-29')).toBe('2026-10-28');
  });

  test('adding days and counting them back agree', () => {
    fc.assert(fc.property(anyDate, fc.integer({ min: -2000, max: 2000 }), (date, days) => daysBetween(date, addDays(date, days)) === days));
  });

  test('months never leave the month they aim at', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -60, max: 60 }), (date, months) => {
        const [year = 0, month = 0] = date.split('-').map(Number);
        const aimed = year * 12 + month - 1 + months;
        const [toYear = 0, toMonth = 0] = addMonths(date, months).split('-').map(Number);
        return toYear * 12 + toMonth - 1 === aimed;
      }),
    );
  });

  test('an instant at the start of a day is on that day, a millisecond before is not', () => {
    fc.assert(
      fc.property(anyDate, (date) => localDateAt(startOfDay(date)) === date && localDateAt(startOfDay(date) - 1) === addDays(date, -1)),
    );
  });
});
