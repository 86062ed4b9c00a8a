/** What the records say of a cycle beside its event: since when it waits, and which reminders still wait to go out. */
import { recordTransition } from '../../activities/record-transition';
import { decide } from '../../domain/cycle/decide';
import type { CycleEvent } from '../../domain/cycle/events';
import { register } from '../../domain/cycle/register';
import type { CycleState } from '../../domain/cycle/state';
import { startOfDay } from '../../domain/dates';
import { actor, nineOn, registration } from '../domain/cycle/walk';
import { rulesOf } from '../domain/rules-of';
import { useDatabase } from '../support/env';

const database = useDatabase();
const R3 = rulesOf('qd-26-2026', 'ninh-binh-2026');

async function record({ state, event }: { state: CycleState; event: CycleEvent }): Promise<CycleState> {
  const { rules: _rules, ...rest } = state;
  expect(await recordTransition(database.db, { event, state: rest, planId: 'ninh-binh-2026', regimeId: 'qd-26-2026', key: null })).toBe(
    true,
  );
  return state;
}

/** Recorded at nine on one day, in force in law since another. */
async function does(state: CycleState, action: string, at: number, on: string, payload: object = {}): Promise<CycleState> {
  const decision = decide(state, { action, payload, actor: actor('commune_staff'), on, noteId: 'note' }, at);
  if (!decision.ok) throw new Error(decision.refusal.message.en);
  return await record(decision);
}

async function idea(number: number, on: string, at: number): Promise<CycleState> {
  const productCode = `37-14329-90${number}-2026`;
  await database.db.producer.create({ data: { id: productCode, name: `HTX số ${number}`, communeCode: '14329' } });
  const place = { provinceCode: '37', communeCode: '14329' };
  await database.db.product.create({ data: { code: productCode, name: 'Mật ong', producerId: productCode, ...place } });
  return await record(register({ ...registration(R3, { on }), productCode, cycleId: `${productCode}.1` }, at));
}

async function waitsSince({ cycleId }: CycleState): Promise<[number, number]> {
  const row = await database.db.cycle.findUniqueOrThrow({ where: { id: cycleId } });
  return [row.stageEnteredAt.getTime(), row.stepEnteredAt.getTime()];
}

test('what is recorded later than it happened waits since its legal day; the state keeps when it was recorded', async () => {
  let state = await idea(1, '2026-10-08', nineOn('2026-10-12'));
  expect(await waitsSince(state)).toEqual([startOfDay('2026-10-08'), startOfDay('2026-10-08')]);
  expect(state.stageEnteredAt).toBe(nineOn('2026-10-12'));

  state = await does(state, 'assign-officer', nineOn('2026-10-12') + 1, '2026-10-12', { side: 'commune', officerId: null });
  expect(await waitsSince(state)).toEqual([startOfDay('2026-10-08'), startOfDay('2026-10-08')]);

  state = await does(state, 'accept-idea', nineOn('2026-10-13'), '2026-10-13');
  state = await does(state, 'submit-dossier', nineOn('2026-10-14'), '2026-10-14');
  expect(await waitsSince(state)).toEqual([nineOn('2026-10-14'), nineOn('2026-10-14')]);

  state = await does(state, 'request-supplement', nineOn('2026-10-20'), '2026-10-16');
  expect(await waitsSince(state)).toEqual([nineOn('2026-10-14'), startOfDay('2026-10-16')]);
});

test('a dossier that ends leaves no reminder of the plan’s tasks waiting', async () => {
  let state = await idea(2, '2026-10-12', nineOn('2026-10-12'));
  state = await does(state, 'accept-idea', nineOn('2026-10-13'), '2026-10-13');
  const { cycleId } = state;
  const aboutTasks = { cycleId, subject: { startsWith: 'task:' } };
  expect(await database.db.nudge.count({ where: { ...aboutTasks, status: 'planned' } })).toBeGreaterThan(3);
  state = await does(state, 'assign-officer', nineOn('2026-10-13') + 1, '2026-10-13', { side: 'commune', officerId: null });
  expect(await database.db.nudge.count({ where: { ...aboutTasks, status: 'suppressed' } })).toBe(0);

  state = await does(state, 'withdraw', nineOn('2026-10-14'), '2026-10-14');
  expect(state.stage).toBe('closed');
  expect(await database.db.nudge.count({ where: { ...aboutTasks, status: 'planned' } })).toBe(0);
  expect(await database.db.nudge.findFirst({ where: aboutTasks })).toMatchObject({
    status: 'suppressed',
    reasonVi: 'Chu trình đã kết thúc',
  });
});
