/** A session of a council in the browser: opened by the secretary, scored by its members, closed with its verdicts. */
import * as X from '@e965/xlsx';
import type { Page } from 'playwright-core';
import { sheetOf, setNumber } from '../domain/stars/fixtures';
import { useApi } from '../api/support/api';
import { answerInterests, council, ok, ON, type TestCouncil, toCouncil } from '../api/support/council';
import { describeInBrowser, DESK, overflow, PHONE, seriousFindings, shot, signInByToken, useBrowser } from './support/browser';

jest.setTimeout(240_000);

const SET = 5;
const [TEA, RICE] = ['Trà hoa vàng', 'Gạo nếp hạt cau'];

/** Looked for before any request: the search keeps the process busy. */
const SHEETS = new Map([60, 75, 76, 77, 79].map((total) => [total, { ...sheetOf(setNumber(SET), total, { meeting: 2 }).options }]));
const optionsOf = (total: number): Record<string, number> => ({ ...SHEETS.get(total) });

describeInBrowser('a council’s pages', () => {
  const api = useApi({ on: ON });
  const browser = useBrowser();
  let three: TestCouncil;
  let cycles: string[];

  beforeAll(async () => {
    three = await council(api, { size: 3 });
    cycles = await toCouncil(api, [
      { name: TEA, set: SET },
      { name: RICE, set: SET },
    ]);
  }, 240_000);

  const tokenOf = (index: number): string => three.members[index]?.token ?? '';
  const cycleOf = (index: number): string => cycles[index] ?? '';

  async function signedIn(token: string, options: { width: number; javaScript?: boolean }): Promise<Page> {
    const { page } = await browser.open(options);
    await signInByToken(page, api.url, token);
    return page;
  }

  async function handIn(member: number, session: string, totals: readonly (number | undefined)[]): Promise<void> {
    const sheets = totals.flatMap((total, index) => (total === undefined ? [] : [{ cycleId: cycleOf(index), options: optionsOf(total) }]));
    ok(await api.send('POST', `/api/sessions/${session}/sheets`, { token: tokenOf(member), body: { sheets } }));
  }

  const told = async (page: Page): Promise<string> => (await page.getByRole('status').textContent()) ?? '';
  const sound = async (page: Page): Promise<void> => {
    expect([page.url(), await seriousFindings(page), Math.max(0, await overflow(page))]).toEqual([page.url(), [], 0]);
  };

  it('is established by decision, without JavaScript, and says what is wrong with it', async () => {
    const page = await signedIn(api.tokens.province, { width: DESK, javaScript: false });
    await page.goto(`${api.url}/hoi-dong`);
    await page.getByRole('link', { name: 'Thành lập Hội đồng' }).click();
    await page.getByLabel('Số quyết định').fill('2024/QĐ-UBND');
    await page.getByLabel('Ngày quyết định').fill('01/10/2026');
    await page.getByLabel('Nhiệm kỳ từ ngày').fill('1/10/2026');
    await page.getByLabel('đến ngày').fill('31/12/2030');
    await page.getByLabel('1. Họ tên', { exact: true }).fill('Đinh Văn Điến');
    await page.getByLabel('3. Họ tên').fill('Lê <b>Thị</b> Hoa');
    await page.getByRole('group', { name: 'thành viên 3' }).getByLabel('Trong Hội đồng').selectOption('chair');
    await shot(page, 'thanh-lap');
    await page.getByRole('button', { name: 'Thành lập' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Hội đồng có đúng một Chủ tịch, không phải 2');
    expect(await page.getByLabel('3. Họ tên').inputValue()).toBe('Lê <b>Thị</b> Hoa');
    await page.getByRole('group', { name: 'thành viên 3' }).getByLabel('Trong Hội đồng').selectOption('secretary');
    await page.getByRole('button', { name: 'Thành lập' }).click();
    expect(await told(page)).toContain('Đã thành lập Hội đồng');
    expect(await page.getByRole('row', { name: /Lê <b>Thị<\/b> Hoa/ }).textContent()).toContain('Thư ký');
  });

  it('is opened by the secretary, scored by its members and closed with its verdicts', async () => {
    const secretary = await signedIn(api.tokens.secretary, { width: DESK });
    await secretary.goto(`${api.url}/hoi-dong/${three.id}`);
    await secretary.getByLabel('Ngày họp, hoặc hạn gửi ý kiến').fill('31/02/2026');
    await secretary.getByRole('button', { name: 'Mở phiên' }).click();
    expect(await secretary.locator('.wrong').textContent()).toContain('ngày có thật');
    await secretary.getByLabel('Ngày họp, hoặc hạn gửi ý kiến').fill('20/10/2026');
    await shot(secretary, 'hoi-dong');
    await sound(secretary);
    await secretary.getByRole('button', { name: 'Mở phiên' }).click();
    expect(await told(secretary)).toBe('Đã mở phiên.');
    const path = new URL(secretary.url()).pathname;
    const session = path.split('/').at(-1) ?? '';
    await secretary.getByLabel(TEA).check();
    await secretary.getByLabel(RICE).check();
    await secretary.getByRole('button', { name: 'Đưa vào phiên' }).click();
    expect(await told(secretary)).toBe('Đã đưa 2 hồ sơ vào phiên.');
    await secretary.locator('summary', { hasText: 'Ghi ngày chuyển hồ sơ' }).click();
    await secretary.getByLabel('Ngày chuyển 2 hồ sơ').fill('19/10/2026');
    await secretary.getByRole('button', { name: 'Ghi ngày chuyển' }).click();
    expect(
      await secretary
        .getByRole('row', { name: new RegExp(TEA) })
        .first()
        .textContent(),
    ).toContain('19/10/2026');
    await secretary.getByRole('button', { name: 'Kết thúc phiên' }).click();
    expect(await secretary.getByRole('alert').textContent()).toContain(TEA);
    await shot(secretary, 'phien-chua-du');
    await sound(secretary);

    await answerInterests(api, `/api/sessions/${session}`, { ...three, members: three.members.slice(1) }, cycles);
    await handIn(1, session, [77, 60]);
    await handIn(2, session, [79, 76]);

    // A member on a phone without JavaScript: the question, an unfinished sheet, a whole one.
    const member = await signedIn(tokenOf(0), { width: PHONE, javaScript: false });
    expect(new URL(member.url()).pathname).toBe('/hoi-dong');
    await member.goto(`${api.url}${path}`);
    expect(await member.getByRole('heading', { name: 'Kết thúc phiên' }).count()).toBe(0);
    await member.getByLabel(new RegExp(`${TEA},`)).selectOption('khong');
    await member.getByLabel(new RegExp(`${RICE},`)).selectOption('khong');
    await member.getByRole('button', { name: 'Ghi trả lời' }).click();
    expect(await told(member)).toContain('Đã ghi trả lời');
    await shot(member, 'phien-thanh-vien-390');
    await member.getByRole('link', { name: new RegExp(TEA) }).click();
    const criteria = Object.entries(optionsOf(75));
    for (const [code, chosen] of criteria.slice(1)) await member.locator(`select[name="diem-${code}"]`).selectOption(String(chosen));
    await member.getByRole('button', { name: 'Lưu bản nháp' }).click();
    expect(await told(member)).toBe('Đã lưu bản nháp, chưa nộp.');
    expect(await member.locator('.lead').textContent()).toMatch(/Chưa nộp phiếu cho hồ sơ này\. Đang có bản nháp lưu lúc/);
    await shot(member, 'phieu-ban-nhap-390');
    await member.goto(`${api.url}${path}`);
    expect(await member.getByText('Bản nháp, chưa nộp').count()).toBe(1);
    await secretary.goto(`${api.url}${path}`);
    expect(await secretary.getByText('Bản nháp').count()).toBe(0);
    // What was kept stands there again; handed in as it is, it is told what is missing.
    await member.goto(`${api.url}/phieu-cham/${session}/${cycleOf(0)}`);
    const [kept = '', keptPoints] = criteria.at(-1) ?? [];
    expect(await member.locator(`select[name="diem-${kept}"]`).inputValue()).toBe(String(keptPoints));
    await member.getByRole('button', { name: 'Nộp phiếu' }).click();
    expect(await member.locator('.wrong').allTextContents()).toEqual([expect.stringContaining(`chưa chấm tiêu chí ${criteria[0]?.[0]}`)]);
    await shot(member, 'phieu-thieu-390');
    const [first = '', points] = criteria[0] ?? [];
    await member.locator(`select[name="diem-${first}"]`).selectOption(String(points));
    await member.getByRole('button', { name: 'Nộp phiếu' }).click();
    expect(await told(member)).toBe('Đã nộp phiếu.');
    expect(await member.locator('.lead').textContent()).toMatch(/^Đã nộp 75 điểm, bản 1, lúc [^.]+\.$/);
    expect(await overflow(member)).toBeLessThanOrEqual(0);
    // axe needs JavaScript.
    const heard = await signedIn(tokenOf(0), { width: PHONE });
    for (const at of [new URL(member.url()).pathname, path]) {
      await heard.goto(`${api.url}${at}`);
      await sound(heard);
    }

    // The other product by workbook: one wrong cell and nothing is entered.
    await member.goto(`${api.url}${path}`);
    const book = await member.request.get(`${api.url}${path}/phieu?bo=${SET}`);
    const workbook = X.read(await book.body());
    const name = workbook.SheetNames.find((sheet) => workbook.Sheets[sheet]?.['B2']?.v === RICE) ?? '';
    const page = workbook.Sheets[name] ?? {};
    const rice = optionsOf(76);
    for (let row = 9; row <= 200; row += 1) {
      const points = rice[String((page[`A${row}`] as X.CellObject | undefined)?.v ?? '')];
      if (points !== undefined) page[`E${row}`] = { t: 'n', v: points };
    }
    const send = async (): Promise<void> => {
      const buffer = X.write(workbook, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
      const summary = member.locator('summary', { hasText: 'Chấm bằng sổ tính' });
      if (!(await member.getByLabel('Sổ tính đã chấm').isVisible())) await summary.click();
      await member.getByLabel('Sổ tính đã chấm').setInputFiles({ name: 'phieu.xlsx', mimeType: 'application/octet-stream', buffer });
      await member.getByRole('button', { name: 'Nộp sổ tính' }).click();
    };
    const row = Array.from({ length: 190 }, (_, index) => index + 9).find((one) => page[`E${one}`]?.t === 'n') ?? 0;
    const right = page[`E${row}`] as X.CellObject;
    page[`E${row}`] = { t: 's', v: '<b>bảy</b>' };
    await send();
    expect(await member.getByRole('row', { name: new RegExp(`E${row}`) }).textContent()).toContain('<b>bảy</b>');
    await shot(member, 'phien-o-sai-390');
    page[`E${row}`] = right;
    await send();
    expect(await told(member)).toContain('Đã nộp 1 phiếu; 1 phiếu như cũ');
    expect(await overflow(member)).toBeLessThanOrEqual(0);

    // Nobody sees another's sheet, and no page shows a point before the session closes.
    await secretary.goto(`${api.url}${path}`);
    expect(await secretary.getByText('Cần chấm lại').count()).toBe(1);
    for (const text of [await secretary.content(), await member.content()])
      expect(text).not.toMatch(/>(?:[^<]*\D)?(?:60|77|79|231|212)(?:\D[^<]*)? điểm/);
    expect((await secretary.request.get(`${api.url}/phieu-cham/${session}/${cycleOf(0)}`)).status()).toBe(403);

    await secretary.locator('#f-cham-lai-cycleId').selectOption(cycleOf(1));
    await secretary.getByRole('button', { name: 'Thảo luận và chấm lại' }).click();
    expect(await told(secretary)).toContain('Đã yêu cầu chấm lại');
    await shot(secretary, 'phien-cham-lai');
    for (const index of [0, 1, 2]) await handIn(index, session, [undefined, 76 + (index % 2)]);
    await secretary.goto(`${api.url}${path}`);
    expect(await secretary.locator('.lead').textContent()).toBe('Cả 2 hồ sơ đã đủ để kết luận.');
    await shot(secretary, 'phien-du');
    await secretary.getByLabel('Số biên bản').fill('12/BB-HĐ');
    await secretary.getByRole('button', { name: 'Kết thúc phiên' }).click();
    expect(await told(secretary)).toBe('Phiên đã kết thúc; kết quả đã ghi vào từng hồ sơ.');
    expect(
      await secretary
        .getByRole('row', { name: new RegExp(TEA) })
        .first()
        .textContent(),
    ).toContain('77,00');
    expect(await secretary.getByText('chưa ghi vào hồ sơ').count()).toBe(0);
    const minutes = await secretary.request.get(`${api.url}${path}/bien-ban`);
    expect([minutes.status(), (await minutes.body()).subarray(0, 2).toString()]).toEqual([200, 'PK']);
    await shot(secretary, 'phien-ket-thuc');
    await sound(secretary);
    await member.goto(`${api.url}/phieu-cham/${session}/${cycleOf(1)}`);
    expect(await member.getByText('Phiên đã kết thúc; phiếu không sửa được nữa.').isVisible()).toBe(true);
    await shot(member, 'phieu-ket-thuc-390');

    for (const width of [DESK, PHONE]) {
      const manager = await signedIn(api.tokens.provinceManager, { width });
      await manager.goto(`${api.url}/hoi-dong`);
      await shot(manager, `danh-sach-${width}`);
      await sound(manager);
      await manager.goto(`${api.url}${path}`);
      expect(await manager.getByRole('button', { name: 'Kết thúc phiên' }).count()).toBe(0);
      await shot(manager, `phien-lanh-dao-${width}`);
      await sound(manager);
    }
  });
});
