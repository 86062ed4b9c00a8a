/** A sheet that its member has begun: kept for that member alone, counted for nothing, gone when it is handed in or the session closes. */
import { sheetOf, setNumber } from '../domain/stars/fixtures';
import { type Answer, useApi } from './support/api';
import { answerInterests, council, type Member, ON, ok, openSession, type TestCouncil, toCouncil } from './support/council';

const api = useApi({ on: ON });

jest.setTimeout(180_000);

const SET = 4;
/** Looked for before any request: the search keeps the process busy. */
const SHEETS = new Map([60, 62, 70, 88].map((total) => [total, { ...sheetOf(setNumber(SET), total, { meeting: 2 }).options }]));
const points = (total: number): Record<string, number> => ({ ...SHEETS.get(total) });
/** The first three criteria of a sheet. */
const begun = (total: number): Record<string, number> => Object.fromEntries(Object.entries(points(total)).slice(0, 3));

let three: TestCouncil;
let session: string;
let cycle: string;
const member = (index: number): Member => three.members[index] ?? { code: '', personId: '', token: '' };

async function opened(): Promise<void> {
  [cycle = ''] = await toCouncil(api, [{ name: `Chè ${Math.random()}`, set: SET }]);
  session = await openSession(api, three);
  ok(await api.send('POST', `${session}/dossiers`, { token: api.tokens.secretary, body: { cycles: [cycle] } }));
}

const keep = async (index: number, sheet: object, on = session): Promise<Answer> =>
  await api.send('POST', `${on}/draft-sheets`, { token: member(index).token, body: { sheet: { cycleId: cycle, ...sheet } } });
const kept = async (index: number): Promise<unknown[]> =>
  ok(await api.send('GET', `${session}/draft-sheets`, { token: member(index).token }))['items'] as unknown[];
const handIn = async (index: number, total: number): Promise<Answer> =>
  await api.send('POST', `${session}/sheets`, {
    token: member(index).token,
    body: { sheets: [{ cycleId: cycle, options: points(total) }] },
  });
const close = async (): Promise<Answer> => await api.send('POST', `${session}/close`, { token: api.tokens.secretary });
const stored = async (): Promise<number> => await api.parts.db.scoreSheetDraft.count({ where: { cycleId: cycle } });
const problemsOf = ({ body }: Answer) => (body['problems'] ?? []) as { field: string; message: string }[];

beforeAll(async () => {
  three = await council(api, { size: 3 });
}, 120_000);

describe('a sheet that is not finished', () => {
  beforeAll(async () => {
    await opened();
    await answerInterests(api, session, three, [cycle]);
  }, 120_000);

  it('is kept as far as it goes, replaced by what is kept later, and taken away by an empty one', async () => {
    const first = ok(await keep(0, { options: begun(60) }));
    expect(first['savedAt']).toEqual(expect.any(String));
    ok(await keep(0, { options: begun(88), disqualified: { reason: 'Chưa rõ' } }));
    expect(await kept(0)).toEqual([
      { cycleId: cycle, scoringRound: 1, options: begun(88), disqualified: 'Chưa rõ', asksMeeting: null, savedAt: expect.any(String) },
    ]);
    expect(ok(await keep(0, { options: {} }))).toEqual({ savedAt: null });
    expect(await kept(0)).toEqual([]);
    ok(await keep(0, { options: begun(88) }));
  });

  it('takes no points that the set does not offer, and no dossier that the member may not score', async () => {
    expect(problemsOf(await keep(1, { options: { '1.1': 99, '9.9': 1 } })).map(({ field }) => field)).toEqual([
      'sheets.0.options.1.1',
      'sheets.0.options.9.9',
    ]);
    expect(problemsOf(await keep(1, { cycleId: 'none.1', options: {} }))).toMatchObject([{ field: 'sheets.0' }]);
    expect(problemsOf(await keep(1, { options: begun(60), asksMeeting: 'Khó' }))).toMatchObject([
      { field: 'sheets.0', message: expect.stringContaining('bằng văn bản') },
    ]);
    expect(await kept(1)).toEqual([]);
  });

  it('is seen by nobody else, on any route, not even that there is one', async () => {
    expect(await kept(1)).toEqual([]);
    for (const who of [
      'administrator',
      'province',
      'secretary',
      'manager',
      'provinceManager',
      'commune',
      'otherProvince',
      'member',
    ] as const)
      for (const method of ['GET', 'POST']) {
        const body = method === 'POST' ? { body: { sheet: { cycleId: cycle, options: {} } } } : {};
        const { status } = await api.send(method, `${session}/draft-sheets`, { token: api.tokens[who], ...body });
        expect([403, 404]).toContain(status);
      }
    expect(ok(await api.send('GET', `${session}/sheets`, { token: member(0).token }))['items']).toEqual([]);
    const view = await api.send('GET', session, { token: api.tokens.secretary });
    expect(view.body).toMatchObject({ dossiers: [{ standing: 'sheets', members: [{ code: 'M1', handedIn: false }, {}, {}] }] });
    const before = await api.send('GET', `${session}/events?limit=200`, { token: api.tokens.secretary });
    expect(before.text).not.toMatch(/sheet|draft/i);
    for (const place of [session, `${session}/events?limit=200`, `${session}/draft-sheets`]) {
      const { text } = await api.send('GET', place, { token: member(1).token });
      expect(text).not.toContain('savedAt');
    }
  });

  it('counts for nothing: the session waits for the sheet itself, which takes the draft’s place', async () => {
    for (const index of [1, 2]) ok(await handIn(index, 60));
    const refused = await close();
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('2/3');
    ok(await handIn(0, 62));
    expect(await kept(0)).toEqual([]);
    // Begun anew after handing in: what was handed in is what counts.
    ok(await keep(0, { options: points(88) }));
    ok(await keep(1, { options: begun(88) }));
    const closed = ok(await close());
    expect(closed['dossiers']).toMatchObject([{ result: { sum: 182, members: 3 } }]);
  });

  it('is gone when the session has closed, and none can be kept after it, not even past the API', async () => {
    expect(await stored()).toBe(0);
    expect(await kept(0)).toEqual([]);
    const late = await keep(0, { options: begun(60) });
    expect(late.status).toBe(409);
    expect(late.body['detail']).toContain('đã kết thúc');
    const past = api.parts.db
      .$executeRaw`insert into score_sheet_draft (session_id, cycle_id, member_code, scoring_round, options, saved_at)
      values (${session.split('/').at(-1)}, ${cycle}, 'M1', 1, '{}', now())`;
    await expect(past).rejects.toThrow(/is closed/);
  });
});

describe('a sheet that was begun', () => {
  beforeEach(async () => await opened(), 120_000);

  it('waits for the answer about interests, as handing in does', async () => {
    expect(problemsOf(await keep(0, { options: begun(60) }))).toMatchObject([{ message: expect.stringContaining('lợi ích liên quan') }]);
    await answerInterests(api, session, three, [cycle], { M3: cycle });
    expect(problemsOf(await keep(2, { options: begun(60) }))).toMatchObject([{ message: expect.stringContaining('không chấm') }]);
  });

  it('is not offered again when the council scores a second time', async () => {
    await answerInterests(api, session, three, [cycle]);
    for (const [index, total] of [60, 62, 88].entries()) ok(await handIn(index, total));
    ok(await keep(0, { options: begun(70) }));
    ok(await api.send('POST', `${session}/dossiers/${cycle}/rescore`, { token: api.tokens.secretary, body: { reason: 'Chênh nhau' } }));
    expect(await kept(0)).toEqual([]);
    ok(await keep(0, { options: begun(62) }));
    expect(await kept(0)).toMatchObject([{ scoringRound: 2, options: begun(62) }]);
  });
});
