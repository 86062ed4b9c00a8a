/** Windows for the guide's pictures: signed in the way people do, at a desk or on a phone, one picture at a time. */
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Login } from './season';

export const PICTURES = join(__dirname, '..', '..', 'docs', 'huong-dan', 'anh');
const DESK = 1280;
const PHONE = 390;
const PATIENCE_MS = 60_000;
const NEW_PASSWORD = 'một câu dài dễ nhớ của tôi';

export interface Picture {
  /** From the top of this element; the top of the page unless told. */
  from?: string;
  /** Most pixels down; to the end of `from`, or of the window, unless told. */
  height?: number;
  /** Only this element. */
  of?: string;
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
  async keep(name: string, { from, of, height }: Picture = {}): Promise<void> {
    const { page } = this;
    const path = join(PICTURES, `${name}.png`);
    await page.evaluate('document.fonts.ready');
    if (of !== undefined) {
      await page.locator(of).first().screenshot({ path });
      return;
    }
    const width = page.viewportSize()?.width ?? DESK;
    const box = from === undefined ? null : await page.locator(from).first().boundingBox();
    const y = box ? box.y + (await page.evaluate<number>('window.scrollY')) : 0;
    await page.screenshot({
      path,
      fullPage: true,
      clip: { x: 0, y, width, height: height ?? box?.height ?? page.viewportSize()?.height ?? 0 },
    });
  }
}
