/**
 * The measure beside the product: a bare workflow that does the same waits and one insert per transition, with nothing of the product in it.
 */
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineUpdate,
  proxyLocalActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { BareActivities } from './activities';

export const eventUpdate = defineUpdate<number, [string]>('event');

const { insert } = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '5 seconds', retry: { maximumAttempts: 3 } });

const WAIT_MS = 30 * 86_400_000;

export interface BareInput {
  events: number;
  /** Counts of events after which a new run begins, as a cycle's does at the end of a stage. */
  newRunAfter: readonly number[];
  done?: number;
}

/** Waits for people beside one timer that is set anew after each event; one row at start and one per event. */
export async function bareCycle({ events, newRunAfter, done: before = 0 }: BareInput): Promise<void> {
  const { workflowId } = workflowInfo();
  let done = before;
  let seen = before;
  let last: Promise<unknown> = before === 0 ? insert({ workflowId, sequence: 0, name: 'start' }) : Promise.resolve();
  setHandler(eventUpdate, async (name) => {
    const sequence = ++seen;
    last = last.then(() => insert({ workflowId, sequence, name }));
    await last;
    done += 1;
    return sequence;
  });
  await last;
  while (done < events) {
    const had = done;
    await condition(() => done > had, WAIT_MS);
    await condition(allHandlersFinished);
    if (newRunAfter.includes(done)) await continueAsNew<typeof bareCycle>({ events, newRunAfter, done });
  }
  await sleep(WAIT_MS);
}
