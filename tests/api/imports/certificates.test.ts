/** Lists of certificates in force over HTTP: each comes under watch as a cycle that enters at validity. */
import { useApi } from '../support/api';
import { csv, importer, REAL_LIST, recorded, workbook, XLSX_TYPE } from './lists';

const api = useApi({ on: '2027-01-20' });
const send = importer(api);

const PATH = '/api/imports/certificates?plan=ninh-binh-2026';
const PREVIEW = `${PATH}&dryRun=true`;
const HEADER = ['Tên sản phẩm', 'Chủ thể', 'Mã xã', 'Số sao', 'Số quyết định', 'Ngày cấp', 'Ngày hết hạn', 'Cơ quan cấp'];
const GOOD = ['Dứa Đồng Giao', 'HTX Hoa Lư', '14329', '4 sao', '12/QĐ-UBND', '29/02/2024', '', 'UBND tỉnh Ninh Bình'];
const day = (date: Date | null | undefined): string | undefined => date?.toISOString().slice(0, 10);

function withCell(column: string, value: string): string[] {
  return GOOD.map((cell, index) => (HEADER[index] === column ? value : cell));
}

describe('the real list of Lâm Đồng', () => {
  const path = '/api/imports/certificates?plan=qd-26-2026&province=68';

  it('brings the 24 certificates with dates under watch and refuses the others row by row; sent again it changes nothing', async () => {
    const first = await send(path, REAL_LIST);
    expect(first.body).toMatchObject({ status: 'done', counts: { total: 60, created: 24, refused: 36 }, warnings: [] });
    const refused = first.body['refused'] as { row: number; column: string; reason: { vi: string } }[];
    const dates = refused.filter(({ column }) => column === 'Ngày quyết định');
    expect(dates.map(({ row }) => row)).toEqual(Array.from({ length: 36 }, (_, index) => 26 + index));
    expect(new Set(dates.map(({ reason }) => reason.vi))).toEqual(
      new Set(['Chưa ghi ngày cấp: không tính được thời hạn của giấy chứng nhận.']),
    );
    const again = await send(path, REAL_LIST);
    expect(again.body).toMatchObject({ counts: { created: 0, unchanged: 24, refused: 36 } });

    await recorded(api, 24);
    const { db } = api.database;
    expect(await db.cycle.count({ where: { stage: 'validity', step: 'in_force' } })).toBe(24);
    const seagull = await db.cycle.findFirstOrThrow({ where: { product: { name: 'Mắm nêm Seagull' } } });
    expect([day(seagull.validUntil), seagull.star, seagull.planId]).toEqual(['2029-08-05', 3, 'qd-26-2026']);
    expect(await db.certificate.findUniqueOrThrow({ where: { code: seagull.certificateCode ?? '' } })).toMatchObject({
      decisionNumber: '3981/QĐ-UBND',
      issuedBy: 'UBND tỉnh Lâm Đồng',
      status: 'in_force',
    });
    const later = await send(path, REAL_LIST);
    expect(later.body).toMatchObject({ counts: { created: 0, unchanged: 24, refused: 36 } });
    expect(await db.certificate.count()).toBe(24);
  });
});

describe('what stands already', () => {
  it('a product that was registered anew comes under watch by its certificate all the same, once', async () => {
    const product = { productName: 'Kẹo lạc', producer: { name: 'HTX Hoa Lư' }, communeCode: '14329', kind: 'new', productSet: 1 };
    const registered = await api.send('POST', '/api/cycles', { body: product });
    expect(registered.status).toBe(201);
    const row = withCell('Tên sản phẩm', 'Kẹo lạc');
    const first = await send(PATH, csv(HEADER, row));
    expect(first.body).toMatchObject({ counts: { created: 1, refused: 0 } });
    await recorded(api, 1, { stage: 'validity', productCode: String(registered.body['productCode']) });
    expect((await send(PATH, csv(HEADER, row))).body).toMatchObject({ counts: { created: 0, unchanged: 1 } });
  });

  it('one that ended on 14/09/2026 is taken: the transitional rule carries it to 13/03/2027', async () => {
    const row = ['Cơm cháy', 'HTX Tràng An', '14329', '3 sao', '9/QĐ-UBND', '14/09/2023', '', 'UBND tỉnh Ninh Bình'];
    expect((await send(PATH, csv(HEADER, row))).body).toMatchObject({ counts: { created: 1, refused: 0 } });
    const { db } = api.database;
    await recorded(api, 1, { step: 'extended', product: { name: 'Cơm cháy' } });
    const cycle = await db.cycle.findFirstOrThrow({ where: { product: { name: 'Cơm cháy' } } });
    expect(day(cycle.dueOn)).toBe('2027-03-13');
  });
});

describe('the end of a certificate', () => {
  const certificateIn = async (row: readonly string[]) => {
    const { body } = await send(PREVIEW, csv(HEADER, row));
    const [preview] = (body['rows'] ?? []) as { certificate: { validUntil: string } }[];
    return { until: preview?.certificate.validUntil, warnings: body['warnings'], refused: body['refused'] };
  };

  it('is computed where it is not written', async () => {
    expect(await certificateIn(GOOD)).toEqual({ until: '2027-02-28', warnings: [], refused: [] });
  });

  it('is the written one where the two differ, with a warning', async () => {
    const { until, warnings } = await certificateIn(withCell('Ngày hết hạn', '01/03/2027'));
    expect(until).toBe('2027-03-01');
    expect(warnings).toEqual([
      expect.objectContaining({
        row: 2,
        column: 'Ngày hết hạn',
        value: '01/03/2027',
        reason: expect.objectContaining({ vi: '36 tháng từ ngày cấp là 28/02/2027; giữ ngày trong tệp.' }),
      }),
    ]);
  });

  it('is read from the dates of a workbook', async () => {
    const row = GOOD.map((cell, index) => (HEADER[index] === 'Ngày cấp' ? new Date(Date.UTC(2024, 1, 29)) : cell));
    const { body } = await send(PREVIEW, workbook(HEADER, row), { type: XLSX_TYPE });
    expect(body).toMatchObject({ rows: [{ certificate: { issuedOn: '2024-02-29', validUntil: '2027-02-28', stars: 4 } }] });
  });

  it.each([
    ['Ngày hết hạn', '28/02/2024', 'Ngày hết hạn phải sau ngày cấp.'],
    ['Ngày hết hạn', '19/01/2027', 'Giấy chứng nhận đã hết hạn ngày 19/01/2027; danh sách này chỉ nhận giấy chứng nhận còn hiệu lực.'],
    ['Ngày cấp', '19/01/2024', 'Giấy chứng nhận đã hết hạn ngày 19/01/2027; danh sách này chỉ nhận giấy chứng nhận còn hiệu lực.'],
    ['Ngày cấp', '21/01/2027', 'Ngày cấp ở tương lai; hôm nay là 20/01/2027.'],
    ['Ngày cấp', '29/02/2023', 'Không có ngày “29/02/2023” trong lịch (ngày trước, tháng sau).'],
    ['Số sao', '2', '“2” không phải hạng sao OCOP.'],
    ['Số quyết định', '', 'Chưa ghi số quyết định.'],
    ['Cơ quan cấp', '', 'Chưa ghi cơ quan cấp.'],
  ])('%s = %j is refused', async (column, value, reason) => {
    const { refused } = await certificateIn(withCell(column, value));
    expect(refused).toEqual([expect.objectContaining({ row: 2, column, reason: expect.objectContaining({ vi: reason }) })]);
  });
});

describe('a product that is known already', () => {
  it('keeps its certificate: another one is refused, a new registration changes nothing, a re-evaluation follows on', async () => {
    const before = await api.database.db.cycle.count();
    expect((await send(PATH, csv(HEADER, GOOD))).body).toMatchObject({ counts: { created: 1 } });
    await recorded(api, before + 1);
    const other = await send(PREVIEW, csv(HEADER, withCell('Số quyết định', '99/QĐ-UBND')));
    expect(other.body).toMatchObject({
      refused: [{ row: 2, column: 'Số quyết định', reason: { vi: expect.stringContaining('giấy chứng nhận khác còn hiệu lực') } }],
    });
    expect((await send(PREVIEW, csv(HEADER, GOOD, withCell('Số quyết định', '99/QĐ-UBND')))).body).toMatchObject({
      counts: { unchanged: 1, refused: 1 },
    });

    const registrations = '/api/imports/registrations?plan=ninh-binh-2026';
    const row = (kind: string) => csv([...HEADER.slice(0, 3), 'Hình thức'], [...GOOD.slice(0, 3), kind]);
    const asNew = await send(registrations, row('Lần đầu'));
    expect(asNew.body).toMatchObject({ counts: { unchanged: 1 }, warnings: [{ column: 'Hình thức' }] });
    expect((await send(registrations, row('Đánh giá lại'))).body).toMatchObject({ counts: { created: 1 } });
    await recorded(api, before + 2);
    const [first, second] = await api.database.db.cycle.findMany({
      where: { product: { name: 'Dứa Đồng Giao' } },
      orderBy: { cycleNumber: 'asc' },
    });
    expect(second).toMatchObject({ kind: 'reevaluation', cycleNumber: 2, predecessorId: first?.id, step: 'awaiting_dossier' });
    expect((await send(registrations, row('Đánh giá lại'))).body).toMatchObject({ counts: { created: 0, unchanged: 1 } });
  });
});

test('communes may not import certificates', async () => {
  expect((await send(PREVIEW, csv(HEADER, GOOD), { token: api.tokens.commune })).status).toBe(403);
});
