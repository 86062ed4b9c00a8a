/** Whatever the order of actions and the passing of days: the promises of the procedure hold. */
import fc from 'fast-check';
import type { Request } from '../../../domain/cycle/action';
import { ACTION_NAMES, type ActionName } from '../../../domain/cycle/actions';
import { agenda, nextMoment } from '../../../domain/cycle/agenda';
import { actionsFor, actionsNow, decide } from '../../../domain/cycle/decide';
import { deadlinesOf } from '../../../domain/cycle/due';
import type { CycleEvent } from '../../../domain/cycle/events';
import { takeMoment } from '../../../domain/cycle/moments';
import { register } from '../../../domain/cycle/register';
import { type CycleState, ROLES, type Role } from '../../../domain/cycle/state';
import { addDays, type Instant, localDateAt } from '../../../domain/dates';
import { rulesOf } from '../rules-of';
import { runs } from '../runs';
import { actor, nineOn, registration, verdict } from './walk';

const RULE_SETS = [
  rulesOf('qd-26-2026', 'ninh-binh-2026'),
  rulesOf('qd-26-2026', 'qd-26-2026'),
  rulesOf('qd-148-2023', 'lai-chau-2024'),
  rulesOf('qd-1489-2025', 'lao-cai-2026'),
];

/** A plausible or implausible payload for any action, from one seed. */
function payload(name: ActionName, seed: number, today: string): object {
  const points = [29, 49, 50, 69, 70, 89, 90, 95][seed % 8] ?? 60;
  const scored = verdict(points * 3, 3, seed % 5 === 0 ? { route: 'district' } : {});
  const results = ['recognise', 'approve-and-forward', 'not-recognised', 'own-evaluation'] as const;
  const all: Partial<Record<ActionName, object>> = {
    'request-supplement': seed % 2 ? { dueOn: addDays(today, seed % 20) } : {},
    'issue-commune-report': {
      assessedItems: ['local_origin', 'local_labour', 'idea_origin', ...(seed % 7 ? ['local_identity'] : [])],
      samples: seed % 6 ? 5 : 0,
    },
    'record-district-result': { verdict: scored, decisionNumber: '1' },
    'record-council-result': { verdict: scored },
    'record-national-result': { verdict: scored, decisionNumber: '1' },
    decide: { decisionNumber: seed % 9 ? '1' : '', result: results[seed % 4], star: 3 + (seed % 2) },
    'issue-certificate': { code: `C-${seed}`, validUntil: addDays(today, 1096 - (seed % 3)) },
    'record-inspection': {
      kind: 'ad-hoc',
      finding: (['compliant', 'remediation', 'violation'] as const)[seed % 3],
      remedyBy: addDays(today, 9),
      ground: 'OTHER',
    },
    'revoke-certificate': { ground: seed % 2 ? 'OTHER' : 'X', decisionNumber: '1' },
    'withdraw-decision': { decisionNumber: '1' },
    'extend-deadline': { date: addDays(today, (seed % 90) - 10) },
    'assign-officer': { side: seed % 2 ? 'commune' : 'province', officerId: seed % 3 ? 'p-1' : null },
    pause: seed % 2 ? { until: addDays(today, seed % 40) } : {},
    'record-predecessor': { cycleId: 'X.0', holdsUntil: addDays(today, seed % 200) },
    'record-successor': {
      cycleId: 'X.2',
      kind: 'reevaluation',
      event: (['registered', 'dossier-filed', 'certified', 'ended'] as const)[seed % 4],
    },
  };
  return all[name] ?? {};
}

interface Try {
  pick: number;
  illegal: boolean;
  role: Role;
  days: number;
  seed: number;
}
const tries: fc.Arbitrary<Try[]> = fc.array(
  fc.record({
    pick: fc.nat(1000),
    illegal: fc.boolean(),
    role: fc.constantFrom(...ROLES),
    days: fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 20 }) }, { weight: 1, arbitrary: fc.integer({ min: 100, max: 700 }) }),
    seed: fc.nat(5000),
  }),
  { minLength: 1, maxLength: 45 },
);
const starts = fc.record({
  rules: fc.constantFrom(...RULE_SETS),
  kind: fc.constantFrom('new', 'reevaluation', 'upgrade', 'watch'),
  on: fc.integer({ min: 0, max: 400 }).map((days) => addDays('2026-03-01', days)),
});

type Recorded = { request: Request; at: Instant } | { moment: Instant };

/** Runs the tries through the domain the way the workflow does, checking every promise on the way. */
function run(start: { rules: (typeof RULE_SETS)[number]; kind: string; on: string }, list: readonly Try[]): void {
  const watched = {
    code: 'C',
    number: null,
    star: 3,
    issuedOn: addDays(start.on, -900),
    validUntil: addDays(start.on, 196),
    decisionNumber: null,
    issuedBy: null,
  } as const;
  const begun = registration(start.rules, {
    on: start.on,
    kind: start.kind === 'watch' ? 'new' : (start.kind as 'new'),
    certificate: start.kind === 'watch' ? watched : null,
    predecessor: start.kind === 'new' || start.kind === 'watch' ? null : { cycleId: 'P.1', validUntil: addDays(start.on, 170), star: 3 },
  });
  let at = nineOn(start.on);
  const first = register(begun, at);
  let state = first.state;
  const events: CycleEvent[] = [first.event];
  const log: Recorded[] = [];

  const take = (instant: Instant): void => {
    const taken = takeMoment(state, instant);
    if (!taken) throw new Error('a due moment was not taken');
    log.push({ moment: instant });
    events.push(taken.event);
    state = taken.state;
  };

  for (const one of list) {
    const until = at + one.days * 86_400_000;
    for (let next = nextMoment(state); next && next.at <= until; next = nextMoment(state)) take(Math.max(next.at, at));
    at = until;
    expect(agenda(state).every((moment) => moment.at > at)).toBe(true);

    const now = actionsNow(state);
    const open = [...now, ...actionsFor(state, actor('system'))];
    const name = (one.illegal ? ACTION_NAMES[one.pick % ACTION_NAMES.length] : open[one.pick % open.length]) ?? 'pause';
    const today = localDateAt(at);
    const request: Request = {
      action: name,
      payload: payload(name, one.seed, today),
      actor: actor(one.role),
      on: today,
      ...(one.seed % 4 ? { noteId: 'n' } : {}),
      sourceDocument: 'D',
    };
    const before = JSON.stringify(state);
    const decision = decide(state, request, at);
    expect(JSON.stringify(state)).toBe(before);
    if (decision.ok) {
      log.push({ request, at });
      events.push(decision.event);
      state = decision.state;
      expect(open).toContain(name);
      expect(actionsFor(JSON.parse(before) as CycleState, request.actor)).toContain(name);
    } else {
      expect(decision.refusal.allowed).toEqual(now);
      expect(decision.refusal.message.vi).not.toBe('');
      if (decision.refusal.kind === 'invalid') expect(decision.refusal.problems.length).toBeGreaterThan(0);
      if (!open.includes(name)) expect(decision.refusal.kind).toBe('not-now');
    }
    expect(state.deadlines).toEqual(deadlinesOf(state));
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    if (state.stage === 'closed') expect(state.outcome).not.toBeNull();
    else expect(nextMoment(state) !== undefined || state.waitingFor !== null).toBe(true);
  }

  expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index + 1));
  expect(replay(begun, nineOn(start.on), log)).toEqual(state);
}

function replay(begun: Parameters<typeof register>[0], at: Instant, log: readonly Recorded[]): CycleState {
  return log.reduce<CycleState>((state, entry) => {
    if ('moment' in entry) return takeMoment(state, entry.moment)?.state ?? state;
    const decision = decide(state, entry.request, entry.at);
    if (!decision.ok) throw new Error('a recorded action was refused on replay');
    return decision.state;
  }, register(begun, at).state);
}

test('in any order of actions and days, what is illegal is refused, nothing is skipped, nothing is forgotten, and replaying gives the same', () => {
  fc.assert(
    fc.property(starts, tries, (start, list) => run(start, list)),
    { numRuns: runs(150) },
  );
});

test('an action that does not exist is refused with those that may be done', () => {
  const { state } = register(registration(RULE_SETS[0] ?? rulesOf()), nineOn('2026-08-03'));
  const decision = decide(state, { action: 'bribe', payload: {}, actor: actor('administrator'), on: '2026-08-03' }, nineOn('2026-08-03'));
  expect(decision).toMatchObject({ ok: false, refusal: { kind: 'unknown-action', allowed: actionsNow(state) } });
});
