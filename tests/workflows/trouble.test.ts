/** Technical trouble: nothing ends a cycle, it asks for attention and goes on when the cause is gone. */
import { createCycleActivities } from '../../activities/cycle-activities';
import { decide } from '../../domain/cycle/decide';
import type { ActionName } from '../../domain/cycle/actions';
import type { LocalDate } from '../../domain/dates';
import { actionUpdates, catchUpSignal, retrySignal, workflowIdOf } from '../../workflows/messages';
import { rulesOf } from '../domain/rules-of';
import { actor, registration } from '../domain/cycle/walk';
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
      return await real.recordTransition(entry);
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

/** As after a kill of the engine: the record stands, the task that would have told the cycle is lost. */
async function recordedAndLost(cycle: LiveCycle, action: ActionName, on: LocalDate, key: string): Promise<void> {
  const before = await cycle.state();
  const decision = decide(before, { action, payload: {}, actor: actor('administrator'), on, noteId: 'n' }, before.stepEnteredAt + 1_000);
  if (!decision.ok) throw new Error(decision.refusal.message.en);
  const { rules, ...state } = decision.state;
  const entry = { event: decision.event, state, planId: rules.planId, regimeId: rules.regimeId, key };
  expect(await createCycleActivities(database.db).recordTransition(entry)).toBeNull();
}

describe('a cycle that lost a task after its record stood', () => {
  it('finds out at the next action, which is decided anew on what the records hold', async () => {
    const cycle = await start();
    await recordedAndLost(cycle, 'accept-idea', '2026-08-03', 'lost');
    const answer = await cycle.does('assign-officer', { side: 'commune', officerId: 'o-1' }, '2026-08-11');
    expect(answer).toMatchObject({ sequence: 3, stage: 'product_completion' });
    expect(await cycle.recorded()).toEqual(['register', 'accept-idea', 'assign-officer']);
    expect(await cycle.row()).toMatchObject({ sequence: 3, step: 'awaiting_dossier', communeOfficerId: 'o-1' });
  });

  it('does nothing twice when the lost action itself is asked for again', async () => {
    const cycle = await start();
    await recordedAndLost(cycle, 'accept-idea', '2026-08-03', 'lost');
    const message = {
      request: { action: 'accept-idea' as const, payload: {}, actor: actor('administrator'), on: '2026-08-03', noteId: 'n' },
      key: 'lost',
    };
    const handle = temporal.client.workflow.getHandle(workflowIdOf(cycle.cycleId));
    await expect(handle.executeUpdate(actionUpdates['accept-idea'], { args: [message] })).resolves.toMatchObject({ sequence: 2 });
    expect(await cycle.recorded()).toEqual(['register', 'accept-idea']);
  });

  it('reads on in the records when told, and takes actions of the step that it did not know', async () => {
    const cycle = await start();
    await recordedAndLost(cycle, 'accept-idea', '2026-08-03', 'lost');
    await temporal.client.workflow.getHandle(workflowIdOf(cycle.cycleId)).signal(catchUpSignal);
    await expect(cycle.does('submit-dossier', {}, '2026-08-12')).resolves.toMatchObject({ sequence: 3, stage: 'commune_assessment' });
    expect(await cycle.recorded()).toEqual(['register', 'accept-idea', 'submit-dossier']);
  });
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
