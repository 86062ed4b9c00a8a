import { workflowIdOf } from '../../workflows/messages';
import { COMMUNE, OTHER_COMMUNE, useApi } from './support/api';
import { product } from './support/products';

const api = useApi({ on: '2026-08-03' });

const registered = async (name: string): Promise<string> => await api.register(product(name));

describe('a refused action', () => {
  it('not possible now: names the state and what is', async () => {
    const path = await registered('Bánh gai');
    const answer = await api.send('POST', `${path}/actions/decide`, { body: { decisionNumber: '1', result: 'recognise' } });
    expect(answer.status).toBe(409);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({
      type: '/problems/not-allowed-now',
      title: 'Chưa thể làm việc này ở bước hiện tại',
      stage: 'idea_registration',
      step: 'awaiting_idea_review',
      allowedActions: expect.arrayContaining(['accept-idea', 'decline-idea', 'withdraw']),
      requestId: answer.headers.get('x-request-id'),
    });
  });

  it('by another office: does not exist for another commune or province, and is refused to a manager', async () => {
    const path = await registered('Bánh đa');
    const accept = `${path}/actions/accept-idea`;
    expect((await api.send('POST', accept, { token: api.tokens.otherCommune })).status).toBe(404);
    expect((await api.send('POST', accept, { token: api.tokens.otherProvince })).status).toBe(404);
    expect((await api.send('POST', accept, { token: api.tokens.manager })).status).toBe(403);
    expect((await api.send('GET', path, { token: api.tokens.otherCommune })).status).toBe(404);
    const manager = await api.send('GET', path, { token: api.tokens.provinceManager });
    expect(manager.body['producer']).toEqual({ name: 'Hộ Nguyễn Thị Bưởi', type: null });
    const foreign = await api.send('POST', '/api/cycles', { body: product('Bánh tẻ'), token: api.tokens.otherCommune });
    expect(foreign.body).toMatchObject({ status: 403, type: '/problems/not-allowed' });
  });

  it('with wrong data: names every field, unknown ones too, in the reader’s language', async () => {
    const path = await registered('Bánh khoái');
    const sent = { dueOn: '2026-02-30', remark: 'x' };
    const vi = await api.send('POST', `${path}/actions/request-supplement`, { body: sent });
    expect(vi.status).toBe(422);
    const problems = vi.body['problems'] as { field: string; message: string }[];
    expect(problems).toEqual(
      expect.arrayContaining([
        { field: 'dueOn', message: 'phải là một ngày có thật, dạng YYYY-MM-DD' },
        { field: 'remark', message: 'không có trường này' },
      ]),
    );
    const english = { 'accept-language': 'en' };
    const en = await api.send('POST', `${path}/actions/decline-idea`, { body: {}, headers: english });
    expect(en.body).toMatchObject({
      status: 422,
      title: 'The input is not valid',
      problems: [{ field: 'reason', message: 'a reason is needed' }],
    });
    const late = await api.send('POST', `${path}/actions/accept-idea`, { body: { on: '2026-08-04' } });
    expect(late.body).toMatchObject({ status: 422, problems: [{ field: 'on' }] });
  });

  it('with an address of no mail: says so in words', async () => {
    const body = { productName: 'Bánh khoái', producer: { name: 'HTX', email: 'a.vn' }, kind: 'new', communeCode: COMMUNE };
    const { body: answer } = await api.send('POST', '/api/cycles', { body });
    expect(answer['problems']).toEqual([{ field: 'producer.email', message: 'không đúng dạng địa chỉ thư điện tử' }]);
  });

  it('is kept: who, what and why', async () => {
    const path = await registered('Bánh cuốn');
    await api.send('POST', `${path}/actions/accept-package`, { token: api.tokens.commune });
    await api.send('POST', `${path}/actions/publish-result`);
    const rows = await api.database.db.refusal.findMany({ where: { cycleId: String(path.split('/').at(-1)) }, orderBy: { id: 'asc' } });
    expect(rows).toEqual([
      expect.objectContaining({
        action: 'accept-package',
        actorRole: 'commune_staff',
        officeCode: COMMUNE,
        problem: '/problems/not-allowed',
      }),
      expect.objectContaining({ action: 'publish-result', actorRole: 'administrator', problem: '/problems/not-allowed-now' }),
    ]);
  });
});

describe('a commune written by name', () => {
  it('is matched, and never guessed: what it may mean is offered', async () => {
    const { communeCode: _code, ...body } = product('Chè xanh');
    const known = api.parts.rules.units.find(({ code }) => code === OTHER_COMMUNE);
    const unknown = await api.send('POST', '/api/cycles', { body: { ...body, commune: `xã ${known?.name ?? ''}a`, provinceCode: '37' } });
    expect(unknown.body).toMatchObject({ status: 422, problems: [{ field: 'commune' }], candidates: expect.any(Array) });
    const matched = await api.send('POST', '/api/cycles', { body: { ...body, commune: known?.fullName, provinceCode: '37' } });
    expect(matched.body).toMatchObject({ communeCode: OTHER_COMMUNE });
  });
});

describe('a request that is not understood', () => {
  it.each([
    ['no address', 'GET', '/api/nothing', {}, 404],
    ['a wrong method', 'DELETE', '/api/cycles', {}, 405],
    ['a body that is no JSON', 'POST', '/api/cycles', { raw: '{', headers: { 'content-type': 'application/json' } }, 400],
    ['another media type', 'POST', '/api/cycles', { raw: '<a/>', headers: { 'content-type': 'text/xml' } }, 415],
    [
      'a body beyond the limit',
      'POST',
      '/api/cycles',
      { raw: `"${'x'.repeat(1_100_000)}"`, headers: { 'content-type': 'application/json' } },
      413,
    ],
    ['an address that cannot be decoded', 'GET', '/api/cycles/%E0%A4%A', {}, 400],
    ['a character no record can hold', 'POST', '/api/cycles', { body: { ...product('a\u0000b') } }, 422],
    ['a cursor of another list', 'GET', '/api/cycles?cursor=abc', {}, 422],
    ['an unknown filter', 'GET', '/api/cycles?colour=red', {}, 422],
  ])('%s: is answered as a problem', async (_what, method, path, given, status) => {
    const answer = await api.send(method, path, given);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ status, type: expect.stringMatching(/^\/problems\/[a-z-]+$/), detail: expect.any(String) });
    if (status === 405) expect(answer.headers.get('allow')).toBe('POST, GET');
  });

  it('a fault inside is told with its request id and nothing else', async () => {
    const broken = await api.another({
      gateway: {
        ...api.parts.gateway,
        act: async () => {
          throw new Error('secret of the inside');
        },
      },
    });
    const path = await registered('Bánh rán');
    const answer = await broken.send('POST', `${path}/actions/accept-idea`, { headers: { 'x-request-id': 'fault-1' } });
    await broken.close();
    expect(answer.body).toMatchObject({ status: 500, type: '/problems/internal-error', requestId: 'fault-1' });
    expect(answer.text).not.toContain('secret');
    expect(api.log()).toContain('fault-1');
  });
});

describe('tokens', () => {
  it('are checked for role and office, listed without their secret, and end when revoked', async () => {
    expect((await api.send('POST', '/api/tokens', { body: { name: 'x', role: 'commune_staff', office: '37' } })).status).toBe(422);
    expect((await api.send('POST', '/api/tokens', { body: { name: 'x', role: 'provincial_staff', office: COMMUNE } })).status).toBe(422);
    const made = await api.send('POST', '/api/tokens', { body: { name: 'tạm', role: 'manager' } });
    const token = String(made.body['token']);
    expect((await api.send('GET', '/api/cycles', { token })).status).toBe(200);
    const list = await api.send('GET', '/api/tokens');
    expect(list.text).not.toContain(token);
    expect((await api.send('DELETE', `/api/tokens/${String(made.body['id'])}`)).status).toBe(204);
    expect((await api.send('GET', '/api/cycles', { token })).status).toBe(401);
  });
});

describe('what is around every answer', () => {
  it('headers that keep browsers and proxies in bounds, and nothing about what serves it', async () => {
    const { headers } = await api.send('GET', '/healthz', { token: null });
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('a limit per token', async () => {
    const strict = await api.another({ requestsPerMinute: 2 });
    const statuses = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await strict.send('GET', '/api/plans')).status);
    const other = await strict.send('GET', '/api/plans', { token: api.tokens.commune });
    await strict.close();
    expect(statuses).toEqual([200, 200, 429]);
    expect(other.status).toBe(200);
  });

  it('a log that tells what was done and holds no names, contacts, searches or tokens', async () => {
    const path = await registered('Mật ong hoa nhãn');
    await api.send('GET', '/api/cycles?q=mat%20ong', { token: api.tokens.commune });
    await api.send('POST', `${path}/actions/decline-idea`, { body: { reason: 'Bà Bưởi xin thôi' } });
    const log = api.log();
    expect(log).toContain('"route":"/api/cycles/{id}/actions/decline-idea"');
    for (const secret of ['Bưởi', 'Mật ong', 'mat%20ong', 'mat ong', '0987654321', 'buoi@example.vn', ...Object.values(api.tokens)])
      expect(log).not.toContain(secret);
  });

  it('and the engine’s history holds no names either', async () => {
    const path = await registered('Dưa muối');
    await api.send('POST', `${path}/actions/decline-idea`, { body: { reason: 'Bà Bưởi xin thôi' } });
    const handle = api.temporal.client.workflow.getHandle(workflowIdOf(String(path.split('/').at(-1))));
    const description = await handle.describe();
    expect(description.searchAttributes).toMatchObject({ OcopProvince: ['37'], OcopCommune: [COMMUNE], OcopPlan: ['ninh-binh-2026'] });
    const history = Buffer.from(JSON.stringify(await handle.fetchHistory()), 'utf8').toString();
    expect(history).not.toContain('Bưởi');
    expect(history).not.toContain(Buffer.from('Bưởi').toString('base64').slice(0, 6));
  });
});
