/** An import outlives the process that carries it out. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Database, openDatabase } from '../../clients/database';
import { REAL_LIST } from '../api/imports/lists';
import { ADMIN_TOKEN, Topology } from './topology';

jest.setTimeout(240_000);

const topology = new Topology();
let db: Database;

beforeAll(async () => {
  await topology.start();
  await topology.ready();
  db = openDatabase(topology.databaseUrl);
  // Its first question takes as long as half an import.
  await db.cycle.count();
});

afterAll(async () => {
  await db.$disconnect();
  await topology.stop();
});

async function sendList(): Promise<Response> {
  return await fetch(`${topology.url}/api/imports/registrations?plan=qd-26-2026&province=68`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'text/csv', 'idempotency-key': 'the-list' },
    body: REAL_LIST,
  });
}

async function until(count: () => Promise<number>, least: number): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await pause(10)) if ((await count()) >= least) return;
  throw new Error(`${least} were not reached within a minute`);
}

/** Sends the list with the same key until the server knows again what became of the first sending. */
async function sendListAgain(): Promise<{ status: string; counts: Record<string, number> }> {
  for (const end = Date.now() + 180_000; Date.now() < end; await pause(500)) {
    const answer = await sendList();
    if (answer.ok) return (await answer.json()) as { status: string; counts: Record<string, number> };
    expect({ status: answer.status, again: answer.headers.has('retry-after') }).toEqual({ status: 409, again: true });
  }
  throw new Error('the list was not taken again within three minutes');
}

test('a list whose API was killed half-way goes on when it is sent again, and every row is registered once', async () => {
  const cutOff = sendList().then(
    () => 'answered',
    () => 'cut off',
  );
  await until(async () => await db.cycle.count(), 1);
  topology.kill('api');
  expect(await cutOff).toBe('cut off');
  expect(await db.product.count()).toBeLessThan(58);

  await topology.ready();
  const { status, counts } = await sendListAgain();
  expect(status).toBe('done');
  expect(counts).toMatchObject({ total: 60, done: 60, refused: 2 });
  expect((counts['created'] ?? 0) + (counts['unchanged'] ?? 0)).toBe(58);

  await until(async () => await db.cycle.count(), 58);
  expect([await db.product.count(), await db.cycle.count()]).toEqual([58, 58]);
  expect(await db.cycleEvent.count({ where: { name: 'register' } })).toBe(58);
  expect(await db.importJob.findMany({ select: { status: true } })).toEqual([{ status: 'done' }]);
});
