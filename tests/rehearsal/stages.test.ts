import type { DeadlineRow, EventRow } from '../../rehearsal/report/records';
import { stageLines } from '../../rehearsal/report/stages';
import { STEPS, type Step } from '../../domain/cycle/stages';
import type { DeadlineKind } from '../../domain/deadlines';

/** Events of one dossier: step by step with its days. */
function dossier(cycleId: string, steps: readonly (readonly [Step, string])[], outcome: EventRow['outcome'] = null): EventRow[] {
  return steps.map(([toStep, day], index) => {
    const before = steps[index - 1];
    return {
      cycleId,
      sequence: index + 1,
      name: 'any',
      legalOn: day,
      recordedOn: day,
      fromStage: before ? STEPS[before[0]].stage : null,
      toStage: STEPS[toStep].stage,
      toStep,
      outcome: toStep === 'ended' ? outcome : null,
    };
  });
}

const limit = (cycleId: string, kind: DeadlineKind, date: string, setBySequence: number): DeadlineRow => ({
  cycleId,
  kind,
  date,
  operator: 'before',
  source: 'test',
  candidates: [],
  setBySequence,
});

const line = (events: EventRow[], deadlines: DeadlineRow[], end = '2026-12-31') =>
  stageLines(events, deadlines, end).find((one) => one.stage === 'commune_assessment');

test('left on the last safe day is in time, a day later is late, with the step in which the limit passed', () => {
  const inTime = dossier('a', [
    ['commune_review', '2026-09-01'],
    ['provincial_intake', '2026-10-29'],
  ]);
  const late = dossier('b', [
    ['commune_review', '2026-09-01'],
    ['commune_supplement', '2026-10-20'],
    ['commune_review', '2026-10-30'],
    ['provincial_intake', '2026-10-30'],
  ]);
  const limits = ['a', 'b'].map((id) => limit(id, 'commune-assessment', '2026-10-30', 1));
  expect(line([...inTime, ...late], limits)).toMatchObject({
    visits: 2,
    inTime: 1,
    late: 1,
    reasons: [{ result: 'late', step: 'commune_supplement', waitingFor: 'producer', count: 1 }],
  });
});

test('the limit that bound last counts, not an earlier one of the stay or one of another stay', () => {
  const events = dossier('a', [
    ['commune_review', '2026-09-01'],
    ['commune_review', '2026-09-20'],
    ['provincial_intake', '2026-10-25'],
    ['commune_review', '2026-11-01'],
  ]);
  const limits = [
    limit('a', 'commune-assessment', '2026-09-10', 1),
    limit('a', 'commune-assessment', '2026-10-30', 2),
    limit('a', 'commune-assessment', '2027-02-01', 4),
  ];
  expect(line(events, limits)).toMatchObject({ visits: 2, inTime: 1, late: 0, waiting: 1, stuck: 0 });
});

test('still there past the limit is stuck; without a limit only after ninety days', () => {
  const past = dossier('a', [['commune_review', '2026-09-01']]);
  expect(line(past, [limit('a', 'commune-assessment', '2026-10-30', 1)])).toMatchObject({
    stuck: 1,
    reasons: [{ result: 'stuck', waitingFor: 'commune' }],
  });
  expect(line(past, [], '2026-11-29')).toMatchObject({ waiting: 1, stuck: 0 });
  expect(line(past, [], '2026-11-30')).toMatchObject({ waiting: 0, stuck: 1 });
});

test('a withdrawn dossier ended there, neither in time nor late', () => {
  const events = dossier(
    'a',
    [
      ['commune_review', '2026-09-01'],
      ['ended', '2026-12-01'],
    ],
    'withdrawn',
  );
  expect(line(events, [limit('a', 'commune-assessment', '2026-10-30', 1)])).toMatchObject({ endedHere: 1, inTime: 0, late: 0 });
});
