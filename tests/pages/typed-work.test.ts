/** What an official typed is not lost, whatever happened between opening a form and sending it. */
import { useApi } from '../api/support/api';
import { describeInBrowser, DESK, PHONE, enter, useBrowser } from './support/browser';
import { makeSeason, type Season, TODAY } from './support/season';

jest.setTimeout(240_000);

describeInBrowser('what was typed', () => {
  const api = useApi({ on: TODAY });
  const browser = useBrowser();
  let season: Season;
  beforeAll(async () => {
    season = await makeSeason(api);
  });

  const names = async (id: string): Promise<string[]> => {
    const { body } = await api.send('GET', `/api/cycles/${id}/events`);
    return (body['items'] as { name: string }[]).map(({ name }) => name);
  };

  it('is told back when a colleague moved the dossier meanwhile', async () => {
    const window = await browser.open({ width: PHONE, javaScript: false });
    const { page } = window;
    await enter(page, api.url, season.officer);
    await page.goto(`${api.url}/ho-so/${season.late}`);
    const form = page.locator('#viec-issue-commune-report');
    await form.getByLabel('Số văn bản đề nghị').fill('112/UBND-KT');
    await api.send('POST', `/api/cycles/${season.late}/actions/pause`, { body: { reason: 'chờ cơ quan điều tra' } });
    await form.getByRole('button').click();
    expect(await page.title()).toMatch(/^Lỗi: /);
    expect(await page.locator('main > .note--late').innerText()).toBe('Chưa ghi nhận. Xem chỗ cần sửa');
    await page.getByRole('link', { name: 'Xem chỗ cần sửa' }).click();
    expect(await page.locator('#sai').isVisible()).toBe(true);
    const told = await page.locator('main').innerText();
    expect(told).toContain('ban hành báo cáo và văn bản đề nghị');
    expect(told).toContain('Số văn bản đề nghị: 112/UBND-KT');
    expect(await names(season.late)).not.toContain('issue-commune-report');
  });

  it('waits while somebody signs in again, and is seen before it counts', async () => {
    const window = await browser.open({ width: DESK });
    const { page } = window;
    await enter(page, api.url, season.officer);
    await page.goto(`${api.url}/ho-so/${season.soon}?viec=request-supplement`);
    const form = page.locator('#viec-request-supplement');
    await form.getByLabel('Nội dung cần bổ sung').fill('Thiếu phiếu kiểm nghiệm');
    await page.context().clearCookies();
    await form.getByRole('button').click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Phiên đăng nhập đã hết');
    const [second] = await Promise.all([page.waitForEvent('popup'), page.getByRole('link', { name: 'Đăng nhập ở thẻ mới' }).click()]);
    await second.waitForLoadState();
    await enter(second, api.url, season.officer);
    await page.getByRole('button', { name: 'Mở lại biểu mẫu' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('phiên đăng nhập đã đổi');
    expect(await names(season.soon)).not.toContain('request-supplement');
    expect(await form.getByLabel('Nội dung cần bổ sung').inputValue()).toBe('Thiếu phiếu kiểm nghiệm');
    await form.getByRole('button').click();
    await page.getByRole('status').waitFor();
    expect(await names(season.soon)).toContain('request-supplement');
  });

  it('stays beside a file that is too large', async () => {
    const window = await browser.open({ width: DESK });
    const { page } = window;
    await enter(page, api.url, season.officer);
    await page.goto(`${api.url}/ho-so/${season.early}?viec=request-supplement`);
    const form = page.locator('#viec-request-supplement');
    await form.getByLabel('Nội dung cần bổ sung').fill('Thiếu ảnh chụp nhãn');
    await form.locator('details.extra > summary').click();
    const buffer = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(11 * 1024 * 1024)]);
    await form.locator('input[type=file]').setInputFiles({ name: 'ban-quet.pdf', mimeType: 'application/pdf', buffer });
    await form.locator('button').click();
    expect(await page.getByRole('alert').textContent()).toContain('được đến 10 MB');
    expect(await form.getByLabel('Nội dung cần bổ sung').inputValue()).toBe('Thiếu ảnh chụp nhãn');
    expect(await names(season.early)).not.toContain('request-supplement');
  });

  it('begins with the officer who follows the dossier, so that sending it as it stands takes nobody off', async () => {
    const window = await browser.open({ width: DESK });
    const { page } = window;
    await enter(page, api.url, season.officer);
    await page.goto(`${api.url}/ho-so/${season.soon}?viec=assign-officer`);
    expect(await page.locator('#viec-assign-officer select[name=officerId]').inputValue()).toBe(season.officer.id);
  });
});
