/** An Idempotency-Key over HTTP: the first answer again, and nothing done twice. */
import { COMMUNE, useApi } from './support/api';
import { product } from './support/products';

const api = useApi({ on: '2026-08-03' });

const registered = async (name: string): Promise<string> => await api.register(product(name));

describe('an Idempotency-Key', () => {
  const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });

  it('gives the first answer again, also after a restart, and starts nothing twice', async () => {
    const first = await api.send('POST', '/api/cycles', { body: product('Gạo nếp'), ...keyed('k-1') });
    const again = await api.send('POST', '/api/cycles', { body: product('Gạo nếp'), ...keyed('k-1') });
    const restarted = await api.another();
    const later = await restarted.send('POST', '/api/cycles', { body: product('Gạo nếp'), ...keyed('k-1') });
    await restarted.close();
    expect(first.status).toBe(201);
    for (const answer of [again, later]) {
      expect(answer.status).toBe(201);
      expect(answer.body).toEqual(first.body);
      expect(answer.headers.get('location')).toBe(first.headers.get('location'));
      expect(answer.headers.get('idempotency-replayed')).toBe('true');
    }
  });

  it('refuses another body, and tells a kept refusal in the language asked for now', async () => {
    const path = await registered('Gạo tẻ');
    const action = `${path}/actions/resume`;
    expect((await api.send('POST', action, { body: {}, ...keyed('k-2') })).status).toBe(409);
    const headers = { 'idempotency-key': 'k-2', 'accept-language': 'en' };
    expect((await api.send('POST', action, { body: {}, headers })).body).toMatchObject({ status: 409, title: 'Not allowed at this step' });
    expect((await api.send('POST', action, { body: { reason: 'khác' }, headers })).body).toMatchObject({
      status: 422,
      type: '/problems/key-reused',
    });
  });

  it('lets one of two at once do the work', async () => {
    const both = await Promise.all(
      [1, 2].map(async () => await api.send('POST', '/api/cycles', { body: product('Gạo lứt'), ...keyed('k-3') })),
    );
    const statuses = both.map(({ status }) => status).sort((a, b) => a - b);
    expect([
      [201, 201],
      [201, 409],
    ]).toContainEqual(statuses);
    if (statuses[1] === 409) expect(both.find(({ status }) => status === 409)?.headers.get('retry-after')).toBe('2');
    expect(await api.database.db.product.count({ where: { name: 'Gạo lứt' } })).toBe(1);
  });

  it('acts once when the answer was lost on the way', async () => {
    const path = await registered('Gạo tám');
    const lost = await api.another({ db: forgetful(api.parts.db) });
    const answer = await lost.send('POST', `${path}/actions/accept-idea`, { body: {}, ...keyed('k-4') });
    await lost.close();
    expect(answer.status).toBe(500);
    const again = await api.send('POST', `${path}/actions/accept-idea`, { body: {}, ...keyed('k-4') });
    expect(again.body).toMatchObject({ step: 'awaiting_dossier' });
    const events = await api.send('GET', `${path}/events`);
    expect((events.body['items'] as object[]).length).toBe(2);
  });

  it('does not keep a token: a repetition has null in its place', async () => {
    const body = { name: 'máy quét', role: 'commune_staff', office: COMMUNE };
    const made = await api.send('POST', '/api/tokens', { body, ...keyed('k-5') });
    expect(made.body['token']).toMatch(/^ocop_/);
    const again = await api.send('POST', '/api/tokens', { body, ...keyed('k-5') });
    expect(again.body).toEqual({ ...made.body, token: null });
  });
});

/** Records that lose the answer of an action: the read after it fails once. */
function forgetful(db: typeof api.parts.db): typeof api.parts.db {
  let reads = 0;
  return new Proxy(db, {
    get(target, name) {
      if (name !== 'cycle') return Reflect.get(target, name) as unknown;
      return new Proxy(target.cycle, {
        get(table, method) {
          if (method === 'findUnique' && ++reads === 2) throw new Error('connection lost');
          return Reflect.get(table, method) as unknown;
        },
      });
    },
  });
}
