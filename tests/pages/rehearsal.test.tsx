/** Rehearsals from the page: from a click to the report, one at a time, stopped, cut off; apart from production whatever happens. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { apiDeps } from '../../api/deps';
import { type By, LISTS, type ListName, type RehearsalDesk, type Wanted } from '../../api/rehearsals/desk';
import { ownLists } from '../../api/rehearsals/own-lists';
import { rowsOf } from '../../api/rehearsals/read-list';
import type { Actor } from '../../domain/cycle/state';
import { alive } from '../../local/processes';
import { openDesk } from '../../rehearsal/desk';
import { rehearsalEnvironment } from '../../rehearsal/launch';
import { ADMIN_TOKEN, COMMUNE, rules, useApi } from '../api/support/api';
import { registrations } from '../rehearsal/lists';
import { eventually } from '../support/eventually';
import { startSmtp, type TestSmtp } from '../support/smtp';
import { DESK, describeInBrowser, overflow, PHONE, seriousFindings, useBrowser } from './support/browser';

jest.setTimeout(600_000);
const PATIENCE = 300_000;
const SHOTS = process.env['OCOP_SHOTS'];
const api = useApi({ on: '2026-09-10' });
const BY: By = { id: 'tests', name: 'Người thử', role: 'provincial_staff', office: '37', provinceCode: '37', communeCode: null };

let smtp: TestSmtp;
/** Where rehearsals have their passing places: a folder of this file's own. */
let root = '';
let data = '';
let desk: RehearsalDesk;
let site: { url: string; close(): Promise<void> };

/** A desk on a program that has production's addresses and secrets in its environment. */
function newDesk(more: NodeJS.ProcessEnv = {}): RehearsalDesk {
  const production = { DATABASE_URL: api.database.url, SMTP_URL: smtp.url, TEMPORAL_ADDRESS: '127.0.0.1:1', OCOP_ADMIN_TOKEN: ADMIN_TOKEN };
  return openDesk({ folder: data, clock: api.parts.clock, env: { ...process.env, ...production, TMPDIR: root, ...more } });
}

beforeAll(async () => {
  smtp = await startSmtp();
  root = mkdtempSync(join(tmpdir(), 'ocop-root-'));
  // As root the database runs under another account, which must get in.
  chmodSync(root, 0o711);
  data = mkdtempSync(join(tmpdir(), 'ocop-pages-'));
  desk = newDesk();
  site = await api.another({ rehearsals: desk });
});
afterAll(async () => {
  await desk.close();
  await site.close();
  await smtp.stop();
});

/** Folders in which rehearsals stand at this moment. */
const places = (): string[] => readdirSync(root).filter((name) => name.startsWith('ocop-rehearsal-'));

/** Processes whose passing folder is this file's own: rehearsals and what they started. */
function processes(): number[] {
  const mark = `TMPDIR=${root}`;
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && environmentOf(pid).includes(mark))
    .map(Number)
    .filter((pid) => pid !== process.pid && alive(pid));
}

function environmentOf(pid: number | string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

/** A list of products of the province whose staff ask. */
function ownProducts(products: number): string {
  const rows = Array.from({ length: products }, (_, index) => `Mắm tép số ${index + 1},Hợp tác xã số ${index + 1},${COMMUNE}`);
  const file = join(mkdtempSync(join(tmpdir(), 'ocop-lists-')), 'danh-sach.csv');
  writeFileSync(file, ['Tên sản phẩm,Chủ thể,Mã xã', ...rows, ''].join('\n'));
  return file;
}

const nothingLeft = async (): Promise<void> =>
  await eventually(
    () => expect({ places: places(), processes: process.platform === 'linux' ? processes() : [] }).toEqual({ places: [], processes: [] }),
    90_000,
  );

/** A short season of a few products. */
function short(more: Partial<Wanted> = {}): Wanted {
  const plan = rules.plans.find(({ id }) => id === 'qd-26-2026');
  if (!plan) throw new Error('no plan');
  const lists = { registrations: { name: 'danh-sach.csv', bytes: readFileSync(registrations(2)) } };
  const nothing = { province: undefined, compareWith: undefined };
  return {
    ...nothing,
    plan,
    lists,
    place: false,
    from: '2026-08-10',
    until: '2026-09-30',
    behaviour: 'punctual',
    seed: '1',
    changes: [],
    ...more,
  };
}

const statusOf = async (from: RehearsalDesk, id: string): Promise<string | undefined> =>
  (await from.runs()).find((run) => run.id === id)?.status;

/** What production holds, as one sum a table. */
async function sums(): Promise<unknown> {
  const { db } = api.parts;
  return await db.$queryRaw`select (select count(*) from cycle) cycles, (select count(*) from product) products, (select count(*) from cycle_event) events,
    (select count(*) from outbox_mail) mails, (select count(*) from nudge) nudges, (select md5(string_agg(o::text, ',' order by code)) from office o) offices`;
}

describe('what a rehearsal gets of its program', () => {
  it('is what programs need to run, and no address or secret of production', () => {
    const given = {
      PATH: '/bin',
      HOME: '/root',
      TMPDIR: '/tmp',
      PG_BIN_DIR: '/pg',
      TEMPORAL_CLI_PATH: '/temporal',
      DATABASE_URL: 'postgresql://production',
      TEMPORAL_ADDRESS: 'production:7233',
      TEMPORAL_NAMESPACE: 'ocop',
      TEMPORAL_API_KEY: 'secret',
      TEMPORAL_TLS_CLIENT_KEY_PATH: '/key',
      SMTP_URL: 'smtp://production',
      OCOP_ADMIN_TOKEN: 'secret',
      OCOP_SIGNING_KEYS: 'secret',
      OCOP_WEBHOOK_SECRET: 'secret',
      OCOP_OIDC_CLIENT_SECRET: 'secret',
      OCOP_CLOCK_OFFSET_DAYS: '3',
      NODE_OPTIONS: '--inspect',
    };
    expect(Object.keys(rehearsalEnvironment(given)).sort()).toEqual(['HOME', 'PATH', 'PG_BIN_DIR', 'TEMPORAL_CLI_PATH', 'TMPDIR']);
  });
});

describe('the installation’s own lists', () => {
  it('are its open dossiers, its certificates in force and whom mails reach, of the province that asks', async () => {
    await api.register({ productName: 'Mắm "tép", loại 1', producer: { name: 'Hợp tác xã Gia Viễn' }, kind: 'new', communeCode: COMMUNE });
    const certificate =
      'Tên sản phẩm,Chủ thể,Mã xã,Số sao,Số quyết định,Ngày cấp,Cơ quan cấp\nTrà hoa vàng,HTX Trà,14329,3,12/QĐ-UBND,20/12/2024,UBND tỉnh\n';
    const headers = { 'content-type': 'text/csv' };
    expect((await api.send('POST', '/api/imports/certificates?province=37', { raw: certificate, headers })).status).toBeLessThan(300);
    const person = { name: 'Nguyễn Thị Thuỷ', role: 'commune_officer', email: 'thuy@xa.example.vn', phone: '0912345678' };
    await api.send('POST', `/api/offices/${COMMUNE}/people`, { body: person });
    const deps = apiDeps(api.parts);
    const actor: Actor = { ...BY };
    const { lists, rows } = await eventually(async () => {
      const own = await ownLists(deps, actor);
      expect(own.rows).toBe(2);
      return own;
    });
    expect(rows).toBe(2);
    const textOf = (list: ListName): string => lists[list]?.bytes.toString('utf8') ?? '';
    expect(textOf('registrations')).toContain('"Mắm ""tép"", loại 1","Hợp tác xã Gia Viễn","14329"');
    expect(textOf('certificates')).toContain('"Trà hoa vàng","HTX Trà","14329","3","12/QĐ-UBND","20/12/2024","20/12/2027","UBND tỉnh"');
    expect(textOf('contacts')).toContain('"14329","Nguyễn Thị Thuỷ","thuy@xa.example.vn","commune_officer"');
    for (const list of LISTS) expect(rowsOf(list, { bytes: lists[list]?.bytes ?? Buffer.alloc(0), type: 'text/csv' })).toBe(1);
    expect(await ownLists(deps, { ...actor, provinceCode: '12' })).toEqual({ lists: {}, rows: 0 });
  });
});

describe('the desk', () => {
  it('says in Vietnamese why an installation without a database server cannot rehearse, and starts nothing', async () => {
    const bare = newDesk({ PG_BIN_DIR: '/nowhere' });
    expect((await bare.hindrance())?.vi).toMatch(/không có chương trình máy chủ PostgreSQL/);
    await expect(bare.start('key', BY, short())).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await bare.runs()).toEqual([]);
    expect(places()).toEqual([]);
  });

  it('runs one at a time, answers the same form with the same rehearsal, and stops leaving nothing', async () => {
    const run = await desk.start('stopped', BY, short({ until: undefined }));
    expect(await desk.start('stopped', BY, short())).toMatchObject({ id: run.id });
    await expect(desk.start('second', BY, short())).rejects.toMatchObject({
      kind: 'still-running',
      detail: { vi: expect.stringMatching(/đang chạy \(Người thử\)/) },
    });
    await eventually(() => expect(run.progress.calendar?.cycles).toBe(2), PATIENCE);
    if (process.platform === 'linux') {
      const secrets = /DATABASE_URL|SMTP_URL|TEMPORAL_ADDRESS|OCOP_(?!REHEARSAL_FOLDER)/;
      expect(processes().length).toBeGreaterThan(2);
      for (const pid of processes()) expect(environmentOf(pid)).not.toMatch(secrets);
    }
    expect(await desk.stop(run.id, BY)).toBe(true);
    await eventually(async () => expect(await statusOf(desk, run.id)).toBe('stopped'), 60_000);
    await nothingLeft();
    expect(readdirSync(join(data, run.id)).sort()).toEqual(['log.txt', 'progress.json', 'run.json']);
    // It ended in order, and had not to be killed.
    expect(readFileSync(join(data, run.id, 'log.txt'), 'utf8')).toMatch(/Đã dừng diễn tập/);
    expect(await desk.stop(run.id, BY)).toBe(false);
    expect(await desk.start('stopped', BY, short())).toMatchObject({ id: run.id, status: 'stopped', stoppedBy: { id: 'tests' } });
  });

  it('tells what went wrong', async () => {
    const bytes = Buffer.from('Tên sản phẩm\nMắm nêm\n');
    const run = await desk.start('wrong', BY, short({ lists: { registrations: { name: 'sai.csv', bytes } } }));
    await eventually(async () => expect(await statusOf(desk, run.id)).toBe('failed'), PATIENCE);
    expect(run.problem?.vi).toMatch(/Tệp .*registrations\.csv/);
    await nothingLeft();
  });

  it('knows after its program was killed that the rehearsal was cut off, and finds nothing of it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ocop-killed-'));
    const { NODE_OPTIONS: _none, ...env } = process.env;
    const program = spawn(process.execPath, ['--import', 'tsx', 'tests/pages/support/desk-program.ts', folder, registrations(2)], {
      cwd: resolve(__dirname, '../..'),
      env: { ...env, TMPDIR: root },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    program.stdout.on('data', (text: Buffer) => (said += text.toString()));
    await eventually(() => expect(said).toMatch(/day 2026-/), PATIENCE);
    program.kill('SIGKILL');
    await nothingLeft();
    const next = openDesk({ folder, clock: api.parts.clock });
    await eventually(async () => expect((await next.runs())[0]?.status).toBe('interrupted'), 60_000);
    const [run] = await next.runs();
    expect(run?.progress.calendar?.day).toMatch(/^2026-/);
    expect(readdirSync(join(folder, run?.id ?? '')).sort()).toEqual(['log.txt', 'progress.json', 'run.json']);
  });
});

describeInBrowser('the page', () => {
  const browser = useBrowser();

  async function signedIn(token: string, width: number, url = site.url): Promise<Page> {
    const { page } = await browser.open({ width, javaScript: false });
    await page.goto(`${url}/dang-nhap`);
    await page.locator('summary', { hasText: 'mã truy cập' }).click();
    await page.getByLabel('Mã truy cập').fill(token);
    await page.getByRole('button', { name: 'Đăng nhập bằng mã' }).click();
    await page.locator('.who').waitFor({ state: 'attached' });
    return page;
  }

  async function shot(page: Page, name: string): Promise<void> {
    if (!SHOTS) return;
    mkdirSync(SHOTS, { recursive: true });
    await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
  }

  /** Fits its window and is read by everybody; axe needs JavaScript, so the page is looked at in a window of its own. */
  async function wellMade(page: Page, name: string): Promise<void> {
    for (const width of [DESK, PHONE]) {
      const { page: other } = await browser.open({ width });
      await other.context().addCookies(await page.context().cookies());
      await other.goto(page.url());
      expect(await overflow(other)).toBeLessThanOrEqual(0);
      expect(await seriousFindings(other)).toEqual([]);
      await shot(other, `${name}-${width}`);
    }
  }

  it('goes from a click to the downloaded report, refuses a second one meanwhile, and leaves production untouched', async () => {
    const before = await sums();
    const page = await signedIn(api.tokens.province, DESK);
    await page.goto(`${site.url}/dien-tap`);
    await wellMade(page, 'bieu-mau');
    await page.getByLabel('Kế hoạch', { exact: true }).selectOption('qd-26-2026');
    await page.getByLabel('Danh sách', { exact: true }).selectOption('files');
    await page.getByLabel('Tệp danh sách đăng ký').setInputFiles(registrations(4));
    await page.getByRole('button', { name: 'Bắt đầu diễn tập' }).click();
    // Products of another province, by mistake.
    expect(await page.locator('.wrong').allTextContents()).toEqual([
      expect.stringMatching(/không dòng nào dùng được với Tỉnh Ninh Bình: “phường Phan Thiết”/),
    ]);
    await page.getByLabel('Tệp danh sách đăng ký').setInputFiles(ownProducts(4));
    await page.getByLabel('Dồn vào tuần cuối').check();
    await page.getByLabel('Bắt đầu ngày').fill('10/08/2026');
    await page.getByLabel('Đến ngày').fill('31/12/2026');
    await page.getByRole('button', { name: 'Bắt đầu diễn tập' }).click();
    await page.getByRole('heading', { name: /^Diễn tập: / }).waitFor();
    const address = page.url();

    const second = await signedIn(api.tokens.manager, PHONE);
    await second.goto(`${site.url}/dien-tap`);
    await second.getByRole('button', { name: 'Bắt đầu diễn tập' }).click();
    expect(await second.getByRole('alert').textContent()).toMatch(/Một lần diễn tập khác đang chạy \(province\)/);

    // The page asks again by itself, without JavaScript, until it is done.
    await page.locator('.sim').waitFor({ timeout: PATIENCE });
    await wellMade(page, 'dang-chay');
    await page.getByRole('link', { name: 'Báo cáo đầy đủ (HTML)' }).waitFor({ timeout: PATIENCE });
    await wellMade(page, 'ket-qua');
    expect(await page.locator('.facts').textContent()).toMatch(/Sản phẩm4/);

    const download = async (title: string): Promise<Buffer> => {
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: title, exact: true }).click()]);
      expect(file.suggestedFilename()).toMatch(/^dien-tap-qd-26-2026-bao-cao\./);
      return readFileSync(await file.path());
    };
    expect((await download('Báo cáo đầy đủ (HTML)')).toString('utf8')).toContain('<html lang="vi">');
    expect((await download('Excel')).subarray(0, 2).toString()).toBe('PK');
    expect(JSON.parse((await download('JSON')).toString('utf8'))).toMatchObject({
      seed: '1',
      behaviour: { id: 'last-week-rush' },
      from: '2026-08-10',
    });
    await nothingLeft();
    expect(await sums()).toEqual(before);
    expect(smtp.taken()).toBe(0);

    // Another province sees nothing of it: the lists of this one are in it.
    const other = await signedIn(api.tokens.otherProvince, DESK);
    expect((await other.goto(address))?.status()).toBe(404);
    await other.goto(`${site.url}/dien-tap`);
    expect(await other.getByText('Các lần diễn tập').count()).toBe(0);

    // One thing is changed, and both stand side by side.
    await page.getByRole('link', { name: 'Đổi một điều' }).click();
    await page.getByLabel('Bắt đầu ngày').fill('10/08/2026');
    await page.getByLabel('Đến ngày').fill('31/12/2026');
    await page.getByLabel('Thử đổi một mốc').selectOption('commune-assessment');
    await page.getByLabel('Ngày thử của mốc ấy').fill('15/10/2026');
    await page.getByRole('button', { name: 'Bắt đầu diễn tập' }).click();
    await page.getByRole('link', { name: 'So sánh (HTML)' }).waitFor({ timeout: PATIENCE });
    expect(await page.locator('.kv').last().textContent()).toMatch(/Hết hạn cấp xã đánh giá: 15\/10\/2026/);
    await page.goto(`${site.url}/dien-tap`);
    expect(await page.getByRole('row').count()).toBe(3 + (await desk.runs()).filter(({ status }) => status !== 'done').length);
    await wellMade(page, 'cac-lan');
  });

  it('shows beside each field what is wrong, and starts nothing', async () => {
    const before = (await desk.runs()).length;
    const page = await signedIn(api.tokens.administrator, DESK);
    await page.goto(`${site.url}/dien-tap`);
    const large = join(mkdtempSync(join(tmpdir(), 'ocop-large-')), 'danh-sach.csv');
    writeFileSync(large, `Tên sản phẩm,Chủ thể,Xã/phường\n${'Mắm nêm,Hợp tác xã,phường Phan Thiết\n'.repeat(150_000)}`);
    expect(statSync(large).size).toBeGreaterThan(5 * 1024 * 1024);
    const long = join(mkdtempSync(join(tmpdir(), 'ocop-long-')), 'giay.csv');
    writeFileSync(long, 'Tên sản phẩm,Chủ thể\nMắm nêm,Hợp tác xã\n');
    await page.getByLabel('Danh sách', { exact: true }).selectOption('files');
    await page.getByLabel('Tệp danh sách đăng ký').setInputFiles(large);
    await page.getByLabel('Tệp giấy chứng nhận').setInputFiles(long);
    await page.getByLabel('Hạt giống').fill('--x');
    await page.getByLabel('Bắt đầu ngày').fill('31/02/2026');
    await page.getByLabel('Thử đổi một mốc').selectOption('commune-assessment');
    await page.getByRole('button', { name: 'Bắt đầu diễn tập' }).click();
    const wrong = await page.locator('.wrong').allTextContents();
    expect(wrong.join('\n')).toMatch(
      /tệp có .* MB, nhiều nhất 5,0 MB[^]*Số sao[^]*chữ cái không dấu hoặc chữ số[^]*phải là một ngày có thật[^]*ghi ngày thử cho mốc này/,
    );
    expect(await page.getByLabel('Hạt giống').inputValue()).toBe('--x');
    await shot(page, 'sai');
    expect((await desk.runs()).length).toBe(before);
    expect(existsSync(data)).toBe(true);
  });

  it('says what was cut off, and starts the tour in one click', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ocop-tour-'));
    const first = openDesk({ folder, clock: api.parts.clock, env: { ...process.env, TMPDIR: root } });
    const one = await api.another({ rehearsals: first });
    const page = await signedIn(api.tokens.administrator, PHONE, one.url);
    await page.goto(`${one.url}/`);
    await page.getByRole('button', { name: 'Chạy thử ngay' }).click();
    await page.locator('.sim').waitFor({ timeout: PATIENCE });
    const path = new URL(page.url()).pathname;
    // The program ends, and is started again.
    await one.close();
    await first.close();
    await nothingLeft();
    const second = openDesk({ folder, clock: api.parts.clock, env: { ...process.env, TMPDIR: root } });
    const again = await api.another({ rehearsals: second });
    await page.goto(`${again.url}${path}`);
    expect(await page.getByText('Bị ngắt').count()).toBeGreaterThan(0);
    expect((await second.runs())[0]?.asked).toMatchObject({
      plan: { id: 'qd-26-2026' },
      behaviour: 'punctual',
      seed: '1',
      lists: { registrations: 'products-lam-dong.csv' },
    });
    await wellMade(page, 'bi-ngat');
    await again.close();
  });

  it('says where it cannot be done, and how it can', async () => {
    const bare = await api.another({ rehearsals: newDesk({ PG_BIN_DIR: '/nowhere' }) });
    const page = await signedIn(api.tokens.administrator, DESK, bare.url);
    await page.goto(`${bare.url}/dien-tap`);
    expect(await page.getByText('Bản cài này không diễn tập được').count()).toBe(1);
    expect(await page.getByRole('button', { name: /Chạy thử|Bắt đầu/ }).count()).toBe(0);
    await wellMade(page, 'khong-duoc');
    await bare.close();
  });
});
