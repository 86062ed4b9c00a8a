/** A council's members changed on its page, by a decision. */
import type { Page } from 'playwright-core';
import { sheetOf, setNumber } from '../domain/stars/fixtures';
import { useApi } from '../api/support/api';
import { answerInterests, council, ok, ON, openSession, toCouncil } from '../api/support/council';
import { describeInBrowser, DESK, overflow, PHONE, seriousFindings, shot, signInByToken, useBrowser } from './support/browser';

jest.setTimeout(240_000);

const POINTS = { ...sheetOf(setNumber(4), 60, { meeting: 3 }).options };

describeInBrowser('a council’s members', () => {
  const api = useApi({ on: ON });
  const browser = useBrowser();

  async function signedIn(token: string, options: { width: number; javaScript?: boolean }): Promise<Page> {
    const { page } = await browser.open(options);
    await signInByToken(page, api.url, token);
    return page;
  }

  it('leave, take the chair and join in one decision; sheets of one who leaves are told before they fall', async () => {
    const people = await council(api, { size: 4 });
    const [cycle = ''] = await toCouncil(api, [{ name: 'Trà hoa vàng', set: 4 }]);
    const session = await openSession(api, people);
    ok(await api.send('POST', `${session}/dossiers`, { token: api.tokens.secretary, body: { cycles: [cycle] } }));
    await answerInterests(api, session, people, [cycle]);
    const sheet = { sheets: [{ cycleId: cycle, options: POINTS }] };
    ok(await api.send('POST', `${session}/sheets`, { token: people.members[0]?.token ?? '', body: sheet }));

    const page = await signedIn(api.tokens.province, { width: PHONE, javaScript: false });
    await page.goto(`${api.url}/hoi-dong/${people.id}`);
    await page.getByRole('link', { name: 'Thay đổi thành viên theo quyết định' }).click();
    await page.getByLabel('Số quyết định').fill('2000/QĐ-UBND');
    await page.getByLabel('Có hiệu lực từ ngày').fill('20/10/2026');
    await page.getByLabel('Thay đổi với Trần Văn An').selectOption('thoi');
    await page.getByLabel('1. Họ tên').fill('Lã <i>Văn</i> Hải');
    await page.getByRole('button', { name: 'Ghi thay đổi' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('Hội đồng có đúng một Chủ tịch, không phải 0');
    await page.getByLabel('Thay đổi với Nguyễn Thị Bích').selectOption('chair');
    await page.getByRole('button', { name: 'Ghi thay đổi' }).click();
    expect(await page.getByRole('alert').textContent()).toMatch(/Trần Văn An \(M1\) đã nộp 1 phiếu ở phiên ngày 20\/10\/2026/);
    await shot(page, 'doi-thanh-vien-con-phieu-390');
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.getByLabel(/Vẫn thay đổi từ ngày này/).check();
    await page.getByRole('button', { name: 'Ghi thay đổi' }).click();
    expect(await page.getByRole('status').textContent()).toBe('Đã ghi thay đổi theo Quyết định 2000/QĐ-UBND.');
    const held = page.getByRole('table', { name: 'Thành viên Hội đồng' });
    expect(await held.getByRole('row', { name: /Nguyễn Thị Bích/ }).textContent()).toContain('Chủ tịch Hội đồng');
    expect(await held.getByRole('row', { name: /Lã <i>Văn<\/i> Hải/ }).textContent()).toContain('2000/QĐ-UBND');
    expect(await held.getByRole('row', { name: /Trần Văn An/ }).count()).toBe(0);
    await shot(page, 'thanh-vien-sau-390');
    const { body } = await api.send('GET', session, { token: api.tokens.secretary });
    expect((body['members'] as { code: string; role: string }[]).map(({ code, role }) => `${code} ${role}`)).toEqual([
      'M3 vice_chair',
      'M4 member',
      'M2 chair',
      'M7 member',
    ]);

    for (const width of [DESK, PHONE]) {
      const looked = await signedIn(api.tokens.province, { width });
      for (const path of [
        `/hoi-dong/${people.id}`,
        `/hoi-dong/${people.id}/thanh-vien`,
        session.replace('/api/sessions', '/hoi-dong/phien'),
      ]) {
        await looked.goto(`${api.url}${path}`);
        await shot(looked, `hd-${path.split('/').length}-${path.includes('phien') ? 'phien' : 'hd'}-${width}`);
        expect([path, await seriousFindings(looked), Math.max(0, await overflow(looked))]).toEqual([path, [], 0]);
      }
      const change = looked.locator('.tl li').first();
      expect(await change.textContent()).toContain('thôi: M1 · mới: Lã <i>Văn</i> Hải (M7) · 1 phiếu được giữ, không còn tính');
    }
  });
});
