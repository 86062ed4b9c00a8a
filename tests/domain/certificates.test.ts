import fc from 'fast-check';
import { daysLimit, lastDayOf, lastSafeSeason, reevaluationWindow, transitionalExtension, validityFrom } from '../../domain/certificates';
import { addDays, daysBetween } from '../../domain/dates';
import { CALENDAR, regime } from './rules-of';

const { procedure } = regime('qd-26-2026');

describe('the life of a certificate', () => {
  test.each([
    ['2023-09-14', '2026-09-14', '2026-03-18', '2026-05-17'],
    ['2023-12-31', '2026-12-31', '2026-07-04', '2026-09-02'],
    ['2024-02-29', '2027-02-28', '2026-09-01', '2026-10-31'],
    ['2024-02-04', '2027-02-04', '2026-08-08', '2026-10-07'],
  ])('issued %s it ends %s, with its re-evaluation window from %s to %s', (issuedOn, validUntil, opensOn, closesOn) => {
    expect(validityFrom(issuedOn, procedure.validity)).toEqual({ validUntil, lastValidDay: validUntil });
    expect(reevaluationWindow(validUntil, procedure.reevaluationWindow)).toEqual({ opensOn, closesOn });
  });

  test('where the end date itself no longer counts, the day before is the last', () => {
    const strict = { ...procedure.validity, value: { months: 36, lastDayInclusive: false } };
    expect(lastDayOf('2023-12-28', strict)).toBe('2023-12-27');
    expect(validityFrom('2020-12-28', strict)).toEqual({ validUntil: '2023-12-28', lastValidDay: '2023-12-27' });
  });

  test('a regime without a window has none', () => {
    expect(reevaluationWindow('2026-09-14', regime('qd-148-2023').procedure.reevaluationWindow)).toBeNull();
  });

  test.each([
    ['2026-09-14', '2027-03-13'],
    ['2026-09-18', '2027-03-17'],
    ['2026-09-19', null],
    ['2026-12-31', null],
  ])('the transitional rule takes a certificate ending %s to %s', (validUntil, extendedUntil) => {
    expect(transitionalExtension(validUntil, procedure.extension)).toBe(extendedUntil);
  });

  test('a regime without the transitional rule extends nothing', () => {
    expect(transitionalExtension('2026-09-14', null)).toBeNull();
  });

  test('fifteen days from a confirmation of 02/03/2027 end on 17/03/2027', () => {
    expect(daysLimit('2027-03-02', 15, procedure.counting)).toEqual({ date: '2027-03-17', operator: 'on_or_before' });
    expect(daysLimit('2027-03-02', 15, { ...procedure.counting, value: 'same-day' }).date).toBe('2027-03-16');
  });
});

describe('the last safe season', () => {
  test('a certificate ending 04/02/2027 is re-evaluated in 2026: dossier by the end of its window', () => {
    expect(lastSafeSeason('2027-02-04', procedure, CALENDAR)).toEqual({
      round: { id: expect.stringContaining('/2026'), proposeBy: '2026-10-29', concludedBy: '2026-12-29' },
      limit: { proposeBy: '2026-12-21', days: 45 },
      fileBy: '2026-10-07',
    });
  });

  test('without a window the commune’s fifteen working days are counted back from the last proposal', () => {
    expect(lastSafeSeason('2027-02-04', { ...procedure, reevaluationWindow: null }, CALENDAR)?.fileBy).toBe('2026-11-30');
  });

  test('without a limit of its own the last round that is concluded in time is the last season', () => {
    const byRounds = { ...procedure, reevaluationLimit: null, reevaluationWindow: null };
    expect(lastSafeSeason('2027-06-28', byRounds, CALENDAR)).toMatchObject({ round: { proposeBy: '2026-10-29' }, limit: null });
    expect(lastSafeSeason('2027-06-29', byRounds, CALENDAR)).toMatchObject({
      round: { proposeBy: '2027-04-29' },
      fileBy: '2027-04-07',
    });
  });

  test('a commune without a limit of its own is given none in the count', () => {
    const noCommuneLimit = { ...procedure, communeLimit: null, reevaluationWindow: null };
    expect(lastSafeSeason('2027-02-04', noCommuneLimit, CALENDAR)?.fileBy).toBe('2026-12-21');
  });

  test('where there are neither rounds nor a limit no season can be named', () => {
    expect(lastSafeSeason('2027-02-04', { ...procedure, reevaluationLimit: null, rounds: null }, CALENDAR)).toBeNull();
  });

  test('the dossier day is never after the window, nor so late that the limits run past the end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1500 }), (days) => {
        const validUntil = addDays('2026-10-01', days);
        const season = lastSafeSeason(validUntil, procedure, CALENDAR);
        const window = reevaluationWindow(validUntil, procedure.reevaluationWindow);
        return season !== null && window !== null && season.fileBy <= window.closesOn && daysBetween(season.fileBy, validUntil) >= 45;
      }),
    );
  });
});
