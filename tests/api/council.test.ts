import { strFromU8, unzipSync } from 'fflate';
/** A session of a council from its opening to its minutes. */
import { useApi } from './support/api';
import { answerInterests, council, ON, ok, openSession, points, type TestCouncil, toCouncil } from './support/council';
import { recompute } from './support/recompute';
import { BELOW_EDGE, BELOW_FIFTY, EDGE, MINIMUM_MISSED, NINETY, PRODUCTS, RECUSED, RESCORED, wishFor } from './support/thirty-products';

const api = useApi({ on: ON });

interface DossierView {
  cycleId: string;
  standing: string;
  scoringRound: number;
  members: { code: string; interest: string; handedIn: boolean }[];
  result: Record<string, unknown> | null;
}

jest.setTimeout(180_000);

// While the file is read, before any request: the search keeps the process busy for longer than an idle connection lives.
for (const [index, { set }] of PRODUCTS.entries()) {
  const { totals, meeting } = wishFor(index);
  for (const total of [...totals, ...(index === RESCORED ? [68, 74] : [])]) points(set, total, meeting);
}

describe('a council of nine with 30 products of six sets', () => {
  let nineMembers: TestCouncil;
  let cycles: string[];
  let session: string;
  /** The sheets that count in the end, by cycle and member. */
  const sheets = new Map<string, Map<string, Record<string, number>>>();

  const dossier = async (index: number, path = session): Promise<DossierView> => {
    const { dossiers } = ok(await api.send('GET', path, { token: api.tokens.secretary })) as { dossiers: DossierView[] };
    const one = dossiers.find(({ cycleId }) => cycleId === cycles[index]);
    if (!one) throw new Error(`dossier ${index} is not on the list`);
    return one;
  };
  const cycleOf = (index: number): string => cycles[index] ?? '';
  const memberOf = (index: number) => nineMembers.members[index] ?? { code: '', personId: '', token: '' };

  async function handIn(member: number, given: { index: number; options: Record<string, number> }[]) {
    const { token, code } = memberOf(member);
    const body = { sheets: given.map(({ index, options }) => ({ cycleId: cycleOf(index), options })) };
    const answer = await api.send('POST', `${session}/sheets`, { token, body });
    if (answer.status === 200)
      for (const { index, options } of given) sheets.set(cycleOf(index), (sheets.get(cycleOf(index)) ?? new Map()).set(code, options));
    return answer;
  }

  beforeAll(async () => {
    nineMembers = await council(api);
    cycles = await toCouncil(api, PRODUCTS);
    session = await openSession(api, nineMembers);
  }, 240_000);

  it('opens a session in its round, with the members of the day', async () => {
    const view = ok(await api.send('GET', session, { token: api.tokens.secretary }));
    expect(view).toMatchObject({
      status: 'open',
      plan: 'ninh-binh-2026',
      round: { id: 'province-2/2026', inTime: true },
      handOverBy: null,
    });
    expect((view['members'] as { code: string }[]).map(({ code }) => code)).toEqual(['M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7', 'M8', 'M9']);
  });

  it('takes only dossiers past intake and advisory team on its list, and names what is not', async () => {
    const waiting = ok(await api.send('GET', `/api/councils/${nineMembers.id}/waiting`, { token: api.tokens.secretary }));
    expect((waiting['items'] as object[]).length).toBe(30);
    const path = await api.register({
      productName: 'Sản phẩm chưa qua xã',
      producer: { name: 'Hộ Lê Văn Tư' },
      productSet: 4,
      kind: 'new',
      communeCode: '14329',
    });
    const early = path.split('/').at(-1) ?? '';
    const refused = await api.send('POST', `${session}/dossiers`, { token: api.tokens.secretary, body: { cycles: [cycleOf(0), early] } });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ problems: [{ field: early, message: expect.stringContaining('Tổ tư vấn') }] });
    const listed = ok(await api.send('POST', `${session}/dossiers`, { token: api.tokens.secretary, body: { cycles } }));
    expect((listed['dossiers'] as DossierView[]).map(({ cycleId }) => cycleId)).toEqual(cycles);
    const other = await openSession(api, nineMembers);
    const taken = await api.send('POST', `${other}/dossiers`, { token: api.tokens.secretary, body: { cycles: [cycleOf(0)] } });
    expect(taken.body).toMatchObject({ problems: [{ field: cycleOf(0), message: expect.stringContaining('đang trong phiên') }] });
    const around = await api.send('POST', `/api/cycles/${cycleOf(0)}/actions/record-council-result`, {
      token: api.tokens.secretary,
      body: { sum: 630, members: 9 },
    });
    expect(around.body).toMatchObject({ type: '/problems/not-allowed-now', detail: expect.stringContaining('phiên') });
  });

  it('asks every member about interests before they score, and keeps whoever has one out', async () => {
    const early = await handIn(0, [{ index: 7, options: points(1, 60, 3) }]);
    expect(early.body).toMatchObject({ problems: [{ message: expect.stringContaining('lợi ích liên quan') }] });
    expect((await dossier(RECUSED)).members[8]).toEqual({ code: 'M9', interest: 'unanswered', handedIn: false });
    await answerInterests(api, session, nineMembers, cycles, { M9: cycleOf(RECUSED) });
    expect((await dossier(RECUSED)).members[8]).toEqual({ code: 'M9', interest: 'interest', handedIn: false });
    const recused = await handIn(8, [{ index: RECUSED, options: points(4, 80, 4) }]);
    expect(recused.body).toMatchObject({ problems: [{ message: expect.stringContaining('không chấm hồ sơ này') }] });
  });

  it('refuses a sheet criterion by criterion, and enters nothing of what was sent with it', async () => {
    const broken = { ...points(4, 74, 4), '1.1': 9 };
    delete (broken as Record<string, number>)['4.1'];
    const answer = await handIn(0, [
      { index: 1, options: points(4, 76, 3) },
      { index: RECUSED, options: broken },
    ]);
    expect(answer.status).toBe(422);
    expect((answer.body['problems'] as { field: string }[]).map(({ field }) => field)).toEqual([
      'sheets.1.options.1.1',
      'sheets.1.options.4.1',
    ]);
    expect((await dossier(1)).members[0]).toMatchObject({ handedIn: false });
  });

  it('takes each member’s own sheets, and tells the secretary who has handed in but no points', async () => {
    for (const [member] of nineMembers.members.entries()) {
      const given = PRODUCTS.flatMap(({ set }, index) => {
        const { totals, meeting } = wishFor(index);
        if (index === RECUSED && member === 8) return [];
        return [{ index, options: points(set, totals[member] ?? 0, meeting) }];
      });
      expect(ok(await handIn(member, given))).toEqual({ entered: given.length, unchanged: 0 });
    }
    const seen = await api.send('GET', session, { token: api.tokens.secretary });
    const { dossiers } = seen.body as { dossiers: DossierView[] };
    expect(dossiers.every(({ members }) => members.filter(({ handedIn }) => handedIn).length >= 8)).toBe(true);
    expect(dossiers.every(({ result }) => result === null)).toBe(true);
    expect(dossiers.map(({ standing }) => standing).filter((standing) => standing !== 'ready')).toEqual(['rescore']);
  });

  it('lets nobody see or change another’s sheet before it closes, on any route', async () => {
    const [own, other] = [memberOf(0), memberOf(1)];
    const mine = ok(await api.send('GET', `${session}/sheets`, { token: own.token }))['items'] as { member: string }[];
    expect(new Set(mine.map(({ member }) => member))).toEqual(new Set(['M1']));
    for (const who of ['administrator', 'province', 'secretary', 'manager', 'provinceManager'] as const) {
      const answer = await api.send('GET', `${session}/sheets`, { token: api.tokens[who] });
      expect(answer.status).toBe(409);
    }
    for (const who of ['commune', 'otherCommune', 'otherProvince', 'member'] as const) {
      const { status } = await api.send('GET', `${session}/sheets`, { token: api.tokens[who] });
      expect([403, 404]).toContain(status);
    }
    for (const who of ['administrator', 'province', 'secretary', 'manager', 'member'] as const) {
      const body = { sheets: [{ cycleId: cycleOf(7), options: points(1, 60, 3) }] };
      const { status } = await api.send('POST', `${session}/sheets`, { token: api.tokens[who], body });
      expect([403, 404]).toContain(status);
    }
    const forged = { sheets: [{ cycleId: cycleOf(7), member: own.code, options: points(1, 60, 3) }] };
    expect((await api.send('POST', `${session}/sheets`, { token: other.token, body: forged })).status).toBe(422);
    // Whatever else can be read about the session or its dossiers shows no total of anybody's sheet.
    const places = [session, `${session}/events?limit=200`, `/api/councils/${nineMembers.id}/events?limit=200`];
    for (const place of places)
      for (const token of [own.token, api.tokens.secretary, api.tokens.administrator]) {
        const { text } = await api.send('GET', place, { token });
        expect(text).not.toMatch(/"(options|total|sum|mean|spread|star)":\s*["\d{]/);
      }
    for (const place of [`/api/cycles/${cycleOf(7)}`, `/api/cycles/${cycleOf(7)}/events`])
      expect((await api.send('GET', place, { token: own.token })).status).toBe(403);
  });

  it('does not close while members are too far apart: they score again, and the old sheets are kept', async () => {
    const refused = await api.send('POST', `${session}/close`, { token: api.tokens.secretary });
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      problems: [{ field: cycleOf(RESCORED), message: expect.stringContaining('chênh nhau quá 10 điểm') }],
    });
    const path = `${session}/dossiers`;
    const needless = await api.send('POST', `${path}/${cycleOf(7)}/rescore`, { token: api.tokens.secretary });
    expect(needless.status).toBe(409);
    ok(
      await api.send('POST', `${path}/${cycleOf(RESCORED)}/rescore`, {
        token: api.tokens.secretary,
        body: { reason: 'Thảo luận tiêu chí 4.1' },
      }),
    );
    expect(await dossier(RESCORED)).toMatchObject({ scoringRound: 2, standing: 'sheets' });
    for (const [member] of nineMembers.members.entries())
      ok(await handIn(member, [{ index: RESCORED, options: points(4, member === 3 ? 68 : 74, 3) }]));
    const [fourth] = await api.parts.db.$queryRaw<{ totals: string }[]>`
      select string_agg(scoring_round || ':' || total, ' ' order by id) as totals from score_sheet where cycle_id = ${cycleOf(RESCORED)} and member_code = 'M4'`;
    expect(fourth?.totals).toBe('1:60 2:68');
  });

  it('closes: every verdict is what the criteria file gives, entered once into its cycle', async () => {
    const closed = ok(await api.send('POST', `${session}/close`, { token: api.tokens.secretary, body: { minutesNumber: '12/BB-HĐ' } }));
    expect(closed).toMatchObject({ status: 'closed', closedOn: ON, notEntered: [] });
    const { dossiers } = closed as { dossiers: DossierView[] };
    for (const [index, { set }] of PRODUCTS.entries()) {
      const expected = recompute(set, [...(sheets.get(cycleOf(index)) ?? new Map()).values()]);
      const result = dossiers[index]?.result;
      const { missedMinimums, ...figures } = expected;
      expect(result).toMatchObject({ ...figures, recorded: true });
      expect((result?.['missedMinimums'] as object[] | undefined)?.length).toBe(missedMinimums.length);
      const cycle = ok(await api.send('GET', `/api/cycles/${cycleOf(index)}/events?limit=200`));
      const last = (cycle['items'] as { name: string; payload: object; sourceDocument: string }[]).at(-1);
      const { sum, members, star, route } = expected;
      expect(last).toMatchObject({
        name: 'record-council-result',
        sourceDocument: '12/BB-HĐ',
        payload: { verdict: { sum, members, star, route }, sessionId: session.split('/').at(-1) },
      });
    }
    const shown = (index: number) => dossiers[index]?.result;
    expect(shown(RECUSED)).toMatchObject({ members: 8, sum: 8 * 74, star: 4, route: 'province' });
    expect(shown(MINIMUM_MISSED)).toMatchObject({ band: 4, star: 3, route: 'human-decides' });
    expect(shown(EDGE)).toMatchObject({ sum: 630, mean: '70.00', band: 4 });
    expect(shown(BELOW_EDGE)).toMatchObject({ sum: 629, mean: '69.88', band: 3, star: 3, route: 'province' });
    expect(shown(NINETY)).toMatchObject({ mean: '92.33', star: 5, route: 'national' });
    expect(shown(BELOW_FIFTY)).toMatchObject({ mean: '49.11', star: 2, route: 'not-recognised' });
  });

  it('is closed for everybody: nothing is entered, changed or computed any more', async () => {
    const before = await api.parts.db.councilResult.findMany({ orderBy: { id: 'asc' } });
    const answers = { answers: [{ cycleId: cycleOf(7), interest: true }] };
    const attempts: [string, string, object][] = [
      ['sheets', memberOf(0).token, { sheets: [{ cycleId: cycleOf(7), options: points(1, 80, 4) }] }],
      ['interests', memberOf(0).token, answers],
      ['dossiers', api.tokens.administrator, { cycles: [cycleOf(7)] }],
      ['handover', api.tokens.administrator, {}],
      ['delegation', api.tokens.administrator, { to: 'M2' }],
      ['postpone', api.tokens.administrator, { heldOn: '2026-11-20', reason: 'x' }],
      [`dossiers/${cycleOf(7)}/rescore`, api.tokens.administrator, {}],
      [`dossiers/${cycleOf(7)}/exclude`, api.tokens.administrator, { reason: 'x' }],
      [`dossiers/${cycleOf(7)}/remove`, api.tokens.administrator, { reason: 'x' }],
    ];
    for (const [place, token, body] of attempts) {
      const answer = await api.send('POST', `${session}/${place}`, { token, body });
      expect([place, answer.status, answer.body['type']]).toEqual([place, 409, '/problems/not-allowed-now']);
    }
    const again = ok(await api.send('POST', `${session}/close`, { token: api.tokens.province }));
    expect(again).toMatchObject({ status: 'closed', closedOn: ON, notEntered: [] });
    expect(await api.parts.db.councilResult.findMany({ orderBy: { id: 'asc' } })).toEqual(before);
    const { db } = api.parts;
    await expect(db.$executeRaw`update score_sheet set total = 100`).rejects.toThrow(/denied|append-only/);
    const id = session.split('/').at(-1) ?? '';
    await expect(db.$executeRaw`update council_session set status = 'open' where id = ${id}`).rejects.toThrow(/closed/);
    await expect(
      db.interestDeclaration.create({
        data: { sessionId: id, cycleId: cycleOf(7), memberCode: 'M1', interest: true, recordedAt: new Date() },
      }),
    ).rejects.toThrow(/closed/);
  });

  it('gives minutes once it is closed, with members, interests, second scorings and every product', async () => {
    const response = await fetch(`${api.url}${session}/minutes`, { headers: { authorization: `Bearer ${api.tokens.secretary}` } });
    expect(response.headers.get('content-disposition')).toContain('.docx');
    const files = unzipSync(Buffer.from(await response.arrayBuffer()));
    const words = strFromU8(files['word/document.xml'] ?? new Uint8Array())
      .replace(/<\/w:p>/g, '\n')
      .replace(/<[^>]+>/g, '');
    expect(words).toContain('BIÊN BẢN');
    for (const { name } of PRODUCTS) expect(words).toContain(name);
    expect(words).toMatch(/Sản phẩm 4\.1: Ngô Đức Mạnh có lợi ích liên quan/);
    expect(words).toMatch(/Sản phẩm 4\.2: thảo luận và chấm lại \(2 lần chấm\)/);
    expect(words).toMatch(/Sản phẩm 4\.3: điểm thuộc hạng 4 sao, chỉ đạt yêu cầu tối thiểu đến hạng 3 sao \(tiêu chí/);
    expect(words).toContain('1 sản phẩm đề nghị phê duyệt kết quả và chuyển cấp trung ương đánh giá (1 sản phẩm tiềm năng 5 sao)');
    expect(words).toContain('69,88');
    const open = await openSession(api, nineMembers);
    expect((await api.send('GET', `${open}/minutes`, { token: api.tokens.secretary })).status).toBe(409);
  });

  it('shows all sheets to its secretary afterwards, and a member still their own', async () => {
    const all = ok(await api.send('GET', `${session}/sheets`, { token: api.tokens.secretary }))['items'] as { member: string }[];
    expect(all.length).toBe(9 * 30 - 1 + 9);
    const own = ok(await api.send('GET', `${session}/sheets`, { token: memberOf(3).token }))['items'] as { member: string }[];
    expect(new Set(own.map(({ member }) => member))).toEqual(new Set(['M4']));
  });

  it('has a history in which every change stands with who and which office', async () => {
    const events: { name: string; actor: string; office: string; cycleId: string | null }[] = [];
    let cursor: unknown;
    do {
      const page = ok(
        await api.send('GET', `${session}/events?limit=200${typeof cursor === 'string' ? `&cursor=${cursor}` : ''}`, {
          token: api.tokens.manager,
        }),
      );
      events.push(...(page['items'] as typeof events));
      cursor = page['nextCursor'];
    } while (cursor);
    const count = (name: string): number => events.filter((event) => event.name === name).length;
    expect(events.every(({ actor, office }) => actor !== '' && office !== '')).toBe(true);
    expect({
      open: count('open-session'),
      list: count('list-dossier'),
      declared: count('declare-interest'),
      sheets: count('enter-sheet'),
      rescore: count('ask-rescore'),
      closed: count('close-session'),
      concluded: count('conclude-dossier'),
    }).toEqual({ open: 1, list: 30, declared: 270, sheets: 9 * 30 - 1 + 9, rescore: 1, closed: 1, concluded: 30 });
    const entered = events.filter(({ name }) => name === 'enter-sheet');
    expect(new Set(entered.map(({ actor }) => actor))).toEqual(new Set(nineMembers.members.map(({ personId }) => personId)));
  });
});
