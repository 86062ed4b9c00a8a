/** Things that come back: a deadline that stood before, a second request, a certificate whose later cycle ends, an engine that was down. */
import { dueDeadline } from '../../../domain/cycle/due';
import { takeMoment } from '../../../domain/cycle/moments';
import { register } from '../../../domain/cycle/register';
import type { Certificate } from '../../../domain/cycle/state';
import { nextMoment } from '../../../domain/cycle/agenda';
import { rulesOf } from '../rules-of';
import { actor, FULL_REPORT, nineOn, registration, verdict, Walk } from './walk';

const R3 = rulesOf('qd-26-2026', 'ninh-binh-2026');
const provincial = { actor: actor('provincial_staff') };
const certificate = (validUntil: string): Certificate => ({
  code: 'C-1',
  number: null,
  star: 4,
  issuedOn: `${Number(validUntil.slice(0, 4)) - 3}${validUntil.slice(4)}`,
  validUntil,
  decisionNumber: null,
  issuedBy: null,
});
const watched = (validUntil: string, on: string, rules = R3): Walk =>
  new Walk(registration(rules, { on, certificate: certificate(validUntil) }));
const filed = { cycleId: 'X.2', kind: 'reevaluation', event: 'dossier-filed' } as const;
const ended = { ...filed, event: 'ended' } as const;
const nudgeKeys = (walk: Walk): string[] =>
  walk.events.flatMap((event) => event.nudges).map((nudge) => `${nudge.ruleId} ${nudge.recipient} ${nudge.subjectOn}`);

const atCommune = (): Walk => new Walk(registration(R3)).does('accept-idea', {}, '2026-08-10').does('submit-dossier', {}, '2026-09-07');

describe('nobody is reminded twice of the same deadline', () => {
  test('after a supplement asked for and received on one day', () => {
    const walk = atCommune().does('request-supplement', {}, '2026-09-25').does('submit-supplement', {}, '2026-09-25').until('2026-10-30');
    expect(dueDeadline(walk.state)).toMatchObject({ date: '2026-09-28' });
    expect(new Set(nudgeKeys(walk)).size).toBe(nudgeKeys(walk).length);
  });

  test('after remedies that interrupted a certificate’s life', () => {
    const walk = watched('2027-12-15', '2027-01-04').until('2027-07-20');
    walk.does('record-inspection', { kind: 'periodic', finding: 'remediation', remedyBy: '2027-08-05' }, '2027-07-20', provincial);
    walk.does('record-inspection', { kind: 'ad-hoc', finding: 'compliant' }, '2027-07-22', provincial).until('2027-10-01');
    const aboutDeadlines = nudgeKeys(walk).filter((key) => !key.startsWith('certificate-window'));
    expect(new Set(aboutDeadlines).size).toBe(aboutDeadlines.length);
  });

  test('in a new stage, moments of deadlines that are gone are forgotten', () => {
    const walk = atCommune().until('2026-09-25');
    expect(walk.state.handled.some((key) => key.includes('@commune-assessment:2026-09-28'))).toBe(true);
    walk.does('issue-commune-report', FULL_REPORT, '2026-09-25');
    expect(walk.state.handled).toEqual([]);
  });
});

describe('an extension belongs to what it was given for', () => {
  test('a second supplement has its own day', () => {
    const walk = atCommune().does('request-supplement', { dueOn: '2026-09-15' }, '2026-09-08');
    walk.does('extend-deadline', { date: '2026-09-18' }, '2026-09-09').does('submit-supplement', {}, '2026-09-10');
    walk.does('request-supplement', { dueOn: '2026-09-30' }, '2026-09-11');
    expect(dueDeadline(walk.state)).toMatchObject({ kind: 'supplement', date: '2026-09-30' });
    expect(walk.state.granted).toEqual([]);
  });

  test('a returned package is measured by the next round, not by the old extension', () => {
    const walk = atCommune().does('extend-deadline', { date: '2026-10-05' }, '2026-09-10');
    walk.does('issue-commune-report', FULL_REPORT, '2026-10-02').does('extend-deadline', { date: '2027-01-31' }, '2026-10-05');
    walk.does('return-package', {}, '2026-11-03');
    expect(walk.state.granted).toEqual([]);
    expect(dueDeadline(walk.state)).toMatchObject({ date: '2027-04-30', operator: 'before', basis: 'round' });
  });

  test('a second finding has its own day', () => {
    const walk = watched('2029-05-01', '2026-11-23');
    const remedies = (remedyBy: string) => ({ kind: 'ad-hoc', finding: 'remediation', remedyBy }) as const;
    walk.does('record-inspection', remedies('2026-12-20'), '2026-12-01').does('extend-deadline', { date: '2027-01-10' }, '2026-12-02');
    expect(dueDeadline(walk.state)).toMatchObject({ kind: 'remediation', date: '2027-01-10', basis: 'granted' });
    walk.does('record-inspection', remedies('2027-06-30'), '2027-06-01');
    expect(dueDeadline(walk.state)).toMatchObject({ kind: 'remediation', date: '2027-06-30', source: 'Thời hạn khắc phục sau kiểm tra' });
  });

  test('the province’s own evaluation after a national result has no limit and no old extension', () => {
    const walk = atCommune()
      .does('issue-commune-report', FULL_REPORT, '2026-09-25')
      .does('extend-deadline', { date: '2027-01-31' }, '2026-10-01')
      .does('accept-package', {}, '2026-10-05')
      .does('record-advisory-report', {}, '2026-11-05')
      .does('record-council-result', { verdict: verdict(276, 3) }, '2026-12-01')
      .does('decide', { decisionNumber: '1', result: 'approve-and-forward' }, '2026-12-10')
      .does('record-national-result', { verdict: verdict(264, 3) }, '2027-03-15')
      .does('decide', { decisionNumber: '2', result: 'own-evaluation' }, '2027-04-02');
    expect(walk.state.step).toBe('council_scoring');
    expect(dueDeadline(walk.state)).toBeUndefined();
  });
});

describe('stops of the clock', () => {
  test('before the dossier came do not lengthen the commune’s fifteen working days', () => {
    const walk = new Walk(registration(R3)).does('accept-idea', {}, '2026-08-10').does('pause', {}, '2026-08-12');
    walk.does('resume', {}, '2026-08-20').does('submit-dossier', {}, '2026-09-07');
    expect(dueDeadline(walk.state)).toMatchObject({ date: '2026-09-28', basis: 'limit' });
  });

  test('at the province do not lengthen the ministry’s 45 days', () => {
    const rules = rulesOf('qd-26-2026', 'qd-26-2026');
    const predecessor = { cycleId: 'X.1', validUntil: '2026-12-31', star: 5 } as const;
    const walk = new Walk(registration(rules, { kind: 'reevaluation', on: '2026-07-06', predecessor }))
      .does('submit-dossier', {}, '2026-07-07')
      .does('issue-commune-report', FULL_REPORT, '2026-07-20')
      .does('accept-package', {}, '2026-07-21')
      .does('request-supplement', {}, '2026-07-22', provincial)
      .does('submit-supplement', {}, '2026-08-01')
      .does('record-advisory-report', {}, '2026-08-05')
      .does('record-council-result', { verdict: verdict(276, 3) }, '2026-08-10')
      .does('decide', { decisionNumber: '1', result: 'approve-and-forward' }, '2026-08-12');
    expect(dueDeadline(walk.state)).toMatchObject({ kind: 'national-scoring', date: '2026-09-26', basis: 'limit' });
  });
});

describe('seasons', () => {
  test('an idea that nobody reviewed stays late, whatever is recorded after its day', () => {
    const closes = { date: '2026-09-30', operator: 'on_or_before' } as const;
    const windows = [{ stage: 'idea_registration', closes, line: 1, quote: 'đến hết ngày 30/9' }, ...R3.windows] as typeof R3.windows;
    const walk = new Walk(registration({ ...R3, windows }, { on: '2026-08-03' }));
    const before = dueDeadline(walk.state);
    expect(before).toMatchObject({ kind: 'idea-registration', ...closes });
    walk.until('2026-12-20').does('assign-officer', { side: 'commune', officerId: 'p-1' }, '2026-12-20');
    expect(dueDeadline(walk.state)).toEqual(before);
  });

  test('a registration dated in the future counts as of today', () => {
    const { state, event } = register(registration(R3, { on: '2026-09-01' }), nineOn('2026-08-03'));
    expect([state.lastOn, event.on]).toEqual(['2026-08-03', '2026-08-03']);
  });
});

describe('a certificate and its later cycle', () => {
  test('a re-evaluation that fails takes the extension away, not the certificate’s own months', () => {
    const walk = watched('2027-05-01', '2026-11-23').does('record-successor', filed, '2026-11-25');
    walk.does('extend-deadline', { date: '2027-10-28' }, '2026-11-26').does('record-successor', ended, '2027-03-01');
    expect(walk.state).toMatchObject({ step: 'window_missed', successor: null });
    expect(walk.state.certificate).not.toHaveProperty('extendedUntil');
    walk.until('2027-05-01');
    expect(walk.state.stage).toBe('validity');
    walk.until('2027-05-02');
    expect(walk.state.outcome).toBe('expired');
  });

  test('on the last day of its own months it still holds; the day after, the result ends it', () => {
    const extended = (): Walk =>
      watched('2027-05-01', '2026-11-23')
        .does('record-successor', filed, '2026-11-25')
        .does('extend-deadline', { date: '2027-10-28' }, '2026-11-26');
    expect(extended().does('record-successor', ended, '2027-05-01').state.outcome).toBeNull();
    expect(extended().does('record-successor', ended, '2027-05-02').state.outcome).toBe('expired');
  });

  test('a dossier filed before the notice puts the certificate under re-evaluation at once', () => {
    const walk = atCommune()
      .does('issue-commune-report', FULL_REPORT, '2026-09-25')
      .does('accept-package', {}, '2026-10-05')
      .does('record-advisory-report', {}, '2026-11-05')
      .does('record-council-result', { verdict: verdict(209, 3) }, '2026-12-01')
      .does('decide', { decisionNumber: '9', result: 'recognise', star: 3 }, '2026-12-10')
      .does('issue-certificate', { code: 'NB', validUntil: '2029-12-15' }, '2026-12-15')
      .does('record-successor', { cycleId: 'X.2', kind: 'reevaluation', event: 'dossier-filed' }, '2026-12-16');
    expect(walk.state.step).toBe('awaiting_publication');
    walk.does('publish-result', {}, '2026-12-17');
    expect(walk.state.step).toBe('under_reevaluation');
  });

  test('a revocation that is open stays open when the transitional rule extends the certificate', () => {
    const walk = watched('2026-09-14', '2026-08-03');
    walk.does('record-inspection', { kind: 'ad-hoc', finding: 'violation', ground: 'OTHER' }, '2026-09-10', provincial).until('2026-09-16');
    expect(walk.state).toMatchObject({ step: 'revocation_pending', certificate: { extendedUntil: '2027-03-13' } });
    expect(dueDeadline(walk.state)).toMatchObject({ kind: 'revocation', date: '2026-09-25' });
  });
});

test('after an outage over the whole window, the window opens and is missed on the days the law says, one turn each', () => {
  const first = register(registration(R3, { on: '2026-08-03', certificate: certificate('2027-05-01') }), nineOn('2026-08-03'));
  let state = first.state;
  const late = nineOn('2027-02-01');
  const turns: [string, string, string][] = [];
  for (let next = nextMoment(state); next && next.at <= late; next = nextMoment(state)) {
    const taken = takeMoment(state, late);
    if (!taken) break;
    state = taken.state;
    if (taken.event.name !== 'remind') turns.push([taken.event.name, taken.event.on, state.step]);
  }
  expect(turns).toEqual([
    ['prepare-renewal', '2026-10-13', 'in_force'],
    ['open-window', '2026-11-02', 'reevaluation_window'],
    ['miss-window', '2027-01-02', 'window_missed'],
  ]);
});
