/** A dossier before the council, and what a session needs before it closes. */
import { COMMUNE, useApi } from './support/api';
import { answerInterests, council, ON, ok, openSession, points, type TestCouncil, toCouncil } from './support/council';
import { recompute } from './support/recompute';

const api = useApi({ on: ON });

jest.setTimeout(180_000);

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
  it('needs the chair and the quorum', async () => {
    const late = await council(api, { size: 4 });
    const [cycle = ''] = await toCouncil(api, [{ name: 'Sản phẩm thiếu phiếu', set: 4 }]);
    const path = await openSession(api, late);
    ok(await api.send('POST', `${path}/dossiers`, { token: api.tokens.secretary, body: { cycles: [cycle] } }));
    await answerInterests(api, path, late, [cycle]);
    const body = { sheets: [{ cycleId: cycle, options: points(4, 60) }] };
    const close = async () => await api.send('POST', `${path}/close`, { token: api.tokens.secretary });
    const problems = async () => ((await close()).body['problems'] as { message: string }[]).map(({ message }) => message).join('; ');
    for (const { token } of late.members.slice(1, 3)) ok(await api.send('POST', `${path}/sheets`, { token, body }));
    expect(await problems()).toMatch(/2\/4 người chấm, cần ít nhất 3.*Chủ tịch/);
    ok(await api.send('POST', `${path}/sheets`, { token: late.members[3]?.token ?? '', body }));
    expect(await problems()).toMatch(/^Chủ tịch Hội đồng/);
    ok(await api.send('POST', `${path}/delegation`, { token: api.tokens.secretary, body: { to: 'M2', documentNumber: '77/GUQ' } }));
    expect((await close()).status).toBe(200);
  });

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
