/** The main day of a commune's officer, from signing in to done. */
import { useApi } from '../api/support/api';
import { eventually } from '../support/eventually';
import { describeInBrowser, DESK, overflow, PHONE, seriousFindings, enter, useBrowser } from './support/browser';
import { makeSeason, type Season, TODAY } from './support/season';

jest.setTimeout(240_000);

describeInBrowser('the day of a commune’s officer', () => {
  const api = useApi({ on: TODAY });
  const browser = useBrowser();
  let season: Season;
  beforeAll(async () => {
    season = await makeSeason(api);
  });

  const stageOf = async (id: string): Promise<unknown> => (await api.send('GET', `/api/cycles/${id}`)).body['stage'];

  it.each([
    ['at a desk', { width: DESK }, 'late'],
    ['on a phone without JavaScript', { width: PHONE, javaScript: false }, 'soon'],
  ] as const)('%s: signs in, finds the work, is told what is missing, and issues the report', async (_where, options, which) => {
    const window = await browser.open(options);
    const { page, complaints } = window;
    await enter(page, api.url, season.officer);
    expect(new URL(page.url()).pathname).toBe('/viec-cua-toi');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Việc của tôi');
    const card = page.locator('.card', { has: page.locator(`a[href="/ho-so/${season[which]}"]`) });
    expect(await card.locator('.chip').textContent()).toContain(which === 'late' ? 'Quá hạn 6 ngày làm việc' : 'Sắp đến hạn');
    await card.getByRole('link', { name: 'Ban hành báo cáo và văn bản đề nghị' }).click();
    expect(new URL(page.url()).pathname).toBe(`/ho-so/${season[which]}`);

    const form = page.locator('#viec-issue-commune-report');
    await form.getByLabel('Số văn bản đề nghị').fill('112/UBND-KT');
    await form.getByLabel('Số sản phẩm mẫu giao kèm hồ sơ').fill('10');
    await form.getByLabel('Nguồn gốc ý tưởng sản phẩm').check();
    await form.getByRole('button').click();
    expect(await form.locator('.wrong').allTextContents()).toEqual([expect.stringContaining('còn thiếu: “Nguồn gốc sản phẩm')]);
    expect(await form.getByLabel('Số văn bản đề nghị').inputValue()).toBe('112/UBND-KT');
    expect(await form.getByLabel('Nguồn gốc ý tưởng sản phẩm').isChecked()).toBe(true);
    expect(await stageOf(season[which])).toBe('commune_assessment');

    for (const item of ['Nguồn gốc sản phẩm', 'Sử dụng lao động', 'Bản sắc']) await form.getByLabel(item).check();
    await form.getByRole('button').click();
    expect(await page.getByRole('status').textContent()).toBe('Đã ghi nhận: ban hành báo cáo và văn bản đề nghị.');
    expect(await stageOf(season[which])).toBe('provincial_scoring');
    expect(await page.locator('.tl li').first().textContent()).toContain('Nguyễn Thị Thuỷ, Cán bộ phụ trách OCOP cấp xã');
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
  });

  it('sends a form twice and acts once', async () => {
    const window = await browser.open({ width: DESK });
    const { page } = window;
    await enter(page, api.url, season.officer);
    await page.goto(`${api.url}/ho-so/${season.early}?viec=request-supplement`);
    const form = page.locator('#viec-request-supplement form');
    await form.getByLabel('Nội dung cần bổ sung').fill('Thiếu phiếu kiểm nghiệm <b>còn hiệu lực</b>');
    const sent = await form.evaluate((element: HTMLFormElement) =>
      Object.fromEntries([...new FormData(element)].map(([name, value]) => [name, typeof value === 'string' ? value : ''])),
    );
    const action = `${api.url}${await form.getAttribute('action')}`;
    for (const _time of [1, 2]) {
      const answer = await page.request.post(action, { form: sent, maxRedirects: 0, headers: { origin: api.url } });
      expect([answer.status(), answer.headers()['location']]).toEqual([303, `/ho-so/${season.early}`]);
    }
    const { body } = await api.send('GET', `/api/cycles/${season.early}/events`);
    expect((body['items'] as { name: string }[]).filter(({ name }) => name === 'request-supplement')).toHaveLength(1);
    await page.goto(`${api.url}/ho-so/${season.early}`);
    expect(await page.locator('.tl .said').first().textContent()).toBe('Thiếu phiếu kiểm nghiệm <b>còn hiệu lực</b>');
  });

  it('registers a product by keyboard alone', async () => {
    const window = await browser.open({ width: DESK });
    const { page } = window;
    await enter(page, api.url, season.officer);
    await page.goto(`${api.url}/ho-so/moi`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Bỏ qua đến nội dung');
    await page.keyboard.press('Enter');
    const reach = async (name: string): Promise<void> => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press('Tab');
        if ((await page.evaluate<string | undefined>('document.activeElement.name')) === name) return;
      }
      throw new Error(`${name} cannot be reached`);
    };
    await reach('productName');
    await page.keyboard.type('Rượu nếp cái hoa vàng');
    await reach('producer.name');
    await page.keyboard.type('Hộ Trần Văn Đạt');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/ho-so\/\d/);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Rượu nếp cái hoa vàng');
    await page.goto(`${api.url}/ho-so/moi`);
    await page.getByLabel('Tên sản phẩm').fill('Rượu nếp cái hoa vàng');
    await page.getByLabel('Chủ thể', { exact: true }).fill('Hộ Trần Văn Đạt');
    await page.getByRole('button', { name: 'Đăng ký', exact: true }).click();
    expect(await page.getByRole('link', { name: 'Mở hồ sơ đã có' }).isVisible()).toBe(true);
  });

  it('shows pages that axe has nothing serious against, at both widths, and that fit their window', async () => {
    for (const width of [DESK, PHONE]) {
      const window = await browser.open({ width });
      const { page, complaints } = window;
      await page.goto(`${api.url}/dang-nhap`);
      expect(await seriousFindings(page)).toEqual([]);
      await page.goto(`${api.url}/tra-cuu`);
      expect(await seriousFindings(page)).toEqual([]);
      await enter(page, api.url, season.officer);
      for (const path of ['/viec-cua-toi', `/ho-so/${season.early}`, '/ho-so/moi', '/tai-khoan-cua-toi', '/khong-co-trang-nay']) {
        await page.goto(`${api.url}${path}`);
        expect([path, await seriousFindings(page)]).toEqual([path, []]);
        expect([path, await page.locator('h1').count(), Math.max(0, await overflow(page))]).toEqual([path, 1, 0]);
      }
      expect(complaints).toEqual([]);
    }
  });

  it('looks a dossier up without an account, and sees no name of anybody', async () => {
    const window = await browser.open({ width: PHONE, javaScript: false });
    const { page } = window;
    await enter(page, api.url, season.officer);
    await page.goto(`${api.url}/ho-so/${season.waiting}`);
    const [code = '', secret = ''] = await page.locator('.code').allTextContents();
    await page.getByText('Danh mục').click();
    await page.locator('.menu').getByRole('button', { name: 'Đăng xuất' }).click();
    await page.goto(`${api.url}/tra-cuu`);
    await page.getByLabel('Mã hồ sơ').fill(code);
    await page.getByLabel('Mã bí mật').fill(secret.toLowerCase().replace('-', ' '));
    await page.getByRole('button', { name: 'Tra cứu' }).click();
    await eventually(async () => expect(await page.locator('main').textContent()).toContain('Chủ thể OCOP'));
    const told = (await page.locator('main').textContent()) ?? '';
    expect(told).toContain('Hoàn thiện sản phẩm');
    expect(told).not.toMatch(/Hợp tác xã|0987654321|Nguyễn/);
    await page.goto(`${api.url}/tra-cuu?ma=${code}&khoa=AAAAA-AAAAA`);
    expect(await page.getByRole('alert').textContent()).toContain('Không tìm thấy hồ sơ');
  });
});
