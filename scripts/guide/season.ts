/** What the pictures show: the realistic season of the managers' tests, and one commune whose dossiers really run. All names are invented. */
import { SEASON_DAY, SEASON_PROVINCE, realisticSeason } from '../../tests/support/realistic-season';
import { recordDossiers } from '../../tests/support/manager-records';
import type { Product } from './product';

export { SEASON_DAY, SEASON_PROVINCE };
/** Xã Gia Viễn. */
export const COMMUNE = '14464';

export interface Login {
  login: string;
  password: string;
}

export const PEOPLE = ['officer', 'province', 'approver', 'manager', 'administrator'] as const;
export type Person = (typeof PEOPLE)[number];

export interface Season {
  logins: Record<Person, Login>;
  officerId: string;
  /** Cycles of the commune. */
  late: string;
  soon: string;
  atProvince: string;
  atCouncil: string;
}

export async function makeSeason(product: Product): Promise<Season> {
  const { send, db, rules } = product;
  const person = async (office: string, role: string, name: string, email: string): Promise<string> => {
    const { body } = await send('POST', `/api/offices/${office}/people`, { name, role, email, phone: '0912345678' });
    return String(body['id']);
  };
  const officerId = await person(COMMUNE, 'commune_officer', 'Nguyễn Thị Thuỷ', 'thuy@xa.example.vn');
  await person(COMMUNE, 'commune_leadership', 'Đinh Văn Minh', 'minh@xa.example.vn');
  const approver = await person(SEASON_PROVINCE, 'provincial_officer', 'Lê Thu Hà', 'ha@tinh.example.vn');
  const manager = await person(SEASON_PROVINCE, 'provincial_leadership', 'Trần Đức Long', 'long@tinh.example.vn');
  // The officer whom the season's records name at the province.
  const province = 'tinh-1';
  const known = { name: 'Phạm Quỳnh Hoa', role: 'provincial_officer', email: 'hoa@tinh.example.vn', phone: '0912345678' };
  await db.person.create({ data: { id: province, officeCode: SEASON_PROVINCE, ...known } });

  const elsewhere = realisticSeason(rules).filter(({ communeCode }) => communeCode !== COMMUNE);
  await recordDossiers(db, elsewhere);
  const officers = new Map(elsewhere.flatMap((one) => (one.communeOfficer ? [[one.communeOfficer, one.communeCode] as const] : [])));
  const role = 'commune_officer';
  await db.person.createMany({ data: [...officers].map(([id, officeCode]) => ({ id, officeCode, role, name: `Cán bộ ${officeCode}` })) });
  const cycles = await communeSeason(product, officerId);
  const run = { provinceCode: SEASON_PROVINCE, day: new Date(SEASON_DAY), planned: 25, sent: 24, merged: 1, mails: 20 };
  const times = { startedAt: new Date(`${SEASON_DAY}T01:00:00Z`), finishedAt: new Date(`${SEASON_DAY}T01:00:41Z`) };
  await db.nudgeRun.create({ data: { id: `${SEASON_PROVINCE}/${SEASON_DAY}`, ...run, ...times } });

  const account = async (login: string, role: string, office?: string, personId?: string): Promise<Login> => {
    const { body } = await send('POST', '/api/accounts', { login, role, ...(office ? { office } : {}), ...(personId ? { personId } : {}) });
    return { login, password: String(body['password']) };
  };
  const logins = {
    officer: await account('thuy.giavien', 'commune_staff', COMMUNE, officerId),
    province: await account('hoa.ocop', 'provincial_staff', SEASON_PROVINCE, province),
    approver: await account('ha.ocop', 'provincial_staff', SEASON_PROVINCE, approver),
    manager: await account('long.ocop', 'manager', SEASON_PROVINCE, manager),
    administrator: await account('quantri', 'administrator'),
  };
  return { logins, officerId, ...cycles };
}

/** Dossiers that are late, soon, in time, waiting elsewhere and at the province, one certificate whose window is open. */
async function communeSeason({ send }: Product, officerId: string): Promise<Pick<Season, 'late' | 'soon' | 'atProvince' | 'atCouncil'>> {
  const register = async (productName: string, more: object = {}): Promise<string> => {
    const producer = { name: `Hợp tác xã ${productName}`, phone: '0987654321' };
    const common = { productName, producer, kind: 'new', communeCode: COMMUNE, registeredOn: '2026-07-20', productSet: 5 };
    const { location } = await send('POST', '/api/cycles', { ...common, ...more });
    return location.split('/').at(-1) ?? '';
  };
  const act = async (id: string, action: string, body: object): Promise<void> => {
    await send('POST', `/api/cycles/${id}/actions/${action}`, body);
  };
  const received = async (productName: string, on: string, assigned = true): Promise<string> => {
    const id = await register(productName);
    await act(id, 'accept-idea', { on: '2026-08-04' });
    await act(id, 'submit-dossier', { on, receiptNumber: '07/GTN' });
    if (assigned) await act(id, 'assign-officer', { on, side: 'commune', officerId });
    return id;
  };
  const [late, soon] = [await received('Mắm tép Gia Viễn', '2026-09-11'), await received('Gạo nếp hạt cau', '2026-09-23')];
  await received('Mật ong hoa nhãn', '2026-10-05');
  await received('Bánh đa vừng', '2026-10-07', false);
  const proposed = async (productName: string): Promise<string> => {
    const id = await received(productName, '2026-09-07');
    const assessedItems = ['local_origin', 'local_labour', 'idea_origin', 'local_identity'];
    const numbers = { reportNumber: '98/BC-UBND', proposalNumber: '112/UBND-KT' };
    await act(id, 'issue-commune-report', { on: '2026-09-25', assessedItems, samples: 10, ...numbers });
    return id;
  };
  const atProvince = await proposed('Nem chua Gia Viễn');
  const atCouncil = await proposed('Tương nếp Kênh Gà');
  await act(atCouncil, 'accept-package', { on: '2026-09-29' });
  await act(atCouncil, 'record-advisory-report', { on: '2026-10-09' });
  const supplemented = await received('Trà hoa vàng', '2026-09-16');
  await act(supplemented, 'request-supplement', { on: '2026-09-28', dueOn: '2026-10-16', reason: 'Phiếu kiểm nghiệm đã quá 12 tháng' });
  const accepted = await register('Trà bồ công anh');
  await act(accepted, 'accept-idea', { on: '2026-08-04' });
  await register('Rượu nếp cái hoa vàng', { registeredOn: '2026-10-08' });
  const certificate = { stars: 3, issuedOn: '2024-03-06', decisionNumber: '214/QĐ-UBND', issuedBy: 'UBND tỉnh Ninh Bình' };
  await register('Miến dong', { registeredOn: '2026-06-01', certificate });
  return { late, soon, atProvince, atCouncil };
}
