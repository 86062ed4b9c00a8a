/** The staff's pages for many dossiers, imports, plans, offices, days off and accounts, in a real browser without JavaScript. */
import { randomUUID } from 'node:crypto';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { eventually } from '../support/eventually';
import { ADMIN_TOKEN, COMMUNE, PROVINCE, useApi } from '../api/support/api';
import { shot, signInByToken } from './support/browser';

const api = useApi({ on: '2026-09-10' });
const AXE = require.resolve('axe-core/axe.min.js');
const NASTY = '<b onclick=alert(1)>=HYPERLINK("x") Chè \u202Eđảo\u202C 🍵</b>';

let browser: Browser | undefined;
const contexts: BrowserContext[] = [];
let second = '';

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  const { body } = await api.send('POST', '/api/tokens', { body: { name: 'Người duyệt', role: 'provincial_staff', office: PROVINCE } });
  second = String(body['token']);
}, 120_000);
afterAll(async () => {
  for (const context of contexts) await context.close();
  await browser?.close();
}, 60_000);

/** A page of somebody who signed in by token; JavaScript is off unless told. */
async function signedIn(token: string, width = 1280, javaScript = false): Promise<Page> {
  if (!browser) throw new Error('no browser');
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    javaScriptEnabled: javaScript,
    locale: 'vi-VN',
    bypassCSP: javaScript,
  });
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await signInByToken(page, api.url, token);
  return page;
}

const open = async (page: Page, path: string): Promise<void> => {
  const answer = await page.goto(`${api.url}${path}`);
  expect(answer?.status()).toBe(200);
};

async function atCommune(...names: string[]): Promise<string[]> {
  const made = names.map(async (name) => {
    const path = await api.register({ productName: name, producer: { name: `HTX ${name}` }, kind: 'new', communeCode: COMMUNE });
    for (const action of ['accept-idea', 'submit-dossier'])
      await api.send('POST', `${path}/actions/${action}`, { body: {}, token: api.tokens.commune });
    return path.split('/').at(-1) ?? '';
  });
  return await Promise.all(made);
}

const dueOf = async (id: string) => (await api.send('GET', `/api/cycles/${id}`)).body['due'];

describe('many dossiers at once', () => {
  it('are extended by two people: chosen, looked at, proposed, approved, taken back', async () => {
    const ids = await atCommune('Bánh đa Gia Hưng', 'Bánh tráng Gia Hưng', NASTY);
    const page = await signedIn(api.tokens.province);
    await open(page, '/thay-doi');
    await page.getByRole('link', { name: 'Lập đề xuất' }).click();
    await page.getByRole('button', { name: 'Xem trước' }).click();
    await page.getByRole('alert').waitFor();
    await shot(page, 'thay-doi-moi-loi');
    await page.getByLabel('Hạn mới, chậm nhất ngày').fill('20/10/2026');
    await page.getByLabel('Lý do').fill('Bão số 9');
    await page.getByLabel('Số văn bản').fill('45/UBND-NNMT');
    await shot(page, 'thay-doi-moi');
    await page.getByRole('button', { name: 'Xem trước' }).click();
    await page.getByText('3 trong 3 hồ sơ sẽ thay đổi').waitFor();
    expect(await page.getByText(NASTY).count()).toBeGreaterThan(0);
    expect(await dueOf(ids[0] ?? '')).toMatchObject({ date: '2026-10-01' });
    await shot(page, 'thay-doi-xem-truoc');
    await page.getByRole('button', { name: 'Chọn lại' }).click();
    expect(await page.getByLabel('Lý do').inputValue()).toBe('Bão số 9');
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByRole('button', { name: 'Xem trước' }).click();
    await page.getByRole('button', { name: 'Lập đề xuất, chờ duyệt' }).click();
    await page.getByText('một người khác phải duyệt').waitFor();
    expect(await page.getByRole('button', { name: 'Duyệt và thực hiện' }).count()).toBe(0);
    await shot(page, 'thay-doi-cho-duyet');
    const path = new URL(page.url()).pathname;

    const other = await signedIn(second);
    await open(other, '/viec-cua-toi');
    await other.getByRole('link', { name: '1 đề xuất thay đổi nhiều hồ sơ' }).click();
    await other.getByText('1 đề xuất chờ duyệt, 1 đề xuất bạn duyệt được.').waitFor();
    await other.getByRole('link', { name: 'Gia hạn đến chậm nhất 20/10/2026' }).click();
    await other.getByRole('button', { name: 'Duyệt và thực hiện' }).click();
    await eventually(async () => {
      await open(other, path);
      expect(await other.locator('.lead').innerText()).toContain('Đã thực hiện');
    }, 60_000);
    await shot(other, 'thay-doi-da-thuc-hien');
    for (const id of ids) expect(await dueOf(id)).toMatchObject({ date: '2026-10-20' });
    await shot(await phoneOn(second, path), 'thay-doi-da-thuc-hien-390');

    await other.locator('summary', { hasText: 'Hoàn tác' }).click();
    await other.getByLabel('Lý do').fill('Nhầm ngày');
    await other.getByRole('button', { name: 'Hoàn tác' }).click();
    await eventually(async () => {
      await open(other, path);
      expect(await other.locator('.lead').innerText()).toContain('Đã hoàn tác');
    }, 60_000);
    for (const id of ids) expect(await dueOf(id)).toMatchObject({ date: '2026-10-01' });
  }, 240_000);
});

async function phoneOn(token: string, path: string): Promise<Page> {
  const page = await signedIn(token, 390);
  await open(page, path);
  return page;
}

describe('a file', () => {
  const csv = (rows: string[][]): { name: string; mimeType: string; buffer: Buffer } => ({
    name: 'danh-sach.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')),
  });

  it('is looked at with what is wrong beside the cell, imported, and safe to load again', async () => {
    const page = await signedIn(api.tokens.province);
    await open(page, '/nhap-tep');
    await page.getByRole('button', { name: 'Xem trước' }).click();
    await page.getByText('chưa chọn tệp').waitFor();
    const rows = [
      ['Tên sản phẩm', 'Chủ thể', 'Mã xã', 'Bộ sản phẩm', 'Ghi chú'],
      ['Cốm làng Vòng', 'HTX Cốm', COMMUNE, '', ''],
      ['=1+1 Kẹo lạc', 'HTX Kẹo', COMMUNE, '', ''],
      ['Chè đắng', 'HTX Chè', '99999', '30', ''],
    ];
    await page.getByLabel('Tệp Excel').setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
    await page.getByRole('button', { name: 'Xem trước' }).click();
    await page.getByText('Chỉ đọc được tệp Excel (.xlsx, .xls) và tệp CSV').first().waitFor();
    await page.getByLabel('Tệp Excel').setInputFiles(csv(rows));
    await page.getByRole('button', { name: 'Xem trước' }).click();
    await page.getByText('2 trong 3 dòng sẽ vào').waitFor();
    expect(await page.locator('#h-tu-choi').count()).toBe(1);
    const cell = page.locator('code.cell', { hasText: '99999' });
    expect((await cell.boundingBox())?.height).toBeLessThan(30);
    expect(await page.locator('#h-tu-choi').locator('..').locator('..').innerText()).toMatch(/đến 26 \(.*\), tất cả 26 giá trị/);
    await page.reload();
    await page.getByText('2 trong 3 dòng sẽ vào').waitFor();
    await shot(page, 'nhap-tep-xem-truoc');
    expect(await api.database.db.importJob.count()).toBe(0);
    await page.getByRole('button', { name: 'Nhập 2 dòng dùng được' }).click();
    await eventually(async () => {
      await page.reload();
      expect(await page.locator('.lead').innerText()).toContain('2 dòng thêm mới');
    }, 60_000);
    await shot(page, 'nhap-tep-ket-qua');
    expect(await api.database.db.product.count({ where: { name: { in: ['Cốm làng Vòng', '=1+1 Kẹo lạc'] } } })).toBe(2);
    await page.goBack();
    await open(page, new URL(page.url()).pathname);
    await page.getByText('Tệp này đã được nhập').waitFor();
    expect(await page.locator('main').innerText()).not.toContain('Chưa ghi gì');
  }, 180_000);

  it('of another person is not there', async () => {
    const row = await api.database.db.importUpload.findFirstOrThrow();
    const page = await signedIn(second);
    expect((await page.goto(`${api.url}/nhap-tep/tep/${row.id}`))?.status()).toBe(404);
    const commune = await signedIn(api.tokens.commune);
    expect((await commune.goto(`${api.url}/nhap-tep?loai=danh-ba`))?.status()).toBe(404);
  }, 120_000);
});

describe('registers', () => {
  it('of offices: a contact is added, a wrong address is told beside its field, nobody hears until there is one', async () => {
    const page = await signedIn(api.tokens.province);
    await open(page, `/don-vi/${COMMUNE}`);
    await page.getByText('Không có địa chỉ nào dùng được').waitFor();
    await page.getByLabel('Họ tên').fill('Nguyễn Thị Lan <i>');
    await page.locator('#f-them-email').fill('lan@');
    await page.getByRole('button', { name: 'Thêm' }).click();
    await page.locator('#f-them-email-p').waitFor();
    await shot(page, 'don-vi-loi');
    await page.locator('#f-them-email').fill('lan@hoalu.vn');
    await page.getByRole('button', { name: 'Thêm' }).click();
    await page.getByText('Thư nhắc tới được đơn vị này.').waitFor();
    expect(await page.getByText('Nguyễn Thị Lan <i>').count()).toBeGreaterThan(0);
    await shot(page, 'don-vi-mot');
  }, 120_000);

  it('of days off: a day is entered and taken out by the administrator only', async () => {
    const page = await signedIn(ADMIN_TOKEN);
    await open(page, '/ngay-nghi');
    await page.getByLabel('Ngày', { exact: true }).fill('19/9/2026');
    await page.getByLabel('Loại').selectOption('in_lieu');
    await page.getByLabel('Tên', { exact: true }).fill('Nghỉ bù');
    await page.getByLabel('Căn cứ').fill('Thông báo 1');
    await page.getByRole('button', { name: 'Nhập' }).click();
    await page.getByText('19/09/2026 vốn là ngày nghỉ cuối tuần').waitFor();
    await page.getByLabel('Ngày', { exact: true }).fill('18/9/2026');
    await page.getByRole('button', { name: 'Nhập' }).click();
    await page.getByText('Đã nhập ngày 18/09/2026.').waitFor();
    await shot(page, 'ngay-nghi');
    await page.getByRole('button', { name: 'Bỏ ngày 18/09/2026' }).click();
    await page.getByText('Đã bỏ ngày 18/09/2026.').waitFor();
    const reader = await signedIn(api.tokens.commune);
    await open(reader, '/ngay-nghi');
    expect(await reader.getByRole('button', { name: 'Nhập' }).count()).toBe(0);
  }, 120_000);

  it('of plans: one date is moved by a document and the version says what changed', async () => {
    const page = await signedIn(api.tokens.province);
    await open(page, '/ke-hoach');
    await page.getByRole('link', { name: 'Kế hoạch phát triển sản phẩm OCOP tỉnh Ninh Bình năm 2026' }).click();
    await page.locator('summary', { hasText: 'Điều chỉnh một mốc' }).click();
    await page.getByLabel('Ngày mới').fill('15/10/2026');
    await page.getByLabel('Nguyên văn câu điều chỉnh').fill('Lùi đến ngày 15/10/2026');
    await page.getByLabel('Văn bản điều chỉnh').fill('Công văn 77/UBND');
    await page.getByRole('button', { name: 'Lập phiên bản mới' }).click();
    await page.getByText(/Đã lập phiên bản \d+/).waitFor();
    await page.getByText('chậm nhất 15/10/2026').first().waitFor();
    await shot(page, 'ke-hoach-mot');
    const foreign = await signedIn(api.tokens.otherProvince);
    await open(foreign, '/ke-hoach/ninh-binh-2026');
    expect(await foreign.getByText('Điều chỉnh một mốc').count()).toBe(0);
  }, 120_000);

  it('of accounts: a first password is shown once, an account is closed', async () => {
    const page = await signedIn(ADMIN_TOKEN);
    await open(page, '/tai-khoan');
    await page.locator('summary', { hasText: 'Lập tài khoản' }).click();
    const login = `xa.${randomUUID().slice(0, 6)}`;
    await page.getByLabel('Tên đăng nhập').fill(login);
    await page.locator('#f-tk-office').fill(COMMUNE);
    await page.getByRole('button', { name: 'Lập tài khoản' }).click();
    const password = await page.locator('code.secret').innerText();
    expect(password).toMatch(/^\w{4}-\w{4}-\w{4}$/);
    await shot(page, 'tai-khoan');
    await open(page, '/tai-khoan');
    expect(await page.content()).not.toContain(password);
    await page.getByRole('button', { name: `Khóa tài khoản ${login}` }).click();
    await page.getByText('Đã khóa tài khoản').waitFor();
  }, 120_000);
});

const PATHS = [
  '/thay-doi',
  '/thay-doi/moi',
  '/nhap-tep',
  '/ke-hoach',
  '/ke-hoach/ninh-binh-2026',
  '/don-vi',
  `/don-vi/${COMMUNE}`,
  '/ngay-nghi',
  '/tai-khoan',
];

describe.each([1280, 390])('at %i pixels', (width) => {
  it('every page is without serious findings of axe and no wider than the screen', async () => {
    const page = await signedIn(ADMIN_TOKEN, width, true);
    for (const path of PATHS) {
      await open(page, path);
      await page.addScriptTag({ path: AXE });
      const found = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
        };
        const { violations } = await axe.run();
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
      });
      expect([path, found]).toEqual([path, []]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect([path, wide <= width]).toEqual([path, true]);
      await shot(page, `${path.replaceAll('/', '_')}-${width}`);
    }
  }, 240_000);
});
