import { roundJoinedOn, roundsOf } from '../../domain/rounds';
import { regime } from './rules-of';

const rounds = regime('qd-26-2026').procedure.rounds?.value ?? [];

describe('evaluation rounds of Decision 26/2026, article 5', () => {
  test.each([
    ['province', '2027-04-29', '2027-04-30', '2027-06-30'],
    ['province', '2027-04-30', '2027-10-30', '2027-12-30'],
    ['province', '2026-10-29', '2026-10-30', '2026-12-30'],
    ['province', '2026-10-30', '2027-04-30', '2027-06-30'],
    ['province', '2026-12-31', '2027-04-30', '2027-06-30'],
    ['national', '2027-01-29', '2027-01-30', '2027-03-30'],
    ['national', '2027-01-30', '2027-07-30', '2027-09-30'],
    ['national', '2027-07-30', '2028-01-30', '2028-03-30'],
  ] as const)('a proposal to the %s on %s joins the round before %s, concluded before %s', (level, on, cutOff, conclusion) => {
    const round = roundJoinedOn(rounds, level, on);
    expect(round?.cutOff).toEqual({ date: cutOff, operator: 'before' });
    expect(round?.conclusion).toEqual({ date: conclusion, operator: 'before' });
  });

  test('a level without rounds has none to join', () => {
    expect(roundJoinedOn([], 'province', '2026-10-01')).toBeUndefined();
  });

  test('the rounds of some years come in order and carry their year', () => {
    const dated = roundsOf(rounds, 'province', 2026, 2027);
    expect(dated.map((one) => one.cutOff.date)).toEqual(['2026-04-30', '2026-10-30', '2027-04-30', '2027-10-30']);
    expect(new Set(dated.map((one) => one.id)).size).toBe(4);
    expect(dated[0]?.id).toContain('/2026');
  });

  test('a round whose results come in the next year is placed there', () => {
    const winter = [{ id: 'winter', level: 'province' as const, proposedBefore: '11-30', concludedBefore: '02-28' }];
    expect(roundJoinedOn(winter, 'province', '2026-11-01')?.conclusion.date).toBe('2027-02-28');
  });
});
