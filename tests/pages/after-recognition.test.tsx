/** What follows a certificate, and what is taken away as a file: renewals and reports in a real browser. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { textOfDocx } from '../documents/support/office-files';
import { COMMUNE, useApi } from '../api/support/api';
import { describeInBrowser, DESK, overflow, PHONE, seriousFindings, shot, signInByToken, useBrowser } from './support/browser';
import { makeSeason, TODAY } from './support/season';

jest.setTimeout(240_000);

describeInBrowser('after recognition', () => {
  const api = useApi({ on: TODAY });
  const browser = useBrowser();
  const certified: Record<string, string> = {};
  let decision = '';

  /** A product whose certificate ends in February 2027, so that its re-evaluation is prepared. */
  async function certificate(productName: string, code: string): Promise<void> {
    const given = { stars: 3, issuedOn: '2024-02-10', decisionNumber: '9/QĐ-UBND', issuedBy: 'UBND huyện', code };
    const producer = { name: `Hợp tác xã ${productName}` };
    const path = await api.register({ productName, producer, productSet: 1, kind: 'new', communeCode: COMMUNE, certificate: given });
    certified[productName] = path.split('/').at(-1) ?? '';
  }

  beforeAll(async () => {
    await makeSeason(api);
    await certificate('Dứa sấy dẻo Tam Điệp', 'RN-1');
    await certificate('Nem chua Yên Mạc', 'RN-2');
  });

  /** A product that the council gives three stars. */
  async function scored(productName: string): Promise<void> {
    const producer = { name: `Hợp tác xã ${productName}`, phone: '0912345678' };
    const path = await api.register({ productName, producer, productSet: 4, kind: 'new', communeCode: COMMUNE });
    const assessed = { assessedItems: ['local_origin', 'local_labour', 'idea_origin', 'local_identity'], samples: 5 };
    for (const [who, action, body] of [
      ['commune', 'accept-idea', {}],
      ['commune', 'submit-dossier', {}],
      ['commune', 'issue-commune-report', assessed],
      ['province', 'accept-package', {}],
      ['secretary', 'record-advisory-report', {}],
      ['secretary', 'record-council-result', { sum: 165, members: 3 }],
    ] as const) {
      const answer = await api.send('POST', `${path}/actions/${action}`, { body, token: api.tokens[who] });
      expect([action, answer.status]).toEqual([action, 200]);
    }
  }

  async function signedIn(token: string, options: { width: number; javaScript?: boolean }): Promise<Page> {
    const { page } = await browser.open(options);
    await signInByToken(page, api.url, token);
    return page;
  }

  /** What a link or a button gives to be saved. */
  async function download(page: Page, name: string): Promise<{ name: string; bytes: Buffer }> {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name }).or(page.getByRole('button', { name })).click(),
    ]);
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  }

  it('a commune’s officer on a phone without JavaScript starts one re-evaluation and records that another producer does not go on', async () => {
    const page = await signedIn(api.tokens.commune, { width: PHONE, javaScript: false });
    await page.goto(`${api.url}/danh-gia-lai`);
    expect(await page.locator('.lead').textContent()).toContain('2 giấy chứng nhận chờ hỏi chủ thể');
    await shot(page, 'danh-gia-lai-390');
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    const row = (name: string) => page.locator('tbody tr', { hasText: name });

    await row('Nem chua').locator('summary', { hasText: 'không tiếp tục' }).click();
    await row('Nem chua').getByRole('button', { name: 'Ghi nhận không tiếp tục' }).click();
    expect(await row('Nem chua').locator('.wrong').count()).toBe(1);
    await shot(page, 'danh-gia-lai-thieu-ly-do-390');
    await row('Nem chua').getByLabel('Lý do').fill('Hợp tác xã giải thể');
    await row('Nem chua').getByRole('button', { name: 'Ghi nhận không tiếp tục' }).click();
    expect(await page.getByRole('status').textContent()).toContain('Nem chua Yên Mạc');
    expect(await row('Nem chua').count()).toBe(0);
    await page.getByRole('link', { name: 'Chủ thể không tiếp tục 1' }).click();
    expect(await row('Nem chua').textContent()).toContain('Ghi ngày 12/10/2026');

    await page.goto(`${api.url}/danh-gia-lai`);
    await row('Dứa sấy').locator('summary', { hasText: 'Chủ thể tiếp tục' }).click();
    await row('Dứa sấy').getByRole('button', { name: 'Bắt đầu chu trình mới' }).click();
    expect(await page.getByRole('status').textContent()).toBe('Đã bắt đầu chu trình mới của sản phẩm.');
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    expect((await api.send('GET', `/api/cycles/${id}`)).body).toMatchObject({
      kind: 'reevaluation',
      predecessor: { cycleId: certified['Dứa sấy dẻo Tam Điệp'] },
    });
  });

  it('a provincial officer downloads the formal reminder with its annex, a register and a report, and is told what is wrong', async () => {
    const page = await signedIn(api.tokens.province, { width: DESK, javaScript: false });
    await page.goto(`${api.url}/bao-cao`);
    await shot(page, 'bao-cao');
    const letter = await download(page, 'Tải công văn (.docx)');
    expect(letter.name).toBe('cong-van-don-doc-2026-10-12.docx');
    expect(textOfDocx(letter.bytes)).toContain('Mắm tép Gia Viễn');
    expect((await download(page, 'Tải phụ lục (.xlsx)')).name).toBe('phu-luc-don-doc-2026-10-12.xlsx');
    await page.getByLabel('Kỳ báo cáo').selectOption('2026-Q3');
    expect((await download(page, 'Tải dự thảo báo cáo')).name).toBe('bao-cao-ocop-2026-Q3-37.docx');
    expect((await download(page, 'Tải CSV')).name).toBe('PTNT_OCOP-2026.csv');
    await page.getByLabel('Từ ngày').fill('01/10/2026');
    expect((await download(page, 'Tải Excel')).name).toBe('dang-ky-ocop-2026-10-12.xlsx');
    await page.getByLabel('Từ ngày').fill('31/02/2026');
    await page.getByRole('button', { name: 'Tải Excel' }).click();
    expect(await page.locator('.wrong').count()).toBe(1);
    expect(await page.getByLabel('Từ ngày').inputValue()).toBe('31/02/2026');
    await shot(page, 'bao-cao-loi');
  });

  it('an office makes a calendar address, reads its calendar and revokes it', async () => {
    const page = await signedIn(api.tokens.commune, { width: PHONE, javaScript: false });
    await page.goto(`${api.url}/bao-cao`);
    expect(await page.getByText('Công văn đôn đốc').count()).toBe(0);
    await page.getByLabel('Tên lịch').fill('Lịch của xã');
    await page.getByRole('button', { name: 'Tạo địa chỉ lịch' }).click();
    const address = new URL((await page.locator('.secret').textContent()) ?? '').pathname;
    await shot(page, 'bao-cao-lich-390');
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    const read = async () => await fetch(`${api.url}${address}`);
    expect(await (await read()).text()).toContain('BEGIN:VCALENDAR');
    await page.getByRole('button', { name: 'Thu hồi địa chỉ Lịch của xã' }).click();
    expect(await page.getByRole('status').textContent()).toBe('Đã thu hồi địa chỉ lịch.');
    expect((await read()).status).toBe(404);
  });

  it('tasks of a plan are found by their date, and one is recorded as done with its paper', async () => {
    const page = await signedIn(api.tokens.province, { width: PHONE, javaScript: false });
    await page.goto(`${api.url}/viec-theo-ke-hoach`);
    await page.getByRole('link', { name: /^Quá hạn/ }).click();
    await shot(page, 'viec-theo-ke-hoach-390');
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    const row = page.locator('tbody tr').first();
    const task = (await row.locator('th').textContent()) ?? '';
    await row.locator('summary').click();
    await row.getByLabel('Không cần làm').check();
    await row.getByRole('button', { name: 'Ghi nhận' }).click();
    expect(await row.locator('.wrong').textContent()).toContain('cần ghi lý do');
    await shot(page, 'viec-theo-ke-hoach-loi-390');
    await row.getByLabel('Không cần làm').uncheck();
    await row.getByLabel('Số văn bản').fill('31/BC-VPĐP');
    await row.getByRole('button', { name: 'Ghi nhận' }).click();
    expect(await page.getByRole('status').textContent()).toContain('Đã ghi nhận đã xong');
    await page.getByRole('link', { name: 'Đã xong 1' }).click();
    expect(await row.textContent()).toContain('31/BC-VPĐP');
    expect(await row.locator('th').textContent()).toBe(task);
  });

  it('one decision is tried, entered for two products, and their certificates are issued and printed', async () => {
    await scored('Cơm cháy Nho Quan');
    await scored('Miến dong Cúc Phương');
    const page = await signedIn(api.tokens.province, { width: DESK, javaScript: false });
    await page.goto(`${api.url}/quyet-dinh`);
    await page.getByRole('link', { name: '2 hồ sơ' }).click();
    await page.getByRole('button', { name: 'Xem trước' }).click();
    expect(await page.locator('.wrong').count()).toBe(1);
    await shot(page, 'quyet-dinh-moi');
    await page.getByLabel('Số quyết định').fill('900/QĐ-UBND');
    await page.getByRole('button', { name: 'Xem trước' }).click();
    expect(await page.locator('.lead').textContent()).toContain('2 sản phẩm đều nhận được quyết định');
    await shot(page, 'quyet-dinh-xem-truoc');
    await page.getByRole('button', { name: 'Sửa lại' }).click();
    expect(await page.getByLabel('Số quyết định').inputValue()).toBe('900/QĐ-UBND');
    await page.getByRole('button', { name: 'Xem trước' }).click();
    expect((await api.send('GET', '/api/decisions')).body['items']).toEqual([]);
    await page.getByRole('button', { name: 'Ghi vào sổ' }).click();
    expect(await page.getByRole('status').textContent()).toBe('Đã ghi Quyết định 900/QĐ-UBND vào sổ.');
    expect(textOfDocx((await download(page, 'Tải văn bản (.docx)')).bytes)).toContain('Miến dong Cúc Phương');

    await page.getByLabel('Mẫu số giấy').fill('GCN-OCOP');
    await page.getByRole('button', { name: 'Xem trước 2 giấy chứng nhận' }).click();
    expect(await page.locator('.wrong').textContent()).toContain('{n}');
    await page.getByLabel('Mẫu số giấy').fill('{n}/GCN-OCOP');
    await page.getByLabel('Số đầu tiên').fill('41');
    await page.getByRole('button', { name: 'Xem trước 2 giấy chứng nhận' }).click();
    await page.getByRole('button', { name: 'Cấp 2 giấy chứng nhận' }).click();
    expect(await page.locator('.lead').textContent()).toBe('Đã cấp đủ 2 giấy chứng nhận.');
    expect(await page.locator('tbody').textContent()).toContain('42/GCN-OCOP');
    await shot(page, 'quyet-dinh-mot');
    expect((await download(page, 'Tải giấy chứng nhận (PDF)')).bytes.subarray(0, 5).toString()).toBe('%PDF-');
    decision = new URL(page.url()).pathname;
    await page.getByRole('link', { name: 'Cơm cháy Nho Quan' }).click();
    await shot(page, 'ho-so-du-thao');
    expect((await download(page, 'Giấy chứng nhận (PDF)')).bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const letter = page.locator('a[href*="/van-ban/"]').first();
    expect(textOfDocx((await download(page, (await letter.textContent()) ?? '')).bytes)).toContain('Cơm cháy Nho Quan');
  });

  it('the pages have nothing serious against them and fit their window, on a desk and on a phone', async () => {
    for (const width of [DESK, PHONE]) {
      const page = await signedIn(api.tokens.province, { width });
      for (const path of [
        '/danh-gia-lai?status=started',
        '/danh-gia-lai?status=declined',
        '/bao-cao',
        '/viec-theo-ke-hoach',
        '/quyet-dinh',
        decision,
      ]) {
        await page.goto(`${api.url}${path}`);
        await shot(page, `${path.replaceAll(/\W+/g, '-').slice(1)}-${width}`);
        expect([path, await seriousFindings(page)]).toEqual([path, []]);
        expect([path, await page.locator('h1').count(), Math.max(0, await overflow(page))]).toEqual([path, 1, 0]);
      }
    }
  });
});
