import { COMMUNE, rules, useApi } from './support/api';
import { findSet, offeredPoints } from '../../domain/stars/criteria';

const api = useApi({ on: '2026-08-03' });

const product = (name: string) => ({
  productName: name,
  producer: { name: 'Hợp tác xã Gia Viễn', type: 'Hợp tác xã', phone: '0912345678' },
  productSet: 4,
  kind: 'new',
  communeCode: COMMUNE,
});

const registered = async (name: string, more: object = {}): Promise<string> => await api.register({ ...product(name), ...more });

type Who = keyof typeof api.tokens;

/** Does an action; fails the test when it is refused. */
async function does(path: string, who: Who, action: string, body: object = {}): Promise<Record<string, unknown>> {
  const answer = await api.send('POST', `${path}/actions/${action}`, { body, token: api.tokens[who] });
  if (answer.status !== 200) throw new Error(`${action}: ${answer.text}`);
  return answer.body;
}

const FULL_REPORT = { assessedItems: ['local_origin', 'local_labour', 'idea_origin', 'local_identity'], samples: 5 };

async function toCouncil(path: string): Promise<void> {
  await does(path, 'commune', 'accept-idea');
  await does(path, 'commune', 'submit-dossier', { receiptNumber: '12/BN' });
  await does(path, 'commune', 'issue-commune-report', FULL_REPORT);
  await does(path, 'province', 'accept-package');
  await does(path, 'secretary', 'record-advisory-report');
}

describe('a product registered over HTTP', () => {
  it('gets a cycle with its number, its plan and whose turn it is', async () => {
    const made = await api.send('POST', '/api/cycles', { body: product('Mắm tép Gia Viễn'), token: api.tokens.commune });
    expect(made.body).toMatchObject({
      id: expect.stringMatching(/^37-14329-\d+-2026\.1$/),
      plan: 'ninh-binh-2026',
      stage: 'idea_registration',
      waitingFor: 'commune',
      availableActions: expect.arrayContaining(['accept-idea', 'decline-idea']),
    });
    expect(made.status).toBe(201);
    const read = await api.send('GET', String(made.headers.get('location')), { token: api.tokens.commune });
    expect(read.body).toEqual(made.body);
  });

  it('is not registered a second time while its cycle is open: the answer names the first', async () => {
    const path = await registered('Cơm cháy Nho Quan');
    const again = await api.send('POST', '/api/cycles', { body: product('cơm cháy  nho quan') });
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ type: '/problems/already-exists', cycleId: path.split('/').at(-1) });
  });

  it('follows a plan of its own place only: another’s is refused, naming those that may be chosen', async () => {
    const body = { ...product('Mắm cáy Gia Viễn'), plan: 'lai-chau-2024' };
    const refused = await api.send('POST', '/api/cycles', { body, token: api.tokens.commune });
    expect(refused.status).toBe(422);
    const [{ field, message }] = refused.body['problems'] as [{ field: string; message: string }];
    expect(field).toBe('plan');
    expect(message).toContain('Ủy ban nhân dân tỉnh Lai Châu');
    expect(message).toMatch(/Ninh Bình năm 2026 \(ninh-binh-2026\); Theo Quyết định 26.* \(qd-26-2026\)$/);
    const own = await api.send('POST', '/api/cycles', { body: { ...body, plan: 'qd-26-2026' }, token: api.tokens.commune });
    expect(own.body).toMatchObject({ plan: 'qd-26-2026' });
    const path = `/api/cycles/${String(own.body['id'])}/actions/adopt-rules`;
    const foreign = await api.send('POST', path, { body: { plan: 'lao-cai-2026', reason: 'Nhầm' }, token: api.tokens.province });
    expect([foreign.status, foreign.body['problems']]).toEqual([422, [expect.objectContaining({ field: 'plan' })]]);
  });

  it('walks from idea to certificate, each step by the office whose turn it is', async () => {
    const path = await registered('Rượu Kim Sơn');
    await toCouncil(path);
    const scored = await does(path, 'secretary', 'record-council-result', { sum: 209, members: 3 });
    expect(scored).toMatchObject({ step: 'awaiting_decision' });
    await does(path, 'province', 'decide', { decisionNumber: '900/QĐ-UBND', result: 'recognise', star: 3 });
    const certified = await does(path, 'province', 'issue-certificate', { number: '01/OCOP', issuedBy: 'UBND tỉnh Ninh Bình' });
    expect(certified).toMatchObject({
      certificate: { star: 3, issuedOn: '2026-08-03', validUntil: '2029-08-03', code: expect.stringMatching(/^OCOP-/) },
    });
    const watched = await does(path, 'province', 'publish-result');
    expect(watched).toMatchObject({ stage: 'validity', step: 'in_force', waitingFor: null });
  });

  it('is scored from the members’ sheets, and the verdict is entered once', async () => {
    const path = await registered('Nem Yên Mạc');
    await toCouncil(path);
    const set = findSet(rules.criteria, 4);
    const options = Object.fromEntries((set?.criteria ?? []).map((one) => [one.code, offeredPoints(one).at(-1) ?? 0]));
    const short = await api.send('POST', `${path}/actions/record-council-result`, {
      body: { sheets: [{ member: 'A', options: { '1.1': 99 } }] },
    });
    expect(short.status).toBe(422);
    const sheets = ['A', 'B', 'C'].map((member) => ({ member, options }));
    await does(path, 'secretary', 'record-council-result', { sheets });
    const events = await api.send('GET', `${path}/events`);
    const items = events.body['items'] as { name: string; payload: object }[];
    expect(items.at(-1)).toMatchObject({ name: 'record-council-result', payload: { verdict: { members: 3, star: 5, route: 'national' } } });
  });

  it('shows its history with the reasons, which the engine never sees', async () => {
    const path = await registered('Cá rô Tổng Trường');
    await does(path, 'commune', 'decline-idea', { reason: 'Không phải sản phẩm của địa phương', sourceDocument: '5/BC-UBND' });
    const events = await api.send('GET', `${path}/events?limit=1`);
    expect(events.body).toMatchObject({ items: [{ name: 'register', sequence: 1 }], nextCursor: expect.any(String) });
    const next = await api.send('GET', `${path}/events?cursor=${String(events.body['nextCursor'])}`);
    expect(next.body).toMatchObject({
      items: [{ name: 'decline-idea', note: 'Không phải sản phẩm của địa phương', sourceDocument: '5/BC-UBND' }],
      nextCursor: null,
    });
  });
});

describe('a certificate already in force', () => {
  it('comes under watch with its end computed from the day of issue, and its public page tells the same', async () => {
    const certificate = { stars: 4, issuedOn: '2024-12-20', decisionNumber: '77/QĐ-UBND', issuedBy: 'UBND tỉnh', code: 'NB-77' };
    const path = await registered('Dứa Đồng Giao', { certificate });
    const { body } = await api.send('GET', path);
    expect(body).toMatchObject({ stage: 'validity', step: 'in_force', star: 4, certificate: { validUntil: '2027-12-20' } });
    const list = await api.send('GET', '/api/certificates?expiringBefore=2028-01-01');
    expect(list.body['items']).toEqual([expect.objectContaining({ code: 'NB-77', validUntil: '2027-12-20', daysLeft: 504 })]);
    const page = await api.send('GET', '/c/NB-77', { token: null, headers: { accept: 'text/html' } });
    expect(page.text).toContain('Dứa Đồng Giao');
    expect(page.text).not.toContain('Gia Viễn');
    expect(page.headers.get('cache-control')).toContain('max-age');
    const json = await api.send('GET', '/c/NB-77', { token: null, headers: { accept: 'application/json' } });
    expect(json.body).toMatchObject({ status: 'in_force', star: 4, validUntil: '2027-12-20' });
    const unknown = await api.send('GET', '/c/XX-1', { token: null, headers: { accept: 'application/json' } });
    expect(unknown.body).toMatchObject({ type: '/problems/not-found', status: 404 });
    expect((await api.send('GET', '/c/XX-1', { token: null })).status).toBe(404);
  });

  it('is re-evaluated in a second cycle of the same product', async () => {
    const certificate = { stars: 3, issuedOn: '2024-01-20', decisionNumber: '7/QĐ-UBND', issuedBy: 'UBND tỉnh' };
    const path = await registered('Khoai Hoàng Long', { certificate });
    const productCode = String(path.split('/').at(-1)).replace(/\.1$/, '');
    const again = await api.send('POST', '/api/cycles', { body: { kind: 'reevaluation', predecessor: { productCode } } });
    expect(again.body).toMatchObject({
      id: `${productCode}.2`,
      stage: 'product_completion',
      productName: 'Khoai Hoàng Long',
      predecessor: { cycleId: `${productCode}.1`, validUntil: '2027-01-20', star: 3 },
    });
  });
});

describe('lists', () => {
  it('find products without accents, filter and go on page by page', async () => {
    await registered('Miến dong Cúc Phương');
    const found = await api.send('GET', '/api/cycles?q=mien%20dong');
    expect(found.body['items']).toEqual([expect.objectContaining({ productName: 'Miến dong Cúc Phương', lateness: expect.any(String) })]);
    const seen: string[] = [];
    let cursor: unknown = '';
    do {
      const page = await api.send(
        'GET',
        `/api/cycles?province=37&limit=3${typeof cursor === 'string' && cursor ? `&cursor=${cursor}` : ''}`,
      );
      seen.push(...(page.body['items'] as { id: string }[]).map(({ id }) => id));
      cursor = page.body['nextCursor'];
    } while (cursor);
    const all = await api.send('GET', '/api/cycles?limit=200');
    expect(seen).toEqual((all.body['items'] as { id: string }[]).map(({ id }) => id));
    expect(new Set(seen).size).toBe(seen.length);
    const declined = await api.send('GET', '/api/cycles?stage=closed');
    expect(declined.body['items']).toEqual([expect.objectContaining({ outcome: 'declined', lateness: 'none' })]);
  });

  it('tell where dossiers are stuck, plans with their sources, and units by name', async () => {
    const stuck = await api.send('GET', '/api/stuck?waitingFor=commune');
    expect((stuck.body['items'] as object[])[0]).toMatchObject({ daysInStep: 0, waitingFor: 'commune', officer: null });
    const plans = await api.send('GET', '/api/plans');
    expect((plans.body['items'] as { id: string }[]).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['lai-chau-2024', 'ninh-binh-2026']),
    );
    const plan = await api.send('GET', '/api/plans/ninh-binh-2026');
    expect((plan.body['windows'] as object[])[0]).toMatchObject({ line: expect.any(Number), quote: expect.any(String) });
    const units = await api.send('GET', '/api/units?q=ninh%20binh');
    expect(units.body['items']).toEqual(expect.arrayContaining([expect.objectContaining({ code: '37' })]));
  });
});
