/** For every page and role: open or closed, as this table says; and nobody gets in without signing in. */
import { beginSession } from '../../api/auth/sessions';
import { PAGES } from '../../pages/pages';
import { COMMUNE, PROVINCE, type TokenName, useApi } from '../api/support/api';
import { Visitor } from './support/visitor';

jest.setTimeout(180_000);

const api = useApi({ on: '2026-10-12' });

const EVERYBODY = 'administrator province commune secretary manager';
const ALL = `${EVERYBODY} member`;
const OFFICERS = 'administrator province commune';
const COUNCIL = 'administrator province secretary manager member';
const COUNCIL_KEEPERS = 'administrator province secretary';
const REHEARSERS = 'administrator province manager';
const COUNCIL_SCORERS = 'secretary member';

/** Who passes the door of each page and form. What lies behind (office, step) is decided there. */
const ALLOWED: Record<string, string> = {
  'GET /': ALL,
  'GET /dang-nhap': 'anyone',
  'POST /dang-nhap/mat-khau': 'anyone',
  'POST /dang-nhap/ma': 'anyone',
  'POST /dang-xuat': ALL,
  'GET /dang-nhap/mot-lan': 'anyone',
  'GET /dang-nhap/mot-lan/ve': 'anyone',
  'GET /tai-khoan-cua-toi': ALL,
  'POST /tai-khoan-cua-toi/mat-khau': ALL,
  'POST /tai-khoan-cua-toi/lap': 'administrator',
  'POST /tai-khoan-cua-toi/phien/{id}': ALL,
  'GET /tra-cuu': 'anyone',
  'GET /viec-cua-toi': 'administrator province commune secretary',
  'GET /ho-so/moi': OFFICERS,
  'POST /ho-so/moi': OFFICERS,
  'GET /ho-so/{id}': EVERYBODY,
  'GET /ho-so/{id}/tep/{sha256}': EVERYBODY,
  'POST /ho-so/{id}/{action}': 'administrator province commune secretary',
  'GET /danh-gia-lai': EVERYBODY,
  'POST /danh-gia-lai/{id}/xac-nhan': OFFICERS,
  'POST /danh-gia-lai/{id}/khong-tiep-tuc': OFFICERS,
  'GET /viec-theo-ke-hoach': EVERYBODY,
  'POST /viec-theo-ke-hoach/{id}': OFFICERS,
  'GET /quyet-dinh': EVERYBODY,
  'GET /quyet-dinh/moi': 'administrator province',
  'POST /quyet-dinh/moi/xem-truoc': 'administrator province',
  'POST /quyet-dinh': 'administrator province',
  'GET /quyet-dinh/{id}': EVERYBODY,
  'GET /quyet-dinh/{id}/du-thao': 'administrator province',
  'GET /quyet-dinh/{id}/giay-chung-nhan': 'administrator province',
  'POST /quyet-dinh/{id}/cap/xem-truoc': 'administrator province',
  'POST /quyet-dinh/{id}/cap': 'administrator province',
  'GET /kiem-tra': EVERYBODY,
  'GET /kiem-tra/excel': EVERYBODY,
  'GET /kiem-tra/moi': OFFICERS,
  'POST /kiem-tra/moi': OFFICERS,
  'GET /thu-hoi': 'administrator province secretary manager',
  'GET /thu-hoi/moi': 'administrator province',
  'POST /thu-hoi/moi/xem-truoc': 'administrator province',
  'POST /thu-hoi/moi/du-thao': 'administrator province',
  'POST /thu-hoi': 'administrator province',
  'GET /thu-hoi/{id}': 'administrator province secretary manager',
  'GET /thu-hoi/{id}/du-thao': 'administrator province',
  'GET /thu-hoi/{id}/thong-bao/{certificate}': 'administrator province',
  'GET /bao-cao': EVERYBODY,
  'GET /bao-cao/so': EVERYBODY,
  'GET /bao-cao/dinh-ky': EVERYBODY,
  'GET /bao-cao/ptnt-ocop': 'administrator province manager',
  'GET /bao-cao/don-doc/cong-van': 'administrator province',
  'GET /bao-cao/don-doc/phu-luc': 'administrator province',
  'GET /bao-cao/doanh-thu': 'commune',
  'POST /bao-cao/doanh-thu': 'commune',
  'POST /bao-cao/lich': 'administrator province commune secretary',
  'POST /bao-cao/lich/{id}/thu-hoi': 'administrator province commune secretary',
  'GET /ho-so/{id}/van-ban/{kind}': OFFICERS,
  'GET /ho-so/{id}/giay-tiep-nhan': 'administrator province commune secretary',
  'GET /ho-so/{id}/giay-chung-nhan': 'administrator province commune secretary',
  'GET /thu': 'administrator',
  'GET /thu/{id}': 'administrator',
  'GET /tong-quan': EVERYBODY,
  'GET /dang-tac': EVERYBODY,
  'GET /ra-soat': EVERYBODY,
  'GET /ra-soat/danh-sach': EVERYBODY,
  'GET /theo-xa': 'administrator province secretary manager',
  'GET /nhac-viec': 'administrator province secretary manager',
  'GET /nhac-viec/so': EVERYBODY,
  'GET /nhac-viec/vi-sao': EVERYBODY,
  'GET /chi-tieu': EVERYBODY,
  'GET /chi-tieu/excel': EVERYBODY,
  'GET /chi-tieu/danh-sach': EVERYBODY,
  'GET /chi-tieu/danh-sach/excel': EVERYBODY,
  'GET /l/{code}': EVERYBODY,
  'POST /lien-ket': EVERYBODY,
  'GET /dang-tac/excel': EVERYBODY,
  'GET /ra-soat/danh-sach/excel': EVERYBODY,
  'GET /ra-soat/excel': EVERYBODY,
  'GET /theo-xa/excel': 'administrator province secretary manager',
  'GET /tong-quan/excel': EVERYBODY,
  'GET /nhac-viec/excel': 'administrator province secretary manager',
  'GET /nhac-viec/so/excel': EVERYBODY,
  'GET /thay-doi/moi': 'administrator province',
  'POST /thay-doi/moi/xem-truoc': 'administrator province',
  'POST /thay-doi/moi': 'administrator province',
  'GET /thay-doi': 'administrator province',
  'GET /thay-doi/{id}': 'administrator province',
  'POST /thay-doi/{id}/duyet': 'administrator province',
  'POST /thay-doi/{id}/khong-duyet': 'administrator province',
  'POST /thay-doi/{id}/hoan-tac': 'administrator province',
  'GET /hoi-dong': COUNCIL,
  'GET /hoi-dong/moi': 'administrator province',
  'POST /hoi-dong/moi': 'administrator province',
  'GET /hoi-dong/{id}': COUNCIL,
  'POST /hoi-dong/{id}/phien': COUNCIL_KEEPERS,
  'GET /hoi-dong/{id}/thanh-vien': 'administrator province',
  'POST /hoi-dong/{id}/thanh-vien': 'administrator province',
  'GET /hoi-dong/phien/{id}': COUNCIL,
  'GET /hoi-dong/phien/{id}/bien-ban': COUNCIL,
  'GET /hoi-dong/phien/{id}/phieu': COUNCIL_SCORERS,
  'POST /hoi-dong/phien/{id}/phieu': COUNCIL_SCORERS,
  'POST /hoi-dong/phien/{id}/loi-ich': COUNCIL_SCORERS,
  'POST /hoi-dong/phien/{id}/them': COUNCIL_KEEPERS,
  'POST /hoi-dong/phien/{id}/chuyen': COUNCIL_KEEPERS,
  'POST /hoi-dong/phien/{id}/cham-lai': COUNCIL_KEEPERS,
  'POST /hoi-dong/phien/{id}/loai': COUNCIL_KEEPERS,
  'POST /hoi-dong/phien/{id}/dua-ra': COUNCIL_KEEPERS,
  'POST /hoi-dong/phien/{id}/uy-quyen': COUNCIL_KEEPERS,
  'POST /hoi-dong/phien/{id}/doi-ngay': COUNCIL_KEEPERS,
  'POST /hoi-dong/phien/{id}/ket-thuc': COUNCIL_KEEPERS,
  'GET /phieu-cham/{id}/{cycleId}': COUNCIL_SCORERS,
  'POST /phieu-cham/{id}/{cycleId}': COUNCIL_SCORERS,
  'GET /dien-tap': REHEARSERS,
  'POST /dien-tap': REHEARSERS,
  'POST /dien-tap/thu-ngay': REHEARSERS,
  'GET /dien-tap/{id}': REHEARSERS,
  'POST /dien-tap/{id}/dung': REHEARSERS,
  'GET /dien-tap/{id}/tep/{name}': REHEARSERS,
  'GET /nhap-tep': OFFICERS,
  'POST /nhap-tep': OFFICERS,
  'GET /nhap-tep/tep/{id}': OFFICERS,
  'POST /nhap-tep/tep/{id}': OFFICERS,
  'GET /nhap-tep/lan/{id}': OFFICERS,
  'GET /ke-hoach': EVERYBODY,
  'POST /ke-hoach': 'administrator province',
  'GET /ke-hoach/{id}': EVERYBODY,
  'POST /ke-hoach/{id}/moc': 'administrator province',
  'GET /don-vi': OFFICERS,
  'GET /don-vi/{id}': OFFICERS,
  'POST /don-vi/{id}': 'administrator province',
  'POST /don-vi/{id}/nguoi': 'administrator province',
  'POST /don-vi/nguoi/{id}': 'administrator province',
  'POST /don-vi/nguoi/{id}/nghi': 'administrator province',
  'POST /don-vi/nguoi/{id}/lam-lai': 'administrator province',
  'GET /ngay-nghi': EVERYBODY,
  'POST /ngay-nghi': 'administrator',
  'POST /ngay-nghi/{date}/bo': 'administrator',
  'GET /tai-khoan': 'administrator',
  'POST /tai-khoan': 'administrator',
  'POST /tai-khoan/{id}/dat-lai': 'administrator',
  'POST /tai-khoan/{id}/khoa': 'administrator',
  'POST /tai-khoan/ma': 'administrator',
  'POST /tai-khoan/ma/{id}/thu-hoi': 'administrator',
};

type RoleName = Exclude<TokenName, 'otherCommune' | 'otherProvince' | 'provinceManager'> | 'member';
const ROLES: RoleName[] = ['administrator', 'province', 'commune', 'secretary', 'manager', 'member'];
const NO_ROLE = 'Vai trò của tài khoản này không dùng trang này';
const nameOf = ({ method, path }: (typeof PAGES)[number]): string => `${method.toUpperCase()} ${path}`;
const addressOf = (path: string): string =>
  path
    .replaceAll('{id}', '37-14329-001-2026.1')
    .replaceAll('{action}', 'pause')
    .replaceAll(/\{\w+\}/g, 'x');

describe('the table of pages', () => {
  it('names every page and form and no other', () => {
    expect(PAGES.map(nameOf).sort()).toEqual(Object.keys(ALLOWED).sort());
  });

  const visitors = {} as Record<RoleName, Visitor>;

  /** Signed in by the token that has the name of the role. */
  async function signedIn(name: string): Promise<Visitor> {
    const { id } = await api.parts.db.apiToken.findFirstOrThrow({ where: name === 'administrator' ? { role: name } : { name } });
    const visitor = new Visitor(api.url);
    visitor.setCookie('ocop', await beginSession(api.parts, { tokenId: id }, 'tests'));
    return visitor;
  }

  beforeAll(async () => {
    const seat = { name: 'Lê Văn An', role: 'council_member', phone: '0912345678', email: 'an@example.vn' };
    const { body } = await api.send('POST', `/api/offices/${PROVINCE}/people`, { body: seat });
    await api.send('POST', '/api/tokens', { body: { name: 'member', role: 'council_member', office: PROVINCE, personId: body['id'] } });
    for (const role of ROLES) visitors[role] = await signedIn(role);
  });

  it.each(PAGES.map((page) => [nameOf(page), page] as const))('%s', async (name, { method, path, who }) => {
    const ask = async (visitor: Visitor) =>
      method === 'get' ? await visitor.get(addressOf(path)) : await visitor.post(addressOf(path), {});
    const stranger = await ask(new Visitor(api.url));
    if (who === 'anyone') {
      expect(stranger.location ?? '').not.toMatch(/^\/dang-nhap\?/);
      return;
    }
    expect([stranger.status, stranger.location]).toEqual([303, expect.stringMatching(/^\/dang-nhap/)]);
    const open: string[] = [];
    for (const role of ROLES) {
      const { text, status } = await ask(visitors[role]);
      expect(status).toBeLessThan(500);
      if (!text.includes(NO_ROLE)) open.push(role);
    }
    expect(open.join(' ')).toBe(ALLOWED[name]);
  });

  it('does not show a dossier to another commune, nor whether there is one', async () => {
    const body = { productName: 'Miến dong', producer: { name: 'Hợp tác xã Miến' }, kind: 'new', communeCode: COMMUNE };
    const id = (await api.register(body)).split('/').at(-1) ?? '';
    const [own, other] = [visitors.commune, await signedIn('otherCommune')];
    expect((await own.get(`/ho-so/${id}`)).status).toBe(200);
    const [foreign, missing] = [await other.get(`/ho-so/${id}`), await other.get('/ho-so/37-00001-001-2026.1')];
    expect([foreign.status, missing.status]).toEqual([404, 404]);
    expect(foreign.text).not.toContain('Miến dong');
    expect((await other.get('/viec-cua-toi?cua=don-vi')).text).not.toContain('Miến dong');
  });
});
