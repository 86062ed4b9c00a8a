import { type HeldSeat, scoresByDefault, seatProblems, seatsOn, type SeatRole, termProblems } from '../../../domain/council/council';

const seat = (code: string, role: SeatRole, more: Partial<HeldSeat> = {}): HeldSeat => ({
  code,
  personId: `p-${code}`,
  role,
  scores: scoresByDefault(role),
  fromOn: '2026-09-01',
  untilOn: null,
  ...more,
});

const words = (seats: HeldSeat[]): string =>
  seatProblems(seats)
    .map(({ message }) => message.en)
    .join('; ');

describe('the seats of a council', () => {
  it('have one chair, who scores', () => {
    expect(words([seat('M1', 'chair'), seat('M2', 'member')])).toBe('');
    expect(words([seat('M1', 'member')])).toBe('a council has one chair, not 0');
    expect(words([seat('M1', 'chair'), seat('M2', 'chair')])).toBe('a council has one chair, not 2');
    expect(words([seat('M1', 'chair', { scores: false })])).toBe('the chair scores');
  });

  it('are one per person, and the advisory team never scores', () => {
    expect(words([seat('M1', 'chair'), seat('M2', 'member', { personId: 'p-M1' })])).toBe(
      'rows 1 and 2 name one person, who has two seats; one each',
    );
    expect(words([seat('M1', 'chair'), seat('M2', 'adviser')])).toBe('');
    expect(words([seat('M1', 'chair'), seat('M2', 'adviser', { scores: true })])).toBe('p-M2: the advisory team does not score');
  });

  it('score by role, unless the decision says otherwise', () => {
    const roles: SeatRole[] = ['chair', 'vice_chair', 'member', 'secretary', 'adviser'];
    expect(roles.filter(scoresByDefault)).toEqual(['chair', 'vice_chair', 'member']);
  });

  it('are held from their first day until the day before they end', () => {
    const seats = [seat('M1', 'chair'), seat('M2', 'member', { untilOn: '2026-10-01' }), seat('M3', 'member', { fromOn: '2026-10-01' })];
    const on = (date: string) => seatsOn(seats, date).map(({ code }) => code);
    expect(on('2026-08-31')).toEqual([]);
    expect(on('2026-09-30')).toEqual(['M1', 'M2']);
    expect(on('2026-10-01')).toEqual(['M1', 'M3']);
  });
});

describe('the term of a council', () => {
  it('begins before it ends, by a decision that is signed', () => {
    const term = { decisionOn: '2026-08-17', termFrom: '2026-08-17', termTo: '2030-12-31' };
    const fields = (more: object) => termProblems({ ...term, ...more }, '2026-08-17').map(({ field }) => field);
    expect(fields({})).toEqual([]);
    expect(fields({ termTo: '2026-08-16' })).toEqual(['termTo']);
    expect(fields({ termTo: '2026-08-17' })).toEqual([]);
    expect(fields({ decisionOn: '2026-08-18' })).toEqual(['decisionOn']);
  });
});
