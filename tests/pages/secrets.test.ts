/** What is shown once: a form sent twice makes one thing, and says why the secret is not there again. */
import { beginSession } from '../../api/auth/sessions';
import { COMMUNE, useApi } from '../api/support/api';
import { hiddenFields, Visitor } from './support/visitor';

const api = useApi({ on: '2026-10-12' });

async function signedIn(name: string): Promise<Visitor> {
  const { id } = await api.database.db.apiToken.findFirstOrThrow({ where: name === 'administrator' ? { role: name } : { name } });
  const visitor = new Visitor(api.url);
  visitor.setCookie('ocop', await beginSession(api.parts, { tokenId: id }, 'tests'));
  return visitor;
}

/** The same filling-in of a form, sent twice. */
async function twice(visitor: Visitor, page: string, action: string, fields: Record<string, string>) {
  const hidden = hiddenFields((await visitor.get(page)).text);
  const send = async () => await visitor.post(action, { ...hidden, ...fields });
  return [await send(), await send()] as const;
}

const secretIn = (text: string): string => /<code class="secret">([^<]*)</.exec(text)?.[1] ?? '';

it('a token is made once', async () => {
  const token = { name: 'Phần mềm một cửa', role: 'commune_staff', office: COMMUNE };
  const [first, second] = await twice(await signedIn('administrator'), '/tai-khoan', '/tai-khoan/ma', token);
  const secret = secretIn(first.text);
  expect([first.status, (await api.send('GET', '/api/cycles', { token: secret })).status]).toEqual([200, 200]);
  expect([second.status, secretIn(second.text)]).toEqual([409, '']);
  expect(second.text).toContain('Mã truy cập “Phần mềm một cửa” đã tạo ở lần gửi trước; bí mật chỉ hiện một lần.');
  expect(await api.database.db.apiToken.count({ where: { name: token.name } })).toBe(1);
});

it('a calendar address is made once', async () => {
  const [first, second] = await twice(await signedIn('commune'), '/bao-cao', '/bao-cao/lich', { name: 'Lịch của xã' });
  expect([first.status, (await fetch(`${api.url}${new URL(secretIn(first.text)).pathname}`)).status]).toEqual([200, 200]);
  expect([second.status, secretIn(second.text)]).toEqual([409, '']);
  expect(second.text).toContain('Địa chỉ lịch “Lịch của xã” đã tạo ở lần gửi trước; bí mật chỉ hiện một lần.');
  expect(await api.database.db.calendarFeed.count()).toBe(1);
});
