/** Histories of every stage, as released versions wrote them, must replay on the present code; a run whose history was altered must not. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { dataConverter } from '../../clients/payload-compression';
import { STAGES } from '../../domain/cycle/stages';
import { fromSetup, quietRuntime } from '../support/env';

const FOLDER = join(__dirname, '..', 'histories');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

interface StoredEvent {
  eventType: string;
  [attributes: string]: unknown;
}
interface StoredHistory {
  workflowId: string;
  stage: string;
  history: { events: StoredEvent[] };
}
const stored = (file: string): StoredHistory => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as StoredHistory;

async function replay({ history, workflowId }: StoredHistory): Promise<void> {
  const workflowBundle = { codePath: fromSetup('OCOP_TEST_BUNDLE') };
  await Worker.runReplayHistory({ workflowBundle, dataConverter }, historyFromJSON(history), workflowId);
}

beforeAll(() => quietRuntime());

test('every stage that a cycle can be in has a stored history', () => {
  const open = STAGES.filter((stage) => stage !== 'closed');
  expect([...new Set(files.map((file) => stored(file).stage))]).toEqual(expect.arrayContaining(open));
});

test.each(files)('%s replays', async (file) => {
  await replay(stored(file));
});

test('a moment of the agenda costs at most seven events', () => {
  const moments = files.flatMap((file) => {
    // What a server that skips time adds of its own is not a cost of the product.
    const types = stored(file)
      .history.events.map((event) => event.eventType.replace('EVENT_TYPE_', ''))
      .filter((type) => !type.includes('TIME_SKIPPING'));
    const fired = types.flatMap((type, index) => (type === 'TIMER_FIRED' ? [index] : []));
    const untilNext = fired.map((from, index) => types.slice(from, fired[index + 1] ?? from));
    return untilNext.filter((events) => events.length && !events.some((type) => type.includes('UPDATE')));
  });
  expect(moments.length).toBeGreaterThan(10);
  for (const events of moments) expect(events.length).toBeLessThanOrEqual(7);
});

test('a history in which a timer became an activity does not replay', async () => {
  const withTimer = files.map(stored).find(({ history }) => history.events.some((event) => event.eventType === 'EVENT_TYPE_TIMER_STARTED'));
  if (!withTimer) throw new Error('no stored history has a timer');
  const events = withTimer.history.events.map(({ timerStartedEventAttributes, ...event }) => {
    if (!timerStartedEventAttributes) return event;
    const taskQueue = { name: 'q', kind: 'TASK_QUEUE_KIND_NORMAL' };
    const activityTaskScheduledEventAttributes = { activityId: '1', activityType: { name: 'recordTransition' }, taskQueue };
    return { ...event, eventType: 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED', activityTaskScheduledEventAttributes };
  });
  await expect(replay({ ...withTimer, history: { events } })).rejects.toThrow(DeterminismViolationError);
});
