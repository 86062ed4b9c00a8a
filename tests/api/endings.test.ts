/** One decision that ends many certificates: tried, refused certificate by certificate, all or nothing, sent again, resumed, and its register. */
import { temporalGateway } from '../../api/gateway';
import { eventually } from '../support/eventually';
import { COMMUNE, type Answer, OTHER_COMMUNE, useApi } from './support/api';

jest.setTimeout(120_000);
const api = useApi({ on: '2026-08-03' });

let products = 0;
async function watched(more: object = {}): Promise<{ path: string; code: string }> {
  products += 1;
  const code = `END-${products}`;
  const certificate = { stars: 3, issuedOn: '2025-03-10', decisionNumber: '45/QĐ-UBND', issuedBy: 'UBND tỉnh', code };
  const path = await api.register({
    productName: `Mắm số ${products}`,
    producer: { name: 'HTX Nho Quan' },
    productSet: 9,
    kind: 'new',
    communeCode: COMMUNE,
    certificate,
    ...more,
  });
  return { path, code };
}

const decision = (more: object = {}): object => ({
  kind: 'revocation',
  decisionNumber: '120/QĐ-UBND',
  on: '2026-08-03',
  reason: 'Kết luận kiểm tra: không duy trì tiêu chí',
  ground: 'CRITERIA_NOT_MAINTAINED',
  ...more,
});

async function sent(body: object, query = '', token = api.tokens.province): Promise<Answer> {
  return await api.send('POST', `/api/ending-decisions${query}`, { body, token });
}

const codes = (...list: string[]) => list.map((code) => ({ code }));

describe('a decision on several certificates', () => {
  it('is tried without doing anything, then done; sent again it changes nothing', async () => {
    const [a, b] = [await watched(), await watched()];
    const body = decision({ decisionNumber: '121/QĐ-UBND', certificates: codes(a.code, b.code) });
    const dry = await sent(body, '?dryRun=true');
    expect(dry.body).toMatchObject({ dryRun: true, counts: { total: 2, end: 2 } });
    expect((await api.send('GET', a.path)).body).toMatchObject({ stage: 'validity' });
    const done = await sent(body);
    expect(done.body).toMatchObject({ dryRun: false, counts: { total: 2, ended: 2 } });
    for (const one of [a, b]) {
      expect((await api.send('GET', one.path)).body).toMatchObject({ stage: 'closed', outcome: 'revoked' });
      const certificate = await api.database.db.certificate.findUniqueOrThrow({ where: { code: one.code } });
      expect(certificate).toMatchObject({ status: 'revoked', endDecision: '121/QĐ-UBND' });
      const json = await api.send('GET', `/c/${one.code}`, { token: null, headers: { accept: 'application/json' } });
      expect(json.body).toMatchObject({ status: 'revoked' });
    }
    const events = await api.send('GET', `${a.path}/events?limit=200`);
    expect((events.body['items'] as object[]).at(-1)).toMatchObject({
      name: 'revoke-certificate',
      note: 'Kết luận kiểm tra: không duy trì tiêu chí',
      sourceDocument: '121/QĐ-UBND',
      actor: { role: 'provincial_staff', office: '37' },
    });
    expect((await sent(body)).body).toMatchObject({ counts: { total: 2, unchanged: 2 } });
    expect(await api.database.db.cycleEvent.count({ where: { name: 'revoke-certificate', sourceDocument: '121/QĐ-UBND' } })).toBe(2);
  });

  it('does nothing when one is refused, and names it; with mode=good it does the others', async () => {
    const good = await watched();
    const body = decision({ decisionNumber: '122/QĐ-UBND', certificates: codes(good.code, 'END-NONE', 'END-1') });
    const refused = await sent(body);
    expect(refused.status).toBe(422);
    expect(refused.body['problems']).toMatchObject([
      { field: 'certificates.END-NONE', message: expect.stringContaining('không có giấy chứng nhận') },
      { field: 'certificates.END-1', message: expect.stringContaining('quyết định khác') },
    ]);
    expect((await api.send('GET', good.path)).body).toMatchObject({ stage: 'validity' });
    const done = await sent(body, '?mode=good');
    expect(done.body).toMatchObject({ counts: { total: 3, ended: 1, refused: 2 } });
    expect((await api.send('GET', good.path)).body).toMatchObject({ outcome: 'revoked' });
  });

  it('wants a ground of the law for every certificate; one may have its own', async () => {
    const one = await watched();
    const { ground: _none, ...rest } = decision({ decisionNumber: '123/QĐ-UBND', certificates: codes(one.code) }) as { ground?: string };
    expect((await sent(rest)).text).toContain('PRODUCTION_CEASED');
    const own = { ...rest, certificates: [{ code: one.code, ground: 'PRODUCTION_CEASED' }] };
    expect((await sent(own)).body).toMatchObject({ counts: { ended: 1 } });
  });

  it('withdraws a wrong recognition: every certificate of the wrong decision, found by its number', async () => {
    const certificate = (code: string) => ({ stars: 4, issuedOn: '2026-05-25', decisionNumber: '77/QĐ-UBND', issuedBy: 'UBND tỉnh', code });
    const wrong = [await watched({ certificate: certificate('WR-1') }), await watched({ certificate: certificate('WR-2') })];
    const body = decision({ kind: 'withdrawal', decisionNumber: '124/QĐ-UBND', recognisedBy: '77/QĐ-UBND' });
    expect((await sent(body)).body).toMatchObject({ counts: { total: 2, ended: 2 } });
    for (const { path } of wrong) expect((await api.send('GET', path)).body).toMatchObject({ outcome: 'decision_withdrawn' });
    expect((await sent(body)).body).toMatchObject({ counts: { total: 2, unchanged: 2 } });
  });

  it('is not the same as another of its number and day of the other kind', async () => {
    const one = await watched();
    const body = decision({ kind: 'withdrawal', decisionNumber: '121/QĐ-UBND', certificates: codes(one.code) });
    expect((await sent(body)).body).toMatchObject({ type: '/problems/already-exists' });
    expect((await api.send('GET', one.path)).body).toMatchObject({ stage: 'validity' });
  });

  it('stops when the engine is away and goes on when it is sent again', async () => {
    const many = [await watched(), await watched(), await watched()];
    const body = decision({ decisionNumber: '125/QĐ-UBND', certificates: codes(...many.map(({ code }) => code)) });
    let answered = 0;
    const real = temporalGateway(api.temporal.client, { taskQueue: api.taskQueue, clockOffsetMs: api.clockOffsetMs, deadlineMs: 30_000 });
    const failing = await api.another({
      gateway: {
        ...real,
        act: async (...call) => {
          answered += 1;
          return answered > 1 ? { kind: 'unavailable' } : await real.act(...call);
        },
      },
    });
    const cut = await failing.send('POST', '/api/ending-decisions', { body, token: api.tokens.province });
    await failing.close();
    expect(cut.status).toBe(503);
    await eventually(async () => {
      const ended = await api.database.db.certificate.count({ where: { endDecision: '125/QĐ-UBND' } });
      expect(ended).toBe(1);
    });
    expect((await sent(body)).body).toMatchObject({ counts: { total: 3, unchanged: 1, ended: 2 } });
  });
});

describe('the register of such decisions', () => {
  it('shows each with its certificates and who entered it, to the province only', async () => {
    const list = await api.send('GET', '/api/ending-decisions?limit=200', { token: api.tokens.province });
    const entries = list.body['items'] as { id: string; number: string; counts: object }[];
    expect(entries.map(({ number }) => number)).toEqual(expect.arrayContaining(['121/QĐ-UBND', '122/QĐ-UBND', '124/QĐ-UBND']));
    const id = entries.find(({ number }) => number === '122/QĐ-UBND')?.id ?? '';
    const one = await api.send('GET', `/api/ending-decisions/${id}`, { token: api.tokens.province });
    expect(one.body).toMatchObject({
      kind: 'revocation',
      signedOn: '2026-08-03',
      reason: 'Kết luận kiểm tra: không duy trì tiêu chí',
      actor: { office: '37' },
      items: expect.arrayContaining([expect.objectContaining({ code: 'END-1', outcome: 'refused', reason: expect.anything() })]),
    });
    expect((await api.send('GET', `/api/ending-decisions/${id}`, { token: api.tokens.otherProvince })).status).toBe(404);
    const others = await api.send('GET', '/api/ending-decisions', { token: api.tokens.otherProvince });
    expect(others.body['items']).toEqual([]);
  });

  it('another province does not find the certificates either', async () => {
    const one = await watched({ communeCode: OTHER_COMMUNE });
    const answer = await sent(decision({ decisionNumber: '126/QĐ-UBND', certificates: codes(one.code) }), '', api.tokens.otherProvince);
    expect(answer.body['problems']).toMatchObject([{ field: `certificates.${one.code}` }]);
  });
});
