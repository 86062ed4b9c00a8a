import { sheetOf, setNumber } from '../domain/stars/fixtures';
import { COMMUNE, useApi } from './support/api';
import { answerInterests, council, ON, ok, openSession, type TestCouncil, toCouncil } from './support/council';
import { recompute } from './support/recompute';

const api = useApi({ on: ON });

jest.setTimeout(180_000);

const cache = new Map<string, Record<string, number>>();
function points(set: number, total: number, meeting: 2 | 3 | 4 | 5 = 3): Record<string, number> {
  const key = `${set} ${total} ${meeting}`;
  const options = cache.get(key) ?? { ...sheetOf(setNumber(set), total, { meeting }).options };
  cache.set(key, options);
  return { ...options };
}

const secretary = () => api.tokens.secretary;
const post = async (path: string, body: object = {}, token = secretary()) => await api.send('POST', path, { token, body });
const read = async (path: string) => ok(await api.send('GET', path, { token: secretary() }));
const problemsOf = ({ body }: { body: Record<string, unknown> }) => (body['problems'] ?? []) as { field: string; message: string }[];

async function sessionWith(people: TestCouncil, cycles: string[], body: object = {}): Promise<string> {
  const session = await openSession(api, people, body);
  ok(await post(`${session}/dossiers`, { cycles }));
  return session;
}

async function handIn(session: string, { members }: TestCouncil, cycleId: string, sheetOfMember: (index: number) => object): Promise<void> {
  for (const [index, { token }] of members.entries())
    ok(await post(`${session}/sheets`, { sheets: [{ cycleId, ...sheetOfMember(index) }] }, token));
}

describe('establishing a council', () => {
  const decision = { decisionNumber: '9/QĐ', decisionOn: '2026-09-01', termFrom: '2026-09-01', termTo: '2030-12-31', rules: 'tay-ninh' };

  it('needs one chair, one seat per person, rules that there are, and people of the province', async () => {
    const chair = { person: { name: 'Chủ tịch' }, role: 'chair' };
    const give = async (more: object) =>
      problemsOf(await post('/api/councils', { ...decision, members: [chair], ...more }, api.tokens.province));
    expect(await give({ members: [chair, { person: { name: 'Người khác' }, role: 'chair' }] })).toEqual([
      { field: 'members', message: expect.stringContaining('đúng một Chủ tịch') },
    ]);
    expect(await give({ members: [chair, { person: { name: 'Chủ tịch' }, role: 'member' }] })).toEqual([
      { field: 'members', message: expect.stringContaining('hai chỗ') },
    ]);
    expect(await give({ members: [chair, { personId: 'p-none', role: 'member' }] })).toEqual([
      { field: 'members.1.personId', message: 'không có người này' },
    ]);
    expect(await give({ rules: 'none' })).toEqual([{ field: 'rules', message: expect.stringContaining('tay-ninh') }]);
    expect(await give({ decisionOn: '2027-01-01' })).toEqual([{ field: 'decisionOn', message: expect.stringContaining('tương lai') }]);
    expect(await give({ members: [chair, { person: { name: 'Tổ tư vấn' }, role: 'adviser', scores: true }] })).toEqual([
      { field: 'members', message: expect.stringContaining('Tổ tư vấn không chấm điểm') },
    ]);
  });

  it('is kept once per decision, changed by decision, and not seen by other provinces', async () => {
    const people = await council(api, { size: 3 });
    const path = `/api/councils/${people.id}`;
    const before = await read(path);
    const again = await post(
      '/api/councils',
      {
        ...decision,
        decisionNumber: before['decisionNumber'],
        decisionOn: '2026-08-17',
        members: [{ person: { name: 'X' }, role: 'chair' }],
      },
      api.tokens.province,
    );
    expect(again.body).toMatchObject({ type: '/problems/already-exists', councilId: people.id });
    const change = {
      decisionNumber: '2000/QĐ-UBND',
      on: '2026-10-01',
      leave: ['M2'],
      join: [{ person: { name: 'Ủy viên mới' }, role: 'member' }],
    };
    const changed = ok(await post(`${path}/members`, change, api.tokens.province));
    const seats = changed['members'] as { code: string; until: string | null; from: string }[];
    expect(seats.find(({ code }) => code === 'M2')).toMatchObject({ until: '2026-10-01' });
    expect(seats.at(-1)).toMatchObject({ from: '2026-10-01', until: null });
    const session = await openSession(api, people);
    expect(((await read(session))['members'] as { code: string }[]).map(({ code }) => code)).toEqual(['M1', 'M3', 'M5']);
    for (const token of [api.tokens.otherProvince, api.tokens.member]) expect((await api.send('GET', path, { token })).status).toBe(404);
    expect((await api.send('GET', path, { token: api.tokens.commune })).status).toBe(403);
    const events = (await read(`${path}/events`))['items'] as { name: string; sourceDocument: string }[];
    expect(events.map(({ name }) => name)).toEqual(['establish-council', 'change-members', 'open-session']);
  });

  it('tells the rounds of the year and the plan’s own window', async () => {
    const people = await council(api, { size: 3 });
    const rounds = await read(`/api/councils/${people.id}/rounds`);
    expect(rounds).toMatchObject({ plan: 'ninh-binh-2026', windows: [{ closes: { date: '2026-12-31' } }] });
    expect(rounds['rounds']).toEqual(
      expect.arrayContaining([
        {
          id: 'province-2/2026',
          cutOff: { date: '2026-10-30', operator: 'before' },
          conclusion: { date: '2026-12-30', operator: 'before' },
          current: true,
        },
      ]),
    );
    const early = await post(`/api/councils/${people.id}/sessions`, { procedure: 'meeting', heldOn: '2031-05-04' });
    expect(problemsOf(early)).toEqual([{ field: 'heldOn', message: expect.stringContaining('nhiệm kỳ') }]);
  });
});

describe('a dossier before the council', () => {
  it('is handed over in the working days that the rules ask for, or the session moves', async () => {
    const people = await council(api, { size: 3, rules: 'qd-148-2023' });
    const [cycle = ''] = await toCouncil(api, [{ name: 'Chuyển hồ sơ', set: 4 }]);
    const session = await sessionWith(people, [cycle]);
    await answerInterests(api, session, people, [cycle]);
    const sheet = { sheets: [{ cycleId: cycle, options: points(4, 60) }] };
    const first = people.members[0]?.token ?? '';
    expect(problemsOf(await post(`${session}/sheets`, sheet, first))[0]?.message).toMatch(/chưa chuyển hồ sơ.*chậm nhất 19\/10\/2026/);
    const late = await post(`${session}/handover`);
    expect(late.status).toBe(409);
    expect(problemsOf(late)).toEqual([{ field: cycle, message: expect.stringContaining('lùi ngày họp') }]);
    expect(ok(await post(`${session}/postpone`, { heldOn: '2026-10-21', reason: 'Chuyển hồ sơ muộn' }))).toMatchObject({ handOverBy: ON });
    ok(await post(`${session}/handover`));
    ok(await post(`${session}/sheets`, sheet, first));
    const early = await post(`${session}/close`);
    expect(problemsOf(early)[0]).toMatchObject({ field: 'on', message: expect.stringContaining('21/10/2026') });
  });

  it('is excluded by a conclusion of the council, which is no score', async () => {
    const people = await council(api, { size: 3 });
    const [out = '', back = ''] = await toCouncil(api, [
      { name: 'Hồ sơ giả mạo', set: 4 },
      { name: 'Hồ sơ bị nghi ngờ', set: 4 },
    ]);
    const session = await sessionWith(people, [out, back]);
    await answerInterests(api, session, people, [out, back]);
    for (const cycle of [out, back])
      await handIn(session, people, cycle, (index) =>
        index === 1 ? { options: { '1.1': 1 }, disqualified: { reason: 'Giấy tờ không thật' } } : { options: points(4, 60) },
      );
    const refused = await post(`${session}/close`);
    expect(problemsOf(refused).map(({ message }) => message)).toEqual([
      expect.stringContaining('đề nghị loại hồ sơ'),
      expect.stringContaining('đề nghị loại hồ sơ'),
    ]);
    ok(await post(`${session}/dossiers/${out}/exclude`, { reason: 'Giấy tờ không thật' }));
    ok(await post(`${session}/dossiers/${back}/rescore`));
    await handIn(session, people, back, () => ({ options: points(4, 62) }));
    const closed = ok(await post(`${session}/close`));
    const results = (closed['dossiers'] as { cycleId: string; result: object }[]).map(({ cycleId, result }) => [cycleId, result]);
    expect(Object.fromEntries(results)).toMatchObject({
      [out]: { route: 'disqualified', sum: null, star: null, recorded: true },
      [back]: { route: 'province', sum: 186, star: 3, recorded: true },
    });
    expect(await read(`/api/cycles/${out}`)).toMatchObject({ step: 'awaiting_decision' });
  });

  it('has another one preside when the chair has an interest in it', async () => {
    const people = await council(api, { size: 4 });
    const [cycle = ''] = await toCouncil(api, [{ name: 'Chủ tịch có lợi ích', set: 4 }]);
    const session = await sessionWith(people, [cycle]);
    await answerInterests(api, session, people, [cycle], { M1: cycle });
    for (const { token } of people.members.slice(1))
      ok(await post(`${session}/sheets`, { sheets: [{ cycleId: cycle, options: points(4, 60) }] }, token));
    expect(problemsOf(await post(`${session}/close`))).toEqual([
      { field: cycle, message: expect.stringContaining('được ủy quyền chủ trì') },
    ]);
    ok(await post(`${session}/delegation`, { to: 'M2', cycleId: cycle, documentNumber: '5/GUQ' }));
    const closed = ok(await post(`${session}/close`));
    expect((closed['dossiers'] as object[])[0]).toMatchObject({ presides: 'M2', result: { members: 3, sum: 180, recorded: true } });
  });

  it('goes by written opinions only as a re-evaluation, and to a meeting when opinions differ', async () => {
    const people = await council(api, { size: 3 });
    const again = await reevaluations(['Đồng thuận', 'Khác ý kiến', 'Nội dung phức tạp']);
    const [fresh = ''] = await toCouncil(api, [{ name: 'Sản phẩm mới', set: 4 }]);
    const session = await openSession(api, people, { procedure: 'written-opinions', heldOn: '2026-11-05' });
    const refused = await post(`${session}/dossiers`, { cycles: [fresh] });
    expect(problemsOf(refused)).toEqual([{ field: fresh, message: expect.stringContaining('chỉ đánh giá lại') }]);
    ok(await post(`${session}/dossiers`, { cycles: again }));
    await answerInterests(api, session, people, again);
    const [agreed = '', differing = '', complex = ''] = again;
    await handIn(session, people, agreed, () => ({ options: points(4, 72) }));
    await handIn(session, people, differing, (index) => ({ options: points(4, index === 0 ? 69 : 71) }));
    await handIn(session, people, complex, (index) => ({
      options: points(4, 60),
      ...(index === 2 ? { asksMeeting: 'Đổi nguyên liệu' } : {}),
    }));
    const standings = ((await read(session))['dossiers'] as { standing: string }[]).map(({ standing }) => standing);
    expect(standings).toEqual(['ready', 'meeting', 'meeting']);
    expect(problemsOf(await post(`${session}/close`)).map(({ field }) => field)).toEqual([differing, complex]);
    for (const cycle of [differing, complex]) ok(await post(`${session}/dossiers/${cycle}/remove`, { reason: 'Cần họp' }));
    expect(ok(await post(`${session}/close`))).toMatchObject({
      status: 'closed',
      dossiers: [{ cycleId: agreed, result: { sum: 216, star: 3 } }],
    });
    const meeting = await sessionWith(people, [differing, complex]);
    expect(((await read(meeting))['dossiers'] as object[]).length).toBe(2);
  });
});

async function reevaluations(names: string[]): Promise<string[]> {
  const cycles: string[] = [];
  for (const productName of names) {
    const certificate = { stars: 3, issuedOn: '2024-03-15', decisionNumber: '7/QĐ-UBND', issuedBy: 'UBND tỉnh' };
    const producer = { name: `Tổ hợp tác ${productName}` };
    const first = await api.register({ productName, producer, productSet: 4, kind: 'new', communeCode: COMMUNE, certificate });
    const productCode = String(first.split('/').at(-1)).replace(/\.1$/, '');
    const second = await api.register({ kind: 'reevaluation', predecessor: { productCode } });
    const does = async (who: keyof typeof api.tokens, action: string, body: object = {}) =>
      ok(await post(`${second}/actions/${action}`, body, api.tokens[who]));
    await does('commune', 'submit-dossier');
    await does('commune', 'issue-commune-report', {
      assessedItems: ['local_origin', 'local_labour', 'idea_origin', 'local_identity'],
      samples: 5,
    });
    await does('province', 'accept-package');
    await does('secretary', 'record-advisory-report');
    cycles.push(second.split('/').at(-1) ?? '');
  }
  return cycles;
}

describe('closing', () => {
  it('waits for what a cycle itself would refuse, so that no result is left without one', async () => {
    const people = await council(api, { size: 3 });
    const [cycle = ''] = await toCouncil(api, [{ name: 'Tạm dừng giữa chừng', set: 4 }]);
    const session = await sessionWith(people, [cycle]);
    await answerInterests(api, session, people, [cycle]);
    await handIn(session, people, cycle, () => ({ options: points(4, 60) }));
    ok(await post(`/api/cycles/${cycle}/actions/pause`, { reason: 'Chủ thể đề nghị' }, api.tokens.province));
    expect(problemsOf(await post(`${session}/close`))).toEqual([{ field: cycle, message: expect.stringContaining('tạm dừng') }]);
    ok(await post(`/api/cycles/${cycle}/actions/resume`, {}, api.tokens.province));
    expect(ok(await post(`${session}/close`))).toMatchObject({ status: 'closed', notEntered: [] });
  });

  it('goes on where it was cut off, and enters no result twice', async () => {
    const people = await council(api, { size: 3 });
    const cycles = await toCouncil(
      api,
      [1, 2, 3, 4].map((number) => ({ name: `Bị ngắt ${number}`, set: 4 })),
    );
    const session = await sessionWith(people, cycles);
    await answerInterests(api, session, people, cycles);
    for (const cycle of cycles) await handIn(session, people, cycle, () => ({ options: points(4, 60) }));
    let left = 2;
    const { gateway } = api.parts;
    const failing = await api.another({
      gateway: { ...gateway, act: async (...given) => (left-- > 0 ? await gateway.act(...given) : { kind: 'unavailable' }) },
    });
    const request = { token: secretary(), body: {}, headers: { 'idempotency-key': 'close-once' } };
    const cut = await failing.send('POST', `${session}/close`, request);
    await failing.close();
    expect(cut.status).toBe(503);
    const half = (await read(session))['dossiers'] as { result: { recorded: boolean } }[];
    expect(half.filter(({ result }) => result.recorded).length).toBe(2);
    const computed = await api.parts.db.councilResult.findMany({ where: { cycleId: { in: cycles } }, orderBy: { id: 'asc' } });
    const done = ok(await api.send('POST', `${session}/close`, request));
    expect((done['dossiers'] as { result: { recorded: boolean } }[]).every(({ result }) => result.recorded)).toBe(true);
    expect(await api.parts.db.councilResult.findMany({ where: { cycleId: { in: cycles } }, orderBy: { id: 'asc' } })).toEqual(computed);
    for (const cycle of cycles)
      expect(await api.parts.db.cycleEvent.count({ where: { cycleId: cycle, name: 'record-council-result' } })).toBe(1);
  });
});

describe('a result sent in one call, without a session', () => {
  it('keeps its sheets with who sent them for which office', async () => {
    const [cycle = ''] = await toCouncil(api, [{ name: 'Không có phiên', set: 11 }]);
    const sheets = [60, 61, 62].map((total, index) => ({ member: `TV${index + 1}`, options: points(11, total) }));
    ok(await post(`/api/cycles/${cycle}/actions/record-council-result`, { sheets }));
    const { db } = api.parts;
    const rows = await db.scoreSheet.findMany({ where: { cycleId: cycle }, orderBy: { memberCode: 'asc' } });
    expect(rows).toMatchObject(
      sheets.map(({ member, options }, index) => ({
        memberCode: member,
        options,
        total: 60 + index,
        source: 'result',
        officeCode: '37',
        sessionId: null,
      })),
    );
    const [result] = await db.councilResult.findMany({ where: { cycleId: cycle } });
    const { sum, members, mean, band, star, route } = recompute(
      11,
      sheets.map(({ options }) => options),
    );
    expect(result).toMatchObject({ sum, members, mean, band, star, route, level: 'province', rulesId: 'qd-26-2026' });
    expect(await db.cycleEvent.count({ where: { cycleId: cycle, idempotencyKey: result?.key ?? '' } })).toBe(1);
  });
});
