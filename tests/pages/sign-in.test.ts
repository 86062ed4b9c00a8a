/** Signing in: passwords and lock-out, foreign forms, sessions, the first administrator, single sign-on. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { hashPassword, isPassword } from '../../api/auth/passwords';
import { lockMinutes } from '../../api/auth/sign-in';
import { type RunningApi, startApi } from '../../api/server';
import { openIdConnect, SIGN_ON_RETURN } from '../../clients/open-id';
import { freePort } from '../../local/ports';
import { ADMIN_TOKEN, COMMUNE, useApi } from '../api/support/api';
import { Visitor } from './support/visitor';

jest.setTimeout(120_000);

const api = useApi({ on: '2026-10-12', worker: false });

async function account(login: string): Promise<{ id: string; password: string }> {
  const { body, text, status } = await api.send('POST', '/api/accounts', { body: { login, role: 'commune_staff', office: COMMUNE } });
  if (status !== 201) throw new Error(text);
  return { id: String(body['id']), password: String(body['password']) };
}

const byPassword = async (visitor: Visitor, login: string, password: string) =>
  await visitor.send('/dang-nhap', '/dang-nhap/mat-khau', { login, password });

describe('passwords', () => {
  it('are kept as scrypt with their cost, and match however their letters were composed', async () => {
    const hash = await hashPassword('Mật khẩu của Thuỷ');
    expect(hash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
    expect(await isPassword('Mật khẩu của Thuỷ'.normalize('NFD'), hash)).toBe(true);
    expect(await isPassword('Mật khẩu của Thủy', hash)).toBe(false);
  });

  it('cost nothing for four wrong ones in a row, then a minute that doubles to an hour', () => {
    expect([4, 5, 6, 7, 10, 11, 50].map(lockMinutes)).toEqual([0, 1, 2, 4, 32, 60, 60]);
  });

  it('are refused alike for a wrong one and an unknown name; the fifth wrong one closes the account also for the right one', async () => {
    const { password, id } = await account('khoa@xa.example.vn');
    const visitor = new Visitor(api.url);
    const wrong = await byPassword(visitor, 'khoa@xa.example.vn', 'sai-mat-khau');
    const unknown = await byPassword(visitor, 'khong-co@xa.example.vn', 'sai-mat-khau');
    expect([wrong.status, unknown.status]).toEqual([422, 422]);
    const told = ({ text }: { text: string }) => /role="alert"[^]*?<\/div>/.exec(text)?.[0];
    expect(told(wrong)).toBe(told(unknown));
    for (let more = 0; more < 4; more += 1) await byPassword(visitor, 'khoa@xa.example.vn', 'sai-mat-khau');
    const closed = await byPassword(visitor, 'khoa@xa.example.vn', password);
    expect(closed.status).toBe(429);
    expect(closed.text).toContain('tạm khóa');
    const reset = await api.send('POST', `/api/accounts/${id}/reset`);
    expect((await byPassword(visitor, 'KHOA@xa.example.vn ', String(reset.body['password']))).status).toBe(303);
  });

  it('given by an administrator must be changed before anything else; other sessions end with the change', async () => {
    const { password } = await account('doi@xa.example.vn');
    const [one, other] = [new Visitor(api.url), new Visitor(api.url)];
    await byPassword(one, 'doi@xa.example.vn', password);
    await byPassword(other, 'doi@xa.example.vn', password);
    expect((await one.get('/viec-cua-toi')).location).toBe('/tai-khoan-cua-toi');
    const change = async (next: string, again = next) =>
      await one.send('/tai-khoan-cua-toi', '/tai-khoan-cua-toi/mat-khau', { present: password, next, again });
    expect((await change('ngắn')).text).toContain('cần từ 10 đến 200 ký tự');
    expect((await change('một câu dài dễ nhớ', 'một câu khác')).text).toContain('không giống mật khẩu mới');
    expect((await change('một câu dài dễ nhớ')).status).toBe(303);
    expect((await one.get('/viec-cua-toi')).status).toBe(200);
    expect((await other.get('/viec-cua-toi')).location).toBe('/dang-nhap?tiep=%2Fviec-cua-toi');
  });
});

describe('forms', () => {
  it('are taken only from whoever they were given to, and from no other site', async () => {
    const visitor = new Visitor(api.url);
    await visitor.send('/dang-nhap', '/dang-nhap/ma', { token: ADMIN_TOKEN });
    const send = async (fields: Record<string, string>, headers: Record<string, string> = {}) =>
      (await visitor.send('/tai-khoan-cua-toi', '/dang-xuat', fields, headers)).status;
    expect(await send({ _csrf: 'x' })).toBe(403);
    expect(await send({}, { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await send({}, { origin: 'https://elsewhere.example' })).toBe(403);
    expect(await send({}, { origin: 'null' })).toBe(403);
    expect(await send({}, { origin: api.url, 'sec-fetch-site': 'same-origin' })).toBe(303);
    expect((await visitor.get('/tai-khoan-cua-toi')).status).toBe(303);
  });

  it('lead only to addresses of this site', async () => {
    const led = async (tiep: string): Promise<string | null> => {
      const visitor = new Visitor(api.url);
      const address = `?${new URLSearchParams({ tiep }).toString()}`;
      return (await visitor.send(`/dang-nhap${address}`, `/dang-nhap/ma${address}`, { token: ADMIN_TOKEN })).location;
    };
    expect(await led('/ho-so/moi?x=1')).toBe('/ho-so/moi?x=1');
    for (const away of ['//elsewhere.example', String.raw`/\elsewhere.example`, 'https://elsewhere.example', 'javascript:alert(1)'])
      expect(await led(away)).toBe('/');
  });
});

describe('sessions', () => {
  it('are listed, ended one by one, and die with the token that signed in', async () => {
    const { body } = await api.send('POST', '/api/tokens', { body: { name: 'Máy của xã', role: 'commune_staff', office: COMMUNE } });
    const token = String(body['token']);
    const phone = new Visitor(api.url, { 'user-agent': 'Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile Safari/537.36' });
    const desk = new Visitor(api.url, { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Firefox/140' });
    for (const visitor of [phone, desk]) await visitor.send('/dang-nhap', '/dang-nhap/ma', { token });
    const { text } = await desk.get('/tai-khoan-cua-toi');
    expect(text).toContain('Chrome, Android');
    const [, end = ''] = /action="(\/tai-khoan-cua-toi\/phien\/[\w-]+)"/.exec(text) ?? [];
    expect((await desk.send('/tai-khoan-cua-toi', end, {})).status).toBe(303);
    expect((await phone.get('/viec-cua-toi')).status).toBe(303);
    expect((await desk.get('/viec-cua-toi')).status).toBe(200);
    await api.send('DELETE', `/api/tokens/${String(body['id'])}`);
    expect((await desk.get('/viec-cua-toi')).status).toBe(303);
  });

  it('are of an account only while it may sign in, and of its holder alone', async () => {
    const { password, id } = await account('het@xa.example.vn');
    const [visitor, stranger] = [new Visitor(api.url), new Visitor(api.url)];
    await byPassword(visitor, 'het@xa.example.vn', password);
    await stranger.send('/dang-nhap', '/dang-nhap/ma', { token: ADMIN_TOKEN });
    const row = await api.parts.db.pageSession.findFirstOrThrow({ where: { accountId: id } });
    expect((await stranger.send('/tai-khoan-cua-toi', `/tai-khoan-cua-toi/phien/${row.id}`, {})).status).toBe(404);
    await api.send('DELETE', `/api/accounts/${id}`);
    expect((await visitor.get('/tai-khoan-cua-toi')).location).toContain('/dang-nhap');
    expect((await byPassword(visitor, 'het@xa.example.vn', password)).status).toBe(422);
  });

  it('have cookies that scripts cannot read, bound to the host and to https where the site is on it', async () => {
    const cookiesOf = async (publicUrl: string): Promise<string[]> => {
      const instance = await startApi({ ...api.parts, publicUrl }, { host: '127.0.0.1', port: 0 });
      const response = await fetch(`${instance.url}/dang-nhap`);
      await instance.close();
      return response.headers.getSetCookie();
    };
    expect(await cookiesOf('https://ocop.example.vn')).toEqual([
      expect.stringMatching(/^__Host-ocop-visitor=[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Secure$/),
    ]);
    expect(await cookiesOf('http://127.0.0.1:3000')).toEqual([
      expect.stringMatching(/^ocop-visitor=[\w-]+; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
  });
});

describe('the first administrator', () => {
  it('signs in by the printed token and becomes an account with a password', async () => {
    const visitor = new Visitor(api.url);
    await visitor.send('/dang-nhap', '/dang-nhap/ma', { token: ADMIN_TOKEN });
    const made = await visitor.send('/tai-khoan-cua-toi', '/tai-khoan-cua-toi/lap', { login: 'QuanTri', password: 'một câu dài dễ nhớ' });
    expect(made.status).toBe(303);
    const again = new Visitor(api.url);
    expect((await byPassword(again, 'quantri', 'một câu dài dễ nhớ')).status).toBe(303);
    expect((await again.get('/tai-khoan-cua-toi')).text).toContain('Quản trị hệ thống');
  });
});

describe('single sign-on', () => {
  const clientSecret = 'secret-of-the-tests-secret';
  let provider: ChildProcess;
  let site: RunningApi;
  let issuer = '';

  beforeAll(async () => {
    const port = await freePort();
    const redirectUri = `http://127.0.0.1:${port}${SIGN_ON_RETURN}`;
    provider = spawn(process.execPath, [join(__dirname, 'support', 'provider.mjs')], {
      env: { ...process.env, REDIRECT_URI: redirectUri, CLIENT_SECRET: clientSecret },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    issuer = await new Promise<string>((resolve) => provider.stdout?.once('data', (data: Buffer) => resolve(data.toString().trim())));
    const signOn = openIdConnect({ issuer, clientId: 'ocop', clientSecret, title: 'Đăng nhập của tỉnh', redirectUri });
    site = await startApi({ ...api.parts, publicUrl: `http://127.0.0.1:${port}`, signOn }, { host: '127.0.0.1', port });
  });
  afterAll(async () => {
    provider.kill();
    await site.close();
  });

  /** Goes through the provider's own pages as that person, up to the way back. */
  async function comeBackAs(visitor: Visitor, name: string): Promise<{ location: string }> {
    const begun = await visitor.get('/dang-nhap/mot-lan?tiep=/ho-so/moi');
    let at = begun;
    for (let pages = 0; pages < 12; pages += 1) {
      if (at.location?.startsWith(site.url)) return { location: at.location };
      if (at.location !== null) {
        at = await visitor.get(new URL(at.location, at.url).href);
        continue;
      }
      const action = /<form[^>]*action="([^"]+)"/.exec(at.text)?.[1] ?? '';
      const prompt = /name="prompt" value="(\w+)"/.exec(at.text)?.[1] ?? 'login';
      at = await visitor.post(new URL(action, at.url).href, prompt === 'login' ? { prompt, login: name, password: 'x' } : { prompt });
    }
    throw new Error(`the provider does not lead back: ${at.url}`);
  }

  it('lets in whoever the provider vouches for, by the account’s address the first time and by the subject ever after', async () => {
    const { id } = await account('lan@xa.example.vn');
    const visitor = new Visitor(site.url);
    expect((await visitor.get('/dang-nhap')).text).toContain('Đăng nhập của tỉnh');
    const { location } = await comeBackAs(visitor, 'lan');
    expect((await visitor.get(location)).location).toBe('/ho-so/moi');
    expect((await api.parts.db.account.findUniqueOrThrow({ where: { id } })).subject).toBe(`${issuer} lan`);
    await api.parts.db.account.update({ where: { id }, data: { login: 'ten-khac', mustChange: false } });
    const later = new Visitor(site.url);
    expect((await later.get((await comeBackAs(later, 'lan')).location)).location).toBe('/ho-so/moi');
    expect((await later.get('/ho-so/moi')).status).toBe(200);
  });

  it('lets in nobody without an account, or whose address the provider has not verified', async () => {
    await account('khong-ro@xa.example.vn');
    for (const name of ['nguoi-la', 'khong-ro']) {
      const visitor = new Visitor(site.url);
      const back = await visitor.get((await comeBackAs(visitor, name)).location);
      expect(back.status).toBe(401);
      expect(back.text).toContain('chưa gắn với tài khoản nào');
    }
  });

  it('takes an answer only once, only in the browser that asked, and only with its state', async () => {
    await account('mai@xa.example.vn');
    const visitor = new Visitor(site.url);
    const { location } = await comeBackAs(visitor, 'mai');
    expect((await new Visitor(site.url).get(location)).status).toBe(401);
    const checks = visitor.cookie('ocop-sso') ?? '';
    expect((await visitor.get(location.replace(/state=[^&]+/, 'state=other'))).status).toBe(401);
    visitor.setCookie('ocop-sso', checks);
    expect((await visitor.get(location)).status).toBe(303);
    visitor.setCookie('ocop-sso', checks);
    expect((await visitor.get(location)).status).toBe(401);
  });
});
