/** Rehearsals from the page: from a click to the report, what is refused, what was cut off; production stays untouched. */
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openDesk } from '../../rehearsal/desk';
import { COMMUNE, useApi } from '../api/support/api';
import { registrations } from '../rehearsal/lists';
import { DESK, describeInBrowser, overflow, PHONE, seriousFindings, shot, signInByToken, useBrowser } from './support/browser';
import { PATIENCE, useRehearsals } from './support/rehearsals';

jest.setTimeout(600_000);
const api = useApi({ on: '2026-09-10' });
const rehearsals = useRehearsals(api);

let site: { url: string; close(): Promise<void> };
beforeAll(async () => {
  site = await api.another({ rehearsals: rehearsals.desk });
});
afterAll(async () => {
  await site.close();
});

/** A list of products of the province whose staff ask. */
function ownProducts(products: number): string {
  const rows = Array.from({ length: products }, (_, index) => `Mắm tép số ${index + 1},Hợp tác xã số ${index + 1},${COMMUNE}`);
  const file = join(mkdtempSync(join(tmpdir(), 'ocop-lists-')), 'danh-sach.csv');
  writeFileSync(file, ['Tên sản phẩm,Chủ thể,Mã xã', ...rows, ''].join('\n'));
  return file;
}

/** What production holds, as one sum a table. */
async function sums(): Promise<unknown> {
  const { db } = api.parts;
  return await db.$queryRaw`select (select count(*) from cycle) cycles, (select count(*) from product) products, (select count(*) from cycle_event) events,
    (select count(*) from outbox_mail) mails, (select count(*) from nudge) nudges, (select md5(string_agg(o::text, ',' order by code)) from office o) offices`;
}

describeInBrowser('the page', () => {
  const browser = useBrowser();

  async function signedIn(token: string, width: number, url = site.url): Promise<Page> {
    const { page } = await browser.open({ width, javaScript: false });
    await signInByToken(page, url, token);
    return page;
  }

  /** Fits its window and is read by everybody; axe needs JavaScript, so the page is looked at in a window of its own. */
  async function wellMade(page: Page, name: string, address = page.url()): Promise<void> {
    for (const width of [DESK, PHONE]) {
      const { page: other } = await browser.open({ width });
      await other.context().addCookies(await page.context().cookies());
      await other.goto(address);
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
    await wellMade(page, 'dang-chay', `${address}?cap-nhat=khong`);
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
    await rehearsals.nothingLeft();
    expect(await sums()).toEqual(before);
    expect(rehearsals.smtp.taken()).toBe(0);

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
    expect(await page.getByRole('row').count()).toBe(3 + (await rehearsals.desk.runs()).filter(({ status }) => status !== 'done').length);
    await wellMade(page, 'cac-lan');
  });

  it('shows beside each field what is wrong, and starts nothing', async () => {
    const before = (await rehearsals.desk.runs()).length;
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
    expect((await rehearsals.desk.runs()).length).toBe(before);
    expect(existsSync(rehearsals.data)).toBe(true);
  });

  it('says what was cut off, and starts the tour in one click', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ocop-tour-'));
    const first = openDesk({ folder, clock: api.parts.clock, env: { ...process.env, TMPDIR: rehearsals.root } });
    const one = await api.another({ rehearsals: first });
    const page = await signedIn(api.tokens.administrator, PHONE, one.url);
    await page.goto(`${one.url}/`);
    await page.getByRole('button', { name: 'Chạy thử ngay' }).click();
    await page.locator('.sim').waitFor({ timeout: PATIENCE });
    const path = new URL(page.url()).pathname;
    // The program ends, and is started again.
    await one.close();
    await first.close();
    await rehearsals.nothingLeft();
    const second = openDesk({ folder, clock: api.parts.clock, env: { ...process.env, TMPDIR: rehearsals.root } });
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
    const bare = await api.another({ rehearsals: rehearsals.newDesk({ PG_BIN_DIR: '/nowhere' }) });
    const page = await signedIn(api.tokens.administrator, DESK, bare.url);
    await page.goto(`${bare.url}/dien-tap`);
    expect(await page.getByText('Bản cài này không diễn tập được').count()).toBe(1);
    expect(await page.getByRole('button', { name: /Chạy thử|Bắt đầu/ }).count()).toBe(0);
    await wellMade(page, 'khong-duoc');
    await bare.close();
  });
});
