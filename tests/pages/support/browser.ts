/** A real browser for the pages: windows of a desk and of a phone, with and without JavaScript, and what axe finds. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** Tests that need a browser; where there is none they are reported as skipped. */
export const describeInBrowser = existsSync(CHROMIUM) ? describe : describe.skip;

export const DESK = 1280;
export const PHONE = 390;
const HEIGHT = 900;

export interface Window {
  page: Page;
  /** Faults that the page reported, and requests that left the site. */
  complaints: string[];
}

export interface TestBrowser {
  /** A window with cookies of its own. */
  open(options: { width: number; javaScript?: boolean }): Promise<Window>;
}

/** One browser for the tests of a file. */
export function useBrowser(): TestBrowser {
  let browser: Browser | undefined;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map(async (context) => await context.close()));
  });
  afterAll(async () => await browser?.close());
  return {
    async open({ width, javaScript = true }) {
      if (!browser) throw new Error('the browser runs only inside tests');
      const context = await browser.newContext({ viewport: { width, height: HEIGHT }, javaScriptEnabled: javaScript, locale: 'vi-VN' });
      contexts.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      const complaints: string[] = [];
      // A refused form answers 4xx, which the browser reports as a failed resource; everything else is a fault.
      page.on('console', (message) => {
        if (!/status of 4\d\d/.test(message.text())) complaints.push(message.text());
      });
      page.on('request', (request) => {
        const { hostname } = new URL(request.url());
        if (hostname !== '127.0.0.1') complaints.push(`left the site: ${request.url()}`);
      });
      return { page, complaints };
    },
  };
}

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Findings of axe that are serious or worse, as "rule: where". */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found: { id: string; impact: string; where: string[] }[] = await page.evaluate(`axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }).then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map(({ html }) => html.slice(0, 160)) })))`);
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, where }) => `${id}: ${where.join(' | ')}`);
}

/** How many pixels the page is wider than its window. */
export async function overflow(page: Page): Promise<number> {
  return await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
}

/** Signs in by login name and password, on whatever page that leads to. */
export async function signIn(page: Page, url: string, { login, password }: { login: string; password: string }): Promise<void> {
  await page.goto(`${url}/dang-nhap`);
  await page.getByLabel('Tên đăng nhập').fill(login);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
}

const OWN_PASSWORD = 'một câu dài dễ nhớ của tôi';

/** Signs in and comes to the first page; the first time the password that the administrator gave must be changed, which `person` then knows. */
export async function enter(page: Page, url: string, person: { login: string; password: string }): Promise<void> {
  await signIn(page, url, person);
  if (new URL(page.url()).pathname !== '/tai-khoan-cua-toi') return;
  await page.getByLabel('Mật khẩu hiện tại').fill(person.password);
  await page.getByLabel('Mật khẩu mới', { exact: true }).fill(OWN_PASSWORD);
  await page.getByLabel('Nhập lại mật khẩu mới').fill(OWN_PASSWORD);
  await page.getByRole('button', { name: 'Đổi mật khẩu' }).click();
  person.password = OWN_PASSWORD;
  await page.goto(`${url}/`);
}

/** Signs in by an access code, as officers do whom the administrator gave one. */
export async function signInByToken(page: Page, url: string, token: string): Promise<void> {
  await page.goto(`${url}/dang-nhap`);
  await page.locator('summary', { hasText: 'mã truy cập' }).click();
  await page.getByLabel('Mã truy cập').fill(token);
  await page.getByRole('button', { name: 'Đăng nhập bằng mã' }).click();
  await page.locator('.who').waitFor({ state: 'attached' });
}

const SHOTS = process.env['OCOP_SHOTS'];

/** Keeps a picture of the whole page in the folder that `OCOP_SHOTS` names, for whoever wants to look; otherwise nothing. */
export async function shot(page: Page, name: string): Promise<void> {
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}
