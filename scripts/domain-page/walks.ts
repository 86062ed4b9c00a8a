/**
 * Walks the pure cycle in every direction from a few beginnings and notes each arrow it took: which action or moment led from which step to which.
 * So what is drawn is what the code does.
 */
import type { ActionName } from '../../domain/cycle/actions';
import { nextMoment } from '../../domain/cycle/agenda';
import { decide } from '../../domain/cycle/decide';
import type { EventName } from '../../domain/cycle/events';
import { takeMoment } from '../../domain/cycle/moments';
import { type Registration, register } from '../../domain/cycle/register';
import { type Outcome, type Step, STEPS } from '../../domain/cycle/stages';
import { type Actor, type Certificate, type CycleState, SYSTEM, type Verdict } from '../../domain/cycle/state';
import { reevaluationWindow, transitionalExtension } from '../../domain/certificates';
import { addDays, type Instant, type LocalDate, localDateAt, startOfDay } from '../../domain/dates';
import type { RegistrationKind, Star } from '../../domain/regimes';
import { loadRules } from '../../plans/load';
import { pinFor } from '../../plans/pin';

/** One way from a step to another; `name` is undefined at the beginning of a cycle. */
export interface Arrow {
  from: Step | null;
  name: EventName;
  to: Step;
  outcome: Outcome | null;
}

const ALL = loadRules();
const ADMINISTRATOR: Actor = { id: 'a', role: 'administrator', office: '37', provinceCode: '37', communeCode: null };

const nineOn = (date: LocalDate): Instant => startOfDay(date) + 9 * 3_600_000;

function beginning(
  planId: string,
  kind: RegistrationKind,
  on: LocalDate,
  more: { certificate?: Certificate; predecessor?: CycleState['predecessor'] },
): Registration {
  return {
    cycleId: `37-14329-001-2026.${kind}`,
    productCode: '37-14329-001-2026',
    cycleNumber: 1,
    kind,
    productSet: 4,
    provinceCode: '37',
    communeCode: '14329',
    predecessor: null,
    certificate: null,
    rules: pinFor(ALL, { planId, kind, submittedOn: on, assessedOn: on }).rules,
    actor: ADMINISTRATOR,
    on,
    ...more,
  };
}

function certificateUntil(validUntil: LocalDate): Certificate {
  const issuedOn = `${Number(validUntil.slice(0, 4)) - 3}${validUntil.slice(4)}`;
  return { code: 'C', number: null, star: 4, issuedOn, validUntil, decisionNumber: null, issuedBy: null };
}

const BEGINNINGS: readonly Registration[] = [
  beginning('ninh-binh-2026', 'new', '2026-08-03', {}),
  beginning('lai-chau-2024', 'new', '2024-05-06', {}),
  beginning('qd-26-2026', 'upgrade', '2026-08-03', { predecessor: { cycleId: 'P', validUntil: '2028-12-31', star: 3 } }),
  beginning('qd-26-2026', 'reevaluation', '2026-08-03', { predecessor: { cycleId: 'P', validUntil: '2026-12-31', star: 4 } }),
  beginning('qd-26-2026', 'new', '2026-08-03', { certificate: certificateUntil('2028-08-03') }),
  beginning('qd-26-2026', 'new', '2026-08-03', { certificate: certificateUntil('2026-09-14') }),
];

function verdict(mean: number, star: Star, route: Verdict['route']): Verdict {
  return { sum: mean * 3, members: 3, band: star, star, missedMinimums: [], route };
}

/** Bodies worth trying for each action; those that do not fit a state are refused and lead nowhere. */
function bodies(name: ActionName, state: CycleState, today: LocalDate): object[] {
  const verdicts = [
    verdict(95, 5, 'national'),
    verdict(80, 4, 'province'),
    verdict(60, 3, 'district'),
    verdict(40, 2, 'not-recognised'),
    verdict(40, 2, 'disqualified'),
  ];
  const scored = verdicts.map((one) => ({ verdict: one, decisionNumber: '1' }));
  const later = { cycleId: 'S', kind: 'reevaluation' };
  const known: Partial<Record<ActionName, object[]>> = {
    'request-supplement': [{ dueOn: addDays(today, 10) }],
    'issue-commune-report': [{ assessedItems: ['local_origin', 'local_labour', 'idea_origin', 'local_identity'], samples: 5 }],
    'record-district-result': scored,
    'record-council-result': scored,
    'record-national-result': scored,
    decide: [
      { decisionNumber: '1', result: 'recognise', star: 4 },
      { decisionNumber: '1', result: 'recognise', star: 3 },
      { decisionNumber: '1', result: 'approve-and-forward' },
      { decisionNumber: '1', result: 'own-evaluation' },
      { decisionNumber: '1', result: 'not-recognised' },
    ],
    'issue-certificate': [{ code: 'C', validUntil: addDays(today, 1096) }],
    'record-inspection': [
      { kind: 'periodic', finding: 'compliant' },
      { kind: 'periodic', finding: 'remediation', remedyBy: addDays(today, 20) },
      { kind: 'periodic', finding: 'violation', ground: state.rules.procedure.revocationGrounds.value[0] },
    ],
    'revoke-certificate': [{ ground: state.rules.procedure.revocationGrounds.value[0], decisionNumber: '1' }],
    'withdraw-decision': [{ decisionNumber: '1' }],
    'extend-deadline': [{ date: addDays(today, 150) }],
    'assign-officer': [{ side: 'commune', officerId: 'p' }],
    'record-predecessor': [{ cycleId: 'P', holdsUntil: addDays(today, 150) }],
    'record-successor': ['registered', 'dossier-filed', 'certified', 'ended'].map((event) => ({ ...later, event })),
  };
  return known[name] ?? [{}];
}

/** The latest day of a state: a turn of the law enters a step without being an act of people. */
function reachedOn(state: CycleState): LocalDate {
  const entered = localDateAt(state.stepEnteredAt);
  return entered > state.lastOn ? entered : state.lastOn;
}

/** Everything that may come next from a state: each action the next morning, and the next turns that time brings. */
function nextOf(state: CycleState, names: readonly ActionName[]): { name: EventName; state: CycleState }[] {
  const today = addDays(reachedOn(state), 1);
  const acted = names.flatMap((name) =>
    bodies(name, state, today).flatMap((payload) => {
      const actor = name === 'record-successor' || name === 'record-predecessor' ? SYSTEM : ADMINISTRATOR;
      const request = { action: name, payload, actor, on: today, noteId: 'n', sourceDocument: 'd', rules: state.rules };
      const decision = decide(state, request, nineOn(today));
      return decision.ok ? [{ name, state: decision.state }] : [];
    }),
  );
  return [...acted, ...nextTurns(state)];
}

/** The turns that time brings, up to the first one that leaves the step. */
function nextTurns(state: CycleState): { name: EventName; state: CycleState }[] {
  const found: { name: EventName; state: CycleState }[] = [];
  let current = state;
  for (let next = nextMoment(current); next && current.step === state.step; next = nextMoment(current)) {
    const taken = takeMoment(current, next.at);
    if (!taken) return found;
    current = taken.state;
    if (taken.event.name !== 'remind') found.push({ name: taken.event.name, state: current });
    if (taken.event.name === 'roll-season') return found;
  }
  return found;
}

/** What decides where a state can go next, without its dates. */
function kindOf(state: CycleState): string {
  const { facts, certificate, successor, paused, rules, kind, step, deadlines } = state;
  const on = reachedOn(state);
  const verdict = { awaiting_decision: facts.council?.route, national_below_bar: facts.national?.route };
  const passed = deadlines.map((one) => one.date < on);
  const window = certificate && reevaluationWindow(certificate.validUntil, rules.procedure.reevaluationWindow);
  const life = certificate && [
    window && [on >= window.opensOn, on > window.closesOn],
    certificate.extendedUntil !== undefined,
    transitionalExtension(certificate.validUntil, rules.procedure.extension) !== null,
    successor?.dossierFiled,
    facts.renewal !== undefined,
  ];
  const decided = step in verdict ? verdict[step as keyof typeof verdict] : null;
  return JSON.stringify([rules.regimeId, kind, step, paused !== null, facts.completeOn !== undefined, decided, passed, life]);
}

/** Every arrow that the walks found, and one state of each kind that they met. */
export function walkEverywhere(names: readonly ActionName[]): { arrows: Arrow[]; states: CycleState[] } {
  const arrows = new Map<string, Arrow>();
  const met = new Map<string, CycleState>();
  const note = (arrow: Arrow): void => void arrows.set(JSON.stringify(arrow), arrow);
  const queue: CycleState[] = [];
  const visit = (state: CycleState): void => {
    const kind = kindOf(state);
    if (met.has(kind)) return;
    met.set(kind, state);
    queue.push(state);
  };
  for (const registration of BEGINNINGS) {
    const { state } = register(registration, nineOn(registration.on));
    note({ from: null, name: 'register', to: state.step, outcome: null });
    visit(state);
  }
  for (let state = queue.shift(); state; state = queue.shift()) {
    for (const next of nextOf(state, names)) {
      note({ from: state.step, name: next.name, to: next.state.step, outcome: next.state.outcome });
      visit(next.state);
    }
  }
  return { arrows: [...arrows.values()].sort(inReadingOrder), states: [...met.values()] };
}

const STEP_ORDER: readonly string[] = Object.keys(STEPS);

/** Along the procedure. */
function inReadingOrder(a: Arrow, b: Arrow): number {
  const place = (step: Step | null): number => (step === null ? -1 : STEP_ORDER.indexOf(step));
  return place(a.from) - place(b.from) || place(a.to) - place(b.to);
}
