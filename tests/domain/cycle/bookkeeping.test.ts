/** What is written down with every transition, who may do what, and the edges of days. */
import { agenda, nightMinute } from '../../../domain/cycle/agenda';
import { ACTIONS } from '../../../domain/cycle/actions';
import { actionsFor, actionsNow } from '../../../domain/cycle/decide';
import { deadlinesOf, dueDeadline } from '../../../domain/cycle/due';
import { takeMoment } from '../../../domain/cycle/moments';
import { register } from '../../../domain/cycle/register';
import type { Actor, Certificate, CycleState } from '../../../domain/cycle/state';
import { upgradeState } from '../../../domain/cycle/upgrade';
import { startOfDay } from '../../../domain/dates';
import type { PinnedWindow } from '../../../domain/rules';
import { rulesOf } from '../rules-of';
import { actor, COMMUNE, FULL_REPORT, nineOn, registration, verdict, Walk } from './walk';

const R3 = rulesOf('qd-26-2026', 'ninh-binh-2026');
const OWN = rulesOf('qd-26-2026', 'qd-26-2026');
const certificate = (validUntil: string): Certificate => {
  return { code: 'C', number: null, star: 4, issuedOn: '2024-05-01', validUntil, decisionNumber: null, issuedBy: null };
};
const watched = (validUntil: string, on = '2026-11-23'): Walk => new Walk(registration(OWN, { on, certificate: certificate(validUntil) }));
const dossier = (): Walk => new Walk(registration(R3)).does('accept-idea', {}, '2026-08-10');
const atCommune = (): Walk => dossier().does('submit-dossier', {}, '2026-09-07');
const council = (): Walk =>
  atCommune()
    .does('issue-commune-report', FULL_REPORT, '2026-09-25')
    .does('accept-package', {}, '2026-10-05')
    .does('record-advisory-report', {}, '2026-11-05');
const filed = { cycleId: 'X.2', kind: 'reevaluation', event: 'dossier-filed' } as const;

test('the beginning is recorded with what it started from', () => {
  const start = registration(R3, { certificate: certificate('2028-05-01') });
  const { state, event } = register(start, nineOn('2026-08-03'));
  const payload = { kind: 'new', productSet: 4, predecessor: null, certificate: start.certificate };
  const to = { stage: 'validity', step: 'in_force' };
  expect(event).toMatchObject({ name: 'register', sequence: 1, from: null, to, payload, nudges: [], deadlines: state.deadlines });
  expect(event.nudges).toEqual([]);
  expect(state).toMatchObject({ stops: [], granted: [], handled: [] });
});

test('an action is recorded with who, when, from where to where, on what paper and why', () => {
  const walk = new Walk(registration(OWN)).does('accept-idea', {}, '2026-08-10');
  const event = walk.events.at(-1);
  expect(event).toEqual({
    cycleId: walk.state.cycleId,
    sequence: 3,
    name: 'accept-idea',
    actor: actor('commune_staff'),
    at: nineOn('2026-08-10'),
    on: '2026-08-10',
    from: { stage: 'idea_registration', step: 'awaiting_idea_review' },
    to: { stage: 'product_completion', step: 'awaiting_dossier' },
    outcome: null,
    payload: {},
    noteId: 'note-1',
    sourceDocument: '12/UBND',
    rulesVersion: OWN.version,
    deadlines: walk.state.deadlines,
    nudges: [],
    tasks: [],
  });
  expect(walk.state.handled).toEqual([]);
  expect(walk.state.lastOn).toBe('2026-08-10');
});

test('a stage keeps the instant it was entered, a step its own', () => {
  const walk = atCommune().does('request-supplement', {}, '2026-09-08');
  expect([walk.state.stageEnteredAt, walk.state.stepEnteredAt]).toEqual([nineOn('2026-09-07'), nineOn('2026-09-08')]);
});

describe('who may act', () => {
  const { state } = new Walk(registration(R3));
  const who = (role: Actor['role'], more: Partial<Actor> = {}): string[] => actionsFor(state, { ...actor(role), ...more });
  const anybody = ['accept-idea', 'decline-idea', 'assign-officer', 'pause', 'withdraw'];

  test('the commune’s own staff, the province’s, administrators for every office, the system for its own actions', () => {
    expect(who('commune_staff')).toEqual(anybody);
    expect(who('commune_staff', { communeCode: '00004' })).toEqual([]);
    expect(who('provincial_staff')).toEqual([
      'accept-idea',
      'decline-idea',
      'extend-deadline',
      'assign-officer',
      'pause',
      'withdraw',
      'adopt-rules',
    ]);
    expect(who('provincial_staff', { provinceCode: '01' })).toEqual([]);
    expect(who('administrator', { provinceCode: null, communeCode: null })).toEqual(who('provincial_staff'));
    expect(who('system', { provinceCode: null, communeCode: null })).toEqual(['adopt-rules', 'record-predecessor']);
    expect(who('manager')).toEqual([]);
    expect(who('council_secretary')).toEqual([]);
  });

  test('an administrator does not report for a later cycle; resuming is for what is paused', () => {
    const under = watched('2029-05-01').state;
    expect(actionsFor(under, actor('administrator'))).not.toContain('record-successor');
    expect(actionsNow(state)).not.toContain('resume');
    expect(COMMUNE).toBe(state.communeCode);
  });
});

test.each([
  [dossier(), 'commune'],
  [new Walk(registration(R3)), 'commune'],
  [atCommune(), 'commune'],
  [council(), 'province'],
])('a pause is for the side of the desk to end: %#', (walk, side) => {
  expect(walk.does('pause', {}, walk.today > '2026-11-01' ? walk.today : '2026-09-08').state.waitingFor).toBe(side);
});

describe('while paused', () => {
  const paused = council().does('pause', { until: '2026-12-11' }, '2026-11-06').state;

  test('only the day of resumption is reminded of', () => {
    expect(agenda(paused).map((moment) => moment.nudge?.subject)).toEqual(['resumption', 'resumption']);
    expect(paused.deadlines.map((one) => one.kind)).toEqual(['resumption', 'provincial-scoring']);
    expect(paused.deadlines[0]).toMatchObject({
      date: '2026-12-11',
      operator: 'on_or_before',
      basis: 'granted',
      source: 'Ngày dự kiến tiếp tục',
    });
  });
});

describe('deadlines to the day', () => {
  const window = (stage: PinnedWindow['stage'], date: string, more: Partial<PinnedWindow> = {}): PinnedWindow => {
    return { stage, closes: { date, operator: 'on_or_before' }, line: 7, quote: 'q', ...more };
  };
  const under = (...windows: PinnedWindow[]): Walk => new Walk(registration({ ...R3, windows })).does('accept-idea', {}, '2026-08-10');

  test('a window that closes on the day itself still binds, one of the day before does not, nor one for another kind', () => {
    expect(dueDeadline(under(window('product_completion', '2026-08-10')).state)).toMatchObject({
      date: '2026-08-10',
      source: 'Kế hoạch ninh-binh-2026, dòng 7',
      basis: 'plan',
    });
    expect(dueDeadline(under(window('product_completion', '2026-08-09')).state)?.basis).toBe('round');
    expect(dueDeadline(under(window('product_completion', '2026-08-12', { kinds: ['upgrade'] })).state)?.basis).toBe('round');
    expect(dueDeadline(under(window('product_completion', '2026-08-12', { kinds: ['new'] })).state)?.basis).toBe('plan');
  });

  test('on the last day that leaves the commune its full time, that day is still the deadline', () => {
    const accepted = (on: string): Walk => new Walk(registration(OWN)).does('accept-idea', {}, on);
    expect(dueDeadline(accepted('2026-10-08').state)).toMatchObject({ date: '2026-10-08', operator: 'on_or_before' });
    expect(dueDeadline(accepted('2026-10-09').state)).toMatchObject({ date: '2026-10-30', operator: 'before' });
  });

  test('a pause that ended on the day of receipt does not count', () => {
    const walk = dossier().does('pause', {}, '2026-08-31').does('resume', {}, '2026-09-07').does('submit-dossier', {}, '2026-09-07');
    expect(dueDeadline(walk.state)?.date).toBe('2026-09-28');
  });

  test('two supplements: each stop is closed by its own answer and counts for itself', () => {
    const walk = atCommune().does('request-supplement', {}, '2026-09-08').does('submit-supplement', {}, '2026-09-10');
    walk.does('request-supplement', { dueOn: '2026-09-20' }, '2026-09-14');
    expect(walk.state.deadlines[0]).toEqual({
      kind: 'supplement',
      date: '2026-09-20',
      operator: 'on_or_before',
      basis: 'granted',
      source: 'Ngày hẹn bổ sung hồ sơ',
      candidates: [
        { date: '2026-09-20', operator: 'on_or_before', basis: 'granted', source: 'Ngày hẹn bổ sung hồ sơ' },
        expect.objectContaining({ date: '2026-10-30', operator: 'before', basis: 'round' }),
        expect.objectContaining({ date: '2026-10-31', operator: 'on_or_before', basis: 'plan' }),
      ],
    });
    walk.does('submit-supplement', {}, '2026-09-15');
    expect(walk.state.stops).toEqual([
      { from: '2026-09-08', to: '2026-09-10' },
      { from: '2026-09-14', to: '2026-09-15' },
    ]);
    expect(dueDeadline(walk.state)?.date).toBe('2026-10-01');
  });

  test('an extension of the assessment stays while a supplement is awaited', () => {
    const walk = atCommune().does('extend-deadline', { date: '2026-10-05' }, '2026-09-10').does('request-supplement', {}, '2026-09-11');
    expect(walk.state.granted.map((one) => one.kind)).toEqual(['commune-assessment']);
  });

  test('a certificate in force is watched by four days, each with its source', () => {
    const { state } = watched('2029-05-01');
    expect(state.deadlines.map((one) => [one.kind, one.date, one.operator, one.basis])).toEqual([
      ['certificate-expiry', '2029-05-01', 'on_or_before', 'limit'],
      ['reevaluation-window-opens', '2028-11-02', 'on_or_before', 'limit'],
      ['reevaluation-window-closes', '2029-01-01', 'on_or_before', 'limit'],
      ['last-safe-season', '2029-01-01', 'on_or_before', 'limit'],
    ]);
    const { validity, rounds, reevaluationWindow } = OWN.procedure;
    const sources = [validity.source, reevaluationWindow?.source, reevaluationWindow?.source, rounds?.source];
    expect(state.deadlines.map((one) => one.source)).toEqual(sources);
  });

  test('where the regime has no window, only the end is watched', () => {
    const rules = rulesOf('qd-148-2023', 'lai-chau-2024');
    const { state } = new Walk(registration(rules, { on: '2024-06-01', certificate: certificate('2027-05-01') }));
    expect(state.deadlines.map((one) => one.kind)).toEqual(['certificate-expiry']);
    expect(state.step).toBe('in_force');
  });

  test('a certificate that waits for publication is watched, but measures nobody', () => {
    const walk = council()
      .does('record-council-result', { verdict: verdict(209, 3) }, '2026-12-01')
      .does('decide', { decisionNumber: '9', result: 'recognise', star: 3 }, '2026-12-10')
      .does('issue-certificate', { code: 'NB', validUntil: '2029-12-15' }, '2026-12-15');
    expect(dueDeadline(walk.state)).toBeUndefined();
    expect(deadlinesOf(walk.state).map((one) => one.kind)).toEqual(['certificate-expiry']);
    walk.until('2029-11-20');
    const about = (state: CycleState): string[] => state.handled.map((key) => key.slice(key.indexOf('@') + 1));
    expect(new Set(about(walk.state))).toEqual(new Set(['awaiting_publication:2026-12-15', 'certificate-expiry:2029-12-15']));
    walk.does('publish-result', {}, '2029-11-21');
    expect(new Set(about(walk.state))).toEqual(new Set(['certificate-expiry:2029-12-15']));
  });

  test('the ministry’s 45 days of a re-evaluation join no round', () => {
    const predecessor = { cycleId: 'X.1', validUntil: '2026-12-31', star: 5 } as const;
    const walk = new Walk(registration(OWN, { kind: 'reevaluation', on: '2026-07-06', predecessor }))
      .does('submit-dossier', {}, '2026-07-07')
      .does('issue-commune-report', FULL_REPORT, '2026-07-20')
      .does('accept-package', {}, '2026-07-21')
      .does('record-advisory-report', {}, '2026-08-05')
      .does('record-council-result', { verdict: verdict(276, 3) }, '2026-08-10')
      .does('decide', { decisionNumber: '1', result: 'approve-and-forward' }, '2026-08-12');
    expect(dueDeadline(walk.state)?.candidates.map((one) => one.basis)).toEqual(['limit']);
  });
});

describe('moments', () => {
  test('reminders fall in the cycle’s own minute of the night, counted in working days where the rule says so', () => {
    const { state } = atCommune();
    const minute = nightMinute(state.cycleId);
    expect(minute).toBeGreaterThanOrEqual(10);
    expect(minute).toBeLessThan(350);
    expect(nightMinute('a')).not.toBe(nightMinute('b'));
    const five = agenda(state).find((moment) => moment.nudge?.rule.id === 'commune-assessment-5-days');
    expect(five).toMatchObject({ at: startOfDay('2026-09-21') + minute * 60_000, nudge: { day: '2026-09-21', subjectOn: '2026-09-28' } });
  });

  test('a reminder taken on its day is planned for that day; nothing due, nothing happens', () => {
    const walk = atCommune().until('2026-09-21');
    expect(walk.events.at(-1)?.nudges).toMatchObject([{ plannedFor: '2026-09-21', status: 'planned' }]);
    expect(takeMoment(walk.state, nineOn('2026-09-21'))).toBeUndefined();
  });

  test('no action rests on the plan of one province for all', () => {
    const sources = Object.values(ACTIONS).map(({ source }) => source);
    expect(sources.filter((source) => /KH |Ninh Bình|Lai Châu|Lào Cai|dòng \d/.test(source))).toEqual([]);
  });

  test('only a product that waits for its dossier, without an extension, moves on with the season', () => {
    const rolls = (walk: Walk): boolean => agenda(walk.state).some((moment) => moment.name === 'roll-season');
    expect([rolls(dossier()), rolls(atCommune()), rolls(council())]).toEqual([true, false, false]);
    expect(rolls(dossier().does('extend-deadline', { date: '2026-12-01' }, '2026-08-11'))).toBe(false);
    expect(rolls(dossier().does('pause', {}, '2026-08-11'))).toBe(false);
  });

  test('at the end only the reminders about the end are written, each once', () => {
    const walk = watched('2027-05-01').until('2027-05-02');
    const after = OWN.nudges.filter((rule) => 'deadline' in rule.on && rule.on.deadline === 'certificate-expiry' && rule.offset.days > 0);
    const last = walk.events.at(-1);
    expect(after.length).toBeGreaterThan(1);
    expect(last?.nudges.map((nudge) => nudge.ruleId)).toEqual(after.map((rule) => rule.id));
    expect(last?.nudges[0]).toMatchObject({
      subject: 'certificate-expiry',
      subjectOn: '2027-05-01',
      plannedFor: '2027-05-02',
      status: 'planned',
    });
  });

  test('an extension given beforehand begins when the certificate’s own months are over', () => {
    const walk = watched('2027-05-01')
      .does('record-successor', filed, '2026-11-25')
      .does('extend-deadline', { date: '2027-10-28' }, '2026-11-26');
    const clean = { kind: 'ad-hoc', finding: 'compliant' } as const;
    expect(walk.does('record-inspection', clean, '2027-05-01').state.step).toBe('under_reevaluation');
    expect(walk.does('record-inspection', clean, '2027-05-02').state.step).toBe('extended');
  });
});

test('a state of this version is taken as it is, one of a newer version is refused', () => {
  const { state } = dossier();
  expect(upgradeState(state)).toBe(state);
  const newer = { ...state, schemaVersion: 2 } as unknown as CycleState;
  expect(() => upgradeState(newer)).toThrow('state of schema version 2; this version knows up to 1');
});
