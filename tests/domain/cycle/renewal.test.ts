/** The re-evaluation prepared at T-200, a producer who does not wish to continue, an upgrade under way, and an older certificate while a result is pending nationally. */
import { addDays } from '../../../domain/dates';
import { dueDeadline } from '../../../domain/cycle/due';
import type { Certificate } from '../../../domain/cycle/state';
import { rulesOf } from '../rules-of';
import { actor, FULL_REPORT, registration, verdict, Walk } from './walk';

const OWN = rulesOf('qd-26-2026', 'qd-26-2026');
const provincial = { actor: actor('provincial_staff') };
const certificate = (validUntil: string): Certificate => {
  return { code: 'C', number: null, star: 4, issuedOn: '2024-05-01', validUntil, decisionNumber: null, issuedBy: null };
};
const watched = (validUntil: string, on: string): Walk => new Walk(registration(OWN, { on, certificate: certificate(validUntil) }));
const rulesFired = (walk: Walk): string[] => walk.events.flatMap((event) => event.nudges.map((one) => one.ruleId));

describe('the re-evaluation of a certificate in force', () => {
  test('is prepared on the working day at or before T-200, once', () => {
    // T-200 of 15/12/2027 is Saturday 29/05/2027.
    const walk = watched('2027-12-15', '2026-11-23').until('2027-05-27');
    expect(walk.state.facts.renewal).toBeUndefined();
    walk.until('2027-10-01');
    expect(walk.events.filter((event) => event.name === 'prepare-renewal').map((event) => [event.on, event.to.step])).toEqual([
      ['2027-05-28', 'in_force'],
    ]);
    expect(walk.state.facts.renewal).toEqual({ preparedOn: '2027-05-28' });
  });

  test('is prepared at once for a certificate that comes under watch later than that', () => {
    const walk = watched('2027-12-15', '2027-07-01').until('2027-08-01');
    expect(walk.state.facts.renewal).toEqual({ preparedOn: '2027-07-01' });
    expect(walk.events.map((event) => event.name)).not.toContain('prepare-renewal');
  });

  test('is not prepared where a later cycle runs already, but when that one has ended', () => {
    const successor = { cycleId: 'X.2', kind: 'upgrade' } as const;
    const walk = watched('2027-12-15', '2026-11-23')
      .does('record-successor', { ...successor, event: 'registered' }, '2027-05-03')
      .until('2027-06-10');
    expect(walk.state.facts.renewal).toBeUndefined();
    walk.does('record-successor', { ...successor, event: 'ended' }, '2027-06-10').until('2027-06-11');
    expect(walk.state.facts.renewal).toEqual({ preparedOn: '2027-05-28' });
  });
});

describe('a producer who does not wish to continue', () => {
  const declined = (): Walk => watched('2027-12-15', '2026-11-23').does('decline-renewal', {}, '2027-07-05');

  test('is written with who and why, and is not reminded of the window any more, only of the end', () => {
    const walk = declined();
    expect(walk.events.at(-1)).toMatchObject({ name: 'decline-renewal', actor: actor('commune_staff'), noteId: 'note-1' });
    expect(walk.state).toMatchObject({ step: 'in_force', waitingFor: null, facts: { renewal: { declinedOn: '2027-07-05' } } });
    const before = walk.events.length;
    walk.until('2027-12-17');
    const nudges = walk.events.slice(before).flatMap((event) => event.nudges);
    const after = nudges.filter((one) => !one.subject.startsWith('task:')).map((one) => one.ruleId);
    expect(after.every((rule) => rule.startsWith('certificate-30') || rule.startsWith('certificate-exp'))).toBe(true);
    expect(after).toEqual(expect.arrayContaining(['certificate-30-days', 'certificate-expired']));
    expect(walk.state.outcome).toBe('expired');
  });

  test('needs a reason, and is refused while a re-evaluation is under way', () => {
    const fresh = watched('2027-12-15', '2026-11-23');
    const { noteId: _without, ...noReason } = { noteId: 'x', ...provincial };
    expect(fresh.refuses('decline-renewal', {}, '2027-07-05', { ...noReason, noteId: '' }).problems).toMatchObject([{ field: 'reason' }]);
    fresh.does('record-successor', { cycleId: 'X.2', kind: 'reevaluation', event: 'registered' }, '2027-07-06');
    expect(fresh.refuses('decline-renewal', {}, '2027-07-07').message.vi).toContain('Chưa thể');
  });

  test('who registers all the same has changed their mind: the window is back', () => {
    const walk = declined().does('record-successor', { cycleId: 'X.2', kind: 'reevaluation', event: 'registered' }, '2027-07-20');
    expect(walk.state).toMatchObject({ step: 'reevaluation_window', facts: { renewal: { preparedOn: '2027-05-28' } } });
    expect(walk.state.facts.renewal?.declinedOn).toBeUndefined();
  });

  test('is not kept valid by the transitional rule, which is for those who await a result', () => {
    const silent = watched('2026-09-14', '2026-08-03').until('2026-09-16');
    expect(silent.state).toMatchObject({ step: 'extended', certificate: { extendedUntil: '2027-03-13' } });
    const gone = watched('2026-09-14', '2026-08-03').does('decline-renewal', {}, '2026-08-10').until('2026-09-16');
    expect(gone.state).toMatchObject({ stage: 'closed', outcome: 'expired' });
  });
});

test('an upgrade under way hides nothing: the window opens, is reminded of and is missed like any other', () => {
  const walk = watched('2027-12-15', '2026-11-23')
    .does('record-successor', { cycleId: 'X.2', kind: 'upgrade', event: 'dossier-filed' }, '2027-03-01')
    .until('2027-09-01');
  expect(walk.state).toMatchObject({ step: 'window_missed', successor: { kind: 'upgrade', dossierFiled: true } });
  expect(rulesFired(walk)).toEqual(
    expect.arrayContaining(['certificate-window-opens', 'certificate-150-days', 'certificate-121-days-last-call']),
  );
});

describe('an older certificate while the result is pending nationally', () => {
  const forwarded = (validUntil: string): Walk =>
    new Walk(registration(OWN, { kind: 'upgrade', predecessor: { cycleId: 'X.1', validUntil, star: 4 } }))
      .does('submit-dossier', {}, '2026-08-20')
      .does('issue-commune-report', FULL_REPORT, '2026-09-07')
      .does('accept-package', {}, '2026-09-14')
      .does('record-advisory-report', {}, '2026-10-05')
      .does('record-council-result', { verdict: verdict(276, 3) }, '2026-11-02')
      .does('decide', { decisionNumber: '9', result: 'approve-and-forward' }, '2026-11-10');

  test('is not what the step is measured by, but the province is reminded of its end from 120 days on', () => {
    const walk = forwarded('2027-06-30');
    expect(dueDeadline(walk.state)).toMatchObject({ kind: 'national-scoring', date: '2027-03-30' });
    expect(walk.state.deadlines.find((one) => one.kind === 'older-certificate-expiry')?.date).toBe('2027-06-30');
    walk.until('2027-07-05');
    const about = walk.events.flatMap((event) => event.nudges).filter((one) => one.subject === 'older-certificate-expiry');
    expect(about.map((one) => [one.ruleId, one.plannedFor])).toEqual([
      ['older-certificate-120-days', '2027-03-02'],
      ['older-certificate-60-days', '2027-04-29'],
      ['older-certificate-60-days-leadership', '2027-04-29'],
      ['older-certificate-30-days-commune', '2027-05-31'],
      ['older-certificate-14-days-leadership', '2027-06-16'],
    ]);
  });

  test('alerts at once where fewer days are left, and stays in sight below the bar', () => {
    const walk = forwarded('2027-01-20').until('2026-11-11');
    expect(rulesFired(walk)).toContain('older-certificate-120-days');
    walk.does('record-national-result', { verdict: verdict(264, 3, { route: 'province' }) }, '2027-01-10');
    expect(walk.state.step).toBe('national_below_bar');
    expect(walk.state.deadlines.map((one) => one.kind)).toEqual(['older-certificate-expiry']);
    expect(dueDeadline(walk.state)).toBeUndefined();
  });

  test('follows a decision that keeps it valid, also while the dossier is paused; the word of another cycle changes nothing', () => {
    const walk = forwarded('2027-06-30');
    const ends = () => walk.state.deadlines.find((one) => one.kind === 'older-certificate-expiry')?.date;
    walk.does('record-predecessor', { cycleId: 'Y.1', holdsUntil: '2029-01-01' }, '2027-01-04');
    expect(ends()).toBe('2027-06-30');
    walk.does('record-predecessor', { cycleId: 'X.1', holdsUntil: '2027-10-15' }, '2027-01-05').until('2027-08-20');
    expect(ends()).toBe('2027-10-15');
    const about = walk.events.flatMap((event) => event.nudges).filter((one) => one.subject === 'older-certificate-expiry');
    expect(about.map((one) => [one.ruleId, one.subjectOn])).toEqual([
      ['older-certificate-120-days', '2027-10-15'],
      ['older-certificate-60-days', '2027-10-15'],
      ['older-certificate-60-days-leadership', '2027-10-15'],
    ]);
    walk.does('pause', {}, '2027-08-23').does('record-predecessor', { cycleId: 'X.1', holdsUntil: '2027-06-30' }, '2027-08-24');
    expect(walk.state.predecessor?.holdsUntil).toBe('2027-06-30');
  });

  test('is silent where it had ended before, or where there is none', () => {
    expect(forwarded('2026-09-30').state.deadlines.map((one) => one.kind)).toEqual(['national-scoring']);
    const ends = addDays('2026-11-10', 0);
    expect(forwarded(ends).state.deadlines.map((one) => one.kind)).toEqual(['national-scoring', 'older-certificate-expiry']);
  });
});

test('a pending revocation is lifted by the province only', () => {
  const walk = watched('2027-12-15', '2026-11-23').does(
    'record-inspection',
    { kind: 'ad-hoc', finding: 'violation', ground: 'LEGAL_VIOLATION' },
    '2027-01-10',
    provincial,
  );
  const clean = { kind: 'ad-hoc', finding: 'compliant' } as const;
  expect(walk.refuses('record-inspection', clean, '2027-01-12').problems).toMatchObject([{ field: 'payload.finding' }]);
  expect(walk.does('record-inspection', clean, '2027-01-12', provincial).state.step).toBe('in_force');
});
