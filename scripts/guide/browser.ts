/** Windows for the guide's pictures: signed in the way people do, at a desk or on a phone, one picture at a time. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Login } from './season';
import { smallPng } from './small-png';

export const PICTURES = join(__dirname, '..', '..', 'docs', 'huong-dan', 'anh');
const DESK = 1280;
const PHONE = 390;
const PATIENCE_MS = 60_000;
const NEW_PASSWORD = 'một câu dài dễ nhớ của tôi';

export interface Picture {
  /** Only this element; the page from its top unless told. */
  of?: string;
  /** Pixels down; those of the window unless told. */
  height?: number;
}

export class Photographer {
  private constructor(
    private readonly browser: Browser,
    private readonly url: string,
  ) {}

  static async at(url: string): Promise<Photographer> {
    const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
    return new Photographer(await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] }), url);
  }

  async window(where: 'desk' | 'phone'): Promise<Window> {
    const viewport = { width: where === 'desk' ? DESK : PHONE, height: where === 'desk' ? 900 : 800 };
    const context = await this.browser.newContext({ viewport, locale: 'vi-VN', reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    return new Window(page, this.url);
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

export class Window {
  constructor(
    readonly page: Page,
    private readonly url: string,
  ) {}

  async open(path: string): Promise<Page> {
    const answer = await this.page.goto(`${this.url}${path}`);
    if (!answer?.ok()) throw new Error(`${path}: ${answer?.status() ?? 'no answer'}`);
    return this.page;
  }

  /** Signs in; whoever has the administrator's first password still changes it, `changing` is told before. */
  async signIn(who: Login, changing: () => Promise<void> = async () => undefined): Promise<this> {
    const { page } = this;
    await this.open('/dang-nhap');
    await page.getByLabel('Tên đăng nhập').fill(who.login);
    await page.getByLabel('Mật khẩu', { exact: true }).fill(who.password);
    await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    await page.waitForURL((url) => url.pathname !== '/dang-nhap');
    if (new URL(page.url()).pathname === '/tai-khoan-cua-toi') {
      await changing();
      await page.getByLabel('Mật khẩu hiện tại').fill(who.password);
      await page.getByLabel('Mật khẩu mới', { exact: true }).fill(NEW_PASSWORD);
      await page.getByLabel('Nhập lại mật khẩu mới').fill(NEW_PASSWORD);
      await page.getByRole('button', { name: 'Đổi mật khẩu' }).click();
      await page.getByRole('status').waitFor();
      who.password = NEW_PASSWORD;
    }
    return this;
  }

  /** Keeps a picture of what stands there now. */
  async keep(name: string, picture: Picture = {}): Promise<void> {
    await this.page.evaluate('document.fonts.ready');
    writeFileSync(join(PICTURES, `${name}.png`), smallPng(await this.taken(picture)));
  }

  /** Keeps the first sheet of what a printer would get. */
  async print(name: string): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'ocop-guide-'));
    try {
      await this.page.pdf({ path: join(folder, 'sheet.pdf'), preferCSSPageSize: true });
      execFileSync('pdftoppm', ['-png', '-r', '96', '-f', '1', '-singlefile', join(folder, 'sheet.pdf'), join(folder, 'sheet')]);
      writeFileSync(join(PICTURES, `${name}.png`), smallPng(readFileSync(join(folder, 'sheet.png'))));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  private async taken({ of, height }: Picture): Promise<Buffer> {
    const { page } = this;
    if (of !== undefined) return await page.locator(of).first().screenshot();
    const window = page.viewportSize() ?? { width: DESK, height: 0 };
    return await page.screenshot({ fullPage: true, clip: { x: 0, y: 0, width: window.width, height: height ?? window.height } });
  }
}
