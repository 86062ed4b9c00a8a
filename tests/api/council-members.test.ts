/** A council established, its members changed by decision, and what becomes of its sessions: open ones follow the day they are held, closed ones stay. */
import { useApi } from './support/api';
import { answerInterests, council, ON, ok, openSession, points, type TestCouncil, tokenFor, toCouncil } from './support/council';

const api = useApi({ on: ON });

jest.setTimeout(180_000);

const SET = 4;
const POINTS = points(SET, 60);

const post = async (path: string, body: object = {}, token = api.tokens.secretary) => await api.send('POST', path, { token, body });
const change = async ({ id }: TestCouncil, body: object) =>
  await post(`/api/councils/${id}/members`, { decisionNumber: '2000/QĐ-UBND', on: ON, ...body }, api.tokens.province);
const read = async (path: string) => ok(await api.send('GET', path, { token: api.tokens.secretary }));
const problemsOf = ({ body }: { body: Record<string, unknown> }) => (body['problems'] ?? []) as { field: string; message: string }[];
const seatsIn = async (session: string) =>
  ((await read(session))['members'] as { code: string; role: string }[]).map(({ code, role }) => `${code} ${role}`);
const newcomer = (name: string, role = 'member') => ({ person: { name }, role, position: 'Phó Giám đốc Sở Y tế' });

async function session(people: TestCouncil, cycles: string[], body: object = {}): Promise<string> {
  const path = await openSession(api, people, body);
  ok(await post(`${path}/dossiers`, { cycles }));
  await answerInterests(api, path, people, cycles);
  return path;
}

const handIn = async (path: string, token: string, cycleId: string) =>
  await post(`${path}/sheets`, { sheets: [{ cycleId, options: POINTS }] }, token);
const tokenOf = ({ members }: TestCouncil, index: number): string => members[index]?.token ?? '';

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
      { field: 'members', message: expect.stringContaining('cùng một người') },
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

describe('a change of members', () => {
  it('is refused when it changes nothing, leaves the term, runs before an earlier one, or leaves no chair', async () => {
    const people = await council(api, { size: 3 });
    expect(problemsOf(await change(people, {}))).toEqual([{ field: 'leave', message: expect.stringContaining('không có thay đổi nào') }]);
    expect(problemsOf(await change(people, { on: '2031-01-01', leave: ['M2'] }))).toEqual([
      { field: 'on', message: expect.stringContaining('nhiệm kỳ') },
    ]);
    expect(problemsOf(await change(people, { leave: ['M9'] }))).toEqual([
      { field: 'leave', message: expect.stringContaining('M1, M2, M3, M4') },
    ]);
    expect(problemsOf(await change(people, { leave: ['M1'] }))).toEqual([
      { field: 'join', message: expect.stringContaining('đúng một Chủ tịch') },
    ]);
    ok(await change(people, { leave: ['M2'] }));
    expect(problemsOf(await change(people, { on: '2026-10-19', leave: ['M3'] }))).toEqual([
      { field: 'on', message: expect.stringContaining('20/10/2026') },
    ]);
  });

  it('is entered once, with who entered it for which office', async () => {
    const people = await council(api, { size: 3 });
    const given = { leave: ['M3'], join: [newcomer('Đinh Công Sứ')] };
    const [first, second] = [ok(await change(people, given)), ok(await change(people, given))];
    expect(second).toEqual(first);
    const events = (await read(`/api/councils/${people.id}/events`))['items'] as object[];
    expect(events.slice(1)).toMatchObject([
      {
        name: 'change-members',
        on: ON,
        role: 'provincial_staff',
        office: '37',
        sourceDocument: '2000/QĐ-UBND',
        payload: { leave: ['M3'] },
      },
    ]);
  });

  it('reaches an open session held from its day on; sheets of one who leaves fall only when that is said, and are kept', async () => {
    const people = await council(api, { size: 3 });
    const [cycle = ''] = await toCouncil(api, [{ name: 'Đổi thành viên', set: SET }]);
    const path = await session(people, [cycle]);
    ok(await handIn(path, tokenOf(people, 1), cycle));
    const given = { leave: ['M2'], join: [newcomer('Trịnh Thị Ngân')] };
    const refused = await change(people, given);
    expect(refused.status).toBe(409);
    expect(problemsOf(refused)).toEqual([{ field: 'setAsideSheets', message: expect.stringMatching(/M2.*1 phiếu.*20\/10\/2026/) }]);
    expect(await seatsIn(path)).toEqual(['M1 chair', 'M2 member', 'M3 member']);
    const changed = ok(await change(people, { ...given, setAsideSheets: true }));
    const joined = (changed['members'] as { code: string; personId: string }[]).at(-1);
    expect(await seatsIn(path)).toEqual(['M1 chair', 'M3 member', 'M5 member']);
    expect(((await read(path))['dossiers'] as { members: object[] }[])[0]?.members).toEqual([
      { code: 'M1', interest: 'none', handedIn: false },
      { code: 'M3', interest: 'none', handedIn: false },
      { code: 'M5', interest: 'unanswered', handedIn: false },
    ]);
    expect((await handIn(path, tokenOf(people, 1), cycle)).status).toBe(403);
    const token = await tokenFor(api, joined?.personId ?? '', 'newcomer');
    ok(await post(`${path}/interests`, { answers: [{ cycleId: cycle, interest: false }] }, token));
    for (const one of [tokenOf(people, 0), tokenOf(people, 2), token]) ok(await handIn(path, one, cycle));
    const closed = ok(await post(`${path}/close`));
    expect((closed['dossiers'] as object[])[0]).toMatchObject({ result: { members: 3, sum: 180, recorded: true } });
    const sheets = (await read(`${path}/sheets`))['items'] as { member: string }[];
    expect(sheets.map(({ member }) => member)).toContain('M2');
    const events = (await read(`${path}/events`))['items'] as { name: string }[];
    expect(events.find(({ name }) => name === 'change-session-members')).toMatchObject({
      sourceDocument: '2000/QĐ-UBND',
      payload: { leave: ['M2'], join: [{ code: 'M5', role: 'member' }], sheetsSetAside: 1 },
    });

    // The session is closed: a later change does not touch it.
    ok(await change(people, { decisionNumber: '2001/QĐ-UBND', leave: ['M5'] }));
    expect(await seatsIn(path)).toEqual(['M1 chair', 'M3 member', 'M5 member']);
  });

  it('gives the chair to another by decision: who stays keeps the sheet, whoever had the chair in hand no longer presides', async () => {
    const people = await council(api, { size: 3 });
    const [cycle = ''] = await toCouncil(api, [{ name: 'Ủy quyền Chủ tịch', set: SET }]);
    const path = await session(people, [cycle]);
    ok(await post(`${path}/delegation`, { to: 'M2', documentNumber: '7/GUQ' }));
    ok(await handIn(path, tokenOf(people, 2), cycle));
    const stays = { personId: people.members[2]?.personId, role: 'chair' };
    ok(await change(people, { leave: ['M1', 'M2', 'M3'], join: [stays, newcomer('Lã Văn Hải')] }));
    expect(await seatsIn(path)).toEqual(['M3 chair', 'M6 member']);
    expect(((await read(path))['dossiers'] as { presides: string; members: object[] }[])[0]).toMatchObject({
      presides: 'M3',
      members: [{ code: 'M3', handedIn: true }, { code: 'M6' }],
    });
  });

  it('leaves a session alone that is held before its day, until that session is moved past it', async () => {
    const people = await council(api, { size: 3 });
    const path = await openSession(api, people);
    ok(await change(people, { on: '2026-10-26', leave: ['M3'] }));
    expect(await seatsIn(path)).toEqual(['M1 chair', 'M2 member', 'M3 member']);
    ok(await post(`${path}/postpone`, { heldOn: '2026-10-27', reason: 'Chủ tịch bận' }));
    expect(await seatsIn(path)).toEqual(['M1 chair', 'M2 member']);
    const later = await openSession(api, people, { heldOn: '2026-10-23' });
    expect(await seatsIn(later)).toEqual(['M1 chair', 'M2 member', 'M3 member']);
  });
});
