/**
 * The measure beside the product: a bare workflow that does the same waits and one insert per transition, with nothing of the product in it.
 */
import { allHandlersFinished, condition, defineUpdate, proxyLocalActivities, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import type { BareActivities } from './activities';

export const eventUpdate = defineUpdate<number, [string]>('event');

const { insert } = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '5 seconds', retry: { maximumAttempts: 3 } });

const WAIT_MS = 30 * 86_400_000;

/** Waits for people beside one timer that is set anew after each event; one row at start and one per event. */
export async function bareCycle(events: number): Promise<void> {
  const { workflowId } = workflowInfo();
  let done = 0;
  let seen = 0;
  let last: Promise<unknown> = insert({ workflowId, sequence: 0, name: 'start' });
  setHandler(eventUpdate, async (name) => {
    const sequence = ++seen;
    last = last.then(() => insert({ workflowId, sequence, name }));
    await last;
    done += 1;
    return sequence;
  });
  await last;
  while (done < events) {
    const before = done;
    await condition(() => done > before, WAIT_MS);
  }
  await condition(allHandlersFinished);
  await sleep(WAIT_MS);
}
