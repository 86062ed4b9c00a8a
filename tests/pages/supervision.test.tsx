/** After recognition in a real browser: inspections, what they ask for, and the decision that ends certificates. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { textOfDocx } from '../documents/support/office-files';
import { COMMUNE, useApi } from '../api/support/api';
import { describeInBrowser, DESK, overflow, PHONE, seriousFindings, shot, signInByToken, useBrowser } from './support/browser';
import { readWorkbook } from './support/workbook';

jest.setTimeout(300_000);

const TODAY = '2026-10-12';

describeInBrowser('inspections and endings', () => {
  const api = useApi({ on: TODAY });
  const browser = useBrowser();
  const cycles: Record<string, string> = {};
  let ended = '';

  async function certificate(productName: string, code: string, decisionNumber: string): Promise<void> {
    const given = { stars: 3, issuedOn: '2025-06-10', decisionNumber, issuedBy: 'UBND tỉnh', code };
    const producer = { name: `Hợp tác xã ${productName}` };
    const path = await api.register({ productName, producer, productSet: 1, kind: 'new', communeCode: COMMUNE, certificate: given });
    cycles[productName] = path.split('/').at(-1) ?? '';
  }

  beforeAll(async () => {
    await certificate('Dứa sấy dẻo Tam Điệp', 'GS-1', '45/QĐ-UBND');
    await certificate('Nem chua <b>Yên Mạc</b>', 'GS-2', '45/QĐ-UBND');
    await certificate('Cơm cháy Nho Quan', 'GS-3', '46/QĐ-UBND');
    await certificate('Rượu nếp Lai Thành', 'GS-4', '46/QĐ-UBND');
    await certificate('Trà hoa vàng Cúc Phương', 'GS-5', '46/QĐ-UBND');
    await api.database.db.certificate.update({ where: { code: 'GS-5' }, data: { status: 'expired', endedOn: new Date('2026-09-11') } });
  });

  async function signedIn(token: string, options: { width: number; javaScript?: boolean }): Promise<Page> {
    const { page } = await browser.open(options);
    await signInByToken(page, api.url, token);
    return page;
  }

  async function download(page: Page, name: string | RegExp): Promise<Buffer> {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name }).or(page.getByRole('button', { name })).first().click(),
    ]);
    return await readFile(await file.path());
  }

  const told = async (page: Page): Promise<string> => (await page.getByRole('status').textContent()) ?? '';
  const row = (page: Page, name: string) => page.locator('tbody tr', { hasText: name });

  it('a commune’s officer on a phone without JavaScript records an inspection with its day to remedy, and later its result', async () => {
    const page = await signedIn(api.tokens.commune, { width: PHONE, javaScript: false });
    await page.goto(`${api.url}/kiem-tra`);
    expect(await page.locator('.lead').textContent()).toBe('Chưa ghi lần kiểm tra nào.');
    await page.getByRole('link', { name: 'Ghi một lần kiểm tra' }).click();
    await page.getByLabel('Tên sản phẩm, chủ thể hoặc mã').fill('dua say');
    await page.getByRole('button', { name: 'Tìm' }).click();
    expect(await page.locator('tbody tr').count()).toBe(1);
    await shot(page, 'chon-giay-390');
    await page.getByRole('link', { name: 'Dứa sấy dẻo Tam Điệp' }).click();
    await page.getByLabel('Loại kiểm tra').selectOption('periodic');
    await page.getByLabel('Kết luận', { exact: true }).selectOption('remediation');
    await page.getByLabel(/Nội dung/).fill('Nhãn thiếu mã truy xuất nguồn gốc');
    await page.getByRole('button', { name: 'Ghi kết quả kiểm tra' }).click();
    expect(await page.locator('.wrong').textContent()).toContain('cần thời hạn khắc phục, viết ngày/tháng/năm');
    await shot(page, 'ghi-kiem-tra-thieu-390');
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.getByLabel(/Khắc phục xong/).fill('30/10/2026');
    await page.getByLabel(/Số biên bản/).fill('12/BB-KT');
    await page.getByRole('button', { name: 'Ghi kết quả kiểm tra' }).click();
    expect(await told(page)).toBe('Đã ghi kết quả kiểm tra Dứa sấy dẻo Tam Điệp.');
    expect(await row(page, 'Dứa sấy').textContent()).toContain('khắc phục chậm nhất 30/10/2026; chưa có kết quả, còn 18 ngày');
    await shot(page, 'so-kiem-tra-390');
    expect(await overflow(page)).toBeLessThanOrEqual(0);

    await row(page, 'Dứa sấy').getByRole('link', { name: 'Ghi kết quả khắc phục' }).click();
    await page.getByLabel('Loại kiểm tra').selectOption('ad-hoc');
    await page.getByLabel('Kết luận', { exact: true }).selectOption('violation');
    await page.getByLabel(/Căn cứ thu hồi/).selectOption('PRODUCTION_CEASED');
    await page.getByRole('button', { name: 'Ghi kết quả kiểm tra' }).click();
    expect(await row(page, 'Dứa sấy').first().textContent()).toMatch(/Chờ quyết định thu hồi\s*chậm nhất 27\/10\/2026/);
    expect(await page.getByRole('link', { name: /Ra quyết định thu hồi/ }).count()).toBe(0);
    expect(await row(page, 'Dứa sấy').nth(1).textContent()).toContain('kiểm tra lại ngày 12/10/2026: vi phạm đến mức thu hồi');
  });

  it('the province goes from the finding to the decision: draft, trial, entry, notice', async () => {
    const page = await signedIn(api.tokens.province, { width: DESK, javaScript: false });
    await page.goto(`${api.url}/ho-so/${cycles['Dứa sấy dẻo Tam Điệp']}`);
    await shot(page, 'ho-so-cho-thu-hoi');
    await page.getByRole('link', { name: 'Ra quyết định thu hồi' }).click();
    expect(await page.getByRole('checkbox', { name: /Dứa sấy/ }).isChecked()).toBe(true);
    expect(await page.getByLabel('Căn cứ thu hồi với Dứa sấy dẻo Tam Điệp').inputValue()).toBe('PRODUCTION_CEASED');
    await page.getByLabel('Lý do').fill('Hợp tác xã đã ngừng sản xuất');
    const draft = textOfDocx(await download(page, 'Tải dự thảo quyết định (.docx)'));
    expect(draft).toContain('Thu hồi 01 Giấy chứng nhận sản phẩm OCOP của 01 chủ thể');
    expect(draft).toContain('điểm đ khoản 1 Điều 8');
    await page.getByLabel('Lý do').fill('');
    await page.getByRole('button', { name: 'Xem trước' }).click();
    expect(await page.locator('.wrong').count()).toBe(2);
    await shot(page, 'thu-hoi-thieu');
    await page.getByLabel('Lý do').fill('Hợp tác xã đã ngừng sản xuất');
    await page.getByLabel('Số quyết định đã ký').fill('120/QĐ-UBND');
    await page.getByRole('button', { name: 'Xem trước' }).click();
    expect(await page.locator('.lead').textContent()).toBe('1 giấy chứng nhận sẽ bị thu hồi. Chưa ghi gì.');
    await shot(page, 'thu-hoi-xem-truoc');
    await page.getByRole('button', { name: 'Ghi quyết định' }).click();
    expect(await told(page)).toBe('Đã ghi Quyết định 120/QĐ-UBND: 1 giấy chứng nhận.');
    const notice = textOfDocx(await download(page, /Tải thông báo: Dứa sấy/));
    expect(notice).toContain('bị thu hồi theo Quyết định số 120/QĐ-UBND ngày 12/10/2026');
    const book = await page.request.get(`${api.url}/kiem-tra/excel`);
    expect((await readWorkbook(await book.body())).map((cells) => cells.at(-1))).toEqual([
      'đã thu hồi giấy chứng nhận',
      expect.stringContaining('kiểm tra lại ngày 12/10/2026'),
    ]);
  });

  it('one decision ends the certificates of a recognising decision; one that is ended meanwhile is passed over, one that had run out is noted', async () => {
    const page = await signedIn(api.tokens.province, { width: DESK, javaScript: false });
    await page.goto(`${api.url}/thu-hoi`);
    await page.getByRole('link', { name: 'Ra quyết định thu hồi' }).click();
    await page.getByLabel('Theo quyết định công nhận').selectOption('46/QĐ-UBND');
    await page.getByRole('button', { name: 'Lấy danh sách' }).click();
    expect(await page.locator('tbody tr').count()).toBe(3);
    await page.getByLabel('Lý do').fill('Không tham gia đánh giá lại');
    await page.getByLabel('Số quyết định đã ký').fill('121/QĐ-UBND');
    await page.getByRole('button', { name: 'Xem trước' }).click();
    expect(await page.locator('.wrong').textContent()).toContain('chọn căn cứ chung');
    await shot(page, 'thu-hoi-theo-quyet-dinh');
    const body = {
      kind: 'revocation',
      ground: 'OTHER',
      decisionNumber: '119/QĐ-UBND',
      on: TODAY,
      reason: 'Theo đề nghị',
      certificates: [{ code: 'GS-4' }],
    };
    expect((await api.send('POST', '/api/ending-decisions', { body, token: api.tokens.province })).status).toBe(200);
    await page.getByLabel('Căn cứ chung').selectOption('CRITERIA_NOT_MAINTAINED');
    // The list is shown anew after the refusal: the one that was ended meanwhile is sent as an older window would.
    await page.locator('form[action*="xem-truoc"]').evaluate((form) => {
      const box = document.createElement('input');
      Object.assign(box, { type: 'hidden', name: 'certificate', value: 'GS-4' });
      if (![...form.querySelectorAll<HTMLInputElement>('[name=certificate]')].some(({ value }) => value === 'GS-4')) form.append(box);
    });
    await page.getByRole('button', { name: 'Xem trước' }).click();
    expect(await page.locator('.lead').textContent()).toBe(
      '1 giấy chứng nhận sẽ bị thu hồi, 1 giấy đã hết hạn được ghi nhận, 1 giấy không thu hồi được. Chưa ghi gì.',
    );
    await shot(page, 'thu-hoi-xem-truoc-nhieu');
    await page.getByRole('button', { name: 'Ghi quyết định, bỏ qua 1 giấy' }).click();
    expect(await page.locator('.lead').textContent()).toBe(
      '1 giấy chứng nhận đã thu hồi, 1 giấy đã hết hạn được ghi nhận, 1 giấy không thu hồi được.',
    );
    ended = new URL(page.url()).pathname;
    await shot(page, 'thu-hoi-mot');
    expect(textOfDocx(await download(page, 'Tải văn bản (.docx)'))).toContain('Cơm cháy Nho Quan');
    await page.getByRole('link', { name: 'Thu hồi giấy chứng nhận' }).last().click();
  });

  it('codes that there are not are told; those typed are listed with what was typed as text', async () => {
    const page = await signedIn(api.tokens.province, { width: DESK, javaScript: false });
    await page.goto(`${api.url}/thu-hoi/moi`);
    await page.getByLabel(/Hoặc theo mã tra cứu/).fill('GS-2, GS-999');
    await page.getByRole('button', { name: 'Lấy danh sách' }).click();
    expect(await page.locator('.note').first().textContent()).toContain('GS-999');
    expect(await page.getByRole('checkbox', { name: 'Nem chua <b>Yên Mạc</b>' }).count()).toBe(1);
    await page.getByRole('link', { name: 'Thu hồi kết quả công nhận do đánh giá sai' }).click();
    expect(await page.getByLabel('Căn cứ chung').count()).toBe(0);
    expect(await page.getByRole('checkbox').count()).toBe(1);
    await shot(page, 'thu-hoi-danh-gia-sai');
  });

  it('managers read both registers and are offered nothing to do', async () => {
    const page = await signedIn(api.tokens.provinceManager, { width: DESK, javaScript: false });
    for (const path of ['/kiem-tra', '/thu-hoi', ended]) {
      await page.goto(`${api.url}${path}`);
      expect([path, await page.getByRole('link', { name: /^(Ghi|Ra quyết định|Tải thông báo|Tải văn bản)/ }).count()]).toEqual([path, 0]);
    }
    expect(await row(page, 'Rượu nếp').textContent()).toContain('giấy chứng nhận đã kết thúc theo quyết định khác');
  });

  it('the pages have nothing serious against them and fit their window, on a desk and on a phone', async () => {
    for (const width of [DESK, PHONE]) {
      const page = await signedIn(api.tokens.province, { width });
      for (const path of [
        '/kiem-tra',
        '/kiem-tra/moi',
        `/kiem-tra/moi?cycle=${cycles['Nem chua <b>Yên Mạc</b>']}`,
        '/thu-hoi',
        '/thu-hoi/moi?recognisedBy=45%2FQ%C4%90-UBND',
        ended,
        `/ho-so/${cycles['Dứa sấy dẻo Tam Điệp']}`,
      ]) {
        await page.goto(`${api.url}${path}`);
        await shot(page, `${path.replaceAll(/\W+/g, '-').slice(1, 24)}-${width}`);
        expect([path, await seriousFindings(page)]).toEqual([path, []]);
        expect([path, await page.locator('h1').count(), Math.max(0, await overflow(page))]).toEqual([path, 1, 0]);
      }
    }
  });
});
