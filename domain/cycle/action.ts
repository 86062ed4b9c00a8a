/**
 * What an action is: who may do it in which step, what it needs, what it changes. Each action is one file in actions/.
 */
import { formatVietnamese, type Instant, isLocalDate, type LocalDate } from '../dates';
import type { DeadlineKind } from '../deadlines';
import type { CycleRules } from '../rules';
import type { Text } from '../sources';
import type { Attachment } from './attachments';
import { type Outcome, type Stage, type Step, STEPS } from './stages';
import type { Actor, CycleState, Role, Stop } from './state';

/** One thing wrong with a request: which field, what is wrong and what is allowed. */
export interface Problem {
  field: string;
  message: Text;
}

/** A request to act, as it enters the cycle. Free text is not in it: `noteId` points to it in the records. */
export interface Request<P = object> {
  action: string;
  payload: P;
  actor: Actor;
  /** The legal date of what happened; not after today in the cycle's time. */
  on: LocalDate;
  noteId?: string;
  /** Number of the letter or decision that the entry rests on. */
  sourceDocument?: string;
  /** Files that go with it. */
  documents?: readonly Attachment[];
  /** Rules to pin with this action; taken where a stage is entered that pins them. */
  rules?: CycleRules;
}

export interface ActionDefinition<P = object> {
  name: string;
  title: Text;
  /** Article or plan line. */
  source: string;
  /** Steps in which it may be done, and by whom there. Administrators may do all that somebody may. */
  allowed: Partial<Record<Step, readonly Role[]>>;
  /** Needs a written reason. */
  needsReason?: boolean;
  /** Arranges the work and is no act of the procedure: what happened before it may still be entered with its own day. */
  arranges?: boolean;
  /** What is wrong with the request beyond step, role and dates. Empty when nothing. */
  check(state: CycleState, request: Request<P>): Problem[];
  /** The state after it; deadlines and bookkeeping are the caller's. */
  apply(state: CycleState, request: Request<P>, at: Instant): CycleState;
}

export const problem = (field: string, vi: string, en: string): Problem => ({ field, message: { vi, en } });

/** The state moved to a step, and to its stage. */
export function enter(state: CycleState, step: Step, at: Instant): CycleState {
  const { stage, waitingFor } = STEPS[step];
  return { ...state, step, stage, waitingFor, stepEnteredAt: at, stageEnteredAt: stage === state.stage ? state.stageEnteredAt : at };
}

/** The state closed with an outcome. */
export function close(state: CycleState, outcome: Outcome, at: Instant): CycleState {
  return { ...enter(state, 'ended', at), outcome, paused: null };
}

/** A date in a payload: a real day, not in the future, not before an earlier event. */
export function dateProblems(field: string, date: unknown, notBefore: LocalDate | undefined, notAfter: LocalDate): Problem[] {
  if (typeof date !== 'string' || !isLocalDate(date))
    return [problem(field, 'phải là một ngày có thật, dạng YYYY-MM-DD', 'must be a real date, YYYY-MM-DD')];
  if (date > notAfter)
    return [
      problem(
        field,
        `ngày ${formatVietnamese(date)} ở tương lai; hôm nay là ${formatVietnamese(notAfter)}`,
        `${date} is in the future; today is ${notAfter}`,
      ),
    ];
  if (notBefore !== undefined && date < notBefore)
    return [
      problem(
        field,
        `ngày ${formatVietnamese(date)} trước việc liền trước (${formatVietnamese(notBefore)})`,
        `${date} is before the preceding event (${notBefore})`,
      ),
    ];
  return [];
}

/** The state without what was granted for deadlines that now begin anew: an extension belongs to the request, package or finding it was given for. */
export function withoutGrant(state: CycleState, ...kinds: DeadlineKind[]): CycleState {
  return { ...state, granted: state.granted.filter((one) => !kinds.includes(one.kind)) };
}

/** Opens a stop of the per-dossier clock. */
export function stopClock(stops: readonly Stop[], from: LocalDate): Stop[] {
  return [...stops, { from }];
}

/** Closes the open stop. */
export function startClock(stops: readonly Stop[], to: LocalDate): Stop[] {
  return stops.map((stop) => (stop.to === undefined ? { ...stop, to } : stop));
}

export const BEFORE_CERTIFICATE = [
  'awaiting_idea_review',
  'awaiting_dossier',
  'commune_review',
  'commune_supplement',
  'district_council',
  'provincial_intake',
  'advisory_review',
  'provincial_supplement',
  'council_scoring',
  'awaiting_decision',
  'awaiting_national_result',
  'national_below_bar',
] as const satisfies readonly Step[];

export const IN_VALIDITY = [
  'in_force',
  'reevaluation_window',
  'window_missed',
  'under_reevaluation',
  'remediation',
  'revocation_pending',
  'extended',
] as const satisfies readonly Step[];

/** The same people in several steps. */
export function inSteps(steps: readonly Step[], roles: readonly Role[]): Partial<Record<Step, readonly Role[]>> {
  return Object.fromEntries(steps.map((step) => [step, roles]));
}

/** Whose side of the desk a stage is on: the commune's until it has proposed, the province's after. */
export function sideOf(stage: Stage): 'commune' | 'province' {
  return stage === 'idea_registration' || stage === 'product_completion' || stage === 'commune_assessment' ? 'commune' : 'province';
}
