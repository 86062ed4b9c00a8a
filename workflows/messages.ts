/**
 * What goes into a cycle and comes out of it: start input, updates, signals, the query, and the ids. Wire names are stored in histories: never rename.
 */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Request } from '../domain/cycle/action';
import { ACTION_NAMES, type ActionName } from '../domain/cycle/actions';
import type { RecordPredecessor } from '../domain/cycle/actions/record-predecessor';
import type { RecordSuccessor } from '../domain/cycle/actions/record-successor';
import type { Registration } from '../domain/cycle/register';
import type { Outcome, Party, Stage, Step } from '../domain/cycle/stages';
import type { CycleState } from '../domain/cycle/state';

export const CYCLE_WORKFLOW = 'ocopCycle';
export const CYCLE_TASK_QUEUE = 'ocop-cycles';

/** How a cycle starts: with its registration, or, after a stage, with what the run before carried over. */
export interface CycleInput {
  registration?: Registration;
  carried?: Carried;
  /** Added to workflow time to get the cycle's own time; zero in production. */
  clockOffsetMs: number;
}

/** What one run hands to the next. */
export interface Carried {
  state: CycleState;
  /** Answers to the latest actions by their keys: the engine's own deduplication ends with a run. */
  answered: Answered[];
}

export interface Answered {
  key: string;
  answer: ActAnswer;
}

/** An action with the caller's idempotency key. */
export interface ActMessage {
  request: Request;
  key: string;
}

/** Where the cycle stands after an action. */
export interface ActAnswer {
  cycleId: string;
  sequence: number;
  stage: Stage;
  step: Step;
  waitingFor: Party | null;
  outcome: Outcome | null;
}

/** The type of the failure that carries a refusal in its details. */
export const REFUSED = 'ActionRefused';

/** One update per action, named like it. */
export const actionUpdates = Object.fromEntries(ACTION_NAMES.map((name) => [name, defineUpdate<ActAnswer, [ActMessage]>(name)])) as Record<
  ActionName,
  ReturnType<typeof defineUpdate<ActAnswer, [ActMessage]>>
>;

/** A later cycle of the same product reports to the earlier one. */
export const successorSignal = defineSignal<[RecordSuccessor]>('successor');

/** The earlier cycle of the same product reports to the later one. */
export const predecessorSignal = defineSignal<[RecordPredecessor]>('predecessor');

/** Somebody mended the cause: record again now instead of at the next attempt. */
export const retrySignal = defineSignal('retry');

/** The records know more than the cycle, which lost a task after its record stood: it reads on from there. */
export const catchUpSignal = defineSignal('catch-up');

/** The state as it stands; answered after everything before it has been recorded. */
export const stateQuery = defineQuery<CycleState>('state');

const WORKFLOW_ID = /^ocop-cycle\/([^/]+)\/(\d+)$/;

/** `10-02881-012-2026`, 1 → `10-02881-012-2026.1`, the id in records and addresses. */
export function cycleIdOf(productCode: string, cycleNumber: number): string {
  return `${productCode}.${cycleNumber}`;
}

/** `10-02881-012-2026.1` → `ocop-cycle/10-02881-012-2026/1`. */
export function workflowIdOf(cycleId: string): string {
  const dot = cycleId.lastIndexOf('.');
  return `ocop-cycle/${cycleId.slice(0, dot)}/${cycleId.slice(dot + 1)}`;
}

/** The cycle of a workflow id; undefined for other workflows. */
export function cycleIdFromWorkflowId(workflowId: string): string | undefined {
  const [, productCode, number] = WORKFLOW_ID.exec(workflowId) ?? [];
  return productCode && number ? cycleIdOf(productCode, Number(number)) : undefined;
}
