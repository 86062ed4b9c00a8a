/** The receipt that a producer takes home, as it comes out of the printer. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { COMMUNE, useApi } from '../api/support/api';
import { describeInBrowser, DESK, overflow, PHONE, seriousFindings, shot, signInByToken, useBrowser } from './support/browser';

jest.setTimeout(240_000);

/** The text of the first page of a PDF, how many pages it has, and what its QR code says. */
function printed(pdf: Buffer): { text: string; pages: number; qr: string } {
  const folder = mkdtempSync(join(process.env['OCOP_SHOTS'] ?? tmpdir(), 'giay-'));
  try {
    const file = join(folder, 'giay.pdf');
    writeFileSync(file, pdf);
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    execFileSync('pdftoppm', ['-r', '150', '-png', '-singlefile', file, join(folder, 'trang')]);
    const { data, width, height } = PNG.sync.read(readFileSync(join(folder, 'trang.png')));
    return { text, pages: text.split('\f').length - 1, qr: jsQR(new Uint8ClampedArray(data), width, height)?.data ?? '' };
  } finally {
    if (!process.env['OCOP_SHOTS']) rmSync(folder, { recursive: true });
  }
}

describeInBrowser('the receipt of a dossier', () => {
  const api = useApi({ on: '2026-10-12' });
  const browser = useBrowser();

  const FILES = ['phieu-dang-ky.pdf', 'phieu-kiem-nghiem.pdf'];

  async function received(): Promise<string> {
    const producer = { name: 'Hợp tác xã Mắm tép Gia Viễn' };
    const path = await api.register({ productName: 'Mắm tép Gia Viễn', producer, kind: 'new', communeCode: COMMUNE });
    const token = api.tokens.commune;
    await api.send('POST', `${path}/actions/accept-idea`, { body: {}, token });
    const documents: string[] = [];
    for (const name of FILES) {
      const headers = { 'content-type': 'application/octet-stream' };
      const raw = Buffer.from(`%PDF-1.7\n${name}\n%%EOF\n`);
      const { body } = await api.send('POST', `${path}/documents?name=${name}`, { raw, headers, token });
      documents.push(String(body['sha256']));
    }
    const { status, text } = await api.send('POST', `${path}/actions/submit-dossier`, {
      body: { receiptNumber: '12/BN', documents },
      token,
    });
    if (status !== 200) throw new Error(text);
    return path.split('/').at(-1) ?? '';
  }

  it('is one page with what was handed in, the promised date and a code that opens the look-up', async () => {
    const id = await received();
    const { page, complaints } = await browser.open({ width: DESK });
    await signInByToken(page, api.url, api.tokens.commune);
    await page.goto(`${api.url}/ho-so/${id}`);
    const [, secret = ''] = await page.locator('.code').allTextContents();
    await page.getByRole('link', { name: 'In giấy tiếp nhận' }).click();
    const { text, pages, qr } = printed(await page.pdf({ preferCSSPageSize: true }));
    expect(pages).toBe(1);
    for (const words of [
      'UBND TỈNH NINH BÌNH',
      'Số: 12/BN',
      'Hợp tác xã Mắm tép Gia Viễn',
      'ngày 12 tháng 10 năm 2026',
      'trước 30/10/2026',
      'Điều 5',
      id,
      secret,
      ...FILES,
    ])
      expect(text).toContain(words);
    expect(text).toContain('NGƯỜI NỘP HỒ SƠ');
    expect(text.match(/GIẤY TIẾP NHẬN HỒ SƠ/g)).toHaveLength(1);
    expect(text.match(/CỘNG HÒA/g)).toHaveLength(1);
    const scanned = new URL(qr);
    expect([scanned.pathname, scanned.searchParams.get('ma'), scanned.searchParams.get('khoa')]).toEqual(['/tra-cuu', id, secret]);
    for (const width of [DESK, PHONE]) {
      await page.setViewportSize({ width, height: 900 });
      expect([width, await seriousFindings(page), Math.max(0, await overflow(page))]).toEqual([width, [], 0]);
      await shot(page, `giay-tiep-nhan-${width}`);
    }
    expect(complaints).toEqual([]);
    const { page: phone } = await browser.open({ width: PHONE, javaScript: false });
    await phone.goto(new URL(`${scanned.pathname}${scanned.search}`, api.url).href);
    expect(await phone.locator('h1').textContent()).toBe('Mắm tép Gia Viễn');
    expect(await phone.locator('form.no-print').count()).toBe(1);
  });

  it('before the dossier is handed in has blanks to fill in by hand', async () => {
    const path = await api.register({ productName: 'Cơm cháy', producer: { name: 'HTX Cơm' }, kind: 'new', communeCode: COMMUNE });
    const { page } = await browser.open({ width: DESK });
    await signInByToken(page, api.url, api.tokens.commune);
    await page.goto(`${api.url}/ho-so/${path.split('/').at(-1) ?? ''}/giay-tiep-nhan`);
    await shot(page, 'giay-tiep-nhan-trong');
    const { text, pages } = printed(await page.pdf({ preferCSSPageSize: true }));
    expect(pages).toBe(1);
    expect(text).toContain('ngày …… tháng …… năm ………');
    expect(text).not.toContain('Chưa ghi nhận ngày tiếp nhận');
  });
});
