import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparison, compareFolders } from '../../rehearsal/report/compare';
import { reportHtml } from '../../rehearsal/report/html';
import { topOf, weekly } from '../../rehearsal/report/svg';
import { tablesOf } from '../../rehearsal/report/tables';
import { aReport, cycleLine } from './a-report';

test('the page names plan, peak and places, in Vietnamese, with nothing to load', () => {
  const html = reportHtml(aReport());
  expect(html).toContain('<html lang="vi">');
  expect(html).toContain('thư nhiều nhất, ngày 08/09/2026');
  expect(html).toContain('Xã kiểm tra, đánh giá hồ sơ');
  expect(html).toContain('Chưa đạt');
  expect(html).not.toMatch(/<script|<link|src=|url\(http/);
});

test('what lists bring in is text, never markup', () => {
  const html = reportHtml(aReport({ cycles: [cycleLine({ product: '<img src=x onerror=alert(1)> & “mật”' })] }));
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; “mật”');
  expect(html).not.toContain('<img');
});

test('a long table is cut on the page and whole in the workbook', () => {
  const report = aReport({ cycles: Array.from({ length: 100 }, (_, index) => cycleLine({ cycleId: `c${index}` })) });
  expect(reportHtml(report)).toContain('Còn 40 dòng nữa, xem trong report.xlsx');
  expect(tablesOf(report).find((one) => one.id === 'cycles')?.rows).toHaveLength(100);
});

test('every row of every table has a cell for every column', () => {
  for (const { id, columns, rows } of tablesOf(aReport()))
    for (const row of rows) expect({ id, cells: row.length }).toEqual({ id, cells: columns.length });
});

test('weeks are counted from the first day, quiet ones shown as nothing', () => {
  const bars = weekly(
    [
      { day: '2026-07-07', value: 2 },
      { day: '2026-07-08', value: 3 },
      { day: '2026-07-22', value: 1 },
    ],
    '2026-07-01',
    '2026-07-22',
  );
  expect(bars.map(({ day, value }) => [day, value])).toEqual([
    ['2026-07-01', 2],
    ['2026-07-08', 3],
    ['2026-07-15', 0],
    ['2026-07-22', 1],
  ]);
});

test.each([
  [0, 5],
  [5, 5],
  [6, 10],
  [11, 20],
  [21, 25],
  [130, 200],
  [1000, 1000],
])('an axis for values up to %d goes to %d', (largest, top) => {
  expect(topOf(largest)).toBe(top);
});

test('two rehearsals: the differences, and the products that fare otherwise', () => {
  const b = aReport({
    cycles: [
      cycleLine({ outcome: 'superseded' }),
      cycleLine({
        cycleId: '37-14329-001-2026.2',
        kind: 'reevaluation',
        stage: 'validity',
        step: 'in_force',
        outcome: null,
        validUntil: '2032-11-11',
      }),
    ],
    mails: { ...aReport().mails, total: 7 },
  });
  const [totals, , , otherwise] = comparison(aReport(), b);
  expect(totals?.rows).toContainEqual(['Thư nhắc', 3, 7, 4]);
  expect(otherwise?.rows).toEqual([
    ['Mật ong', 'Hợp tác xã số 1', '1', 'Hết thời hạn', 'Được thay bằng giấy chứng nhận mới', '2029-12-20', '2029-12-20'],
    ['Mật ong', 'Hợp tác xã số 1', '2', 'không có', 'Giấy chứng nhận đang có hiệu lực', null, '2032-11-11'],
  ]);
});

test('the same twice differs in nothing', () => {
  const [totals, stages, ends, otherwise] = comparison(aReport(), aReport());
  for (const table of [totals, stages, ends]) for (const row of table?.rows ?? []) expect(row[3]).toBe(0);
  expect(otherwise?.rows).toEqual([]);
});

test('two folders are compared into a page and a workbook; a folder without a report is named', async () => {
  const folder = (report?: object): string => {
    const made = mkdtempSync(join(tmpdir(), 'ocop-compare-'));
    if (report) writeFileSync(join(made, 'report.json'), JSON.stringify(report));
    return made;
  };
  const b = folder(aReport({ changes: [{ window: 'commune-assessment', date: '2026-10-15' }] }));
  const page = await compareFolders(folder(aReport()), b, b);
  expect(readFileSync(page, 'utf8')).toContain('commune-assessment → 15/10/2026');
  expect(readFileSync(join(b, 'comparison.xlsx')).subarray(0, 2).toString()).toBe('PK');
  await expect(compareFolders(b, folder(), b)).rejects.toThrow(/không phải báo cáo diễn tập/);
});
