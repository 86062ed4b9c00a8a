/** The nudges' routes: why, preview, run reports, wording, figures. */
import { COMMUNE, useApi } from './support/api';
import { lateDigests, watchDigests } from '../../api/nudges/runs';
import { apiDeps } from '../../api/deps';
import { startOfDay } from '../../domain/dates';
import { shippedDigestTemplate } from '../../plans/mail-templates';

jest.setTimeout(120_000);
const api = useApi({ on: '2026-10-12' });

let cycle = '';
beforeAll(async () => {
  const path = await api.register({
    plan: 'ninh-binh-2026',
    kind: 'new',
    productName: 'Nem chua Yên Mạc',
    producer: { name: 'HTX Yên Mạc' },
    communeCode: COMMUNE,
  });
  cycle = path.split('/').at(-1) ?? '';
});

test('why: an office hears in a sentence why it was not reminded, and what comes next', async () => {
  const { status, body } = await api.send('GET', `/api/nudges/why?cycle=${cycle}&office=${COMMUNE}&on=2026-10-11`, {
    token: api.tokens.commune,
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ verdict: 'day-off', sentence: { vi: expect.stringContaining('Chủ nhật') } });
  const monday = await api.send('GET', `/api/nudges/why?cycle=${cycle}&office=${COMMUNE}`, { token: api.tokens.commune });
  expect(monday.body).toMatchObject({
    verdict: 'none',
    on: '2026-10-12',
    sentence: { vi: expect.stringContaining('lần tiếp theo là ngày') },
  });
  expect((await api.send('GET', `/api/nudges/why?cycle=${cycle}&office=${COMMUNE}`, { token: api.tokens.otherCommune })).status).toBe(404);
});

test('preview: what will be sent to an office, on working days only', async () => {
  const { body } = await api.send('GET', `/api/nudges/preview?office=${COMMUNE}&from=2026-10-12&to=2026-12-31`, {
    token: api.tokens.province,
  });
  const items = body['items'] as { rule: string; sendOn: string; recipient: string }[];
  expect(items.map((one) => one.rule)).toContain('idea-review-5-days');
  expect(items.every((one) => one.recipient.startsWith('commune'))).toBe(true);
  expect(items.every((one) => ![0, 6].includes(new Date(one.sendOn).getUTCDay()))).toBe(true);
  expect((await api.send('GET', '/api/nudges/preview?from=2026-10-12&to=2027-10-12')).status).toBe(422);
});

test('runs: reports are read by the province, not by communes', async () => {
  const day = new Date('2026-10-12');
  const counts = { planned: 3, sent: 1, merged: 1, suppressed: 1, mails: 1 };
  await api.database.db.nudgeRun.create({
    data: { id: '37/2026-10-12', provinceCode: '37', day, startedAt: day, finishedAt: day, ...counts },
  });
  const { body } = await api.send('GET', '/api/nudges/runs?from=2026-10-01', { token: api.tokens.province });
  expect(body).toMatchObject({ items: [{ id: '37/2026-10-12', day: '2026-10-12', ...counts, troubles: [] }] });
  expect((await api.send('GET', '/api/nudges/runs', { token: api.tokens.otherProvince })).body).toEqual({ items: [] });
  expect((await api.send('GET', '/api/nudges/runs', { token: api.tokens.commune })).status).toBe(403);
});

test('alarm: a province whose digest has not finished by 08:30 is named, logged once and counted', async () => {
  const { db } = api.database;
  await db.nudgeRun.deleteMany();
  await db.cycle.updateMany({ data: { updatedAt: new Date('2026-10-01') } });
  const at = (hours: number, day = '2026-10-12') => {
    const now = startOfDay(day) + hours * 3_600_000;
    return apiDeps({ ...api.parts, clock: { now: () => now } });
  };
  expect(await lateDigests(at(8.4))).toEqual([]);
  expect(await lateDigests(at(9))).toEqual(['37']);
  expect(await lateDigests(at(9, '2026-10-11'))).toEqual([]);
  const errors: object[] = [];
  const log = Object.assign(Object.create(api.parts.log), { error: (fields: object) => void errors.push(fields) });
  const stop = watchDigests({ ...at(9), log }, 20);
  for (let tries = 0; errors.length === 0 && tries < 200; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  await lateDigests(at(9));
  stop();
  expect(errors).toEqual([{ province: '37', day: '2026-10-12' }]);
  expect((await api.send('GET', '/readyz')).body).toMatchObject({ lateDigests: ['37'] });
  const figures = await api.send('GET', '/metrics', { token: null });
  expect(figures.headers.get('content-type')).toContain('text/plain');
  expect(figures.text).toContain('ocop_digest_late{province="37"} 1');
});

test('wording: an administrator sees, changes and resets it; unknown placeholders are refused by name', async () => {
  const shipped = shippedDigestTemplate();
  const changed = { ...shipped, vi: { ...shipped.vi, greeting: 'Trân trọng gửi {{office}}' } };
  const seen = await api.send('POST', '/api/mail-templates/digest/preview', { body: changed });
  expect(seen.body).toMatchObject({
    vi: { text: expect.stringContaining('Trân trọng gửi UBND xã Ví dụ') },
    en: { text: expect.stringContaining('To: UBND') },
  });
  expect((await api.send('GET', '/api/mail-templates/digest')).body).toMatchObject({ changed: false });
  expect((await api.send('POST', '/api/mail-templates/digest', { body: changed })).body).toMatchObject({
    changed: true,
    template: changed,
  });
  const wrong = { ...shipped, en: { ...shipped.en, help: 'Ask {{person}}' } };
  const refused = await api.send('POST', '/api/mail-templates/digest', { body: wrong, headers: { 'accept-language': 'en' } });
  expect(refused).toMatchObject({
    status: 422,
    body: { problems: [{ field: 'en.help', message: expect.stringContaining('{{office}}') }] },
  });
  expect((await api.send('DELETE', '/api/mail-templates/digest')).status).toBe(204);
  expect((await api.send('GET', '/api/mail-templates/digest')).body).toMatchObject({ changed: false, template: shipped });
  expect((await api.send('POST', '/api/mail-templates/digest', { body: shipped, token: api.tokens.province })).status).toBe(403);
});
