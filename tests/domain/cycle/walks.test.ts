import { agenda } from '../../../domain/cycle/agenda';
import { dueDeadline, leavesCommuneTime } from '../../../domain/cycle/due';
import { rulesOf } from '../rules-of';
import { actor, FULL_REPORT, registration, verdict, Walk } from './walk';

const R3 = rulesOf('qd-26-2026', 'ninh-binh-2026');
const due = (walk: Walk): string => {
  const deadline = dueDeadline(walk.state);
  return deadline ? `${deadline.operator} ${deadline.date} (${deadline.basis})` : 'none';
};

/** A new product up to the council's scoring. */
const toCouncil = (rules = R3): Walk =>
  new Walk(registration(rules))
    .does('accept-idea', {}, '2026-08-10')
    .does('submit-dossier', {}, '2026-09-07')
    .does('issue-commune-report', FULL_REPORT, '2026-09-25')
    .does('accept-package', {}, '2026-10-05')
    .does('record-advisory-report', {}, '2026-11-05');

describe('a new product of two tiers, Ninh Bình 2026', () => {
  test('goes from idea to certificate and 36 months later expires by itself', () => {
    const walk = new Walk(registration(R3));
    expect(walk.state).toMatchObject({ stage: 'idea_registration', waitingFor: 'commune' });
    walk.does('accept-idea', {}, '2026-08-10');
    expect(walk.state).toMatchObject({ stage: 'product_completion', waitingFor: 'producer' });
    expect(due(walk)).toBe('on_or_before 2026-10-08 (round)');
    walk.does('submit-dossier', {}, '2026-09-07');
    expect(due(walk)).toBe('on_or_before 2026-09-28 (limit)');
    walk.does('issue-commune-report', FULL_REPORT, '2026-09-25');
    expect(walk.state).toMatchObject({ stage: 'provincial_scoring', step: 'provincial_intake', waitingFor: 'province' });
    expect(due(walk)).toBe('before 2026-12-30 (round)');
    walk.does('accept-package', {}, '2026-10-05').does('record-advisory-report', {}, '2026-11-05');
    walk.does('record-council-result', { verdict: verdict(209, 3) }, '2026-12-01');
    walk.does('decide', { decisionNumber: '900/QĐ-UBND', result: 'recognise', star: 3 }, '2026-12-10');
    walk.does('issue-certificate', { code: 'NB-1', validUntil: '2029-12-15' }, '2026-12-15').does('publish-result', {}, '2026-12-16');
    expect(walk.state).toMatchObject({ stage: 'validity', step: 'in_force', certificate: { star: 3, validUntil: '2029-12-15' } });

    walk.until('2029-06-18');
    expect(walk.state).toMatchObject({ step: 'reevaluation_window', waitingFor: 'producer' });
    expect(due(walk)).toBe('on_or_before 2029-08-17 (limit)');
    walk.until('2029-08-18');
    expect(walk.state).toMatchObject({ step: 'window_missed', waitingFor: 'province' });
    walk.until('2029-12-15');
    expect(walk.state.stage).toBe('validity');
    walk.until('2029-12-16');
    expect(walk.state).toMatchObject({ stage: 'closed', outcome: 'expired' });
    expect(agenda(walk.state)).toEqual([]);
    expect(walk.events.at(-1)).toMatchObject({ name: 'expire', on: '2029-12-16' });
    expect(walk.events.map((event) => event.sequence)).toEqual(walk.events.map((_, index) => index + 1));
  });

  test('the nudges before expiry go out one by one, and the plan’s own one after it', () => {
    const walk = new Walk(
      registration(R3, {
        on: '2026-11-23',
        certificate: {
          code: 'X',
          number: null,
          star: 3,
          issuedOn: '2024-12-15',
          validUntil: '2027-12-15',
          decisionNumber: null,
          issuedBy: null,
        },
      }),
    ).until('2028-01-01');
    const sent = walk.events.flatMap((event) => event.nudges).filter((nudge) => nudge.status === 'planned');
    expect(new Set(sent.map((nudge) => `${nudge.ruleId} ${nudge.recipient} ${nudge.subjectOn}`)).size).toBe(sent.length);
    expect(sent.map((nudge) => [nudge.ruleId, nudge.plannedFor])).toEqual(
      expect.arrayContaining([
        ['certificate-240-days', '2027-04-19'],
        // 29/05 is a Saturday, 18/07 a Sunday: taken on the working day before.
        ['certificate-200-days', '2027-05-28'],
        ['certificate-window-opens', '2027-06-18'],
        ['certificate-150-days', '2027-07-16'],
        ['certificate-121-days-last-call', '2027-08-16'],
        ['certificate-window-missed', '2027-08-18'],
        ['certificate-expires-today', '2027-12-15'],
        ['certificate-expired', '2027-12-16'],
      ]),
    );
    expect(walk.events.at(-1)?.nudges.map((nudge) => nudge.ruleId)).toContain('certificate-expired');
  });

  test('the commune’s deadline names the limit, the round and the plan it was chosen from', () => {
    const walk = new Walk(registration(R3)).does('accept-idea', {}, '2026-08-10').does('submit-dossier', {}, '2026-10-20');
    expect(dueDeadline(walk.state)).toMatchObject({
      kind: 'commune-assessment',
      date: '2026-10-30',
      operator: 'before',
      candidates: [
        { date: '2026-10-30', operator: 'before', basis: 'round' },
        { date: '2026-11-10', operator: 'on_or_before', basis: 'limit' },
        { date: '2026-10-31', operator: 'on_or_before', basis: 'plan', quote: expect.any(String) },
      ],
    });
  });

  test('a dossier received on 30/10 itself has missed the round: only the fifteen working days bind', () => {
    const walk = new Walk(registration(R3)).does('accept-idea', {}, '2026-08-10').does('submit-dossier', {}, '2026-11-02');
    expect(due(walk)).toBe('on_or_before 2026-11-23 (limit)');
    walk.does('issue-commune-report', FULL_REPORT, '2026-11-20');
    expect(due(walk)).toBe('on_or_before 2026-12-31 (plan)');
  });

  test('an idea without a dossier moves on to the next round when the season ends', () => {
    const walk = new Walk(registration(R3)).does('accept-idea', {}, '2026-08-10').until('2026-10-10');
    expect(due(walk)).toBe('before 2026-10-30 (round)');
    const [first] = dueDeadline(walk.state)?.candidates ?? [];
    expect(first && leavesCommuneTime(walk.state, first)).toBe(false);
    walk.until('2026-11-02');
    expect(walk.events.filter((event) => event.name === 'roll-season').map((event) => event.on)).toEqual([
      '2026-10-09',
      '2026-10-30',
      '2026-11-01',
    ]);
    expect(due(walk)).toBe('on_or_before 2027-04-07 (round)');
    const [next] = dueDeadline(walk.state)?.candidates ?? [];
    expect(next && leavesCommuneTime(walk.state, next)).toBe(true);
    expect(walk.state).toMatchObject({ step: 'awaiting_dossier', waitingFor: 'producer' });
  });
});

describe('supplements, returns and pauses', () => {
  test('a supplement stops the commune’s clock for its working days', () => {
    const walk = new Walk(registration(R3)).does('accept-idea', {}, '2026-08-10').does('submit-dossier', {}, '2026-09-07');
    walk.does('request-supplement', { dueOn: '2026-09-21' }, '2026-09-14');
    expect(walk.state).toMatchObject({ step: 'commune_supplement', waitingFor: 'producer' });
    expect(due(walk)).toBe('on_or_before 2026-09-21 (granted)');
    expect(walk.state.deadlines[1]).toMatchObject({ kind: 'commune-assessment', date: '2026-10-30', basis: 'round' });
    walk.does('submit-supplement', {}, '2026-09-18');
    expect(walk.state).toMatchObject({ step: 'commune_review', waitingFor: 'commune', facts: { receivedOn: '2026-09-07' } });
    expect(walk.state.facts.supplement).toBeUndefined();
    expect(due(walk)).toBe('on_or_before 2026-10-02 (limit)');
  });

  test('a supplement without a day set is measured by what still binds', () => {
    const walk = new Walk(registration(R3)).does('accept-idea', {}, '2026-08-10').does('submit-dossier', {}, '2026-09-07');
    walk.does('request-supplement', {}, '2026-09-14');
    expect(due(walk)).toBe('before 2026-10-30 (round)');
  });

  test('a day set for the supplement lifts no mark that binds meanwhile: the earlier measures, and both are named', () => {
    const asked = (dueOn: string): Walk =>
      new Walk(registration(R3))
        .does('accept-idea', {}, '2026-08-10')
        .does('submit-dossier', {}, '2026-09-07')
        .until('2026-10-06')
        .does('request-supplement', { dueOn }, '2026-10-06');
    const beyond = asked('2036-10-01');
    expect(due(beyond)).toBe('before 2026-10-30 (round)');
    const named = (walk: Walk): string[] => dueDeadline(walk.state)?.candidates.map(({ date, basis }) => `${date} ${basis}`) ?? [];
    expect(named(beyond)).toEqual(['2026-10-30 round', '2026-10-31 plan', '2036-10-01 granted']);
    expect(beyond.state.deadlines[1]).toMatchObject({ kind: 'supplement', date: '2036-10-01' });
    const within = asked('2026-10-15');
    expect(due(within)).toBe('on_or_before 2026-10-15 (granted)');
    expect(named(within)).toEqual(['2026-10-15 granted', '2026-10-30 round', '2026-10-31 plan']);
  });

  test('an extension of the supplement by a document measures even beyond the round, which stays visible', () => {
    const walk = new Walk(registration(R3)).does('accept-idea', {}, '2026-08-10').does('submit-dossier', {}, '2026-09-07');
    walk.does('request-supplement', { dueOn: '2026-09-21' }, '2026-09-14').does('extend-deadline', { date: '2026-11-15' }, '2026-09-15');
    expect(due(walk)).toBe('on_or_before 2026-11-15 (granted)');
    walk.does('extend-deadline', { date: '2026-11-20' }, '2026-09-16');
    expect(due(walk)).toBe('on_or_before 2026-11-20 (granted)');
    const beyond = { date: '2026-10-30', basis: 'round' };
    expect(walk.state.granted).toMatchObject([
      { kind: 'supplement', beyond },
      { kind: 'supplement', beyond },
    ]);
  });

  test('where the setting lets no stop count, the limit goes on running', () => {
    const strict = { ...R3.procedure, supplementStopsClock: { ...R3.procedure.supplementStopsClock, value: false } };
    const walk = new Walk(registration(rulesOf('qd-26-2026', 'ninh-binh-2026', { procedure: strict }), {}));
    walk.does('accept-idea', {}, '2026-08-10').does('submit-dossier', {}, '2026-09-07').does('request-supplement', {}, '2026-09-14');
    expect(due(walk)).toBe('on_or_before 2026-09-28 (limit)');
  });

  test('the province’s supplement before acceptance returns to its check, after it to the advisory team', () => {
    const walk = new Walk(registration(R3))
      .does('accept-idea', {}, '2026-08-10')
      .does('submit-dossier', {}, '2026-09-07')
      .does('issue-commune-report', FULL_REPORT, '2026-09-25')
      .does('request-supplement', {}, '2026-10-01', { actor: actor('provincial_staff') });
    expect(walk.state.step).toBe('provincial_supplement');
    walk.does('submit-supplement', {}, '2026-10-05');
    expect(walk.state.step).toBe('provincial_intake');
    walk.does('accept-package', {}, '2026-10-06').does('request-supplement', {}, '2026-10-12', { actor: actor('council_secretary') });
    walk.does('submit-supplement', {}, '2026-10-19');
    expect(walk.state.step).toBe('advisory_review');
  });

  test('a returned package is the commune’s again, without its fifteen days, until the round’s cut-off', () => {
    const walk = new Walk(registration(R3))
      .does('accept-idea', {}, '2026-08-10')
      .does('submit-dossier', {}, '2026-09-07')
      .does('issue-commune-report', FULL_REPORT, '2026-09-25')
      .does('return-package', {}, '2026-10-01');
    expect(walk.state).toMatchObject({ stage: 'commune_assessment', step: 'commune_review', facts: { returns: 1 } });
    expect(due(walk)).toBe('before 2026-10-30 (round)');
    walk.does('issue-commune-report', FULL_REPORT, '2026-10-12').does('return-package', {}, '2026-10-13');
    expect(walk.state.facts.returns).toBe(2);
    walk.does('issue-commune-report', FULL_REPORT, '2026-10-14').does('accept-package', {}, '2026-10-15');
    expect(walk.state.facts).toMatchObject({ proposedOn: '2026-10-14', completeOn: '2026-10-15' });
    expect(walk.state.facts.returnedOn).toBeUndefined();
  });

  test('a pause stops limits and nudges; resuming gives the days back', () => {
    const walk = new Walk(registration(R3)).does('accept-idea', {}, '2026-08-10').does('submit-dossier', {}, '2026-09-07');
    walk.does('pause', { until: '2026-09-30' }, '2026-09-10');
    expect(walk.state).toMatchObject({ waitingFor: 'commune', paused: { on: '2026-09-10', until: '2026-09-30' } });
    expect(due(walk)).toBe('on_or_before 2026-09-30 (granted)');
    const silent = walk.events.length;
    walk.until('2026-09-28');
    expect(walk.events.length).toBe(silent);
    expect(walk.refuses('request-supplement', {}, '2026-09-28')).toMatchObject({
      kind: 'not-now',
      allowed: ['assign-officer', 'resume', 'withdraw', 'adopt-rules'].sort((a, b) => orderOf(a) - orderOf(b)),
    });
    walk.does('resume', {}, '2026-09-29');
    expect(walk.state).toMatchObject({ paused: null, waitingFor: 'commune' });
    expect(due(walk)).toBe('on_or_before 2026-10-15 (limit)');
  });

  test('a pause during a supplement leaves its stop open until the supplement is in', () => {
    const walk = new Walk(registration(R3))
      .does('accept-idea', {}, '2026-08-10')
      .does('submit-dossier', {}, '2026-09-07')
      .does('request-supplement', {}, '2026-09-08')
      .does('pause', {}, '2026-09-09')
      .does('resume', {}, '2026-09-10');
    expect(walk.state.stops).toEqual([{ from: '2026-09-08' }]);
    walk.does('submit-supplement', {}, '2026-09-15');
    expect(walk.state.stops).toEqual([{ from: '2026-09-08', to: '2026-09-15' }]);
  });

  test('an extension moves the deadline, earns its own nudges, and keeps the legal limit in sight', () => {
    const walk = new Walk(registration(R3)).does('accept-idea', {}, '2026-08-10').does('submit-dossier', {}, '2026-09-07');
    walk.does('extend-deadline', { date: '2026-10-05' }, '2026-09-23', { sourceDocument: '45/UBND-KT' });
    expect(dueDeadline(walk.state)).toMatchObject({ date: '2026-10-05', basis: 'granted', source: '45/UBND-KT' });
    expect(walk.state.granted).toEqual([
      {
        kind: 'commune-assessment',
        date: '2026-10-05',
        operator: 'on_or_before',
        source: '45/UBND-KT',
        beyond: { date: '2026-09-28', operator: 'on_or_before', basis: 'limit', source: expect.any(String) },
      },
    ]);
    walk.until('2026-10-06');
    const nudges = walk.events.flatMap((event) => event.nudges).filter((nudge) => nudge.subject === 'commune-assessment');
    expect(new Set(nudges.map((nudge) => nudge.subjectOn))).toEqual(new Set(['2026-09-28', '2026-10-05']));
    expect(nudges.filter((nudge) => nudge.ruleId === 'commune-assessment-2-days').map((nudge) => nudge.subjectOn)).toEqual(['2026-10-05']);
  });

  test('an extension within the law passes no limit', () => {
    const walk = new Walk(registration(R3, { kind: 'new' })).does('accept-idea', {}, '2026-08-10').does('submit-dossier', {}, '2026-09-07');
    walk.does('issue-commune-report', FULL_REPORT, '2026-11-10');
    expect(due(walk)).toBe('on_or_before 2026-12-31 (plan)');
    walk.does('extend-deadline', { date: '2027-02-01', operator: 'before' }, '2026-11-11');
    expect(walk.state.granted[0]).toMatchObject({ operator: 'before', beyond: null });
  });

  test('what happened on Friday may be entered on Monday although a reminder went out in between; what came before the last action may not', () => {
    const walk = new Walk(registration(R3))
      .does('accept-idea', {}, '2026-08-10')
      .does('submit-dossier', {}, '2026-09-07')
      .until('2026-09-28');
    expect(walk.events.at(-1)?.name).toBe('remind');
    expect(walk.refuses('issue-commune-report', FULL_REPORT, '2026-09-28', { on: '2026-09-04' }).problems).toEqual([
      { field: 'on', message: { vi: expect.stringContaining('07/09/2026'), en: expect.any(String) } },
    ]);
    walk.does('issue-commune-report', FULL_REPORT, '2026-09-28', { on: '2026-09-11' });
    expect(walk.state.facts.proposedOn).toBe('2026-09-11');
  });

  test('naming an officer or granting time today shuts out nothing that happened before; an act of the procedure does', () => {
    const walk = new Walk(registration(R3))
      .does('accept-idea', {}, '2026-08-10')
      .does('submit-dossier', {}, '2026-09-07')
      .does('assign-officer', { side: 'commune', officerId: 'p' }, '2026-09-25')
      .does('extend-deadline', { date: '2026-10-20' }, '2026-09-26');
    walk.does('issue-commune-report', FULL_REPORT, '2026-09-28', { on: '2026-09-11' });
    expect(walk.refuses('accept-package', {}, '2026-09-29', { on: '2026-09-10' }).problems).toEqual([
      { field: 'on', message: { vi: expect.stringContaining('11/09/2026'), en: expect.any(String) } },
    ]);
  });

  test('the producer may withdraw until the certificate', () => {
    const walk = new Walk(registration(R3)).does('withdraw', {}, '2026-08-20');
    expect(walk.state).toMatchObject({ stage: 'closed', outcome: 'withdrawn', waitingFor: null });
  });
});

const ORDER = ['assign-officer', 'resume', 'withdraw', 'adopt-rules'];
const orderOf = (name: string): number => ORDER.indexOf(name);

describe('verdicts', () => {
  test('below 50 nothing is recognised; the written notice closes the cycle', () => {
    const walk = toCouncil().does('record-council-result', { verdict: verdict(4999, 100) }, '2026-12-01');
    walk.does('decide', { decisionNumber: '1/TB', result: 'not-recognised' }, '2026-12-05');
    expect(walk.state).toMatchObject({ step: 'awaiting_rejection_notice', waitingFor: 'province' });
    walk.does('publish-result', { noticeNumber: '17/TB-VPĐP' }, '2026-12-07');
    expect(walk.state).toMatchObject({ stage: 'closed', outcome: 'not_recognised', certificate: null });
  });

  test('90 with all minimums goes to the ministry without a certificate, and comes back below 90 with both ways open', () => {
    const forwarded = (): Walk =>
      toCouncil()
        .does('record-council-result', { verdict: verdict(276, 3) }, '2026-12-01')
        .does('decide', { decisionNumber: '900/QĐ-UBND', result: 'approve-and-forward' }, '2026-12-10');
    const walk = forwarded();
    expect(walk.state).toMatchObject({ stage: 'national_scoring', waitingFor: 'ministry', certificate: null });
    expect(due(walk)).toBe('before 2027-03-30 (round)');
    walk.does('record-national-result', { verdict: verdict(264, 3, { route: 'province' }) }, '2027-03-15');
    expect(walk.state).toMatchObject({ step: 'national_below_bar', waitingFor: 'province' });
    walk.does('decide', { decisionNumber: '55/QĐ-UBND', result: 'recognise', star: 4 }, '2027-04-02');
    expect(walk.state).toMatchObject({
      step: 'awaiting_certificate',
      facts: { nationalFallback: 'use-national-result', decision: { star: 4 } },
    });

    const own = forwarded()
      .does('record-national-result', { verdict: verdict(264, 3, { route: 'province' }) }, '2027-03-15')
      .does('decide', { decisionNumber: '56/UBND', result: 'own-evaluation' }, '2027-04-02');
    expect(own.state).toMatchObject({
      stage: 'provincial_scoring',
      step: 'council_scoring',
      facts: { nationalFallback: 'own-evaluation' },
    });
  });

  test('90 nationally is certified by the ministry with five stars', () => {
    const walk = toCouncil()
      .does('record-council-result', { verdict: verdict(276, 3) }, '2026-12-01')
      .does('decide', { decisionNumber: '900/QĐ-UBND', result: 'approve-and-forward' }, '2026-12-10')
      .does('record-national-result', { verdict: verdict(91, 1), decisionNumber: '12/QĐ-BNNMT' }, '2027-03-15');
    expect(walk.state).toMatchObject({ step: 'awaiting_national_certificate', waitingFor: 'ministry' });
    walk.does('issue-certificate', { code: 'VN-5', validUntil: '2030-03-20' }, '2027-03-20');
    expect(walk.state.certificate).toMatchObject({ star: 5, decisionNumber: '12/QĐ-BNNMT' });
  });

  test('a council entry that contradicts itself is refused with what is right', () => {
    const walk = toCouncil();
    expect(walk.refuses('record-council-result', { verdict: verdict(207, 3, { band: 4 }) }, '2026-12-01').problems).toEqual([
      { field: 'payload.verdict.band', message: { vi: expect.stringContaining('hạng 3 sao, không phải 4 sao'), en: expect.any(String) } },
    ]);
    expect(walk.refuses('record-council-result', { verdict: verdict(207, 3, { star: 4 }) }, '2026-12-01').problems[0]?.field).toBe(
      'payload.verdict.star',
    );
    for (const wrong of [verdict(0, 0), verdict(-1, 3), verdict(301, 3), verdict(200.5, 3), verdict(150, 1.5)])
      expect(walk.refuses('record-council-result', { verdict: wrong }, '2026-12-01').problems[0]?.field).toBe('payload.verdict');
    walk.does('record-council-result', { verdict: verdict(300, 3) }, '2026-12-01');
  });

  test.each([
    [
      'a star above the proposal',
      { result: 'recognise', star: 4 },
      verdict(209, 3),
      'payload.star',
      'không cao hơn hạng Hội đồng đề xuất (3 sao)',
    ],
    ['no star named', { result: 'recognise' }, verdict(209, 3), 'payload.star', 'cần ghi hạng sao'],
    ['two stars', { result: 'recognise', star: 2 }, verdict(209, 3), 'payload.star', 'không công nhận hạng 2 sao'],
    ['five stars', { result: 'recognise', star: 5 }, verdict(276, 3), 'payload.star', 'không công nhận hạng 5 sao'],
    ['a certificate for 90 and more', { result: 'recognise', star: 4 }, verdict(276, 3), 'payload.result', 'phê duyệt kết quả và gửi Bộ'],
    ['forwarding 89.67', { result: 'approve-and-forward' }, verdict(269, 3), 'payload.result', 'chỉ sản phẩm đạt từ 90 điểm'],
    [
      'own evaluation before a national result',
      { result: 'own-evaluation' },
      verdict(209, 3),
      'payload.result',
      'kết quả trung ương dưới 90',
    ],
  ] as const)('a decision is refused: %s', (_title, payload, council, field, words) => {
    const walk = toCouncil().does('record-council-result', { verdict: council }, '2026-12-01');
    const { problems } = walk.refuses('decide', { decisionNumber: '1/QĐ', ...payload }, '2026-12-05');
    expect(problems).toContainEqual({ field, message: { vi: expect.stringContaining(words), en: expect.any(String) } });
  });

  test('a decision needs its number, and a reason wherever it departs from the proposal', () => {
    const walk = toCouncil().does('record-council-result', { verdict: verdict(255, 3) }, '2026-12-01');
    expect(walk.refuses('decide', { decisionNumber: ' ', result: 'recognise', star: 4 }, '2026-12-05').problems[0]?.field).toBe(
      'payload.decisionNumber',
    );
    expect(bare(walk, { decisionNumber: '1/QĐ', result: 'recognise', star: 3 })).toEqual(['reason']);
    expect(bare(walk, { decisionNumber: '1/QĐ', result: 'not-recognised' })).toEqual(['reason']);
    expect(bare(walk, { decisionNumber: '1/QĐ', result: 'recognise', star: 4 })).toEqual([]);
  });

  test('a missed minimum is a human decision, with the reason in writing', () => {
    const missed = verdict(276, 3, { star: 4, route: 'human-decides', missedMinimums: [{ criterion: '1.3', star: 5 }] });
    const walk = toCouncil().does('record-council-result', { verdict: missed }, '2026-12-01');
    expect(bare(walk, { decisionNumber: '1/QĐ', result: 'approve-and-forward' })).toEqual(['payload.result']);
    expect(bare(walk, { decisionNumber: '1/QĐ', result: 'recognise', star: 4 })).toEqual(['reason']);
    walk.does('decide', { decisionNumber: '1/QĐ', result: 'recognise', star: 4 }, '2026-12-05');
    expect(walk.state.facts.decision?.star).toBe(4);
  });
});

/** Fields that a decision without a written reason is refused for. */
function bare(walk: Walk, payload: Parameters<typeof walk.does<'decide'>>[1]): string[] {
  const probe = Object.assign(Object.create(Walk.prototype) as Walk, walk, { events: [...walk.events] });
  try {
    return probe.refuses('decide', payload, '2026-12-05', { noteId: '' }).problems.map((one) => one.field);
  } catch {
    return [];
  }
}

describe('three tiers, Lai Châu 2024', () => {
  const R1 = rulesOf('qd-148-2023', 'lai-chau-2024');
  const atDistrict = (): Walk =>
    new Walk(registration(R1, { on: '2024-05-06', cycleId: 'x.1' }))
      .does('accept-idea', {}, '2024-05-10')
      .does('submit-dossier', {}, '2024-08-01')
      .does('issue-commune-report', FULL_REPORT, '2024-08-15');

  test('the district passes 70 and more on before 30/10/2024, the province concludes before 30/11/2024', () => {
    const walk = atDistrict();
    expect(walk.state).toMatchObject({ stage: 'district_scoring', waitingFor: 'district' });
    expect(due(walk)).toBe('before 2024-10-30 (plan)');
    walk.does('record-district-result', { verdict: verdict(225, 3) }, '2024-10-20');
    expect(walk.state).toMatchObject({ stage: 'provincial_scoring', step: 'provincial_intake' });
    expect(due(walk)).toBe('before 2024-11-30 (plan)');
  });

  test('the district certifies three stars itself, by a decision with a number', () => {
    const walk = atDistrict();
    const three = verdict(180, 3, { route: 'district' });
    expect(walk.refuses('record-district-result', { verdict: three }, '2024-10-20').problems[0]?.field).toBe('payload.decisionNumber');
    walk.does('record-district-result', { verdict: three, decisionNumber: '77/QĐ-UBND' }, '2024-10-20');
    expect(walk.state).toMatchObject({ step: 'awaiting_district_certificate', facts: { decision: { number: '77/QĐ-UBND', star: 3 } } });
    walk.does('issue-certificate', { code: 'LC', validUntil: '2027-10-25' }, '2024-10-25').does('publish-result', {}, '2024-10-26');
    expect(walk.state).toMatchObject({ step: 'in_force', certificate: { star: 3 } });
  });

  test('below 50 at the district ends with the notice', () => {
    const walk = atDistrict()
      .does('record-district-result', { verdict: verdict(120, 3) }, '2024-10-20')
      .does('publish-result', {}, '2024-10-22');
    expect(walk.state.outcome).toBe('not_recognised');
  });
});
