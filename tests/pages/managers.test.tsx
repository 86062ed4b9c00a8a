/** The managers' pages in a browser: a manager's day without JavaScript, wide and on a phone; what every number opens; paper; who sees what. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beginSession } from '../../api/auth/sessions';
import { apiDeps } from '../../api/deps';
import { describeInBrowser, DESK, overflow, PHONE, seriousFindings, useBrowser } from './support/browser';
import { readWorkbook } from './support/workbook';
import { COMMUNE, OTHER_PROVINCE, PROVINCE, rules, type TokenName, useApi } from '../api/support/api';
import { recordDossiers } from '../support/manager-records';
import { realisticSeason, SEASON_DAY } from '../support/realistic-season';

const api = useApi({ on: SEASON_DAY });
const browser = useBrowser();
const WIDTHS = [DESK, PHONE] as const;
const PAGES = [
  '/tong-quan',
  '/dang-tac',
  '/dang-tac?lateness=overdue%2Cdue_soon&stage=commune_assessment',
  '/ra-soat',
  '/ra-soat/danh-sach?window=closed&answer=unfiled',
  '/theo-xa',
  '/chi-tieu',
  '/nhac-viec',
  '/nhac-viec/so',
];

let cycle = '';
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ocop-pages-'));
  if (process.env['OCOP_SHOTS']) mkdirSync(process.env['OCOP_SHOTS'], { recursive: true });
  await recordDossiers(api.database.db, [
    ...realisticSeason(rules),
    {
      productCode: `37-${COMMUNE}-900-2026`,
      name: '<b>Mật ong</b> =1+1',
      provinceCode: PROVINCE,
      communeCode: COMMUNE,
      kind: 'new' as const,
      events: [{ name: 'register', on: '2026-01-05', to: 'awaiting_idea_review' }],
    },
  ]);
  const path = await api.register({
    plan: 'ninh-binh-2026',
    kind: 'new',
    productName: 'Nem chua Yên Mạc',
    producer: { name: 'HTX Yên Mạc' },
    communeCode: COMMUNE,
  });
  cycle = path.split('/').at(-1) ?? '';
  const day = {
    provinceCode: PROVINCE,
    day: new Date(SEASON_DAY),
    startedAt: new Date('2026-10-12T01:00:00Z'),
    finishedAt: new Date('2026-10-12T01:00:41Z'),
  };
  await api.database.db.nudgeRun.create({ data: { id: `${PROVINCE}/${SEASON_DAY}`, ...day, planned: 25, sent: 24, merged: 1, mails: 20 } });
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The session's cookie of a token, as signing in would set it. */
async function cookieOf(who: TokenName): Promise<string> {
  const row = await api.database.db.apiToken.findFirstOrThrow({ where: { name: who } });
  return await beginSession(apiDeps(api.parts), { tokenId: row.id }, 'test');
}

/** A window of somebody signed in. */
async function windowOf(as: TokenName, width: number, javaScript = false): Promise<Page> {
  const { page } = await browser.open({ width, javaScript });
  await page.context().addCookies([{ name: 'ocop', value: await cookieOf(as), url: api.url }]);
  return page;
}

async function read(path: string, as: TokenName): Promise<{ status: number; text: string }> {
  const response = await fetch(`${api.url}${path}`, { headers: { cookie: `ocop=${await cookieOf(as)}` }, redirect: 'manual' });
  return { status: response.status, text: await response.text() };
}

const keepShot = async (page: Page, name: string): Promise<void> => {
  const shots = process.env['OCOP_SHOTS'];
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
};

describeInBrowser('a manager’s day without JavaScript', () => {
  it.each(WIDTHS)(
    'goes from signing in to a list in hand, at %i pixels',
    async (width) => {
      const { page, complaints } = await browser.open({ width, javaScript: false });
      await page.goto(`${api.url}/`);
      await page.getByText('Đăng nhập bằng mã truy cập').click();
      await page.getByLabel(/Mã truy cập/).fill(api.tokens.provinceManager);
      await page.getByLabel(/Mã truy cập/).press('Enter');
      await page.waitForURL(`${api.url}/tong-quan`);
      expect(await page.locator('h1').innerText()).toBe('Tổng quan mùa OCOP 2026');

      const overdue = page.locator('.lead a').first();
      const said = Number(/^\d+/.exec(await overdue.innerText())?.[0]);
      await overdue.click();
      await page.waitForURL(/dang-tac\?/);
      expect(await page.locator('nav.pages').innerText()).toContain(`trong ${said} dòng`);
      expect(await page.locator('.queue tbody tr').count()).toBe(Math.min(30, said));
      await keepShot(page, `overdue-${width}`);

      const download = page.waitForEvent('download');
      await page.getByText('Tải Excel').click();
      const file = await (await download).path();
      expect((await readWorkbook(await readFile(file))).length).toBe(said);

      await page.getByRole('button', { name: 'Liên kết ngắn' }).click();
      const notice = await page.locator('[role=status]').innerText();
      const short = /\/l\/[a-z2-9]+/.exec(notice)?.[0] ?? '';
      await page.goto(`${api.url}${short}`);
      expect(await page.locator('nav.pages').innerText()).toContain(`trong ${said} dòng`);

      await page.getByLabel('Giai đoạn').selectOption('commune_assessment');
      await page.getByRole('button', { name: 'Lọc' }).click();
      await page.waitForURL(/stage=commune_assessment/);
      expect(page.url()).toContain('lateness=overdue');

      await page.goto(`${api.url}/ra-soat`);
      const bar = page.locator(width === PHONE ? '.qbars a' : '.chart a').first();
      const counted = Number(/(\d+)( giấy hết hiệu lực)?$/.exec((await bar.getAttribute('aria-label')) ?? (await bar.innerText()))?.[1]);
      await bar.focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/danh-sach\?month=/);
      expect(await page.locator('.lead').innerText()).toContain(`${counted} giấy`);

      await page.goto(`${api.url}/theo-xa`);
      await page.locator('.league tbody th a').first().click();
      await page.waitForURL(/work=received/);
      expect(await page.locator('.asked:not(.only-print)').innerText()).toContain('xã đã tiếp nhận');

      await page.goto(`${api.url}/nhac-viec`);
      await page.getByLabel('Mã hồ sơ').fill(cycle);
      await page.getByLabel(/Mã đơn vị/).fill(COMMUNE);
      await page.getByRole('button', { name: 'Xem vì sao' }).click();
      await page.waitForURL(/vi-sao/);
      expect(await page.locator('.lead').innerText()).toMatch(/nhắc/);
      expect(complaints).toEqual([]);
    },
    240_000,
  );
});

describe('every number on a page', () => {
  it.each(['/tong-quan', '/theo-xa', '/ra-soat'])(
    'of %s opens a list with as many rows',
    async (path) => {
      const { text } = await read(path, 'provinceManager');
      const links = [...text.matchAll(/<a (?:class="num" )?href="([^"]+)"[^>]*>([\d.]+)<\/a>/g)];
      const opened = new Map(links.map(([, href = '', shown = '']) => [href.replaceAll('&amp;', '&'), Number(shown.replaceAll('.', ''))]));
      expect(opened.size).toBeGreaterThan(15);
      for (const [href, count] of [...opened].slice(0, 12)) {
        const list = await read(href, 'provinceManager');
        const [, total] = /trong ([\d.]+) dòng/.exec(list.text) ?? [];
        expect({ href, count: Number(total?.replaceAll('.', '')) }).toEqual({ href, count });
      }
    },
    240_000,
  );
});

describeInBrowser('each page', () => {
  it.each(WIDTHS)(
    'has nothing serious against it for those who hear or feel it, at %i pixels',
    async (width) => {
      const page = await windowOf('provinceManager', width, true);
      for (const path of [...PAGES, `/nhac-viec/vi-sao?cycle=${cycle}&office=${COMMUNE}`]) {
        const answer = await page.goto(`${api.url}${path}`);
        expect({ path, status: answer?.status() }).toEqual({ path, status: 200 });
        await keepShot(page, `${path.replaceAll(/\W+/g, '-').slice(1, 50)}-${width}`);
        expect({ path, overflow: Math.max(0, await overflow(page)) }).toEqual({ path, overflow: 0 });
        const found = await seriousFindings(page);
        expect({ path, found }).toEqual({ path, found: [] });
      }
    },
    240_000,
  );

  it('prints on A4 landscape with the office’s letterhead and room for signatures', async () => {
    const page = await windowOf('provinceManager', DESK);
    for (const path of ['/tong-quan', '/dang-tac?lateness=overdue', '/ra-soat', '/theo-xa']) {
      await page.goto(`${api.url}${path}`);
      const file = join(folder, 'page.pdf');
      await page.pdf({ path: file, preferCSSPageSize: true });
      const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
      expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
      expect(text).toContain('NGƯỜI LẬP');
      expect(text).not.toContain('Tải Excel');
      expect(execFileSync('pdfinfo', [file], { encoding: 'utf8' })).toMatch(/Page size: +84[12][\d.]* x 59[45]/);
    }
  }, 120_000);

  it('is smaller than 100 kB', async () => {
    for (const path of PAGES) expect((await read(path, 'provinceManager')).text.length).toBeLessThan(100_000);
  });
});

describe('who sees what', () => {
  it('a manager of a province sees that province alone, whatever the address asks for', async () => {
    const elsewhere = await read('/dang-tac', 'otherProvince');
    expect(elsewhere.text).toContain('0</b> hồ sơ quá hạn hoặc sắp đến hạn trên 0 hồ sơ');
    const asked = await read(`/dang-tac?province=${PROVINCE}`, 'otherProvince');
    expect(asked.text).toContain('trên 0 hồ sơ');
    expect((await read(`/dang-tac?province=${OTHER_PROVINCE}`, 'provinceManager')).text).toContain('trên 0 hồ sơ');
    expect((await read('/theo-xa?province=37', 'otherProvince')).text).not.toContain('Xã Gia Viễn');
  });

  it('a commune sees its own dossiers and no table of the others', async () => {
    const { text } = await read('/dang-tac', 'commune');
    const communes = new Set([...text.matchAll(/data-l="Xã, phường"[^>]*>([^<]+)/g)].map(([, name]) => name));
    expect([...communes]).toEqual([rules.units.find(({ code }) => code === COMMUNE)?.fullName]);
    expect((await read('/theo-xa', 'commune')).status).toBe(403);
  });

  it('stored text that looks like HTML or a formula stays text, in the workbook too', async () => {
    const { text } = await read(`/dang-tac?q=mat+ong&commune=${COMMUNE}`, 'provinceManager');
    expect(text).toContain('&lt;b>Mật ong&lt;/b> =1+1');
    const response = await fetch(`${api.url}/dang-tac/excel?commune=${COMMUNE}&q=mat+ong`, {
      headers: { cookie: `ocop=${await cookieOf('provinceManager')}` },
    });
    const rows = await readWorkbook(Buffer.from(await response.arrayBuffer()));
    expect(rows.flat()).toContain('<b>Mật ong</b> =1+1');
  });

  it('a short address made up leads nowhere', async () => {
    expect((await read('/l/abcdef', 'provinceManager')).status).toBe(404);
  });
});
