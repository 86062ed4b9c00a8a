/** Lists of contacts over HTTP: offices and the people in them. */
import { useApi } from '../support/api';
import { csv, importer } from './lists';

const api = useApi({ on: '2026-08-20', worker: false });
const send = importer(api);

const PATH = '/api/imports/contacts';
const HEADER = ['Mã đơn vị', 'Họ tên', 'Email', 'Vai trò', 'Điện thoại'];
const LAN = ['14329', 'Nguyễn Thị Lan', 'Lan@hoalu.ninhbinh.gov.vn', 'Cán bộ phụ trách', '0912 345 678'];
const HAI = ['37', 'Trần Văn Hải', 'hai@ninhbinh.gov.vn', 'Lãnh đạo', ''];

const people = async () =>
  await api.database.db.person.findMany({
    where: { role: { not: 'council_member' } },
    orderBy: { name: 'asc' },
    select: { name: true, officeCode: true, email: true, role: true, phone: true },
  });

describe('contacts of the offices', () => {
  it('are shown first, entered once, and brought up to date', async () => {
    const list = csv(HEADER, LAN, HAI);
    const preview = await send(`${PATH}?dryRun=true`, list, { token: api.tokens.province });
    expect(preview.body).toMatchObject({
      counts: { created: 2 },
      rows: [
        { row: 2, outcome: 'create', office: '14329', role: 'commune_officer' },
        { row: 3, role: 'provincial_leadership' },
      ],
    });
    expect(await people()).toEqual([]);

    expect((await send(PATH, list, { token: api.tokens.province })).body).toMatchObject({ status: 'done', counts: { created: 2 } });
    expect((await send(PATH, list, { token: api.tokens.province })).body).toMatchObject({ counts: { created: 0, unchanged: 2 } });
    expect(await people()).toEqual([
      { name: 'Nguyễn Thị Lan', officeCode: '14329', email: 'lan@hoalu.ninhbinh.gov.vn', role: 'commune_officer', phone: '0912 345 678' },
      { name: 'Trần Văn Hải', officeCode: '37', email: 'hai@ninhbinh.gov.vn', role: 'provincial_leadership', phone: null },
    ]);

    const moved = await send(PATH, csv(HEADER, ['37', 'Trần Văn Hải', 'hai.moi@ninhbinh.gov.vn', 'Lãnh đạo', '']));
    expect(moved.body).toMatchObject({ counts: { updated: 1 } });
    expect(await people()).toContainEqual(expect.objectContaining({ name: 'Trần Văn Hải', email: 'hai.moi@ninhbinh.gov.vn' }));
  });

  it('written twice are one person', async () => {
    const before = (await people()).length;
    const twice = csv(HEADER, ['13285', 'Lê An', 'an@phuly.gov.vn', '', ''], ['13285', 'Lê An', 'AN@phuly.gov.vn', '', '0226 123 456']);
    const { body } = await send(PATH, twice);
    expect(body).toMatchObject({
      counts: { created: 1, unchanged: 1 },
      warnings: [{ row: 3, reason: { vi: 'Trùng với dòng 2; đã gộp.' } }],
    });
    expect(await people()).toHaveLength(before + 1);
    expect(await people()).toContainEqual(expect.objectContaining({ name: 'Lê An', phone: '0226 123 456' }));
  });

  it.each([
    ['Mã đơn vị', '', 'Chưa ghi mã đơn vị.'],
    ['Mã đơn vị', '14320', 'Không có đơn vị mã này; mã đơn vị là mã xã (5 chữ số) hoặc mã tỉnh (2 chữ số).'],
    ['Mã đơn vị', '68', 'Đơn vị này không thuộc tỉnh của bạn.'],
    ['Họ tên', '', 'Chưa ghi họ tên.'],
    ['Email', 'lan@', '“lan@” không phải địa chỉ thư điện tử.'],
    ['Vai trò', 'Thủ kho', '“Thủ kho” không phải một vai trò trong OCOP.'],
    ['Vai trò', 'Thư ký Hội đồng', 'Thư ký Hội đồng thuộc đơn vị cấp tỉnh.'],
    ['Điện thoại', 'nội bộ', '“nội bộ” không phải số điện thoại.'],
  ])('%s = %j is refused with its reason', async (column, value, reason) => {
    const row = LAN.map((cell, index) => (HEADER[index] === column ? value : cell));
    const { body } = await send(`${PATH}?dryRun=true`, csv(HEADER, row), { token: api.tokens.province });
    expect(body['refused']).toEqual([expect.objectContaining({ row: 2, column, reason: expect.objectContaining({ vi: reason }) })]);
  });

  it('without an e-mail are entered with a warning', async () => {
    const { body } = await send(`${PATH}?dryRun=true`, csv(HEADER, ['37', 'Phạm Bình', '', 'Thư ký Hội đồng', '']));
    expect(body).toMatchObject({ rows: [{ outcome: 'create', role: 'council_secretary' }], warnings: [{ row: 2, column: 'Email' }] });
  });

  it('carry the language of each person’s mails, and a new address clears what a server said of the old one', async () => {
    const { db } = api.database;
    const header = [...HEADER, 'Ngôn ngữ'];
    const ben = (email: string, language: string) => csv(header, ['13285', 'Ben Trần', email, '', '', language]);
    await send(PATH, ben('ben@phuly.gov.vn', 'Tiếng Anh'));
    const person = async () => await db.person.findFirstOrThrow({ where: { name: 'Ben Trần' } });
    expect(await person()).toMatchObject({ language: 'en' });
    await db.person.update({ where: { id: (await person()).id }, data: { emailProblem: '550 5.1.1' } });
    expect((await send(PATH, ben('ben@phuly.gov.vn', ''))).body).toMatchObject({ counts: { unchanged: 1 } });
    expect(await person()).toMatchObject({ language: 'en', emailProblem: '550 5.1.1' });
    expect((await send(PATH, ben('ben.tran@phuly.gov.vn', 'tiếng việt'))).body).toMatchObject({ counts: { updated: 1 } });
    expect(await person()).toMatchObject({ email: 'ben.tran@phuly.gov.vn', language: 'vi', emailProblem: null });
    const { body } = await send(PATH, ben('ben@phuly.gov.vn', 'Tiếng Lào'));
    expect(body['refused']).toEqual([expect.objectContaining({ column: 'Ngôn ngữ', allowed: ['Tiếng Việt', 'Tiếng Anh'] })]);
  });

  it('are not for communes to import, and stay out of the log', async () => {
    expect((await send(PATH, csv(HEADER, LAN), { token: api.tokens.commune })).status).toBe(403);
    expect(api.log()).not.toContain('hoalu.ninhbinh');
  });
});
