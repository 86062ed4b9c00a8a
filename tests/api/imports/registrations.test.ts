/** Lists of registrations over HTTP, on the real records and the real engine. */
import type { CycleGateway } from '../../../api/gateway';
import { latin1, shownAsTcvn3 } from '../files/legacy-text';
import { useApi } from '../support/api';
import { csv, importer, REAL_LIST, recorded, workbook, XLSX_TYPE } from './lists';

const api = useApi({ on: '2028-02-21' });
const send = importer(api);

const HEADER = ['Tên sản phẩm', 'Chủ thể', 'Xã/phường'];
const NINH_BINH = '/api/imports/registrations?plan=ninh-binh-2026';
const PREVIEW = `${NINH_BINH}&dryRun=true`;

/** A gateway that starts every cycle at once, or what is said instead; no engine is asked. */
function gateway(start: CycleGateway['start'] = async () => ({ kind: 'started' })): CycleGateway {
  return { ...api.parts.gateway, start };
}

describe('the real list of Lâm Đồng', () => {
  const path = '/api/imports/registrations?plan=qd-26-2026&province=68';

  it('as a preview shows every row and writes nothing', async () => {
    const { status, body } = await send(`${path}&dryRun=true`, REAL_LIST);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: null, status: 'preview', counts: { total: 60, created: 58, unchanged: 0, refused: 2 } });
    expect(body['rows']).toHaveLength(58);
    const seagull = { row: 2, outcome: 'create', product: 'Mắm nêm Seagull', provinceCode: '68', commune: 'Phường Phan Thiết' };
    expect(body['rows']).toContainEqual(expect.objectContaining(seagull));
    const { db } = api.database;
    expect([await db.product.count(), await db.producer.count(), await db.cycle.count(), await db.importJob.count()]).toEqual([0, 0, 0, 0]);
  });

  it('goes in but for the two rows without a commune; sent again it changes nothing', async () => {
    const first = await send(path, REAL_LIST);
    expect(first.body).toMatchObject({ status: 'done', counts: { total: 60, done: 60, created: 58, unchanged: 0, refused: 2 } });
    const why = expect.objectContaining({ vi: 'Chưa ghi xã, phường.' });
    expect(first.body['refused']).toEqual([
      expect.objectContaining({ row: 53, column: 'Xã/phường hiện nay', about: 'Rong nho', reason: why }),
      expect.objectContaining({ row: 54, column: 'Xã/phường hiện nay', about: 'Rong nho tách nước', reason: why }),
    ]);
    const again = await send(path, REAL_LIST);
    expect(again.body).toMatchObject({ status: 'done', counts: { created: 0, unchanged: 58, refused: 2 } });

    const { db } = api.database;
    expect(await db.product.count()).toBe(58);
    const passionFruit = await db.product.findMany({ where: { name: 'Chanh dây sấy dẻo' }, include: { producer: true } });
    expect(new Set(passionFruit.map(({ producer }) => producer.name)).size).toBe(2);
    await recorded(api, 58);
    expect(await db.cycle.count({ where: { provinceCode: '68', planId: 'qd-26-2026', stage: 'idea_registration', cycleNumber: 1 } })).toBe(
      58,
    );
    const log = await api.send('GET', String(first.headers.get('location')));
    expect(log.body).toMatchObject({ status: 'done', counts: { created: 58, refused: 2 } });
  });
});

describe('what a list may look like', () => {
  it('takes a workbook with English headers in any order, and leaves out columns that mean nothing', async () => {
    const rows = [
      ['commune_code', 'note', 'product_set', 'producer', 'product'],
      ['14329', 'x', 4, 'HTX Hoa Lư', 'Dứa sấy'],
    ];
    const { body } = await send(PREVIEW, workbook(...rows), { type: XLSX_TYPE });
    expect(body).toMatchObject({ counts: { created: 1 }, ignoredColumns: ['note'], encoding: 'workbook' });
    expect(body['rows']).toEqual([
      expect.objectContaining({ row: 2, communeCode: '14329', productSet: 4, kind: 'new', productCode: null }),
    ]);
  });

  it('names the encoding of an old file and shows how it would read, and converts it only when told', async () => {
    const old = latin1(
      shownAsTcvn3(
        csv(HEADER, ['Chè xanh đặc biệt', 'Hợp tác xã Đồng Tâm', 'phường Hoa Lư'], ['Rượu nếp', 'Hộ ông Thành', 'phường Hoa Lư']),
      ),
    );
    const refused = await send(PREVIEW, old);
    expect(refused.status).toBe(422);
    expect(refused.body['file']).toEqual([
      expect.objectContaining({
        allowed: ['windows-1258', 'tcvn3', 'vni'],
        encoding: { looksLike: 'tcvn3', preview: expect.arrayContaining([expect.stringContaining('Chè xanh đặc biệt')]) },
      }),
    ]);
    const told = await send(`${PREVIEW}&encoding=tcvn3`, old);
    expect(told.body).toMatchObject({ encoding: 'tcvn3', counts: { created: 2 } });
  });

  it.each([
    ['', 422, 'Tệp rỗng.'],
    [csv(['Tên sản phẩm', 'Chủ thể'], ['Dứa', 'HTX']), 422, 'Thiếu cột “Xã/phường” hoặc “Mã xã”.'],
    [csv(['Chủ thể', 'Xã/phường'], ['HTX', 'Hoa Lư']), 422, 'Thiếu cột “Tên sản phẩm”.'],
    ['một dòng\nhai dòng', 422, 'Trong 15 dòng đầu không có dòng tiêu đề nào có ít nhất hai cột nhận biết được.'],
  ])('refuses %j as a whole and says why', async (list, status, detail) => {
    expect((await send(PREVIEW, list)).body).toMatchObject({ status, detail });
  });

  it('is refused by its media type, an unknown plan or an unknown option, in the language asked for', async () => {
    expect((await send(PREVIEW, 'x', { type: 'image/png' })).status).toBe(415);
    expect((await send('/api/imports/registrations?plan=nowhere', csv(HEADER))).body).toMatchObject({
      problems: [{ field: 'plan', message: expect.stringContaining('ninh-binh-2026') }],
    });
    const headers = { 'content-type': 'text/csv', 'accept-language': 'en' };
    const english = await api.send('POST', `${NINH_BINH}&mode=some`, { raw: csv(HEADER), headers });
    expect(english.body).toMatchObject({
      title: 'The input is not valid',
      problems: [{ field: 'mode', message: 'must be one of: good, all' }],
    });
  });
});

describe('rows that cannot go in', () => {
  const columns = [...HEADER, 'Mã xã', 'Tỉnh', 'Bộ sản phẩm', 'Hình thức', 'Mã sản phẩm'];
  const good = ['Dứa', 'HTX Hoa Lư', 'phường Hoa Lư', '', '', '', '', ''];
  const withCell = (column: string, value: string): string[] => good.map((cell, index) => (columns[index] === column ? value : cell));

  it.each([
    ['Tên sản phẩm', '', 'Chưa ghi tên sản phẩm.'],
    ['Chủ thể', '', 'Chưa ghi chủ thể.'],
    ['Chủ thể', '(301 letters)', 'Ô có 301 ký tự, nhiều hơn mức cho phép 300.'],
    ['Xã/phường', '', 'Chưa ghi xã, phường.'],
    ['Xã/phường', 'phường Atlantis', '“phường Atlantis” không có trong danh mục đơn vị hành chính hiện hành.'],
    ['Xã/phường', 'phường Ba Đình', '“phường Ba Đình” không có trong tỉnh, thành phố này; chỉ có ở nơi khác.'],
    ['Mã xã', '13285', expect.stringContaining('Mã 13285 là')],
    ['Mã xã', '00004', 'xã này thuộc tỉnh khác'],
    ['Tỉnh', 'Lâm Đồng', 'Danh sách này là của Tỉnh Ninh Bình.'],
    ['Bộ sản phẩm', '27', '“27” không phải số hoặc tên của một bộ sản phẩm.'],
    ['Hình thức', 'Lần ba', '“Lần ba” không phải hình thức đăng ký.'],
    ['Hình thức', 'Đánh giá lại', 'Sản phẩm này đã có ở dòng 2.'],
    ['Mã sản phẩm', 'mã/1', 'Mã sản phẩm gồm chữ cái không dấu, chữ số và dấu gạch ngang, 2 đến 40 ký tự.'],
  ])('%s = %j is refused with its reason', async (column, value, reason) => {
    const { body } = await send(PREVIEW, csv(columns, good, withCell(column, value === '(301 letters)' ? 'x'.repeat(301) : value)));
    expect(body).toMatchObject({ counts: { created: 1, refused: 1 } });
    expect(body['refused']).toEqual([expect.objectContaining({ row: 3, reason: expect.objectContaining({ vi: reason }) })]);
  });

  it('say which communes may have been meant', async () => {
    const { body } = await send('/api/imports/registrations?plan=qd-26-2026&dryRun=true', csv(HEADER, ['Dứa', 'HTX', 'Tây Hoa Lu']));
    const [refusal] = body['refused'] as { candidates: { name: string }[] }[];
    expect(refusal?.candidates.map(({ name }) => name)).toContain('Phường Tây Hoa Lư');
  });

  it('that re-evaluate a product nobody knows are refused', async () => {
    const { body } = await send(PREVIEW, csv(columns, withCell('Hình thức', 'Đánh giá lại')));
    expect(body).toMatchObject({
      refused: [{ row: 2, reason: { vi: expect.stringContaining('hãy nhập giấy chứng nhận của sản phẩm trước') } }],
    });
  });

  it('that repeat a product are one product', async () => {
    const { body } = await send(PREVIEW, csv(columns, good, withCell('Tên sản phẩm', 'DỨA')));
    expect(body).toMatchObject({
      counts: { created: 1, unchanged: 1 },
      warnings: [{ row: 3, reason: { vi: 'Sản phẩm này đã có ở dòng 2.' } }],
    });
  });

  it('keep everything out with mode=all also where only the records show that they cannot go in', async () => {
    const before = await api.database.db.product.count();
    const list = csv(
      [...HEADER, 'Hình thức'],
      ['Mứt bí', 'HTX Tất Cả', 'phường Hoa Lư', 'Lần đầu'],
      ['Mứt sen', 'HTX Tất Cả', 'phường Hoa Lư', 'Nâng hạng'],
    );
    const { status, body } = await send(`${NINH_BINH}&mode=all`, list);
    expect(status).toBe(422);
    expect(body).toMatchObject({ counts: { created: 0, refused: 1, total: 2 }, refused: [{ row: 3, about: 'Mứt sen' }] });
    expect(await api.database.db.product.count()).toBe(before);
    expect((await api.send('GET', `/api/imports/${String(body['id'])}`)).body).toMatchObject({ status: 'refused' });
  });

  it('keep everything out with mode=all, until they are mended', async () => {
    const before = await api.database.db.product.count();
    const rows = (commune: string) => csv(HEADER, ['Mứt dứa', 'HTX Tất Cả', 'phường Hoa Lư'], ['Mứt gừng', 'HTX Tất Cả', commune]);
    const { status, body } = await send(`${NINH_BINH}&mode=all`, rows('phường Atlantis'));
    expect(status).toBe(422);
    expect(body).toMatchObject({ counts: { created: 0, refused: 1, total: 2 }, refused: [{ row: 3, value: 'phường Atlantis' }] });
    expect(await api.database.db.product.count()).toBe(before);
    const other = await api.another({ gateway: gateway() });
    expect((await send(`${NINH_BINH}&mode=all`, rows('phường Hoa Lư'), { by: other.send })).body).toMatchObject({ counts: { created: 2 } });
    await other.close();
  });
});

describe('who may import registrations', () => {
  it('commune staff for their own commune only, which need not be written', async () => {
    const token = api.tokens.commune;
    const own = await send(PREVIEW, csv(['Tên sản phẩm', 'Chủ thể'], ['Dứa', 'HTX']), { token });
    expect(own.body).toMatchObject({ counts: { created: 1, refused: 0 }, rows: [{ communeCode: '14329' }] });
    const mixed = csv(['Tên sản phẩm', 'Chủ thể', 'Mã xã'], ['Dứa', 'HTX', '14329'], ['Cơm cháy', 'HTX', '13285']);
    const { body } = await send(PREVIEW, mixed, { token });
    expect(body).toMatchObject({ counts: { created: 1, refused: 1 } });
    expect(body['refused']).toEqual([expect.objectContaining({ row: 3, candidates: [expect.objectContaining({ code: '14329' })] })]);
  });

  it('staff of the province, not of another one, and nobody who only reads', async () => {
    const list = csv(HEADER, ['Dứa', 'HTX', 'phường Hoa Lư']);
    const as = async (token: string, path = PREVIEW): Promise<number> => (await send(path, list, { token })).status;
    expect(await as(api.tokens.province)).toBe(200);
    expect(await as(api.tokens.otherProvince)).toBe(403);
    expect(await as(api.tokens.manager)).toBe(403);
    expect(await as(api.tokens.secretary)).toBe(403);
    const elsewhere = await send('/api/imports/registrations?plan=qd-26-2026&province=37&dryRun=true', list, {
      token: api.tokens.otherProvince,
    });
    expect(elsewhere.body).toMatchObject({ counts: { created: 0, refused: 1 } });
  });

  it('only its sender and administrators see an import', async () => {
    const other = await api.another({ gateway: gateway() });
    const token = api.tokens.province;
    const { headers } = await send(NINH_BINH, csv(HEADER, ['Riêng', 'HTX', 'phường Hoa Lư']), { token, by: other.send });
    const at = String(headers.get('location'));
    expect((await api.send('GET', at, { token })).status).toBe(200);
    expect((await api.send('GET', at)).status).toBe(200);
    expect((await api.send('GET', at, { token: api.tokens.commune })).status).toBe(404);
    await other.close();
  });
});

describe('an import that is cut off', () => {
  const products = (count: number, producer: string) =>
    csv(HEADER, ...Array.from({ length: count }, (_, index) => [`Sản phẩm ${index}`, producer, 'phường Hoa Lư']));

  it('says so, and sending the file again completes it without doing anything twice', async () => {
    const list = products(20, 'HTX Dở Dang');
    let starts = 0;
    const started: string[] = [];
    const breaking = await api.another({
      gateway: gateway(async (registration) => {
        starts += 1;
        if (starts > 9) return { kind: 'unavailable' };
        started.push(registration.cycleId);
        return await api.parts.gateway.start(registration);
      }),
    });
    const cut = await send(NINH_BINH, list, { by: breaking.send, key: 'cut-off' });
    expect([cut.status, cut.headers.get('retry-after')]).toEqual([503, '5']);
    const job = await api.database.db.importJob.findFirstOrThrow({ orderBy: { startedAt: 'desc' } });
    expect(job).toMatchObject({ status: 'interrupted', counts: { total: 20, created: 9 } });
    await breaking.close();

    const again = await send(NINH_BINH, list, { key: 'cut-off' });
    expect(again.body).toMatchObject({ id: job.id, status: 'done', counts: { total: 20, created: 11, unchanged: 9, refused: 0 } });
    const { db } = api.database;
    const codes = await db.product.findMany({ where: { producer: { name: 'HTX Dở Dang' } }, select: { code: true } });
    expect(codes).toHaveLength(20);
    const mine = { productCode: { in: codes.map(({ code }) => code) } };
    for (let tries = 0; tries < 200 && (await db.cycle.count({ where: mine })) < 20; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await db.cycle.count({ where: { ...mine, cycleNumber: 1 } })).toBe(20);
    expect((await send(NINH_BINH, list, { key: 'another' })).body).toMatchObject({ counts: { created: 0, unchanged: 20 } });
  });

  it('goes on after the answer when it is large, and tells how far it is; sent again meanwhile it joins the first', async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let starts = 0;
    const other = await api.another({
      gateway: gateway(async () => {
        starts += 1;
        await gate;
        return { kind: 'started' };
      }),
    });
    // The same ten products over and over: many rows, little to do.
    const list = [
      products(10, 'HTX Rất Đông'),
      ...Array.from({ length: 50 }, () => products(10, 'HTX Rất Đông').split('\n').slice(1).join('\n')),
    ].join('\n');
    const first = await send(NINH_BINH, list, { by: other.send });
    const meanwhile = await send(NINH_BINH, list, { by: other.send });
    expect([first.status, meanwhile.status]).toEqual([202, 202]);
    expect(meanwhile.body['id']).toBe(first.body['id']);
    const progress = async () => await other.send('GET', String(first.headers.get('location')));
    expect((await progress()).body).toMatchObject({ status: 'running', counts: { total: 510, created: 0 } });
    open();
    for (let tries = 0; tries < 600 && (await progress()).body['status'] === 'running'; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await progress()).body).toMatchObject({ status: 'done', counts: { total: 510, done: 510, created: 10, unchanged: 500 } });
    expect(starts).toBe(10);
    await other.close();
  });
});
