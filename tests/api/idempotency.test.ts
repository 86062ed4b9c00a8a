import { randomUUID } from 'node:crypto';
import { type Reserved, reserve, sweepIdempotency } from '../../api/http/idempotency';
import { HttpProblem } from '../../api/http/problem';
import { useDatabase } from '../support/env';

const store = useDatabase();
const BEGAN = Date.UTC(2026, 9, 1);
const MINUTE_AND_MORE = 61_000;

function request(key = randomUUID()) {
  return { tokenId: 'token', key, request: 'POST /api/cycles', body: Buffer.from('{}') };
}

async function taken(asked: ReturnType<typeof request>, at: number): Promise<Reserved> {
  const reservation = await reserve(store.db, asked, at);
  if (reservation.kind !== 'reserved') throw new Error('the key has an answer already');
  return reservation;
}

describe('an attempt with a key', () => {
  it('after one that was cut off has what that one noted', async () => {
    const asked = request();
    await (await taken(asked, BEGAN)).saveProgress({ cycleId: 'a' });
    expect((await taken(asked, BEGAN + MINUTE_AND_MORE)).progress).toEqual({ cycleId: 'a' });
  });

  it('after one that let the key go may begin at once, with what that one noted', async () => {
    const asked = request();
    const first = await taken(asked, BEGAN);
    await first.saveProgress({ cycleId: 'a' });
    await first.release();
    expect((await taken(asked, BEGAN + 1)).progress).toEqual({ cycleId: 'a' });
  });

  it('keeps what was noted through the sweep at a start of the API', async () => {
    const asked = request();
    const first = await taken(asked, BEGAN);
    await first.saveProgress({ cycleId: 'a' });
    await first.release();
    await sweepIdempotency(store.db, BEGAN);
    expect((await taken(asked, BEGAN)).progress).toEqual({ cycleId: 'a' });
  });

  it('that was taken for cut off can neither note, answer nor let go any more', async () => {
    const asked = request();
    const slow = await taken(asked, BEGAN);
    const second = await taken(asked, BEGAN + MINUTE_AND_MORE);
    for (const late of [slow.saveProgress({ cycleId: 'slow' }), slow.keep({ status: 201, body: 'slow', headers: {} }), slow.release()])
      await expect(late).rejects.toBeInstanceOf(HttpProblem);
    await second.keep({ status: 201, body: 'second', headers: {} });
    expect(await reserve(store.db, asked, BEGAN + MINUTE_AND_MORE)).toMatchObject({ kind: 'answered', answer: { body: 'second' } });
  });
});
