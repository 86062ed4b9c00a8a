/** Formal reminders about overdue dossiers, over HTTP. */
import { read, utils } from '@e965/xlsx';
import { textOfDocx } from '../documents/support/office-files';
import { dossier } from '../support/nudge-records';
import { COMMUNE, OTHER_COMMUNE, useApi } from './support/api';

jest.setTimeout(240_000);
const api = useApi({ on: '2026-10-12', worker: false });

const COMMUNE_LIMIT = 'Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 2';
const PLAN_LINE = 'Kế hoạch Ninh Bình 2026, dòng 99';
let ids: Record<'worst' | 'own' | 'producers' | 'province' | 'fresh' | 'elsewhere', string>;

/** Where the limit stands, in the dossier and in the deadline that binds it. */
async function source(id: string, text: string, quote: string): Promise<void> {
  const { db } = api.database;
  await db.cycle.update({ where: { id }, data: { dueSource: text } });
  await db.deadline.updateMany({ where: { cycleId: id }, data: { source: text, quote } });
}

beforeAll(async () => {
  const { db } = api.database;
  const due = (on: string) => ({ kind: 'commune-assessment', on });
  ids = {
    worst: await dossier(db, { due: due('2026-09-28'), product: 'Mắm tép Gia Viễn' }),
    own: await dossier(db, { due: due('2026-10-09'), product: 'Nem chua Yên Mạc' }),
    producers: await dossier(db, {
      communeCode: OTHER_COMMUNE,
      step: 'commune_supplement',
      due: { kind: 'supplement', on: '2026-10-01' },
      product: 'Gốm Bồ Bát',
    }),
    province: await dossier(db, { step: 'advisory_review', due: { kind: 'provincial-scoring', on: '2026-10-01' }, product: 'Chậm ở tỉnh' }),
    fresh: await dossier(db, { due: due('2026-10-12'), product: 'Còn hạn hôm nay' }),
    elsewhere: await dossier(db, { due: due('2026-10-01'), paused: true, product: 'Tạm dừng' }),
  };
  await source(ids.worst, COMMUNE_LIMIT, '15 ngày làm việc');
  await source(ids.own, COMMUNE_LIMIT, '15 ngày làm việc');
  await source(ids.producers, PLAN_LINE, 'tháng 9 và tháng 10');
});

const file = async (path: string, token = api.tokens.province): Promise<Buffer> => {
  const response = await fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  expect([path, response.status]).toEqual([path, 200]);
  return Buffer.from(await response.arrayBuffer());
};

describe('a formal reminder', () => {
  it('names what is overdue at communes and at producers, by commune, and only counts what is overdue elsewhere', async () => {
    const { body } = await api.send('GET', '/api/reminders', { token: api.tokens.province });
    expect(body).toMatchObject({
      on: '2026-10-12',
      totals: { dossiers: 3, communes: 2, commune: 2, producer: 1 },
      sources: [
        { source: COMMUNE_LIMIT, quote: '15 ngày làm việc', count: 2 },
        { source: PLAN_LINE, quote: 'tháng 9 và tháng 10', count: 1 },
      ],
      elsewhere: [{ waitingFor: 'province', count: 1 }],
    });
    const communes = body['communes'] as { code: string; dossiers: { id: string; daysLate: number }[] }[];
    expect(communes.map(({ code, dossiers }) => [code, dossiers.map(({ id, daysLate }) => [id, daysLate])])).toEqual([
      [
        COMMUNE,
        [
          [ids.worst, 14],
          [ids.own, 3],
        ],
      ],
      [OTHER_COMMUNE, [[ids.producers, 11]]],
    ]);
  });

  it('as a letter says the true totals and the law and plan lines, blames no wrong party, and leaves number, day and term blank', async () => {
    const text = textOfDocx(await file('/api/reminders/letter.docx'));
    expect(text).toContain('đôn đốc xử lý hồ sơ sản phẩm OCOP quá hạn');
    expect(text).toContain('tính đến ngày 12/10/2026 còn 3 hồ sơ sản phẩm OCOP quá hạn tại 2 xã, phường');
    expect(text).toContain('2 hồ sơ đến lượt Ủy ban nhân dân cấp xã xử lý');
    expect(text).toContain('1 hồ sơ chờ chủ thể hoàn thiện hoặc bổ sung');
    expect(text).toContain(`${COMMUNE_LIMIT}: “15 ngày làm việc” (2 hồ sơ)`);
    expect(text).toContain(`${PLAN_LINE}: “tháng 9 và tháng 10” (1 hồ sơ)`);
    expect(text).toContain('ngày       tháng');
    expect(text).toContain('Nem chua Yên Mạc');
    expect(text).not.toMatch(/Chậm ở tỉnh|Còn hạn hôm nay|Tạm dừng/);
    expect(await file('/api/reminders/letter.docx')).toEqual(await file('/api/reminders/letter.docx'));
  });

  it('has its annex as a workbook, grouped by commune, whose sums are the letter’s', async () => {
    const book = read(await file('/api/reminders/annex.xlsx'));
    const [dossiers, communes] = book.SheetNames.map((name) =>
      utils.sheet_to_json<Record<string, string>>(book.Sheets[name] ?? {}, { range: 1, raw: false }),
    );
    expect(dossiers?.map((row) => [row['Sản phẩm'], row['Chậm nhất'], row['Quá (ngày)']])).toEqual([
      ['Mắm tép Gia Viễn', '28/09/2026', '14'],
      ['Nem chua Yên Mạc', '09/10/2026', '3'],
      ['Gốm Bồ Bát', '01/10/2026', '11'],
    ]);
    expect(communes?.at(-1)).toMatchObject({ 'Xã, phường': 'Tổng cộng', 'Hồ sơ quá hạn': '3', 'Đến lượt xã': '2', 'Chờ chủ thể': '1' });
  });

  it('can be about some dossiers only, by a filter or by their ids', async () => {
    const one = await api.send('GET', `/api/reminders?commune=${OTHER_COMMUNE}`, { token: api.tokens.province });
    expect(one.body).toMatchObject({ totals: { dossiers: 1 } });
    expect(textOfDocx(await file(`/api/reminders/letter.docx?ids=${ids.own}`))).toContain('còn 1 hồ sơ');
    const wrong = await api.send('GET', `/api/reminders?ids=${ids.own},${ids.province},${ids.fresh}`, { token: api.tokens.province });
    expect(wrong.status).toBe(422);
    const messages = (wrong.body['problems'] as { message: string }[]).map(({ message }) => message);
    expect(messages).toEqual([
      expect.stringContaining(`${ids.province}: đang đến lượt Cơ quan cấp tỉnh`),
      expect.stringContaining(`${ids.fresh}: không có, hoặc không quá hạn`),
    ]);
  });

  it('is for provinces, about their own communes, and says when there is nothing to press for', async () => {
    expect((await api.send('GET', '/api/reminders', { token: api.tokens.commune })).status).toBe(403);
    const other = await api.send('GET', '/api/reminders', { token: api.tokens.otherProvince });
    expect(other.body).toMatchObject({ totals: { dossiers: 0 } });
    const nothing = await api.send('GET', '/api/reminders/letter.docx', { token: api.tokens.otherProvince });
    expect(nothing).toMatchObject({ status: 404, body: { detail: expect.stringContaining('không có gì để đôn đốc') } });
  });
});
