/** Registers, periodic reports, support needs and targets over HTTP, from the records of a season. */
import { read, utils } from '@e965/xlsx';
import { textOfDocx } from '../documents/support/office-files';
import { csv, importer, recorded } from './imports/lists';
import { COMMUNE, OTHER_COMMUNE, useApi } from './support/api';
import { story } from './support/stories';

jest.setTimeout(240_000);
const api = useApi({ on: '2026-12-01' });

let withNeeds = '';
beforeAll(async () => {
  const { db } = api.database;
  const closed = { stage: 'closed', step: 'ended', waitingFor: null, outcome: 'expired' };
  await story(db, {
    registeredOn: '2026-03-02',
    product: 'Nem chua Yên Mạc',
    producer: 'HTX Yên Mạc',
    step: 'in_force',
    events: [
      ['submit-dossier', '2026-09-10', 'commune_assessment'],
      ['issue-commune-report', '2026-10-05', 'provincial_scoring'],
      ['record-council-result', '2026-11-10', 'provincial_scoring'],
      ['issue-certificate', '2026-11-20', 'certification'],
      ['publish-result', '2026-11-21', 'validity'],
    ],
    certificate: { star: 4, issuedOn: '2026-11-20', validUntil: '2029-11-20' },
    council: { sum: 728, members: 9, band: 4, star: 4, missedMinimums: [{ criterion: '3.2', star: 5 }], route: 'province' },
  });
  await story(db, {
    registeredOn: '2026-10-06',
    product: 'Mắm tép',
    producer: 'Công ty TNHH Gia Viễn',
    due: { kind: 'commune-assessment', on: '2026-11-20' },
    events: [['submit-dossier', '2026-10-30', 'commune_assessment']],
  });
  await story(db, {
    registeredOn: '2026-10-07',
    kind: 'reevaluation',
    communeCode: OTHER_COMMUNE,
    product: 'Gốm Bồ Bát',
    producer: 'Hộ kinh doanh Phạm Văn Vang',
  });
  await story(db, {
    registeredOn: '2026-01-02',
    watched: true,
    product: 'Rượu Kim Sơn',
    producer: 'HTX Kim Sơn',
    step: 'in_force',
    certificate: { star: 3, issuedOn: '2024-02-01', validUntil: '2027-02-01' },
  });
  const lapsed = await story(db, {
    registeredOn: '2026-01-02',
    watched: true,
    product: 'Cói Kim Sơn',
    step: 'in_force',
    events: [['expire', '2026-10-11', 'closed']],
    certificate: { star: 3, issuedOn: '2023-10-10', validUntil: '2026-10-10', status: 'expired', endedOn: '2026-10-11' },
  });
  await db.cycle.update({ where: { id: lapsed }, data: closed });
  const path = await api.register({
    plan: 'ninh-binh-2026',
    kind: 'new',
    productName: 'Chè vằng',
    producer: { name: 'HTX Chè vằng' },
    communeCode: OTHER_COMMUNE,
    supportNeeds: '=Hỗ trợ tem truy xuất nguồn gốc; bao bì',
  });
  withNeeds = path.split('/').at(-1) ?? '';
});

async function file(path: string, token = api.tokens.province): Promise<Buffer> {
  const response = await fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  expect([path, response.status]).toEqual([path, 200]);
  expect(response.headers.get('content-disposition')).toContain('attachment');
  return Buffer.from(await response.arrayBuffer());
}

/** Rows of a workbook’s first sheet below its title and header, as they are shown. */
async function rowsOf(path: string, token?: string): Promise<Record<string, string>[]> {
  const book = read(await file(path, token));
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  return sheet ? utils.sheet_to_json<Record<string, string>>(sheet, { range: 1, raw: false }) : [];
}

describe('registers', () => {
  it('of registrations hold every product that registered, with its support needs, and none that is only watched', async () => {
    const rows = await rowsOf('/api/registers/registrations.xlsx?plan=ninh-binh-2026');
    expect(rows.map((row) => row['Sản phẩm'] ?? '').toSorted()).toEqual(['Chè vằng', 'Gốm Bồ Bát', 'Mắm tép', 'Nem chua Yên Mạc']);
    const tea = rows.find((row) => row['Sản phẩm'] === 'Chè vằng');
    expect(tea).toMatchObject({
      'Nhu cầu hỗ trợ': '=Hỗ trợ tem truy xuất nguồn gốc; bao bì',
      'Loại hình': 'Hợp tác xã',
      'Hình thức': 'Sản phẩm mới',
    });
    expect(rows.find((row) => row['Sản phẩm'] === 'Mắm tép')).toMatchObject({ 'Loại hình': 'Doanh nghiệp', 'Ngày đăng ký': '06/10/2026' });
    expect((await rowsOf('/api/registers/registrations.xlsx?from=2026-10-01&to=2026-10-31')).map((row) => row['Sản phẩm'])).toEqual([
      'Mắm tép',
      'Gốm Bồ Bát',
    ]);
    expect((await rowsOf('/api/registers/registrations.xlsx', api.tokens.commune)).map((row) => row['Sản phẩm'] ?? '').toSorted()).toEqual([
      'Mắm tép',
      'Nem chua Yên Mạc',
    ]);
    expect(await rowsOf('/api/registers/registrations.xlsx', api.tokens.otherProvince)).toEqual([]);
  });

  it('of certificates and of results hold dates as dates, text as text', async () => {
    const certificates = await rowsOf('/api/registers/certificates.xlsx');
    expect(certificates.map((row) => [row['Sản phẩm'], row['Ngày cấp'], row['Tình trạng']])).toEqual([
      ['Cói Kim Sơn', '10/10/2023', 'Hết thời hạn'],
      ['Rượu Kim Sơn', '01/02/2024', 'Còn hiệu lực'],
      ['Nem chua Yên Mạc', '20/11/2026', 'Còn hiệu lực'],
    ]);
    expect(certificates[0]?.['Số giấy chứng nhận']).toBe('=1+1');
    const results = await rowsOf('/api/registers/results.xlsx');
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({ 'Sản phẩm': 'Nem chua Yên Mạc', 'Hạng đề xuất': '4', 'Yêu cầu tối thiểu chưa đạt': '3.2 (5 sao)' });
    expect(results[0]?.['Điểm trung bình']).toBe('80.88');
  });

  it('as the national table PTNT_OCOP: one line per certificate that held in the year', async () => {
    const lines = (await file('/api/registers/ptnt-ocop.csv?year=2026')).toString('utf8').trim().split('\r\n');
    expect(lines[0]).toBe('MA_OCOP,Ma_DonViHanhChinh,Ma_ThoiGian,Ma_SanPham,TenSanPham,XepHang,ChuTheSXKD,DoanhThuNam,TrangThai');
    expect(lines.slice(1).map((line) => line.split(',').slice(4, 6).concat(line.split(',').slice(-2)))).toEqual([
      ['Cói Kim Sơn', '3*', '', 'HETHAN'],
      ['Rượu Kim Sơn', '3*', '', 'HIEULUC'],
      ['Nem chua Yên Mạc', '4*', '', 'HIEULUC'],
    ]);
    expect((await file('/api/registers/ptnt-ocop.csv?year=2025')).toString('utf8').trim().split('\r\n')).toHaveLength(3);
    expect((await api.send('GET', '/api/registers/ptnt-ocop.csv', { token: api.tokens.commune })).status).toBe(403);
  });

  it('with a product’s revenue where its commune reported one; the later figure of a year holds, and every one stays', async () => {
    const certificate = await api.database.db.certificate.findFirstOrThrow({ where: { star: 4 } });
    const { communeCode } = await api.database.db.cycle.findUniqueOrThrow({ where: { id: certificate.cycleId } });
    const [own, other] =
      communeCode === COMMUNE ? [api.tokens.commune, api.tokens.otherCommune] : [api.tokens.otherCommune, api.tokens.commune];
    const path = `/api/cycles/${certificate.cycleId}/revenue`;
    const report = async (body: object, token = own) => await api.send('POST', path, { token, body });
    expect((await report({ year: 2027, millionVnd: 1 })).body['problems']).toMatchObject([{ field: 'year', message: 'từ 2018 đến 2026' }]);
    expect((await report({ year: 2026, millionVnd: 1.005 })).body['problems']).toMatchObject([{ field: 'millionVnd' }]);
    expect((await report({ year: 2026, millionVnd: -1 })).status).toBe(422);
    expect((await report({ year: 2026, millionVnd: 1 }, other)).status).toBe(404);
    expect((await report({ year: 2026, millionVnd: 1200 })).body).toMatchObject({ millionVnd: 1200, actor: { office: communeCode } });
    await report({ year: 2026, millionVnd: 1250.5, sourceDocument: '9/BC-UBND' });
    await report({ year: 2025, millionVnd: 0 });
    const revenue = async (year: number) =>
      (await file(`/api/registers/ptnt-ocop.csv?year=${year}`))
        .toString('utf8')
        .split('\r\n')
        .find((line) => line.startsWith(certificate.code))
        ?.split(',')
        .at(-2);
    expect(await revenue(2026)).toBe('1250.50');
    const { body } = await api.send('GET', path, { token: own });
    expect((body['items'] as { year: number; millionVnd: number }[]).map(({ year, millionVnd }) => [year, millionVnd])).toEqual([
      [2025, 0],
      [2026, 1250.5],
      [2026, 1200],
    ]);
    const change = api.database.db.$executeRaw`update revenue_report set million_vnd = 0`;
    await expect(change).rejects.toThrow(/permission denied|append-only/);
  });
});

test('support needs are written and taken away by the commune, seen by nobody else’s', async () => {
  const path = `/api/cycles/${withNeeds}/support-needs`;
  const { otherCommune, commune } = api.tokens;
  expect((await api.send('GET', path, { token: otherCommune })).body).toMatchObject({ needs: '=Hỗ trợ tem truy xuất nguồn gốc; bao bì' });
  expect((await api.send('POST', path, { token: otherCommune, body: { needs: ' Vay vốn ' } })).body).toMatchObject({ needs: 'Vay vốn' });
  expect((await api.send('GET', path, { token: commune })).status).toBe(404);
  expect((await api.send('POST', path, { token: commune, body: { needs: 'x' } })).status).toBe(404);
  expect((await api.send('POST', path, { token: otherCommune, body: { needs: '' } })).body).toEqual({ needs: null, writtenAt: null });
});

describe('a periodic report', () => {
  it('counts what happened in the quarter from the histories, and its draft says the same', async () => {
    const { body } = await api.send('GET', '/api/periodic-reports?period=2026-Q4', { token: api.tokens.province });
    expect(body).toMatchObject({
      period: { from: '2026-10-01', to: '2026-12-31' },
      asOf: '2026-12-01',
      registered: { total: 3, new: 2, reevaluation: 1, upgrade: 0 },
      events: { 'submit-dossier': 1, 'issue-commune-report': 1, 'record-council-result': 1, 'issue-certificate': 1, decide: 0 },
      overdue: [{ waitingFor: 'commune', count: 1 }],
      recognised: [
        { star: 3, count: 0 },
        { star: 4, count: 1 },
        { star: 5, count: 0 },
      ],
      lapsed: 1,
      inForce: [
        { star: 3, count: 1 },
        { star: 4, count: 1 },
        { star: 5, count: 0 },
      ],
      ending: 1,
    });
    expect(body['stages']).toContainEqual({ stage: 'commune_assessment', count: 1 });

    const text = textOfDocx(await file('/api/periodic-reports/report.docx?period=2026-Q4&plan=ninh-binh-2026'));
    expect(text).toContain('Tình hình thực hiện Chương trình OCOP quý IV năm 2026 trên địa bàn tỉnh Ninh Bình');
    expect(text).toContain('Trong kỳ có 3 sản phẩm đăng ký, gồm sản phẩm mới: 2, đánh giá lại: 1');
    expect(text).toContain('Trong kỳ có 1 sản phẩm được công nhận (4 sao: 1)');
    expect(text).toContain('1 sản phẩm hết thời hạn mà không được công nhận lại');
    expect(text).toContain('Ít nhất 40 sản phẩm từ 3 sao trở lên được công nhận năm 2026');
    expect(text).toContain('Chưa đạt');
  });

  it('of an earlier month tells where dossiers stood then', async () => {
    const { body } = await api.send('GET', '/api/periodic-reports?period=2026-09', { token: api.tokens.province });
    expect(body).toMatchObject({ asOf: '2026-09-30', registered: { total: 0 }, events: { 'submit-dossier': 1 }, lapsed: 0 });
    expect(body['stages']).toEqual([
      { stage: 'commune_assessment', count: 1 },
      { stage: 'validity', count: 2 },
    ]);
  });

  it('of a commune holds its own only, and says what is wrong with a question', async () => {
    const { body } = await api.send('GET', '/api/periodic-reports?period=2026', { token: api.tokens.otherCommune });
    expect(body).toMatchObject({ registered: { total: 2 }, lapsed: 0 });
    const text = textOfDocx(await file(`/api/periodic-reports/report.docx?period=season&plan=ninh-binh-2026&commune=${COMMUNE}`));
    expect(text).toContain('Sở Nông nghiệp và Môi trường');
    expect(text).not.toContain('CHỈ TIÊU KẾ HOẠCH');
    const wrong = await api.send('GET', '/api/periodic-reports?period=2026-Q5', { token: api.tokens.province });
    expect(wrong.body).toMatchObject({ problems: [{ field: 'period', message: expect.stringContaining('2026-Q4') }] });
    expect((await api.send('GET', `/api/periodic-reports?period=2026&commune=${COMMUNE}`, { token: api.tokens.otherCommune })).status).toBe(
      422,
    );
  });
});

describe('targets', () => {
  it('stand with their line, their figure, and the list that the figure counts', async () => {
    const { body } = await api.send('GET', '/api/targets?plan=ninh-binh-2026', { token: api.tokens.province });
    expect(body).toMatchObject({ asOf: '2026-12-01', producersWithoutForm: 0 });
    const targets = body['targets'] as {
      id: string;
      line: number;
      reached: boolean | null;
      figure: { numerator: number; list: string } | null;
    }[];
    expect(targets[0]).toMatchObject({ id: 'recognised-3-star', line: 57, reached: false, figure: { numerator: 1, denominator: null } });
    expect(targets.find(({ id }) => id === 'modern-channels')).toMatchObject({ figure: null, reached: null });
    const figures = body['figures'] as {
      metric: string;
      numerator: number;
      denominator: number | null;
      share: number | null;
      list: string;
      listOf: string | null;
    }[];
    const named = Object.fromEntries(figures.map((figure) => [figure.metric, figure]));
    expect(named['lapsed']).toMatchObject({ numerator: 1 });
    expect(named['renewed-of-run-out']).toMatchObject({ numerator: 0, denominator: 1, share: 0 });
    expect(named['producers-cooperative-share']).toMatchObject({ numerator: 2, denominator: 2, share: 100 });
    for (const figure of figures) {
      const list = await api.send('GET', figure.list, { token: api.tokens.province });
      expect([figure.metric, list.body['total'], (list.body['items'] as object[]).length]).toEqual([
        figure.metric,
        figure.numerator,
        figure.numerator,
      ]);
      if (figure.listOf === null) continue;
      const of = await api.send('GET', figure.listOf, { token: api.tokens.province });
      expect([figure.metric, of.body['total']]).toEqual([figure.metric, figure.denominator]);
    }
  });

  it('are not held against a commune, and an unknown plan is answered with those there are', async () => {
    const { body } = await api.send('GET', '/api/targets?plan=ninh-binh-2026', { token: api.tokens.commune });
    expect((body['targets'] as { reached: boolean | null }[]).every(({ reached }) => reached === null)).toBe(true);
    const wrong = await api.send('GET', '/api/targets?plan=ninh-binh-2030', { token: api.tokens.province });
    expect(wrong.body).toMatchObject({ problems: [{ field: 'plan', message: expect.stringContaining('ninh-binh-2026') }] });
  });
});

test('an imported list of registrations brings its support needs along', async () => {
  const list = csv(
    ['Tên sản phẩm', 'Chủ thể', 'Mã xã', 'Nhu cầu hỗ trợ'],
    ['Bánh đa Kỳ Lân', 'HTX Kỳ Lân', OTHER_COMMUNE, 'Máy sấy; tem truy xuất'],
    ['Dứa Đồng Giao', 'HTX Đồng Giao', OTHER_COMMUNE, ''],
  );
  const { body } = await importer(api)('/api/imports/registrations?plan=ninh-binh-2026', list, { token: api.tokens.province });
  expect(body).toMatchObject({ counts: { created: 2 } });
  await recorded(api, 2, { product: { name: { in: ['Bánh đa Kỳ Lân', 'Dứa Đồng Giao'] } } });
  const rows = await rowsOf('/api/registers/registrations.xlsx?from=2026-12-01');
  expect(rows.map((row) => [row['Sản phẩm'], row['Nhu cầu hỗ trợ'] ?? null])).toEqual(
    expect.arrayContaining([
      ['Bánh đa Kỳ Lân', 'Máy sấy; tem truy xuất'],
      ['Dứa Đồng Giao', null],
    ]),
  );
});
