/** Changes of many dossiers over HTTP, on the running engine. */
import { randomUUID } from 'node:crypto';
import { workOff } from '../../api/bulk/run';
import { type ApiDeps, apiDeps } from '../../api/deps';
import type { CycleGateway } from '../../api/gateway';
import { eventually } from '../support/eventually';
import { COMMUNE, PROVINCE, type TokenName, useApi } from './support/api';

const api = useApi({ on: '2026-09-10' });
const PATH = '/api/bulk-changes';
const HOUR = 3_600_000;

let second = '';
beforeAll(async () => {
  const { body } = await api.send('POST', '/api/tokens', { body: { name: 'second', role: 'provincial_staff', office: PROVINCE } });
  second = String(body['token']);
});

const idOf = (path: string): string => path.split('/').at(-1) ?? '';

async function does(path: string, who: TokenName, action: string, body: object = {}): Promise<void> {
  const answer = await api.send('POST', `${path}/actions/${action}`, { body, token: api.tokens[who] });
  if (answer.status !== 200) throw new Error(`${action}: ${answer.text}`);
}

/** Dossiers that the commune has had since that morning: their limit is 01/10/2026. */
async function atCommune(...names: string[]): Promise<string[]> {
  const made = names.map(async (name) => {
    const path = await api.register({
      productName: name,
      producer: { name: `HTX ${name}` },
      productSet: 4,
      kind: 'new',
      communeCode: COMMUNE,
    });
    await does(path, 'commune', 'accept-idea');
    await does(path, 'commune', 'submit-dossier');
    return idOf(path);
  });
  return (await Promise.all(made)).sort();
}

const extension = (cycles: string[], more: object = {}) => ({
  change: { action: 'extend-deadline', body: { date: '2026-10-20' } },
  choose: { cycles },
  reason: 'Bão số 9',
  sourceDocument: '45/UBND-NN',
  ...more,
});

interface View {
  id: string;
  status: string;
  counts: Record<string, number>;
  trouble: string | null;
  may: Record<string, boolean>;
}
interface ItemAnswer {
  cycleId: string;
  status: string;
  before: { due: { date: string } | null };
  after: { due: { date: string } | null } | null;
  keepsExtension: boolean;
  nudges: { cancelled: { subjectOn: string }[]; added: { subjectOn: string }[] };
  reason: { vi: string } | null;
}

async function propose(body: object): Promise<View> {
  const answer = await api.send('POST', PATH, { body, token: api.tokens.province });
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body['change'] as unknown as View;
}

const read = async (id: string): Promise<View> => (await api.send('GET', `${PATH}/${id}`)).body as unknown as View;
const itemsOf = async (id: string): Promise<ItemAnswer[]> =>
  (await api.send('GET', `${PATH}/${id}/items`)).body['items'] as unknown as ItemAnswer[];
const finished = async (id: string, status = 'done'): Promise<View> =>
  await eventually(async () => {
    const view = await read(id);
    expect(view.status).toBe(status);
    return view;
  }, 40_000);

async function approved(body: object): Promise<View> {
  const { id } = await propose(body);
  const answer = await api.send('POST', `${PATH}/${id}/approve`, { token: second });
  expect(answer.status).toBe(202);
  return await finished(id);
}

const dueOf = async (id: string): Promise<unknown> => (await api.send('GET', `/api/cycles/${id}`)).body['due'];
const eventsOf = async (id: string) => await api.database.db.cycleEvent.findMany({ where: { cycleId: id }, orderBy: { sequence: 'asc' } });

describe('a change of many dossiers', () => {
  it('is shown first: old date, new date, reminders that go and come, and who keeps an extension of its own', async () => {
    const [one = '', own = '', closed = ''] = await atCommune('Chè xem trước', 'Miến xem trước', 'Mật xem trước');
    await does(`/api/cycles/${own}`, 'province', 'extend-deadline', { date: '2026-11-05', reason: 'x', sourceDocument: '9/UBND' });
    await does(`/api/cycles/${closed}`, 'commune', 'withdraw', { reason: 'x' });
    const before = await api.database.db.bulkChange.count();
    const { status, body } = await api.send('POST', PATH, {
      body: extension([one, own, closed], { dryRun: true }),
      token: api.tokens.province,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ change: null, itemsTotal: 3 });
    const items = body['items'] as ItemAnswer[];
    const of = (id: string) => items.find(({ cycleId }) => cycleId === id);
    expect(of(one)).toMatchObject({
      status: 'planned',
      before: { due: { date: '2026-10-01' } },
      after: { due: { date: '2026-10-20', source: '45/UBND-NN' } },
    });
    expect(new Set(of(one)?.nudges.cancelled.map(({ subjectOn }) => subjectOn))).toEqual(new Set(['2026-10-01']));
    expect(new Set(of(one)?.nudges.added.map(({ subjectOn }) => subjectOn))).toEqual(new Set(['2026-10-20']));
    expect(of(own)).toMatchObject({ status: 'refused', reason: { vi: 'Phải sau hạn hiện tại 05/11/2026' } });
    expect(of(closed)).toMatchObject({ status: 'refused', reason: { vi: expect.stringContaining('chưa thể “Gia hạn”') } });
    expect(await api.database.db.bulkChange.count()).toBe(before);
    expect(await dueOf(one)).toMatchObject({ date: '2026-10-01' });
  });

  it('needs a second person, then is done in every dossier in the second person’s name, with the reason', async () => {
    const ids = await atCommune('Gạo hai người', 'Nếp hai người');
    const { id, may } = await propose(extension(ids));
    expect(may).toEqual({ approve: false, reject: true, undo: false });
    const alone = await api.send('POST', `${PATH}/${id}/approve`, { token: api.tokens.province });
    expect(alone.status).toBe(403);
    expect(alone.body['detail']).toBe('Người lập đề xuất không được tự duyệt; cần một người thứ hai');
    expect((await api.send('POST', `${PATH}/${id}/approve`, { token: api.tokens.otherProvince })).status).toBe(404);
    expect((await api.send('POST', `${PATH}/${id}/approve`, { token: api.tokens.manager })).status).toBe(403);
    expect(await dueOf(ids[0] ?? '')).toMatchObject({ date: '2026-10-01' });

    const key = { 'idempotency-key': randomUUID() };
    const yes = await api.send('POST', `${PATH}/${id}/approve`, { token: second, headers: key });
    expect(yes).toMatchObject({ status: 202, body: { status: 'running' } });
    expect((await api.send('POST', `${PATH}/${id}/approve`, { token: second, headers: key })).status).toBe(202);
    expect((await api.send('POST', `${PATH}/${id}/approve`)).body).toMatchObject({ type: '/problems/not-allowed-now' });
    expect(await finished(id)).toMatchObject({ counts: { total: 2, done: 2, planned: 0 }, may: { undo: true } });
    const person = (await api.database.db.apiToken.findFirstOrThrow({ where: { name: 'second' } })).id;
    for (const cycle of ids) {
      expect(await dueOf(cycle)).toMatchObject({ date: '2026-10-20', basis: 'granted' });
      const [event] = (await eventsOf(cycle)).slice(-1);
      expect(event).toMatchObject({ name: 'extend-deadline', actorId: person, sourceDocument: '45/UBND-NN' });
      expect((await api.database.db.note.findUniqueOrThrow({ where: { id: event?.noteId ?? '' } })).text).toBe('Bão số 9');
    }
  });

  it('can be chosen by the list’s own questions', async () => {
    const [id] = await atCommune('Bưởi chọn bằng lọc');
    const { body } = await api.send('POST', PATH, {
      body: { ...extension([]), choose: { filter: { scope: 'season', q: 'buoi chon bang loc', commune: COMMUNE } }, dryRun: true },
    });
    expect(body['items']).toEqual([expect.objectContaining({ cycleId: id, status: 'planned' })]);
  });

  it('refuses what names no dossier, one of another province, or would change nothing', async () => {
    const [id = ''] = await atCommune('Dứa không đổi');
    const refused = async (body: object, token = api.tokens.province) => (await api.send('POST', PATH, { body, token })).body;
    expect(await refused({ ...extension([]), choose: {} })).toMatchObject({ problems: [{ field: 'choose' }] });
    expect(await refused(extension(['37-14329-999-2026.1']))).toMatchObject({ problems: [{ field: 'choose.cycles' }] });
    expect(await refused(extension([id]), api.tokens.otherProvince)).toMatchObject({ problems: [{ field: 'choose.cycles' }] });
    expect(await refused(extension([id], { change: { action: 'extend-deadline', body: { date: '2026-09-20' } } }))).toMatchObject({
      detail: expect.stringMatching(/^Không hồ sơ nào sẽ thay đổi \(1 hồ sơ đã chọn\): Phải sau hạn hiện tại/),
    });
    expect(await refused(extension([id], { change: { action: 'withdraw', body: {} } }))).toMatchObject({ problems: [{}] });
  });

  it('leaves alone a dossier that changed after the proposal', async () => {
    const [still = '', moved = ''] = await atCommune('Cam còn nguyên', 'Quýt đã đổi');
    const { id } = await propose(extension([still, moved]));
    await does(`/api/cycles/${moved}`, 'commune', 'pause', { reason: 'x' });
    await api.send('POST', `${PATH}/${id}/approve`, { token: second });
    expect(await finished(id)).toMatchObject({ counts: { done: 1, refused: 1 } });
    const item = (await itemsOf(id)).find(({ cycleId }) => cycleId === moved);
    expect(item?.reason?.vi).toBe('Hồ sơ đã thay đổi sau khi lập đề xuất, nên không thực hiện');
  });

  it('can be rejected, and is over then', async () => {
    const ids = await atCommune('Ổi không duyệt');
    const { id } = await propose(extension(ids));
    const no = await api.send('POST', `${PATH}/${id}/reject`, { token: second, body: { reason: 'Chưa có văn bản' } });
    expect(no.body).toMatchObject({ status: 'rejected', decisionReason: 'Chưa có văn bản' });
    expect((await api.send('POST', `${PATH}/${id}/approve`, { token: second })).status).toBe(409);
  });
});

describe('the work on a change', () => {
  /** Dependencies as of another process, some hours later, so that what an earlier one held is free. */
  const laterBy = (hours: number, gateway: Partial<CycleGateway> = {}): ApiDeps =>
    apiDeps({
      ...api.parts,
      clock: { now: () => api.parts.clock.now() + hours * HOUR },
      gateway: { ...api.parts.gateway, ...gateway },
    });

  /** Approved, but held back from the API's own worker. */
  async function heldBack(ids: string[]): Promise<string> {
    const { id } = await propose(extension(ids));
    await api.database.db.bulkChange.update({ where: { id }, data: { claimedUntil: new Date(api.parts.clock.now() + HOUR) } });
    await api.send('POST', `${PATH}/${id}/approve`, { token: second });
    return id;
  }

  const timesDone = async (ids: string[], changeId: string): Promise<number[]> =>
    await Promise.all(ids.map(async (id) => (await eventsOf(id)).filter((one) => one.idempotencyKey === `bulk-${changeId}`).length));

  it('goes on after a kill in the middle, and nothing is done twice', async () => {
    const ids = await atCommune('Cá kho A', 'Cá kho B', 'Cá kho C', 'Cá kho D');
    const id = await heldBack(ids);
    let acts = 0;
    let reached = (): void => undefined;
    const killed = new Promise<void>((resolve) => {
      reached = resolve;
    });
    // The third act takes effect, but its process does not live to hear of it; later ones are never sent.
    const act: CycleGateway['act'] = async (cycleId, request, key) => {
      acts += 1;
      const mine = acts;
      if (mine <= 3) {
        const answer = await api.parts.gateway.act(cycleId, request, key);
        if (mine < 3) return answer;
        reached();
      }
      return await new Promise<never>(() => undefined);
    };
    void workOff(laterBy(2, { act }));
    await killed;
    await eventually(async () => expect((await timesDone(ids, id)).filter((times) => times === 1)).toHaveLength(3), 30_000);
    expect((await read(id)).status).toBe('running');
    await workOff(laterBy(2));
    expect((await read(id)).status).toBe('running'); // still held by the one that was killed
    await workOff(laterBy(4));
    expect(await read(id)).toMatchObject({ status: 'done', counts: { done: 4, planned: 0 } });
    expect(await timesDone(ids, id)).toEqual([1, 1, 1, 1]);
  });

  it('waits while the engine does not answer, says so, and goes on later', async () => {
    const ids = await atCommune('Mắm A', 'Mắm B');
    const id = await heldBack(ids);
    await workOff(laterBy(2, { act: async () => ({ kind: 'unavailable' }) }));
    expect(await read(id)).toMatchObject({ status: 'running', trouble: 'unavailable', counts: { planned: 2 } });
    await workOff(laterBy(3));
    expect(await read(id)).toMatchObject({ status: 'done', trouble: null, counts: { done: 2 } });
  });
});

describe('taking a change back', () => {
  const undo = async (id: string): Promise<View> => {
    const answer = await api.send('POST', `${PATH}/${id}/undo`, { token: second, body: { reason: 'Nhầm ngày' } });
    expect(answer).toMatchObject({ status: 202, body: { status: 'undoing' } });
    return await finished(id, 'undone');
  };

  it('brings the old date back by an act of its own, before any mail went out', async () => {
    const ids = await atCommune('Rượu hoàn tác', 'Nem hoàn tác');
    const { id } = await approved(extension(ids));
    expect(await undo(id)).toMatchObject({ counts: { undone: 2, done: 0, kept: 0 }, may: { undo: false } });
    for (const cycle of ids) {
      expect(await dueOf(cycle)).toMatchObject({ date: '2026-10-01', basis: 'limit' });
      const [event] = (await eventsOf(cycle)).slice(-1);
      expect(event).toMatchObject({ name: 'extend-deadline', payload: { date: null } });
      const note = await api.database.db.note.findUniqueOrThrow({ where: { id: event?.noteId ?? '' } });
      expect(note.text).toBe('Hoàn tác thay đổi nhiều hồ sơ: Nhầm ngày');
    }
  });

  it('lets an earlier extension of the dossier bind again', async () => {
    const [id = ''] = await atCommune('Trà đã gia hạn');
    await does(`/api/cycles/${id}`, 'province', 'extend-deadline', { date: '2026-10-08', reason: 'x', sourceDocument: '9/UBND' });
    const change = await approved(extension([id]));
    expect(await dueOf(id)).toMatchObject({ date: '2026-10-20' });
    await undo(change.id);
    expect(await dueOf(id)).toMatchObject({ date: '2026-10-08', source: '9/UBND' });
  });

  it('leaves what a mail has told, and what has moved on, with the reason beside each', async () => {
    const [mailed = '', moved = '', free = ''] = await atCommune('Tôm có thư', 'Cua đi tiếp', 'Ghẹ tự do');
    const { id } = await approved(extension([mailed, moved, free]));
    const mail = { kind: 'digest', recipient: 'a@b.vn', subject: 'x', status: 'sent', createdAt: new Date(api.parts.clock.now()) };
    const sentAt = new Date(api.parts.clock.now());
    const textBody = `- Tôm:\n  https://x/ho-so/${mailed}\n- Ghẹ số khác:\n  https://x/ho-so/${free}7\n`;
    await api.database.db.outboxMail.create({ data: { key: randomUUID(), textBody, sentAt, ...mail } });
    await does(`/api/cycles/${moved}`, 'commune', 'pause', { reason: 'x' });
    expect(await undo(id)).toMatchObject({ counts: { undone: 1, kept: 2 } });
    const reasons = Object.fromEntries((await itemsOf(id)).map((item) => [item.cycleId, item.reason?.vi ?? null]));
    expect(reasons).toEqual({
      [mailed]: 'Đã có thư nhắc gửi đi theo nội dung mới, nên không hoàn tác được',
      [moved]: 'Hồ sơ đã đi tiếp sau thay đổi này, nên không hoàn tác được',
      [free]: null,
    });
    expect(await dueOf(mailed)).toMatchObject({ date: '2026-10-20' });
    expect(await dueOf(free)).toMatchObject({ date: '2026-10-01' });
  });

  it('of officers and pauses puts back who and what was before', async () => {
    const db = api.database.db;
    const person = async (name: string) =>
      (await db.person.create({ data: { id: randomUUID(), officeCode: COMMUNE, name, role: 'commune_officer' } })).id;
    const [first, next] = [await person('Cán bộ cũ'), await person('Cán bộ mới')];
    const ids = await atCommune('Hành phân công', 'Tỏi phân công');
    await does(`/api/cycles/${ids[0]}`, 'commune', 'assign-officer', { side: 'commune', officerId: first });
    const given = await approved({
      change: { action: 'assign-officer', body: { side: 'commune', officerId: next } },
      choose: { cycles: ids },
      reason: 'Chuyển người',
    });
    const officers = async () =>
      await Promise.all(ids.map(async (id) => (await db.cycle.findUniqueOrThrow({ where: { id } })).communeOfficerId));
    expect(await officers()).toEqual([next, next]);
    await undo(given.id);
    expect(await officers()).toEqual([first, null]);

    const paused = await approved({ change: { action: 'pause', body: { until: '2026-10-01' } }, choose: { cycles: ids }, reason: 'Lũ' });
    const arePaused = async () => await Promise.all(ids.map(async (id) => (await db.cycle.findUniqueOrThrow({ where: { id } })).paused));
    expect(await arePaused()).toEqual([true, true]);
    await undo(paused.id);
    expect(await arePaused()).toEqual([false, false]);
    expect(await dueOf(ids[0] ?? '')).toMatchObject({ date: '2026-10-01' });
  });
});
