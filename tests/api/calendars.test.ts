/** Calendar addresses of offices and the reports that offices owe, over HTTP. */
import { get } from 'node:http';
import { dossier, nudge } from '../support/nudge-records';
import { COMMUNE, OTHER_COMMUNE, PROVINCE, useApi } from './support/api';

jest.setTimeout(120_000);
const api = useApi({ on: '2024-09-12', worker: false });

let ngocHoi = '';
beforeAll(async () => {
  const { body } = await api.send('POST', '/api/tokens', { body: { name: 'Ngọc Hồi', role: 'provincial_staff', office: '51' } });
  ngocHoi = String(body['token']);
});

async function feed(token: string, body: object = {}): Promise<{ id: string; path: string }> {
  const made = await api.send('POST', '/api/calendar-feeds', { token, body });
  expect(made.status).toBe(201);
  return { id: String(made.body['id']), path: new URL(String(made.body['url'])).pathname };
}

const read = async (path: string) => await api.send('GET', path, { token: null });

/** The calendar's events by their UID, long lines unfolded. */
function events(text: string): Map<string, string> {
  const blocks = text.replaceAll(/\r\n /g, '').split('BEGIN:VEVENT').slice(1);
  return new Map(blocks.map((block) => [/UID:(.*)/.exec(block)?.[1]?.trim() ?? '', block]));
}

/** Status of a request with a tag, by node's own client: fetch asks for fresh answers. */
const statusWithTag = async (path: string, tag: string): Promise<number> =>
  await new Promise((resolve, reject) => {
    get(`${api.url}${path}`, { headers: { 'if-none-match': tag } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    }).on('error', reject);
  });

describe('the calendar of an office', () => {
  it('holds its own deadlines as all-day events on the last safe day, without names of people', async () => {
    const { db } = api.database;
    const own = await dossier(db, { due: { kind: 'commune-assessment', on: '2024-09-20' }, product: 'Nem chua Yên Mạc' });
    const producers = await dossier(db, {
      step: 'commune_supplement',
      due: { kind: 'supplement', on: '2024-09-24' },
      product: 'Mắm tép; loại 1, hũ',
    });
    const provinces = await dossier(db, { step: 'advisory_review', due: { kind: 'provincial-scoring', on: '2024-12-29' } });
    await dossier(db, { due: { kind: 'commune-assessment', on: '2024-09-21' }, paused: true });
    await dossier(db, { communeCode: OTHER_COMMUNE, due: { kind: 'commune-assessment', on: '2024-09-21' } });

    const { path } = await feed(api.tokens.commune);
    const { status, headers, text } = await read(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const found = events(text);
    expect([...found.keys()].sort()).toEqual([`${own}@ocop-cycles`, `${producers}@ocop-cycles`].sort());
    expect(found.get(`${own}@ocop-cycles`)).toContain('DTSTART;VALUE=DATE:20240920');
    expect(found.get(`${own}@ocop-cycles`)).toContain('SUMMARY:Hạn OCOP: Nem chua Yên Mạc');
    expect(found.get(`${producers}@ocop-cycles`)).toContain('SUMMARY:Đôn đốc chủ thể: Mắm tép\\; loại 1\\, hũ');
    expect(text).not.toMatch(/HTX số|@ocop\.test/);
    expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);

    const { path: ofProvince } = await feed(api.tokens.province);
    expect([...events((await read(ofProvince)).text).keys()]).toEqual([`${provinces}@ocop-cycles`]);
  });

  it('keeps an event’s identity when its deadline moves, drops what is done, and answers 304 while nothing changed', async () => {
    const { db } = api.database;
    const id = await dossier(db, { communeCode: OTHER_COMMUNE, due: { kind: 'commune-assessment', on: '2024-10-01' } });
    const uid = `${id}@ocop-cycles`;
    const { path } = await feed(api.tokens.otherCommune);
    const before = await read(path);
    const tag = before.headers.get('etag') ?? '';
    expect(await statusWithTag(path, tag)).toBe(304);
    await db.cycle.update({
      where: { id },
      data: { lastSafeOn: new Date('2024-10-08'), sequence: 2, updatedAt: new Date('2024-09-12T03:00:00Z') },
    });
    expect(await statusWithTag(path, tag)).toBe(200);
    const moved = events((await read(path)).text).get(uid);
    expect(moved).toContain('DTSTART;VALUE=DATE:20241008');
    expect(moved).toContain('SEQUENCE:2');
    await db.cycle.update({ where: { id }, data: { waitingFor: 'province', step: 'provincial_intake' } });
    expect(events((await read(path)).text).has(uid)).toBe(false);
  });

  it('is made, listed and revoked by the office itself or an administrator; a revoked address is gone', async () => {
    const first = await feed(api.tokens.commune, { name: 'Điện thoại của bộ phận một cửa' });
    const second = await feed(api.tokens.administrator, { office: COMMUNE });
    expect((await read(first.path)).status).toBe(200);
    const rows = await api.database.db.calendarFeed.findMany();
    expect(JSON.stringify(rows)).not.toContain(first.path.slice(6, -4));

    const { body } = await api.send('GET', '/api/calendar-feeds', { token: api.tokens.commune });
    expect(body['items']).toContainEqual(expect.objectContaining({ id: second.id, office: COMMUNE, revokedAt: null }));
    expect((await api.send('GET', '/api/calendar-feeds', { token: api.tokens.otherProvince })).body).toEqual({ items: [] });
    for (const token of [api.tokens.otherCommune, api.tokens.province])
      expect((await api.send('DELETE', `/api/calendar-feeds/${first.id}`, { token })).status).toBe(404);
    expect((await api.send('DELETE', `/api/calendar-feeds/${first.id}`, { token: api.tokens.commune })).status).toBe(204);
    const gone = await read(first.path);
    expect(gone.status).toBe(404);
    expect(gone.text).toContain('thu hồi');
    expect((await read(second.path)).status).toBe(200);
    expect((await read('/lich/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics')).status).toBe(404);
  });

  it('cannot be made for another office, and its address is shown once', async () => {
    const foreign = await api.send('POST', '/api/calendar-feeds', { token: api.tokens.commune, body: { office: OTHER_COMMUNE } });
    expect(foreign.status).toBe(422);
    const below = await api.send('POST', '/api/calendar-feeds', { token: api.tokens.province, body: { office: COMMUNE } });
    expect(below.status).toBe(403);
    const headers = { 'idempotency-key': 'one-feed' };
    const made = await api.send('POST', '/api/calendar-feeds', { token: api.tokens.province, body: {}, headers });
    const again = await api.send('POST', '/api/calendar-feeds', { token: api.tokens.province, body: {}, headers });
    expect(made.body['url']).toMatch(/\/lich\/[\w-]{32}\.ics$/);
    expect(again.body).toMatchObject({ id: made.body['id'], url: null });
    expect(api.log()).not.toContain(String(made.body['url']).slice(-36, -4));
  });

  it('is limited in how often it is read', async () => {
    const { path } = await feed(api.tokens.province);
    const slow = await api.another({ requestsPerMinute: 3 });
    const statuses: number[] = [];
    for (let times = 0; times < 4; times += 1) statuses.push((await slow.send('GET', path, { token: null })).status);
    await slow.close();
    expect(statuses).toEqual([200, 200, 200, 429]);
  });
});

const DUTY = { subject: 'ngoc-hoi-2021-2025/monthly+quarterly', subjectOn: '2024-09-20' };

describe('reports that an office owes', () => {
  it('are listed with their dates and sources for the office that owes them; those without a date stand apart', async () => {
    const { body } = await api.send('GET', '/api/report-duties?to=2024-12-31', { token: ngocHoi });
    const items = body['items'] as { subject: string; title: { vi: string }; lastSafeOn: string; lateness: string }[];
    expect(items.map(({ title, lastSafeOn }) => [title.vi, lastSafeOn])).toEqual([
      ['Báo cáo tháng 8/2024', '2024-08-19'],
      ['Báo cáo tháng 9/2024, quý III/2024', '2024-09-19'],
      ['Báo cáo tháng 10/2024', '2024-10-19'],
      ['Báo cáo tháng 11/2024', '2024-11-19'],
      ['Báo cáo năm 2024', '2024-12-09'],
      ['Báo cáo tháng 12/2024, quý IV/2024', '2024-12-19'],
    ]);
    expect(items[1]).toMatchObject({ office: '51', lateness: 'on_time', source: { vi: expect.stringContaining('dòng 219') } });
    expect(items[0]).toMatchObject({ lateness: 'overdue' });
    expect((await api.send('GET', '/api/report-duties', { token: api.tokens.province })).body).toMatchObject({ items: [] });
    const { body: ninhBinh } = await api.send('GET', '/api/report-duties', { token: api.tokens.province });
    expect(ninhBinh['undated']).toContainEqual(expect.objectContaining({ plan: 'ninh-binh-2026', line: 217 }));
  });

  it('are in the preview of nudges and in the office’s calendar until they are marked as handed in', async () => {
    const preview = async () => {
      const { body } = await api.send('GET', '/api/nudges/preview?to=2024-09-30', { token: ngocHoi });
      return (body['items'] as { rule: string; sendOn: string }[]).map(({ rule, sendOn }) => [rule, sendOn]);
    };
    expect(await preview()).toEqual([
      ['report-5-days', '2024-09-12'],
      ['report-1-day', '2024-09-18'],
      ['report-overdue', '2024-09-20'],
    ]);
    const { path } = await feed(ngocHoi);
    const uid = `${DUTY.subject}/${DUTY.subjectOn}@ocop-cycles`;
    expect(events((await read(path)).text).get(uid)).toContain('DTSTART;VALUE=DATE:20240919');

    const waiting = await api.database.db.nudge.create({
      data: {
        officeCode: '51',
        ruleId: 'report-5-days',
        recipient: 'district_officer',
        subject: DUTY.subject,
        subjectOn: new Date(DUTY.subjectOn),
        plannedFor: new Date('2024-09-12'),
        status: 'planned',
        late: true,
        recordedAt: new Date('2024-09-12'),
      },
    });
    const { body: ledger } = await api.send('GET', '/api/nudges?office=51', { token: ngocHoi });
    expect(ledger['items']).toMatchObject([{ id: String(waiting.id), cycleId: null, office: '51', status: 'planned' }]);
    expect((await api.send('GET', '/api/nudges?office=51', { token: api.tokens.province })).body['items']).toEqual([]);

    const marked = await api.send('POST', '/api/report-duties/submissions', { token: ngocHoi, body: DUTY });
    expect(marked).toMatchObject({ status: 200, body: { office: '51', submittedOn: '2024-09-12' } });
    expect(await preview()).toEqual([]);
    expect(events((await read(path)).text).has(uid)).toBe(false);
    const settled = await api.send('GET', '/api/nudges?office=51', { token: ngocHoi });
    expect(settled.body['items']).toMatchObject([{ status: 'suppressed', reason: { vi: 'Báo cáo đã gửi' } }]);
  });

  it('are marked by the office that owes them only, on a day that has come, under a name that is owed', async () => {
    const send = async (token: string, body: object) => await api.send('POST', '/api/report-duties/submissions', { token, body });
    expect((await send(ngocHoi, { ...DUTY, submittedOn: '2024-09-13' })).status).toBe(422);
    const wrong = await send(ngocHoi, { ...DUTY, subject: 'ngoc-hoi-2021-2025/monthly' });
    expect(wrong.body).toMatchObject({ problems: [{ field: 'subject', message: expect.stringContaining('monthly+quarterly') }] });
    expect((await send(api.tokens.province, { ...DUTY, office: '51' })).status).toBe(422);
    expect((await send(api.tokens.administrator, { ...DUTY, office: '51' })).status).toBe(200);
  });
});

test('the ledger can be asked for what was late and for one digest run', async () => {
  const { db } = api.database;
  const cycle = await dossier(db, { due: { kind: 'commune-assessment', on: '2024-09-30' } });
  const [late, punctual] = [await nudge(db, cycle, { ruleId: 'commune-assessment-5-days' }), await nudge(db, cycle)];
  const settled = { status: 'sent', settledAt: new Date('2024-09-12'), runId: '37/2024-09-12' };
  await db.nudge.update({ where: { id: late }, data: { ...settled, late: true } });
  await db.nudge.update({ where: { id: punctual }, data: { ...settled, runId: '37/2024-09-11' } });
  const ids = async (query: string, token = api.tokens.province): Promise<string[]> => {
    const { body } = await api.send('GET', `/api/nudges?cycle=${cycle}&${query}`, { token });
    return (body['items'] as { id: string }[]).map(({ id }) => id);
  };
  expect(await ids('status=late')).toEqual([String(late)]);
  expect(await ids('run=37/2024-09-11')).toEqual([String(punctual)]);
  expect(await ids('status=sent')).toEqual([String(late), String(punctual)]);
  expect(await ids('status=sent', api.tokens.otherProvince)).toEqual([]);
  expect((await api.send('GET', '/api/nudges?run=yesterday')).status).toBe(422);
  expect(PROVINCE).toBe('37');
});
