/** Changes of many dossiers over HTTP, on the running engine: proposed, approved, taken back. */
import { randomUUID } from 'node:crypto';
import { COMMUNE, useApi } from './support/api';
import { type ChangeView, extension, type ItemView, PATH, useBulkChanges } from './support/bulk';

const api = useApi({ on: '2026-09-10' });
const { second, does, atCommune, propose, itemsOf, finished, approved, dueOf, eventsOf } = useBulkChanges(api);

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
    const items = body['items'] as ItemView[];
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
    const yes = await api.send('POST', `${PATH}/${id}/approve`, { token: second(), headers: key });
    expect(yes).toMatchObject({ status: 202, body: { status: 'running' } });
    expect((await api.send('POST', `${PATH}/${id}/approve`, { token: second(), headers: key })).status).toBe(202);
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
    await api.send('POST', `${PATH}/${id}/approve`, { token: second() });
    expect(await finished(id)).toMatchObject({ counts: { done: 1, refused: 1 } });
    const item = (await itemsOf(id)).find(({ cycleId }) => cycleId === moved);
    expect(item?.reason?.vi).toBe('Hồ sơ đã thay đổi sau khi lập đề xuất, nên không thực hiện');
  });

  it('can be rejected, and is over then', async () => {
    const ids = await atCommune('Ổi không duyệt');
    const { id } = await propose(extension(ids));
    const no = await api.send('POST', `${PATH}/${id}/reject`, { token: second(), body: { reason: 'Chưa có văn bản' } });
    expect(no.body).toMatchObject({ status: 'rejected', decisionReason: 'Chưa có văn bản' });
    expect((await api.send('POST', `${PATH}/${id}/approve`, { token: second() })).status).toBe(409);
  });
});

describe('taking a change back', () => {
  const undo = async (id: string): Promise<ChangeView> => {
    const answer = await api.send('POST', `${PATH}/${id}/undo`, { token: second(), body: { reason: 'Nhầm ngày' } });
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
