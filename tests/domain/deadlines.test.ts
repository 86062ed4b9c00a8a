import { startOfDay } from '../../domain/dates';
import { type Candidate, daysLeft, effectiveDeadline, isLate, lastSafeDay, missedFrom } from '../../domain/deadlines';

const before = { date: '2026-10-30', operator: 'before' } as const;
const until = { date: '2026-10-31', operator: 'on_or_before' } as const;
const plan: Candidate = { ...until, basis: 'plan', source: 'Kế hoạch ninh-binh-2026, dòng 99', quote: 'tháng 9 và tháng 10' };
const round: Candidate = { ...before, basis: 'round', source: 'Điều 5 khoản 1' };

describe('deadlines', () => {
  test('“trước ngày 30/10” has 29/10 as its last safe day', () => {
    expect(lastSafeDay(before)).toBe('2026-10-29');
    expect(isLate(before, '2026-10-29')).toBe(false);
    expect(isLate(before, '2026-10-30')).toBe(true);
    expect(missedFrom(before)).toBe(startOfDay('2026-10-30'));
  });

  test('“đến hết ngày 31/10” has that day as its last', () => {
    expect(lastSafeDay(until)).toBe('2026-10-31');
    expect(isLate(until, '2026-10-31')).toBe(false);
    expect(missedFrom(until)).toBe(startOfDay('2026-11-01'));
  });

  test('days left count down to the last safe day', () => {
    expect(daysLeft(before, '2026-10-27')).toBe(2);
    expect(daysLeft(before, '2026-10-29')).toBe(0);
    expect(daysLeft(before, '2026-10-31')).toBe(-2);
  });

  test('where the plan’s window runs past the decision’s cut-off, the decision binds and both stay visible', () => {
    const deadline = effectiveDeadline('commune-assessment', [plan, round]);
    expect(deadline).toEqual({
      kind: 'commune-assessment',
      date: '2026-10-30',
      operator: 'before',
      basis: 'round',
      source: 'Điều 5 khoản 1',
      candidates: [plan, round],
    });
  });

  test('the winner’s quote goes with it', () => {
    expect(effectiveDeadline('commune-assessment', [plan])?.quote).toBe('tháng 9 và tháng 10');
  });

  test('of two that end on the same day the first named binds', () => {
    const same: Candidate = { date: '2026-10-29', operator: 'on_or_before', basis: 'limit', source: 'Điều 7 khoản 2' };
    expect(effectiveDeadline('commune-assessment', [round, same])?.basis).toBe('round');
    expect(effectiveDeadline('commune-assessment', [same, round])?.basis).toBe('limit');
  });

  test('nothing binds where nothing was said', () => {
    expect(effectiveDeadline('commune-assessment', [])).toBeUndefined();
  });
});
