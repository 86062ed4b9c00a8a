/**
 * The beginning of a cycle: a new idea, the re-evaluation or upgrade of a product, or a certificate already in force that comes under watch.
 */
import { earlier, type Instant, localDateAt, type LocalDate } from '../dates';
import type { RegistrationKind } from '../regimes';
import type { CycleRules } from '../rules';
import { deadlinesOf } from './due';
import { openedBy } from '../follow-ups';
import { renewalPreparedOn } from './renewal';
import type { Transition } from './decide';
import { type Step, STEPS } from './stages';
import { type Actor, type Certificate, type CycleState, SCHEMA_VERSION } from './state';
import { settledStep } from './validity';

/** What a cycle starts with; codes, ids, dates and pinned rules only. */
export interface Registration {
  cycleId: string;
  productCode: string;
  cycleNumber: number;
  kind: RegistrationKind;
  productSet: number | null;
  provinceCode: string;
  communeCode: string;
  predecessor: CycleState['predecessor'];
  /** A certificate already in force: the cycle enters at validity. */
  certificate: Certificate | null;
  rules: CycleRules;
  actor: Actor;
  /** The legal date of the registration; a day in the future counts as today. */
  on: LocalDate;
}

/** Where a cycle enters: ideas are for new products; a product known already goes straight to its dossier; a certificate goes under watch. */
function entry(registration: Registration): Step {
  if (registration.certificate) return 'in_force';
  return registration.kind === 'new' ? 'awaiting_idea_review' : 'awaiting_dossier';
}

/** The first state of a cycle and its first event, `register`. */
export function register(registration: Registration, at: Instant): Transition {
  const { actor, cycleId, rules, ...given } = registration;
  const on = earlier(given.on, localDateAt(at));
  const first = entry(registration);
  const opened: CycleState = {
    schemaVersion: SCHEMA_VERSION,
    cycleId,
    productCode: given.productCode,
    cycleNumber: given.cycleNumber,
    kind: given.kind,
    productSet: given.productSet,
    provinceCode: given.provinceCode,
    communeCode: given.communeCode,
    predecessor: given.predecessor,
    successor: null,
    rules,
    sequence: 1,
    stage: STEPS[first].stage,
    step: first,
    outcome: null,
    waitingFor: STEPS[first].waitingFor,
    stageEnteredAt: at,
    stepEnteredAt: at,
    lastOn: on,
    facts: {},
    certificate: given.certificate,
    stops: [],
    paused: null,
    granted: [],
    officers: {},
    deadlines: [],
    handled: [],
  };
  const step = given.certificate ? settledStep(opened, at) : first;
  const prepared = renewalPreparedOn(opened);
  const facts: CycleState['facts'] = prepared !== undefined && prepared <= on ? { renewal: { preparedOn: on } } : {};
  const placed: CycleState = { ...opened, step, waitingFor: STEPS[step].waitingFor, facts };
  const state: CycleState = { ...placed, deadlines: deadlinesOf(placed) };
  return {
    state,
    event: {
      cycleId,
      sequence: 1,
      name: 'register',
      actor,
      at,
      on,
      from: null,
      to: { stage: state.stage, step: state.step },
      outcome: null,
      payload: { kind: given.kind, productSet: given.productSet, predecessor: given.predecessor, certificate: given.certificate },
      noteId: null,
      sourceDocument: null,
      rulesVersion: rules.version,
      deadlines: state.deadlines,
      ...openedBy(null, state, { name: 'register', on }),
    },
  };
}
