import { type HolidayRow, workingCalendar } from '../../domain/holidays';
import { addWorkingDays, isWorkingDay, workingDaysBetween } from '../../domain/working-days';
import { loadRules } from '../../plans/load';

const row = (date: string, kind: HolidayRow['kind'] = 'holiday', certainty: HolidayRow['certainty'] = 'confirmed'): HolidayRow => ({
  date,
  kind,
  certainty,
  name: 'Ngày nghỉ',
  notice: 'Thông báo',
});

describe('the working calendar', () => {
  const shipped = workingCalendar(loadRules().calendar);

  it('of the shipped table is announced to the end of 2026', () => {
    expect(shipped.announcedTo).toBe('2026-12-31');
  });

  it('works on swapped Saturdays and rests on the weekdays given for them', () => {
    expect(isWorkingDay(shipped, '2026-08-22')).toBe(true);
    expect(isWorkingDay(shipped, '2026-08-31')).toBe(false);
    expect(isWorkingDay(shipped, '2026-08-29')).toBe(false);
  });

  it('rests on the new holiday of 24 November', () => {
    expect(isWorkingDay(shipped, '2026-11-24')).toBe(false);
    expect(addWorkingDays(shipped, '2026-11-23', 1)).toBe('2026-11-25');
  });

  it('counts no working day in the Tết week of 2026', () => {
    expect(workingDaysBetween(shipped, '2026-02-13', '2026-02-20')).toBe(0);
  });

  it('adds a province’s own day off without announcing more', () => {
    const provincial = workingCalendar([row('2026-01-01')], [row('2026-10-10'), row('2027-10-11')]);
    expect(provincial.daysOff).toEqual(['2026-01-01', '2026-10-10', '2027-10-11']);
    expect(provincial.announcedTo).toBe('2026-12-31');
  });

  it('lets a province’s own rule for a day win over the national one', () => {
    const provincial = workingCalendar([row('2026-08-22', 'working_day_in_lieu')], [row('2026-08-22', 'day_off_in_lieu')]);
    expect(provincial.workedSaturdays).toEqual([]);
    expect(isWorkingDay(provincial, '2026-08-22')).toBe(false);
  });

  it('is announced only as far as every year without a gap is confirmed', () => {
    const first = row('2024-01-01');
    expect(workingCalendar([first, row('2025-01-01', 'holiday', 'expected'), row('2026-01-01')]).announcedTo).toBe('2024-12-31');
    expect(workingCalendar([first, row('2026-01-01')]).announcedTo).toBe('2024-12-31');
    expect(workingCalendar([row('2025-01-01', 'holiday', 'expected')]).announcedTo).toBe('2024-12-31');
  });

  it('refuses an empty table', () => {
    expect(() => workingCalendar([])).toThrow('the holiday table is empty');
  });
});
