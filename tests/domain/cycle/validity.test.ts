import type { Certificate } from '../../../domain/cycle/state';
import type { PayloadOf } from '../../../domain/cycle/actions';
import { dueDeadline } from '../../../domain/cycle/due';
import { rulesOf } from '../rules-of';
import { actor, FULL_REPORT, registration, Walk } from './walk';

const R3 = rulesOf('qd-26-2026', 'qd-26-2026');
const certificate = (validUntil: string): Certificate => ({
  code: 'C-1',
  number: '1/GCN',
  star: 4,
  issuedOn: `${Number(validUntil.slice(0, 4)) - 3}${validUntil.slice(4)}`,
  validUntil,
  decisionNumber: '303/QĐ-UBND',
  issuedBy: 'UBND tỉnh',
});
const watched = (validUntil: string, on = '2026-11-23'): Walk => new Walk(registration(R3, { on, certificate: certificate(validUntil) }));
const successor = (event: PayloadOf<'record-successor'>['event']): PayloadOf<'record-successor'> => ({
  cycleId: 'X.2',
  kind: 'reevaluation',
  event,
});

describe('a certificate under watch', () => {
  test.each([
    ['2028-01-01', 'in_force', null],
    ['2027-05-22', 'in_force', null],
    ['2027-05-21', 'reevaluation_window', 'producer'],
    ['2027-03-22', 'reevaluation_window', 'producer'],
    ['2027-03-21', 'window_missed', 'province'],
  ])('that ends %s enters on 22/11/2026 at %s', (validUntil, step, waitingFor) => {
    expect(watched(validUntil, '2026-11-22').state).toMatchObject({ stage: 'validity', step, waitingFor });
  });

  test('imported late, it is nudged at once by the latest reminder of each kind only', () => {
    const walk = watched('2027-03-30').until('2026-11-23');
    const nudges = walk.events.flatMap((event) => event.nudges);
    const late = nudges.filter((nudge) => nudge.status === 'late').map((nudge) => nudge.ruleId);
    expect(late).toContain('certificate-200-days');
    expect(late).not.toContain('certificate-240-days');
    expect(nudges.find((nudge) => nudge.ruleId === 'certificate-240-days')?.status).toBe('passed-over');
    expect(nudges.filter((nudge) => nudge.status === 'late').every((nudge) => nudge.plannedFor === '2026-11-23')).toBe(true);
  });

  test('ending 14/09/2026 it is carried by the transitional rule to 13/03/2027, and no further', () => {
    const walk = watched('2026-09-14', '2026-08-01').until('2026-09-15');
    expect(walk.state).toMatchObject({ step: 'extended', waitingFor: 'province', certificate: { extendedUntil: '2027-03-13' } });
    expect(walk.events.find((event) => event.name === 'extend-transitionally')).toMatchObject({ on: '2026-09-15' });
    expect(dueDeadline(walk.state)).toMatchObject({ date: '2027-03-13', source: expect.stringContaining('12') });
    walk.until('2027-03-13');
    expect(walk.state.stage).toBe('validity');
    walk.until('2027-03-14');
    expect(walk.state.outcome).toBe('expired');
  });

  test('the transitional extension ends with the result, whatever it is', () => {
    const walk = watched('2026-09-14', '2026-08-01').until('2026-10-01');
    walk.does('record-successor', successor('dossier-filed'), '2026-10-01');
    expect(walk.state).toMatchObject({ step: 'extended', successor: { dossierFiled: true } });
    walk.does('record-successor', successor('ended'), '2026-11-20');
    expect(walk.state).toMatchObject({ stage: 'closed', outcome: 'expired' });
  });

  test('a new certificate supersedes it', () => {
    const walk = watched('2027-05-01');
    walk.does('record-successor', successor('registered'), '2026-11-24');
    expect(walk.state).toMatchObject({ step: 'reevaluation_window', successor: { cycleId: 'X.2', dossierFiled: false } });
    walk.does('record-successor', successor('dossier-filed'), '2026-11-25');
    expect(walk.state.step).toBe('under_reevaluation');
    walk.does('record-successor', successor('certified'), '2027-01-20');
    expect(walk.state).toMatchObject({ stage: 'closed', outcome: 'superseded' });
  });

  test('a re-evaluation that ends without a certificate leaves it where its dates put it', () => {
    const walk = watched('2027-05-01').does('record-successor', successor('dossier-filed'), '2026-11-25').until('2027-02-01');
    expect(walk.state.step).toBe('under_reevaluation');
    walk.does('record-successor', successor('ended'), '2027-02-01');
    expect(walk.state).toMatchObject({ step: 'window_missed', successor: null });
  });

  test('under re-evaluation it still expires by itself on its day', () => {
    const walk = watched('2027-05-01').does('record-successor', successor('dossier-filed'), '2026-11-25').until('2027-05-02');
    expect(walk.state.outcome).toBe('expired');
  });

  test('the province may keep it valid while a filed re-evaluation runs, at most 180 days', () => {
    const walk = watched('2027-05-01');
    expect(walk.refuses('extend-deadline', { date: '2027-06-01' }, '2026-11-24').problems[0]?.message.vi).toContain('do luật định');
    walk.does('record-successor', successor('dossier-filed'), '2026-11-25');
    expect(walk.refuses('extend-deadline', { date: '2027-10-29' }, '2026-11-26').problems[0]?.message.vi).toContain('28/10/2027');
    walk.does('extend-deadline', { date: '2027-10-28' }, '2026-11-26');
    expect(walk.state.certificate?.extendedUntil).toBe('2027-10-28');
    walk.until('2027-05-02');
    expect(walk.state.stage).toBe('validity');
    walk.until('2027-10-29');
    expect(walk.state.outcome).toBe('expired');
  });

  test('without a filed dossier nothing is kept valid by a decision', () => {
    const walk = watched('2027-03-01', '2026-12-01');
    expect(walk.state.step).toBe('window_missed');
    expect(walk.refuses('extend-deadline', { date: '2027-04-01' }, '2026-12-02').problems[0]?.message.vi).toContain(
      'hồ sơ đánh giá lại đã nộp',
    );
  });

  test('a regime without the transitional rule keeps nothing valid', () => {
    const rules = rulesOf('qd-148-2023', 'lai-chau-2024');
    const walk = new Walk(registration(rules, { on: '2024-06-01', certificate: certificate('2025-05-01') }));
    expect(walk.refuses('extend-deadline', { date: '2025-06-01' }, '2024-06-02').problems[0]?.message.vi).toContain('không cho kéo dài');
    walk.until('2025-05-02');
    expect(walk.state.outcome).toBe('expired');
  });
});

describe('the three kinds of “thu hồi”', () => {
  test('recalling the product leaves the certificate in force', () => {
    const walk = watched('2029-05-01').does('recall-product', {}, '2026-12-01').does('recall-product', {}, '2026-12-02');
    expect(walk.state).toMatchObject({ step: 'in_force', facts: { recalls: 2 } });
  });

  test('a commune’s word that production ceased on 02/03/2027 opens fifteen days, to 17/03/2027', () => {
    const walk = watched('2029-05-01');
    const violation = { kind: 'ad-hoc', finding: 'violation' } as const;
    const commune = { actor: actor('commune_staff') };
    expect(
      walk.refuses('record-inspection', { ...violation, ground: 'MARK_MISUSE' }, '2027-03-02', commune).problems[0]?.message.vi,
    ).toContain('PRODUCTION_CEASED');
    walk.does('record-inspection', { ...violation, ground: 'PRODUCTION_CEASED' }, '2027-03-02', commune);
    expect(walk.state).toMatchObject({ step: 'revocation_pending', waitingFor: 'province' });
    expect(dueDeadline(walk.state)).toMatchObject({ kind: 'revocation', date: '2027-03-17', operator: 'on_or_before' });
    walk.does('revoke-certificate', { ground: 'PRODUCTION_CEASED', decisionNumber: '5/QĐ-UBND' }, '2027-03-10');
    expect(walk.state.outcome).toBe('revoked');
  });

  test('a recognition decision found wrong is withdrawn, which is neither', () => {
    const walk = watched('2029-05-01');
    expect(walk.refuses('withdraw-decision', { decisionNumber: '' }, '2026-12-01').problems[0]?.field).toBe('payload.decisionNumber');
    walk.does('withdraw-decision', { decisionNumber: '6/QĐ-UBND' }, '2026-12-01');
    expect(walk.state.outcome).toBe('decision_withdrawn');
  });

  test('revocation needs one of the grounds and a decision', () => {
    const walk = watched('2029-05-01');
    const { problems } = walk.refuses('revoke-certificate', { ground: 'BAD_LUCK', decisionNumber: ' ' }, '2026-12-01');
    expect(problems.map((one) => one.field)).toEqual(['payload.ground', 'payload.decisionNumber']);
    expect(problems[0]?.message.vi).toContain('FALSIFIED_DOSSIER');
  });

  test('an inspection that asks for remedies has its own day, and a clean one settles the certificate again', () => {
    const walk = watched('2029-05-01');
    const remedy = { kind: 'periodic', finding: 'remediation' } as const;
    expect(walk.refuses('record-inspection', remedy, '2026-12-01').problems[0]?.field).toBe('payload.remedyBy');
    expect(walk.refuses('record-inspection', { ...remedy, remedyBy: '2026-13-01' }, '2026-12-01').problems[0]?.field).toBe(
      'payload.remedyBy',
    );
    expect(walk.refuses('record-inspection', { ...remedy, remedyBy: '2026-12-01' }, '2026-12-01').problems[0]?.message.vi).toContain(
      '01/12/2026',
    );
    walk.does('record-inspection', { ...remedy, remedyBy: '2026-12-20' }, '2026-12-01');
    expect(walk.state).toMatchObject({ step: 'remediation', waitingFor: 'producer' });
    expect(dueDeadline(walk.state)).toMatchObject({ kind: 'remediation', date: '2026-12-20' });
    walk.does('record-inspection', { kind: 'ad-hoc', finding: 'compliant' }, '2026-12-15');
    expect(walk.state.step).toBe('in_force');
    expect(walk.state.facts.remedyBy).toBeUndefined();
    expect(walk.refuses('record-inspection', { kind: 'ad-hoc', finding: 'violation' }, '2026-12-16').problems[0]?.field).toBe(
      'payload.ground',
    );
  });

  test('while remedies or a revocation are open, news of a later cycle do not hide them', () => {
    const walk = watched('2029-05-01').does(
      'record-inspection',
      { kind: 'periodic', finding: 'remediation', remedyBy: '2026-12-20' },
      '2026-12-01',
    );
    walk.does('record-successor', successor('registered'), '2026-12-02');
    expect(walk.state.step).toBe('remediation');
    walk.does('record-inspection', { kind: 'ad-hoc', finding: 'violation', ground: 'OTHER' }, '2026-12-03', {
      actor: actor('provincial_staff'),
    });
    walk.does('record-successor', successor('dossier-filed'), '2026-12-04');
    expect(walk.state.step).toBe('revocation_pending');
  });
});

describe('re-evaluation and upgrade', () => {
  const again = (kind: 'reevaluation' | 'upgrade', on: string): Walk =>
    new Walk(
      registration(R3, { kind, on, cycleId: 'X.2', cycleNumber: 2, predecessor: { cycleId: 'X.1', validUntil: '2026-12-31', star: 4 } }),
    );

  test('a re-evaluation waits for its dossier within T-180…T-120', () => {
    const walk = again('reevaluation', '2026-06-20');
    expect(walk.state).toMatchObject({ stage: 'product_completion', step: 'awaiting_dossier' });
    expect(dueDeadline(walk.state)).toMatchObject({ date: '2026-09-02', operator: 'on_or_before', candidates: [expect.anything()] });
    const { problems } = walk.refuses('submit-dossier', {}, '2026-07-03');
    expect(problems).toEqual([
      { field: 'on', message: { vi: expect.stringContaining('04/07/2026'), en: expect.stringContaining('2026-07-04') } },
    ]);
    walk.does('submit-dossier', {}, '2026-07-04');
    expect(walk.state.facts).toEqual({ receivedOn: '2026-07-04' });
  });

  test('after T-120 it is taken with a written reason, and marked', () => {
    const walk = again('reevaluation', '2026-06-20');
    expect(walk.refuses('submit-dossier', {}, '2026-09-03', { noteId: '' }).problems[0]?.field).toBe('reason');
    walk.does('submit-dossier', {}, '2026-09-03');
    expect(walk.state.facts).toEqual({ receivedOn: '2026-09-03', filedLate: true });
  });

  test('it joins no round: fifteen working days at the commune, 45 days from the complete dossier at the province', () => {
    const walk = again('reevaluation', '2026-06-20').does('submit-dossier', {}, '2026-07-06');
    expect(walk.state.deadlines).toMatchObject([{ kind: 'commune-assessment', date: '2026-07-27', candidates: [expect.anything()] }]);
    walk.does('issue-commune-report', FULL_REPORT, '2026-07-20');
    expect(dueDeadline(walk.state)).toBeUndefined();
    walk.does('accept-package', {}, '2026-07-23');
    expect(dueDeadline(walk.state)).toMatchObject({ date: '2026-09-06', operator: 'on_or_before', basis: 'limit' });
    walk.does('request-supplement', {}, '2026-07-27', { actor: actor('provincial_staff') });
    expect(dueDeadline(walk.state)).toBeUndefined();
    walk.does('submit-supplement', {}, '2026-08-03');
    expect(dueDeadline(walk.state)).toMatchObject({ date: '2026-09-13' });
  });

  test('an upgrade joins the rounds like a new product', () => {
    const walk = again('upgrade', '2026-06-20');
    expect(dueDeadline(walk.state)).toMatchObject({ basis: 'round', date: '2026-10-08' });
    walk.does('submit-dossier', {}, '2026-07-06').does('issue-commune-report', FULL_REPORT, '2026-07-20');
    expect(dueDeadline(walk.state)).toMatchObject({ date: '2026-12-30', operator: 'before' });
  });

  test('the rules of the day of submission are pinned', () => {
    const walk = again('upgrade', '2026-06-20').does('submit-dossier', {}, '2026-07-06', {
      rules: rulesOf('qd-26-2026', 'ninh-binh-2026'),
    });
    expect(walk.state.rules.planId).toBe('ninh-binh-2026');
    expect(walk.events.at(-1)?.rulesVersion).toBe(walk.state.rules.version);
  });

  test('a dossier of the old regime must be finished by the transitional day', () => {
    const finishBy = { date: '2026-07-21', operator: 'on_or_before', basis: 'transition', source: 'Điều 12 khoản 2 điểm a' } as const;
    const walk = new Walk(registration(rulesOf('qd-1489-2025', 'lao-cai-2026', { finishBy }), { on: '2026-05-04' }))
      .does('accept-idea', {}, '2026-05-05')
      .does('submit-dossier', {}, '2026-05-20')
      .does('issue-commune-report', FULL_REPORT, '2026-06-05');
    expect(dueDeadline(walk.state)).toMatchObject({ date: '2026-07-21', basis: 'transition' });
  });

  test('newer rules are adopted on a running cycle by an action; what was granted stays', () => {
    const walk = new Walk(registration(R3)).does('accept-idea', {}, '2026-08-10').does('submit-dossier', {}, '2026-09-07');
    walk.does('extend-deadline', { date: '2026-10-05' }, '2026-09-10');
    expect(walk.refuses('adopt-rules', {}, '2026-09-11', { actor: actor('provincial_staff') }).problems[0]?.field).toBe('rules');
    walk.does('adopt-rules', {}, '2026-09-11', { actor: actor('provincial_staff'), rules: rulesOf('qd-26-2026', 'ninh-binh-2026') });
    expect(walk.state.rules.planId).toBe('ninh-binh-2026');
    expect(dueDeadline(walk.state)).toMatchObject({ date: '2026-10-05', basis: 'granted' });
    expect(dueDeadline(walk.state)?.candidates.map((one) => one.basis)).toEqual(['granted', 'round', 'limit', 'plan']);
  });
});
