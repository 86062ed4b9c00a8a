/**
 * Time that is skipped instead of waited for, per workflow, on the real engine (server 1.32; only servers started for it have the flag).
 * Workflows see virtual time; activities see the machine's clock, so they take their time as an argument.
 */
import { randomUUID } from 'node:crypto';
import type { Client, ConnectionLike } from '@temporalio/client';
import { msToTs, optionalTsToDate } from '@temporalio/common/lib/time';
import type { temporal } from '@temporalio/proto';

type StartRequest = temporal.api.workflowservice.v1.IStartWorkflowExecutionRequest;
type SignalWithStartRequest = temporal.api.workflowservice.v1.ISignalWithStartWorkflowExecutionRequest;
type MultiOperationRequest = temporal.api.workflowservice.v1.IExecuteMultiOperationRequest;

export type TimeSkipping = temporal.api.common.v1.ITimeSkippingConfig;

/** The server stops skipping silently after a default number of skips (200); this is what it is given instead. */
const MOST_SKIPS = 1_000;

/** Skips every wait until there is nothing left to wait for. */
export const SKIP_EVERYTHING: TimeSkipping = { enabled: true, maxSessionSkipCount: MOST_SKIPS };

function limited(config: TimeSkipping): TimeSkipping {
  return { maxSessionSkipCount: MOST_SKIPS, ...config };
}

/**
 * From now on every workflow started through this connection (start, signal-with-start, update-with-start) skips time from its first timer.
 * The client has no option for it, so its service is wrapped.
 * @param config asked at each start; undefined = real time
 */
export function skipFromStart(connection: Pick<ConnectionLike, 'workflowService'>, config: () => TimeSkipping | undefined): void {
  const service = connection.workflowService;
  const start = service.startWorkflowExecution;
  const signalWithStart = service.signalWithStartWorkflowExecution;
  const multiOperation = service.executeMultiOperation;
  const withSkipping = <Request extends object>(request: Request): Request => {
    const wanted = config();
    return wanted ? { ...request, timeSkippingConfig: limited(wanted) } : request;
  };
  Object.assign(service, {
    startWorkflowExecution: async (request: StartRequest) => await start.call(service, withSkipping(request)),
    signalWithStartWorkflowExecution: async (request: SignalWithStartRequest) => await signalWithStart.call(service, withSkipping(request)),
    executeMultiOperation: async (request: MultiOperationRequest) => {
      const operations = (request.operations ?? []).map((operation) =>
        operation.startWorkflow ? { ...operation, startWorkflow: withSkipping(operation.startWorkflow) } : operation,
      );
      return await multiOperation.call(service, { ...request, operations });
    },
  });
}

/** Sets the skipping of a running workflow: { enabled: false } lets it stand in real time, { enabled: true } goes on to the end. */
export async function setSkipping(client: Client, workflowId: string, config: TimeSkipping): Promise<void> {
  await client.workflowService.updateWorkflowExecutionOptions({
    namespace: client.options.namespace,
    workflowExecution: { workflowId },
    workflowExecutionOptions: { timeSkippingConfig: limited(config) },
    updateMask: { paths: ['time_skipping_config'] },
  });
}

/**
 * Moves a running workflow forward by that many milliseconds and waits until it is there; then its clock runs on at real speed.
 * @param patience how long to wait, in real milliseconds
 * @throws Error when the workflow ended before, or another fast-forward replaced this one
 */
export async function fastForward(client: Client, workflowId: string, milliseconds: number, patience = 30_000): Promise<void> {
  const fastForwardId = randomUUID();
  await setSkipping(client, workflowId, { enabled: true, fastForwardConfig: { id: fastForwardId, duration: msToTs(milliseconds) } });
  const request = { namespace: client.options.namespace, workflowExecution: { workflowId }, fastForwardId };
  const poll = async () => await client.workflowService.pollWorkflowExecutionTimeSkipping(request);
  const answer = await client.connection.withDeadline(Date.now() + patience, poll);
  if (answer.failedReason) throw new Error(`${workflowId} was not moved forward: ${answer.failedReason}`);
}

export interface SkipInfo {
  /** Where the workflow's own clock stands. */
  now: Date | undefined;
  /** Whether it still skips. */
  enabled: boolean;
  /** Skips so far in this session; at the limit skipping stops silently. */
  skips: number;
}

/** Where a workflow's clock stands; undefined for one that never skipped. */
export async function skipInfo(client: Client, workflowId: string): Promise<SkipInfo | undefined> {
  const request = { namespace: client.options.namespace, execution: { workflowId } };
  const { workflowExtendedInfo } = await client.workflowService.describeWorkflowExecution(request);
  const info = workflowExtendedInfo?.timeSkippingInfo;
  if (!info) return undefined;
  return {
    now: optionalTsToDate(info.currentTime),
    enabled: info.effectiveConfig?.enabled ?? false,
    skips: info.currentSessionSkipCount ?? 0,
  };
}
