/** The main day of a provincial officer, from signing in to done: a dossier taken in, mended, scored, decided, certified, published. */
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { COMMUNE, PROVINCE, send, useApi } from '../api/support/api';
import { answerInterests, council, ok, ON, type TestCouncil } from '../api/support/council';
import { textOfDocx } from '../documents/support/office-files';
import { setNumber, sheetOf } from '../domain/stars/fixtures';
import { describeInBrowser, DESK, overflow, PHONE, seriousFindings, enter, useBrowser } from './support/browser';

jest.setTimeout(300_000);

const SHOTS = process.env['OCOP_SHOTS'];
const SET = 5;
/** Looked for before any request: the search keeps the process busy. */
const OPTIONS = [76, 77, 78].map((total) => sheetOf(setNumber(SET), total, { meeting: 4 }).options);
const REPORT = Buffer.from('%PDF-1.7\n% báo cáo của Tổ tư vấn\n%%EOF\n');

describeInBrowser('the day of a provincial officer', () => {
  const api = useApi({ on: ON });
  const browser = useBrowser();
  const officer = { id: '', login: 'hoa@tinh.example.vn', password: '' };
  let three: TestCouncil;

  beforeAll(async () => {
    const person = { name: 'Phạm Quỳnh Hoa', role: 'provincial_officer', phone: '0912345678', email: 'hoa@example.vn' };
    officer.id = String(ok(await api.send('POST', `/api/offices/${PROVINCE}/people`, { body: person }))['id']);
    const account = { login: officer.login, role: 'provincial_staff', office: PROVINCE, personId: officer.id };
    officer.password = String(ok(await api.send('POST', '/api/accounts', { body: account }))['password']);
    three = await council(api, { size: 3 });
  }, 240_000);

  /** A dossier that a commune proposed: it waits at the province's desk. */
  async function proposed(productName: string): Promise<string> {
    const producer = { name: `Hợp tác xã ${productName}`, type: 'Hợp tác xã' };
    const path = await api.register({ productName, producer, productSet: SET, kind: 'new', communeCode: COMMUNE });
    const assessed = { assessedItems: ['local_origin', 'local_labour', 'idea_origin', 'local_identity'], samples: 5 };
    await asCommune(path, 'accept-idea', {});
    await asCommune(path, 'submit-dossier', {});
    await asCommune(path, 'issue-commune-report', { ...assessed, proposalNumber: '112/UBND-KT' });
    return path.split('/').at(-1) ?? '';
  }

  const asCommune = async (path: string, action: string, body: object): Promise<unknown> =>
    ok(await send(api.url, api.tokens.commune, 'POST', `${path}/actions/${action}`, { body }));

  const told = async (page: Page): Promise<string> => (await page.getByRole('status').textContent()) ?? '';

  async function shot(page: Page, name: string): Promise<void> {
    if (!SHOTS) return;
    mkdirSync(SHOTS, { recursive: true });
    const { width = 0 } = page.viewportSize() ?? {};
    await page.screenshot({ path: join(SHOTS, `tinh-${name}-${width}.png`), fullPage: true });
  }

  /** The form of an action on the dossier's page, opened. */
  async function formOf(page: Page, action: string): Promise<Locator> {
    const form = page.locator(`#viec-${action}`);
    if (!(await form.getByRole('button').last().isVisible())) await form.locator('summary').first().click();
    return form;
  }

  async function download(page: Page, link: Locator): Promise<{ name: string; bytes: Buffer }> {
    const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  }

  it.each([
    ['at a desk', { width: DESK }, 'Cốm nếp Tam Điệp', '901/QĐ-UBND'],
    ['on a phone without JavaScript', { width: PHONE, javaScript: false }, 'Trà sen Ninh Xuân', '902/QĐ-UBND'],
  ] as const)('%s: takes a dossier from its intake to the notice of its result', async (_where, options, product, decision) => {
    const id = await proposed(product);
    const window = await browser.open(options);
    const { page, complaints } = window;
    await enter(page, api.url, officer);

    // My work: the dossier waits for the office; nobody follows it yet.
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Việc của tôi');
    await shot(page, 'viec-cua-toi');
    await page.getByRole('link', { name: product }).first().click();
    expect(new URL(page.url()).pathname).toBe(`/ho-so/${id}`);
    await shot(page, 'ho-so-tiep-nhan');
    const assign = await formOf(page, 'assign-officer');
    await assign.getByLabel('Cán bộ phụ trách').selectOption(officer.id);
    await assign.getByRole('button', { name: 'Phân công' }).click();
    expect(await told(page)).toBe('Đã ghi nhận: phân công cán bộ phụ trách.');

    // What is missing is asked for, and the paper that says so goes with it.
    const ask = await formOf(page, 'request-supplement');
    await ask.getByRole('button', { name: 'Yêu cầu bổ sung hồ sơ' }).click();
    expect(await ask.locator('.wrong').textContent()).toContain('cần ghi lý do');
    await ask.getByLabel('Nội dung cần bổ sung').fill('Thiếu phiếu kiểm nghiệm còn hiệu lực');
    await ask.getByLabel('Hẹn bổ sung đến ngày').fill('27/10/2026');
    await ask.getByRole('button', { name: 'Yêu cầu bổ sung hồ sơ' }).click();
    expect(await told(page)).toBe('Đã ghi nhận: yêu cầu bổ sung hồ sơ.');
    await shot(page, 'ho-so-cho-bo-sung');
    await asCommune(`/api/cycles/${id}`, 'submit-supplement', { reason: 'Đã có phiếu kiểm nghiệm mới' });

    // The next look at my work: it is back, and mine. It is complete, and the advisory team reports, with its report as a file.
    await page.goto(`${api.url}/viec-cua-toi`);
    await page.getByRole('link', { name: product }).first().click();
    await (await formOf(page, 'accept-package')).getByRole('button', { name: 'Tiếp nhận đủ hồ sơ đề nghị' }).click();
    expect(await told(page)).toContain('tiếp nhận đủ hồ sơ đề nghị');
    const report = await formOf(page, 'record-advisory-report');
    await report.getByLabel('Số báo cáo').fill('15/BC-TTV');
    await report.locator('summary', { hasText: 'tệp kèm theo' }).click();
    await report.getByLabel('Tệp kèm theo').setInputFiles({ name: 'Báo cáo.exe', mimeType: 'application/pdf', buffer: REPORT });
    await report.getByRole('button', { name: 'Ghi nhận báo cáo' }).click();
    expect(await report.locator('.wrong').textContent()).toContain('“Báo cáo.exe”: chỉ nhận PDF, Word');
    expect(await report.getByLabel('Số báo cáo').inputValue()).toBe('15/BC-TTV');
    await shot(page, 'ho-so-tep-bi-tu-choi');
    const name = `Báo cáo Tổ tư vấn ${product}.pdf`;
    await report.getByLabel('Tệp kèm theo').setInputFiles({ name, mimeType: 'application/pdf', buffer: REPORT });
    await report.getByRole('button', { name: 'Ghi nhận báo cáo' }).click();
    expect(await told(page)).toContain('ghi nhận báo cáo của Tổ tư vấn');
    expect(await page.getByRole('region', { name: 'Tệp của hồ sơ' }).textContent()).toContain(name);
    const saved = await download(page, page.getByRole('link', { name }));
    expect([saved.name, saved.bytes.equals(REPORT)]).toEqual([name, true]);
    await shot(page, 'ho-so-co-tep');
    expect(await overflow(page)).toBeLessThanOrEqual(0);

    // Into a session of the council.
    await page.goto(`${api.url}/hoi-dong/${three.id}`);
    await page.getByLabel('Ngày họp, hoặc hạn gửi ý kiến').fill('20/10/2026');
    await page.getByLabel('Địa điểm').fill('Hội trường UBND tỉnh');
    await page.getByRole('button', { name: 'Mở phiên' }).click();
    expect(await told(page)).toBe('Đã mở phiên.');
    await page.getByLabel(product).check();
    await page.getByRole('button', { name: 'Đưa vào phiên' }).click();
    expect(await told(page)).toBe('Đã đưa 1 hồ sơ vào phiên.');
    await page.locator('summary', { hasText: 'Ghi ngày chuyển hồ sơ' }).click();
    await page.getByLabel('Ngày chuyển 1 hồ sơ').fill('19/10/2026');
    await page.getByRole('button', { name: 'Ghi ngày chuyển' }).click();
    expect(await told(page)).toBe('Đã ghi ngày chuyển hồ sơ.');
    await shot(page, 'phien-dang-mo');
    const path = new URL(page.url()).pathname.replace('/hoi-dong/phien', '/api/sessions');
    await answerInterests(api, path, three, [id]);
    for (const [index, { token }] of three.members.entries()) {
      const sheets = [{ cycleId: id, options: OPTIONS[index] }];
      ok(await api.send('POST', `${path}/sheets`, { token, body: { sheets } }));
    }
    await page.reload();
    await page.getByLabel('Số biên bản').fill('12/BB-HĐ');
    await page.getByRole('button', { name: 'Kết thúc phiên' }).click();
    expect(await told(page)).toBe('Phiên đã kết thúc; kết quả đã ghi vào từng hồ sơ.');
    expect(await page.getByRole('row', { name: product }).first().textContent()).toContain('77,00');
    await shot(page, 'phien-ket-thuc');

    // The verdict becomes a decision, the decision a certificate.
    await page.goto(`${api.url}/quyet-dinh`);
    await page.getByRole('link', { name: '1 hồ sơ' }).click();
    await page.getByLabel('Số quyết định').fill(decision);
    await page.getByRole('button', { name: 'Xem trước' }).click();
    await shot(page, 'quyet-dinh-xem-truoc');
    await page.getByRole('button', { name: 'Ghi vào sổ' }).click();
    expect(await told(page)).toBe(`Đã ghi Quyết định ${decision} vào sổ.`);
    await page.getByLabel('Mẫu số giấy').fill('{n}/GCN-OCOP');
    await page.getByLabel('Số đầu tiên').fill(decision.slice(0, 3));
    await page.getByRole('button', { name: 'Xem trước 1 giấy chứng nhận' }).click();
    await page.getByRole('button', { name: 'Cấp 1 giấy chứng nhận' }).click();
    expect(await page.locator('.lead').textContent()).toBe('Đã cấp đủ 1 giấy chứng nhận.');
    await shot(page, 'quyet-dinh-da-cap');

    // Done: the letter that gives notice is taken along, and the notice is on record.
    await page.getByRole('link', { name: product }).first().click();
    await shot(page, 'ho-so-cho-cong-bo');
    const letter = await download(page, page.locator('a[href*="/van-ban/"]').first());
    expect(textOfDocx(letter.bytes)).toContain(product);
    const publish = await formOf(page, 'publish-result');
    await publish.getByLabel('Số thông báo').fill('40/TB-UBND');
    await publish.getByRole('button', { name: 'Công bố và thông báo kết quả' }).click();
    expect(await told(page)).toBe('Đã ghi nhận: công bố và thông báo kết quả.');
    await shot(page, 'ho-so-co-hieu-luc');
    expect((await api.send('GET', `/api/cycles/${id}`)).body).toMatchObject({
      stage: 'validity',
      star: 4,
      certificate: { decisionNumber: decision },
    });
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await page.goto(`${api.url}/viec-cua-toi`);
    expect(await page.getByRole('main').getByText(product).count()).toBe(0);
    await shot(page, 'viec-cua-toi-xong');
  });

  it('has nothing serious against the pages it goes over, at both widths', async () => {
    const id = await proposed('Mắm rươi Kim Sơn');
    for (const width of [DESK, PHONE]) {
      const window = await browser.open({ width });
      await enter(window.page, api.url, officer);
      for (const path of ['/viec-cua-toi', `/ho-so/${id}?viec=request-supplement`, `/hoi-dong/${three.id}`, '/quyet-dinh']) {
        await window.page.goto(`${api.url}${path}`);
        expect([path, await seriousFindings(window.page), Math.max(0, await overflow(window.page))]).toEqual([path, [], 0]);
      }
    }
  });
});
