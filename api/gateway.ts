/**
 * The one place where the API meets the engine: starts cycles, hands actions to them, and waits no longer than a deadline for the answer. Everything
 * that can happen to a request is a value; only faults of the program throw.
 */
import {
  type Client,
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import { ApplicationFailure } from '@temporalio/common';
import { optionalTsToMs } from '@temporalio/common/lib/time';
import type { Request } from '../domain/cycle/action';
import { isActionName } from '../domain/cycle/actions';
import type { Refusal } from '../domain/cycle/decide';
import { register, type Registration } from '../domain/cycle/register';
import {
  type ActAnswer,
  actionUpdates,
  catchUpSignal,
  CYCLE_WORKFLOW,
  type CycleInput,
  REFUSED,
  retrySignal,
  stateQuery,
  workflowIdOf,
} from '../workflows/messages';
import { startedWith } from '../workflows/search-attributes';

/** Nobody answered before the deadline; what was sent may still happen, and the same key later gets the one answer. */
export type Unavailable = { kind: 'unavailable' };

/** The engine runs no such cycle: it has ended, or never began. */
export type Gone = { kind: 'gone' };

export type Acted = { kind: 'done'; answer: ActAnswer } | { kind: 'refused'; refusal: Refusal } | Gone | Unavailable;

/** What readiness needs to know of the engine. */
export interface EngineHealth {
  reachable: boolean;
  workerPolling: boolean;
}

export interface CycleGateway {
  /** Starts the cycle's workflow once; a second start of the same cycle changes nothing. */
  start(registration: Registration): Promise<{ kind: 'started' | 'already-started' } | Unavailable>;
  /** Waits until the cycle has dealt with its registration. */
  recorded(cycleId: string): Promise<{ kind: 'recorded' } | Gone | Unavailable>;
  /** Hands an action to the cycle and waits for its answer; the same key never acts twice. */
  act(cycleId: string, request: Request, key: string): Promise<Acted>;
  /** Tells a cycle that asks for attention to record again now. */
  retry(cycleId: string): Promise<{ kind: 'told' } | Gone | Unavailable>;
  /** Tells a cycle that the records know more than it does. */
  catchUp(cycleId: string): Promise<{ kind: 'told' } | Gone | Unavailable>;
  check(): Promise<EngineHealth>;
}

export interface GatewayOptions {
  taskQueue: string;
  /** Added to the engine's time to get the cycles' own time; zero in production. */
  clockOffsetMs?: number;
  /** How long an answer of the engine is waited for, in milliseconds. */
  deadlineMs?: number;
}

const DEADLINE_MS = 10_000;
const CHECK_DEADLINE_MS = 3_000;
/** A worker's long poll comes back within a minute; one not seen for longer than this is gone. */
const POLLER_SEEN_WITHIN_MS = 75_000;
const BETWEEN_RUNS_MS = 200;
const TASK_QUEUE_TYPE_WORKFLOW = 1;

/** gRPC codes that say "not now" and nothing about the request: cancelled, deadline, exhausted, precondition (no poller), aborted, unavailable. */
const NOT_NOW: readonly number[] = [1, 4, 8, 9, 10, 14];

/** The gateway to a Temporal service. */
export function temporalGateway(client: Client, options: GatewayOptions): CycleGateway {
  const { taskQueue, clockOffsetMs = 0, deadlineMs = DEADLINE_MS } = options;
  const within = async <T>(ms: number, work: () => Promise<T>): Promise<T> => await client.withDeadline(Date.now() + ms, work);

  async function act(cycleId: string, request: Request, key: string, retried = false): Promise<Acted> {
    if (!isActionName(request.action)) throw new RangeError(`no action ${request.action}`);
    const update = actionUpdates[request.action];
    const handle = client.workflow.getHandle(workflowIdOf(cycleId));
    try {
      const send = async () => await handle.executeUpdate(update, { args: [{ request, key }], updateId: key });
      return { kind: 'done', answer: await within(deadlineMs, send) };
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal) return { kind: 'refused', refusal };
      if (error instanceof WorkflowUpdateFailedError && !retried) {
        // The run ended between taking the action and doing it; the next run has not heard of it.
        await new Promise((resolve) => setTimeout(resolve, BETWEEN_RUNS_MS));
        return await act(cycleId, request, key, true);
      }
      return whyNot(error);
    }
  }

  async function tell(cycleId: string, signal: SignalDefinition): Promise<{ kind: 'told' } | Gone | Unavailable> {
    const handle = client.workflow.getHandle(workflowIdOf(cycleId));
    try {
      await within(deadlineMs, async () => await handle.signal(signal));
      return { kind: 'told' };
    } catch (error) {
      return whyNot(error);
    }
  }

  return {
    act: async (cycleId, request, key) => await act(cycleId, request, key),

    async start(registration) {
      const input: CycleInput = { registration, clockOffsetMs };
      const start = async () =>
        await client.workflow.start(CYCLE_WORKFLOW, {
          taskQueue,
          workflowId: workflowIdOf(registration.cycleId),
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          workflowIdConflictPolicy: 'FAIL',
          args: [input],
          staticSummary: registration.cycleId,
          typedSearchAttributes: startedWith(register(registration, Date.now() + clockOffsetMs).state),
        });
      try {
        await within(deadlineMs, start);
        return { kind: 'started' };
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return { kind: 'already-started' };
        if (isNotNow(error)) return { kind: 'unavailable' };
        throw error;
      }
    },

    async recorded(cycleId) {
      const handle = client.workflow.getHandle(workflowIdOf(cycleId));
      try {
        await within(deadlineMs, async () => await handle.query(stateQuery));
        return { kind: 'recorded' };
      } catch (error) {
        return whyNot(error);
      }
    },

    retry: async (cycleId) => await tell(cycleId, retrySignal),
    catchUp: async (cycleId) => await tell(cycleId, catchUpSignal),

    async check() {
      const request = {
        namespace: client.options.namespace,
        taskQueue: { name: taskQueue },
        taskQueueType: TASK_QUEUE_TYPE_WORKFLOW,
      };
      try {
        const { pollers } = await within(CHECK_DEADLINE_MS, async () => await client.workflowService.describeTaskQueue(request));
        const seen = (pollers ?? []).map((one) => optionalTsToMs(one.lastAccessTime) ?? 0);
        return { reachable: true, workerPolling: seen.some((at) => at > Date.now() - POLLER_SEEN_WITHIN_MS) };
      } catch {
        return { reachable: false, workerPolling: false };
      }
    },
  };
}

function refusalIn(error: unknown): Refusal | undefined {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  if (!(cause instanceof ApplicationFailure) || cause.type !== REFUSED) return undefined;
  const [refusal] = (cause.details ?? []) as Refusal[];
  return refusal;
}

function whyNot(error: unknown): Gone | Unavailable {
  if (error instanceof WorkflowNotFoundError) return { kind: 'gone' };
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isNotNow(error)) return { kind: 'unavailable' };
  throw error;
}

function isNotNow(error: unknown): boolean {
  if (isGrpcServiceError(error)) return NOT_NOW.includes(error.code);
  return error instanceof Error && isGrpcServiceError(error.cause) && NOT_NOW.includes(error.cause.code);
}
