/** A member's sheets as a workbook: downloaded, filled in, entered; what is wrong is told cell by cell. */
import * as X from '@e965/xlsx';
import { sheetOf, setNumber } from '../domain/stars/fixtures';
import { useApi } from './support/api';
import { answerInterests, council, ON, ok, openSession, type TestCouncil, toCouncil } from './support/council';
import { criteriaOf } from './support/recompute';

const api = useApi({ on: ON });

jest.setTimeout(180_000);

const SET = 4;
/** Looked for before any request: the search keeps the process busy. */
const POINTS = new Map([60, 70, 75, 88].map((total) => [total, { ...sheetOf(setNumber(SET), total, { meeting: 3 }).options }]));
const points = (total: number): Record<string, number> => ({ ...POINTS.get(total) });

const post = async (path: string, body: object = {}, token = api.tokens.secretary) => await api.send('POST', path, { token, body });
const problemsOf = ({ body }: { body: Record<string, unknown> }) => (body['problems'] ?? []) as { field: string; message: string }[];

describe('a scoring workbook', () => {
  let people: TestCouncil;
  let cycles: string[];
  let session: string;
  const token = (index: number): string => people.members[index]?.token ?? '';
  const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

  async function download(index: number): Promise<X.WorkBook> {
    const response = await fetch(`${api.url}${session}/workbook?set=4`, { headers: { authorization: `Bearer ${token(index)}` } });
    if (response.status !== 200) throw new Error(await response.text());
    return X.read(Buffer.from(await response.arrayBuffer()), { cellFormula: false });
  }

  const upload = async (index: number, book: X.WorkBook) =>
    await api.send('POST', `${session}/workbook`, {
      token: token(index),
      raw: X.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer,
      headers: { 'content-type': XLSX },
    });

  /** Fills a worksheet as a person would: points beside each code. */
  function fill(book: X.WorkBook, name: string, options: Record<string, number | string>): Record<string, string> {
    const sheet = book.Sheets[name];
    if (!sheet) throw new Error(`no worksheet ${name}`);
    const cells: Record<string, string> = {};
    for (let row = 9; row < 80; row += 1) {
      const code = String((sheet[`A${row}`] as X.CellObject | undefined)?.v ?? '');
      if (!(code in options)) continue;
      const value = options[code] ?? '';
      sheet[`E${row}`] = typeof value === 'number' ? { t: 'n', v: value } : { t: 's', v: value };
      cells[code] = `E${row}`;
    }
    return cells;
  }

  const page = (index: number): string => (cycles[index] ?? '').replace(/\.1$/, '');

  beforeAll(async () => {
    people = await council(api, { size: 3 });
    cycles = await toCouncil(api, [
      { name: 'Mật ong bạc hà', set: 4 },
      { name: 'Mật ong hoa nhãn', set: 4 },
      { name: 'Chè đắng', set: 11 },
    ]);
    session = await openSession(api, people);
    ok(await post(`${session}/dossiers`, { cycles }));
    await answerInterests(api, session, people, cycles, { M3: cycles[1] ?? '' });
  }, 120_000);

  it('has a worksheet per product of the set with its header, locked but for the points, with lists to choose from', async () => {
    const response = await fetch(`${api.url}${session}/workbook?set=4`, { headers: { authorization: `Bearer ${token(0)}` } });
    const bytes = Buffer.from(await response.arrayBuffer());
    const book = X.read(bytes, { bookFiles: true });
    expect(book.SheetNames).toEqual([page(0), page(1), '_phieu']);
    const sheet = book.Sheets[page(0)];
    expect([sheet?.['B2']?.v, sheet?.['B3']?.v, sheet?.['B4']?.v]).toEqual(['Mật ong bạc hà', page(0), 'Hợp tác xã Mật ong bạc hà']);
    const files = (book as X.WorkBook & { files: Record<string, { content: Uint8Array }> }).files;
    const xml = Buffer.from(files['xl/worksheets/sheet1.xml']?.content ?? []).toString();
    expect(xml).toContain('<sheetProtection sheet="1"');
    expect(xml.match(/<dataValidation /g)?.length).toBe(criteriaOf(SET).length);
    expect(Buffer.from(files['xl/workbook.xml']?.content ?? []).toString()).toContain('name="_phieu" state="veryHidden"');
    expect((await download(2)).SheetNames).toEqual([page(0), '_phieu']);
    const none = await api.send('GET', `${session}/workbook?set=9`, { token: token(0) });
    expect(problemsOf(none)).toEqual([{ field: 'set', message: expect.stringContaining('các bộ: 4, 11') }]);
  });

  it('is entered sheet by sheet; empty worksheets are passed over, and what was entered stands in the next download', async () => {
    const book = await download(0);
    fill(book, page(0), points(75));
    expect(ok(await upload(0, book))).toEqual({ entered: 1, unchanged: 0, empty: 1 });
    expect(ok(await upload(0, book))).toEqual({ entered: 0, unchanged: 1, empty: 1 });
    const own = (ok(await api.send('GET', `${session}/sheets`, { token: token(0) }))['items'] as object[])[0];
    expect(own).toMatchObject({ member: 'M1', total: 75, source: 'workbook', version: 1, options: points(75) });
    const again = await download(0);
    const cell = fill(again, page(0), {});
    expect(cell).toEqual({});
    expect(again.Sheets[page(0)]?.['E11']?.v).toBe(points(75)['1.1']);
  });

  it('is refused cell by cell, with sheet, cell, value, reason and what is allowed, and nothing of it is entered', async () => {
    const book = await download(1);
    fill(book, page(0), points(75));
    const { '4.1': _left, ...rest } = points(70);
    const cells = fill(book, page(1), { ...rest, '1.1': 7, '2.1': 'ba' });
    const refused = await upload(1, book);
    expect(refused.status).toBe(422);
    expect(refused.body['cells']).toEqual([
      {
        sheet: page(1),
        cell: cells['2.1'],
        value: 'ba',
        reason: { vi: expect.stringContaining('“ba”'), en: expect.any(String) },
        allowed: [0, 1, 3],
      },
    ]);
    fill(book, page(1), { '2.1': 1 });
    const second = await upload(1, book);
    const empty = criteriaOf(SET).find(({ code }) => code === '4.1');
    expect(second.body['cells']).toMatchObject([
      { sheet: page(1), cell: cells['1.1'], value: '7', reason: { vi: expect.stringContaining('7') }, allowed: [1, 2, 3] },
      { sheet: page(1), cell: expect.stringMatching(/^E\d+$/), value: null, allowed: [...new Set(empty?.options)] },
    ]);
    expect(ok(await api.send('GET', `${session}/sheets`, { token: token(1) }))['items']).toEqual([]);
  });

  it('is taken from nobody else, for no other session, and not for an earlier scoring', async () => {
    const foreign = await upload(1, await download(0));
    expect(foreign.body['cells']).toMatchObject([{ sheet: '_phieu', reason: { vi: expect.stringContaining('thành viên khác') } }]);
    const list = X.utils.book_new();
    X.utils.book_append_sheet(list, X.utils.aoa_to_sheet([['x']]), 'Danh sách');
    expect((await upload(0, list)).body['cells']).toMatchObject([{ reason: { vi: expect.stringContaining('không phải phiếu chấm') } }]);
    const noise = await api.send('POST', `${session}/workbook`, { token: token(0), raw: 'PK nonsense', headers: { 'content-type': XLSX } });
    expect(noise.body['cells']).toMatchObject([{ reason: { vi: expect.stringContaining('không phải sổ tính') } }]);
    const old = await download(0);
    fill(old, page(0), points(88));
    for (const index of [1, 2])
      ok(await post(`${session}/sheets`, { sheets: [{ cycleId: cycles[0], options: points(60) }] }, token(index)));
    ok(await post(`${session}/dossiers/${cycles[0]}/rescore`));
    expect((await upload(0, old)).body['cells']).toMatchObject([
      { sheet: page(0), reason: { vi: expect.stringContaining('lần chấm 1; nay là lần 2') } },
    ]);
  });
});
