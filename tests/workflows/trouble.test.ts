/** Technical trouble: nothing ends a cycle, it asks for attention and goes on when the cause is gone. */
import { createCycleActivities } from '../../activities/cycle-activities';
import { retrySignal, workflowIdOf } from '../../workflows/messages';
import { rulesOf } from '../domain/rules-of';
import { registration } from '../domain/cycle/walk';
import { useDatabase, useTemporal } from '../support/env';
import { setSkipping } from '../support/skipping';
import { eventually } from '../support/eventually';
import { LiveCycle } from './live';

jest.setTimeout(120_000);
class DatabaseAway extends Error {
  override name = 'DatabaseAway';
}
let broken = false;
let refusals = 0;
const database = useDatabase();
const temporal = useTemporal(() => {
  const real = createCycleActivities(database.db);
  return {
    ...real,
    recordTransition: async (entry: Parameters<typeof real.recordTransition>[0]) => {
      refusals += broken ? 1 : 0;
      if (broken) throw new DatabaseAway('could not write for Nguyễn Văn A');
      await real.recordTransition(entry);
    },
  };
});
const deps = () => ({ client: temporal.client, db: database.db, taskQueue: temporal.taskQueue });
const start = async (): Promise<LiveCycle> => await LiveCycle.start(deps(), registration(rulesOf()));

test('while the records are away the action waits; the cycle asks for attention and is written when told to try again', async () => {
  const cycle = await start();
  broken = true;
  const answer = cycle.does('accept-idea', {}, '2026-08-03');
  await eventually(() => expect(refusals).toBeGreaterThan(0));
  // Retries pause for minutes; the cycle's own time skips over them.
  await setSkipping(temporal.client, workflowIdOf(cycle.cycleId), { enabled: true });
  await eventually(async () => expect((await cycle.row()).needsAttention).toBe('DatabaseAway'));
  expect(await cycle.recorded()).toEqual(['register']);

  broken = false;
  await temporal.client.workflow.getHandle(workflowIdOf(cycle.cycleId)).signal(retrySignal);
  await expect(answer).resolves.toMatchObject({ stage: 'product_completion', sequence: 2 });
  expect(await cycle.row()).toMatchObject({ needsAttention: null, step: 'awaiting_dossier' });
});

test('a short absence of the records is bridged without anybody noticing', async () => {
  const cycle = await start();
  broken = true;
  const answer = cycle.does('accept-idea', {}, '2026-08-03');
  setTimeout(() => (broken = false), 250);
  await expect(answer).resolves.toMatchObject({ sequence: 2 });
  expect(await cycle.recorded()).toEqual(['register', 'accept-idea']);
});

test('recording the same transition again changes nothing', async () => {
  const cycle = await start();
  await cycle.does('accept-idea', {}, '2026-08-10');
  const before = await snapshot(cycle.cycleId);
  const { rules, ...state } = await cycle.state();
  const event = {
    cycleId: cycle.cycleId,
    sequence: 1,
    name: 'register' as const,
    actor: { id: 'x', role: 'system' as const, office: 'x', provinceCode: null, communeCode: null },
    at: 0,
    on: '2026-08-03',
    from: null,
    to: { stage: state.stage, step: state.step },
    outcome: null,
    payload: {},
    noteId: null,
    sourceDocument: null,
    rulesVersion: rules.version,
    deadlines: [],
    nudges: [],
    tasks: [],
  };
  await createCycleActivities(database.db).recordTransition({
    event,
    state: { ...state, sequence: 1 },
    planId: 'p',
    regimeId: 'r',
    key: null,
  });
  expect(await snapshot(cycle.cycleId)).toEqual(before);
});

async function snapshot(cycleId: string): Promise<object> {
  const { db } = database;
  return {
    cycle: await db.cycle.findUnique({ where: { id: cycleId } }),
    events: await db.cycleEvent.findMany({ where: { cycleId } }),
    deadlines: await db.deadline.findMany({ where: { cycleId } }),
    nudges: await db.nudge.findMany({ where: { cycleId } }),
  };
}
