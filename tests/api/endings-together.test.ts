/** One decision on many certificates is done for all or for none, and goes on where the process died. */
import { randomUUID } from 'node:crypto';
import { temporalGateway } from '../../api/gateway';
import { COMMUNE, type Answer, useApi } from './support/api';

jest.setTimeout(120_000);
const api = useApi({ on: '2026-08-03' });

let products = 0;
async function watched(): Promise<{ path: string; code: string }> {
  products += 1;
  const code = `TOG-${products}`;
  const path = await api.register({
    productName: `Nem số ${products}`,
    producer: { name: 'HTX Yên Mạc' },
    productSet: 9,
    kind: 'new',
    communeCode: COMMUNE,
    certificate: { stars: 3, issuedOn: '2025-03-10', decisionNumber: '45/QĐ-UBND', issuedBy: 'UBND tỉnh', code },
  });
  return { path, code };
}

const decision = (number: string, codes: readonly string[], more: object = {}): object => ({
  kind: 'revocation',
  decisionNumber: number,
  on: '2026-08-03',
  reason: 'Kết luận kiểm tra',
  ground: 'CRITERIA_NOT_MAINTAINED',
  certificates: codes.map((code) => ({ code })),
  ...more,
});
const send = async (body: object, key: string = randomUUID()): Promise<Answer> =>
  await api.send('POST', '/api/ending-decisions', { body, token: api.tokens.province, headers: { 'idempotency-key': key } });
const events = async (number: string): Promise<number> => await api.database.db.cycleEvent.count({ where: { sourceDocument: number } });
const register = async (number: string) =>
  await api.database.db.endingDecision.findFirst({ where: { number }, include: { items: { orderBy: { certificateCode: 'asc' } } } });

describe('all or none', () => {
  it('one certificate whose cycle would refuse keeps the others as they are, and leaves no trace of the decision', async () => {
    const [a, b, c] = [await watched(), await watched(), await watched()];
    // The last entry in this cycle is of 03/08: a decision signed before it does not fit.
    const inspected = { kind: 'periodic', finding: 'compliant', on: '2026-08-03' };
    const action = await api.send('POST', `${b.path}/actions/record-inspection`, { body: inspected, token: api.tokens.province });
    expect(action.status).toBe(200);
    const earlier = decision('201/QĐ-UBND', [a.code, b.code, c.code], { on: '2026-08-01' });
    const refused = await send(earlier);
    expect(refused.status).toBe(422);
    expect((refused.body['problems'] as { field: string }[]).map(({ field }) => field)).toContain(`certificates.${b.code}`);
    const unknown = await send(decision('202/QĐ-UBND', [a.code, 'TOG-NONE']));
    expect(unknown.status).toBe(422);
    for (const { path } of [a, b, c]) expect((await api.send('GET', path)).body).toMatchObject({ stage: 'validity', outcome: null });
    for (const number of ['201/QĐ-UBND', '202/QĐ-UBND']) expect([await events(number), await register(number)]).toEqual([0, null]);
  });

  it('verifies every certificate before the first is ended', async () => {
    const three = [await watched(), await watched(), await watched()];
    const asked: string[] = [];
    const real = temporalGateway(api.temporal.client, { taskQueue: api.taskQueue, clockOffsetMs: api.clockOffsetMs, deadlineMs: 30_000 });
    const counting = await api.another({
      gateway: {
        ...real,
        act: async (...call) => {
          asked.push(call[0]);
          return await real.act(...call);
        },
      },
    });
    // The one that is refused stands last: had the others been ended one by one, they would be gone by then.
    const body = decision('203/QĐ-UBND', [...three.map(({ code }) => code), 'TOG-NONE']);
    const refused = await counting.send('POST', '/api/ending-decisions', { body, token: api.tokens.province });
    await counting.close();
    expect([refused.status, asked]).toEqual([422, []]);
  });
});

describe('a process that dies half-way', () => {
  it('after the deed and before its answer: the same request goes on, and nothing is done or entered twice', async () => {
    const many = [await watched(), await watched(), await watched(), await watched(), await watched()];
    const body = decision(
      '204/QĐ-UBND',
      many.map(({ code }) => code),
    );
    const real = temporalGateway(api.temporal.client, { taskQueue: api.taskQueue, clockOffsetMs: api.clockOffsetMs, deadlineMs: 30_000 });
    let deeds = 0;
    const dying = await api.another({
      gateway: {
        ...real,
        act: async (...call) => {
          deeds += 1;
          if (deeds > 2) throw new Error('the process is gone');
          const acted = await real.act(...call);
          if (deeds === 2) throw new Error('the process is gone');
          return acted;
        },
      },
    });
    const key = randomUUID();
    const cut = await dying.send('POST', '/api/ending-decisions', {
      body,
      token: api.tokens.province,
      headers: { 'idempotency-key': key },
    });
    await dying.close();
    expect(cut.status).toBe(500);
    const half = await events('204/QĐ-UBND');
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(many.length);
    expect((await register('204/QĐ-UBND'))?.items.length).toBeLessThan(many.length);

    const again = await send(body, key);
    expect(again.body).toMatchObject({ counts: { total: many.length, unchanged: half, ended: many.length - half } });
    expect(await events('204/QĐ-UBND')).toBe(many.length);
    expect((await register('204/QĐ-UBND'))?.items.map(({ outcome }) => outcome)).toEqual(many.map(() => 'ended'));
    for (const { path } of many) expect((await api.send('GET', path)).body).toMatchObject({ stage: 'closed', outcome: 'revoked' });
    expect((await send(body)).body).toMatchObject({ counts: { unchanged: many.length } });
    expect(await events('204/QĐ-UBND')).toBe(many.length);
  });

  it('and meanwhile another decision ended one of the rest: that is told, with how many were ended before, until the list is put right', async () => {
    const three = [await watched(), await watched(), await watched()];
    const [first, , last] = three.map(({ code }) => code);
    const whole = decision(
      '205/QĐ-UBND',
      three.map(({ code }) => code),
    );
    ok(await send(decision('205/QĐ-UBND', [first ?? ''])));
    ok(await send(decision('206/QĐ-UBND', [last ?? ''])));
    const refused = await send(whole);
    expect(refused.status).toBe(422);
    expect(refused.body['detail']).toContain('1 giấy đã thu hồi trước đó');
    expect(refused.body['problems']).toMatchObject([{ field: `certificates.${last}` }]);
    const good = await api.send('POST', '/api/ending-decisions?mode=good', { body: whole, token: api.tokens.province });
    expect(good.body).toMatchObject({ counts: { total: 3, unchanged: 1, ended: 1, refused: 1 } });
  });
});

function ok(answer: Answer): void {
  expect(answer.status).toBe(200);
}
