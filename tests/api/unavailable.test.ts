import { temporalGateway } from '../../api/gateway';
import { COMMUNE, useApi } from './support/api';

const api = useApi({ on: '2026-08-03', worker: false, deadlineMs: 1_000 });

const body = { productName: 'Ốc núi', producer: { name: 'Tổ hợp tác Tam Điệp' }, productSet: 4, kind: 'new', communeCode: COMMUNE };
const headers = { 'idempotency-key': 'one-registration' };

describe('while no worker polls', () => {
  it('a request is answered within its deadline with 503, and later with the same key gets its one answer', async () => {
    const before = await api.send('GET', '/readyz', { token: null });
    expect(before.status).toBe(503);
    expect(before.body).toMatchObject({
      type: '/problems/unavailable',
      ready: false,
      database: true,
      temporal: true,
      workerPolling: false,
    });

    const first = await api.send('POST', '/api/cycles', { body, headers });
    expect(first.body).toMatchObject({ status: 503, type: '/problems/unavailable' });
    expect(Number(first.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await api.send('POST', '/api/cycles', { body, headers })).status).toBe(503);
    expect(await api.database.db.product.count()).toBe(1);

    await api.startWorker();
    const { taskQueue, clockOffsetMs } = api;
    const patient = await api.another({ gateway: temporalGateway(api.temporal.client, { taskQueue, clockOffsetMs, deadlineMs: 30_000 }) });
    const done = await patient.send('POST', '/api/cycles', { body, headers });
    expect(done.body).toMatchObject({ id: expect.stringMatching(/^37-14329-\d+-2026\.1$/) });
    expect(done.status).toBe(201);
    expect((await patient.send('GET', '/readyz', { token: null })).status).toBe(200);
    const again = await api.send('POST', '/api/cycles', { body, headers });
    expect(again.body).toEqual(done.body);
    const events = await api.send('GET', `${String(done.headers.get('location'))}/events`);
    expect((events.body['items'] as { name: string }[]).map(({ name }) => name)).toEqual(['register']);
    await patient.close();
  });
});
