import fc from 'fast-check';
import { addDays } from '../../domain/dates';
import {
  addWorkingDays,
  isWorkingDay,
  type WorkingCalendar,
  workingDayOnOrAfter,
  workingDayOnOrBefore,
  workingDaysBetween,
} from '../../domain/working-days';

const CALENDAR: WorkingCalendar = {
  daysOff: ['2026-08-31', '2026-09-01', '2026-09-02', '2026-11-24'],
  workedSaturdays: ['2026-08-22'],
  announcedTo: '2026-12-31',
};
const anyDay = fc.integer({ min: 0, max: 730 }).map((days) => addDays('2026-01-01', days));

describe('working days', () => {
  test.each([
    ['2026-08-22', true, 'a Saturday worked in lieu'],
    ['2026-08-29', false, 'an ordinary Saturday'],
    ['2026-08-30', false, 'a Sunday'],
    ['2026-08-31', false, 'a Monday off in lieu'],
    ['2026-09-02', false, 'National Day'],
    ['2026-09-03', true, 'a Thursday'],
    ['2026-11-24', false, 'Vietnam Culture Day'],
  ])('%s is a working day: %s (%s)', (date, working) => {
    expect(isWorkingDay(CALENDAR, date)).toBe(working);
  });

  test('the commune’s fifteen days from 10/08/2026 pass National Day and the Saturday worked for it', () => {
    expect(addWorkingDays(CALENDAR, '2026-08-10', 15)).toBe('2026-08-28');
    expect(addWorkingDays(CALENDAR, '2026-08-20', 15)).toBe('2026-09-14');
  });

  test('counting the day of receipt itself ends one working day earlier', () => {
    expect(addWorkingDays(CALENDAR, '2026-09-07', 15)).toBe('2026-09-28');
    expect(addWorkingDays(CALENDAR, '2026-09-07', 15, 'same-day')).toBe('2026-09-25');
    expect(addWorkingDays(CALENDAR, '2026-09-05', 15, 'same-day')).toBe(addWorkingDays(CALENDAR, '2026-09-05', 15));
  });

  test('no days leave the day itself', () => {
    expect(addWorkingDays(CALENDAR, '2026-08-30', 0)).toBe('2026-08-30');
    expect(addWorkingDays(CALENDAR, '2026-09-03', 0, 'same-day')).toBe('2026-09-03');
  });

  test('the next working day from a day off, and the day itself otherwise', () => {
    expect(workingDayOnOrAfter(CALENDAR, '2026-08-29')).toBe('2026-09-03');
    expect(workingDayOnOrAfter(CALENDAR, '2026-09-03')).toBe('2026-09-03');
  });

  test('the last working day before a day off, and the day itself otherwise', () => {
    expect(workingDayOnOrBefore(CALENDAR, '2026-09-02')).toBe('2026-08-28');
    expect(workingDayOnOrBefore(CALENDAR, '2026-08-28')).toBe('2026-08-28');
  });

  test('the n-th working day is a working day, with exactly n of them up to it', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (from, n) => {
        const day = addWorkingDays(CALENDAR, from, n);
        return isWorkingDay(CALENDAR, day) && workingDaysBetween(CALENDAR, from, day) === n;
      }),
    );
  });

  test('going back from a working day leads where going forward came from', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (from, n) => {
        const start = workingDayOnOrAfter(CALENDAR, from);
        return addWorkingDays(CALENDAR, addWorkingDays(CALENDAR, start, n), -n) === start;
      }),
    );
  });

  test('counts between two days change sign with their order', () => {
    expect(workingDaysBetween(CALENDAR, '2026-08-28', '2026-09-04')).toBe(2);
    expect(workingDaysBetween(CALENDAR, '2026-09-04', '2026-08-28')).toBe(-2);
    expect(Object.is(workingDaysBetween(CALENDAR, '2026-08-30', '2026-08-29'), 0)).toBe(true);
  });
});
