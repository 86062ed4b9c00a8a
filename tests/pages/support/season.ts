/** A commune's autumn: dossiers that are late, soon and in time on the test's day, Monday 12/10/2026, with its officers and their accounts. */
import type { TestApi } from '../../api/support/api';
import { COMMUNE, PROVINCE } from '../../api/support/api';

export const TODAY = '2026-10-12';

export interface Season {
  /** Ids of cycles. */
  late: string;
  soon: string;
  early: string;
  waiting: string;
  officer: { id: string; login: string; password: string };
}

/** Makes the season on a running API. */
export async function makeSeason(api: TestApi): Promise<Season> {
  const officerId = await person(api, COMMUNE, 'commune_officer', 'Nguyễn Thị Thuỷ');
  await person(api, PROVINCE, 'provincial_officer', 'Phạm Quỳnh Hoa');
  const [late, soon, early] = [
    await dossier(api, 'Mắm tép Gia Viễn', '2026-09-11'),
    await dossier(api, 'Gạo nếp hạt cau', '2026-09-23'),
    await dossier(api, 'Mật ong hoa nhãn', '2026-10-05'),
  ];
  const waiting = await dossier(api, 'Trà bồ công anh', undefined);
  for (const id of [late, soon]) await act(api, id, 'assign-officer', { side: 'commune', officerId });
  const login = 'thuy@xa.example.vn';
  const made = await api.send('POST', '/api/accounts', { body: { login, role: 'commune_staff', office: COMMUNE, personId: officerId } });
  if (made.status !== 201) throw new Error(made.text);
  return { late, soon, early, waiting, officer: { id: officerId, login, password: String(made.body['password']) } };
}

async function person(api: TestApi, office: string, role: string, name: string): Promise<string> {
  const body = { name, role, phone: '0912345678', email: `${role}@example.vn` };
  const { status, body: made, text } = await api.send('POST', `/api/offices/${office}/people`, { body });
  if (status !== 201) throw new Error(text);
  return String(made['id']);
}

async function dossier(api: TestApi, productName: string, receivedOn: string | undefined): Promise<string> {
  const producer = { name: `Hợp tác xã ${productName}`, phone: '0987654321' };
  const path = await api.register({ productName, producer, kind: 'new', communeCode: COMMUNE, registeredOn: '2026-07-20', productSet: 5 });
  const id = path.split('/').at(-1) ?? '';
  await act(api, id, 'accept-idea', { on: '2026-08-04' });
  if (receivedOn !== undefined) await act(api, id, 'submit-dossier', { on: receivedOn });
  return id;
}

async function act(api: TestApi, id: string, action: string, body: object): Promise<void> {
  const { status, text } = await api.send('POST', `/api/cycles/${id}/actions/${action}`, { body });
  if (status !== 200) throw new Error(`${action}: ${text}`);
}
