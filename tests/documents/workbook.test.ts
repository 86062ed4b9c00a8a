import { read } from '@e965/xlsx';
import { type Sheet, workbookXlsx } from '../../documents/workbook';
import { atAnotherTime } from './support/another-time';
import { partOf } from './support/office-files';

const REGISTER: Sheet = {
  name: 'Sổ',
  title: 'Sổ giấy chứng nhận',
  columns: [
    { header: 'Sản phẩm', width: 30, type: 'text' },
    { header: 'Ngày cấp', width: 12, type: 'date' },
    { header: 'Điểm', width: 10, type: 'number' },
    { header: 'Tỷ lệ', width: 10, type: 'percent' },
  ],
  rows: [
    ['Miến dong', '2026-12-31', 76.75, 0.25],
    ['Trà', null, 80, null],
  ],
  totals: ['Cộng', null, 156.75, 1],
};

function cellsOf(file: Buffer) {
  const book = read(file, { cellNF: true });
  return { book, cells: book.Sheets[book.SheetNames[0] ?? ''] ?? {} };
}

describe('a workbook', () => {
  it('holds real dates, numbers and shares in Vietnamese formats', async () => {
    const { cells } = cellsOf(await workbookXlsx([REGISTER]));
    expect(cells.A2).toMatchObject({ t: 's', v: 'Sản phẩm' });
    expect(cells.B3).toMatchObject({ t: 'n', v: 46387, z: 'dd/mm/yyyy', w: '31/12/2026' });
    expect(cells.C3).toMatchObject({ t: 'n', v: 76.75 });
    expect(cells.C4).toMatchObject({ t: 'n', v: 80, z: '#,##0' });
    expect(cells.D3).toMatchObject({ t: 'n', v: 0.25, w: '25.0%' });
    expect(cells.B4?.v).toBeUndefined();
    expect(cells.A5).toMatchObject({ v: 'Cộng' });
  });

  it('freezes and repeats the header row, filters the rows without the totals, and prints on A4 across', async () => {
    const file = await workbookXlsx([REGISTER]);
    const sheet = partOf(file, 'xl/worksheets/sheet1.xml');
    expect(sheet).toContain('<pane ySplit="2"');
    expect(sheet).toContain('<autoFilter ref="A2:D4"/>');
    expect(sheet).toContain('paperSize="9" orientation="landscape" fitToWidth="1"');
    expect(partOf(file, 'xl/workbook.xml')).toContain('<definedName name="_xlnm.Print_Titles" localSheetId="0">\'Sổ\'!$2:$2</definedName>');
  });

  it.each(['=1+1', '+84 912', '-1', '@SUM(A1)', '<b>đậm</b>', '&amp; "x"', 'Ẳng 🍚', '$A$1 $&'])('keeps %j as text', async (value) => {
    const { cells } = cellsOf(await workbookXlsx([{ ...REGISTER, rows: [[value, value, value, value]] }]));
    for (const cell of [cells.A3, cells.B3, cells.C3, cells.D3]) {
      expect(cell).toMatchObject({ t: 's', v: value, z: '@' });
      expect(cell?.f).toBeUndefined();
    }
  });

  it('composes letters and drops characters that no XML can hold', async () => {
    const { cells } = cellsOf(await workbookXlsx([{ ...REGISTER, rows: [['Ẳng'.normalize('NFD') + '\u0001']] }]));
    expect(cells.A3?.v).toBe('Ẳng');
  });

  it('names its sheets as a spreadsheet allows, each differently', async () => {
    const names = ["'Sổ: A/B'", 'a'.repeat(40), 'a'.repeat(40), '', 'Ổ & "B"'];
    const { book } = cellsOf(await workbookXlsx(names.map((name) => ({ ...REGISTER, name }))));
    expect(book.SheetNames).toEqual(['Sổ  A B', 'a'.repeat(31), `${'a'.repeat(26)} (3)`, 'Trang 4', 'Ổ & "B"']);
    const wide = Array.from({ length: 30 }, () => ({ header: 'x', width: 5, type: 'text' as const }));
    expect(partOf(await workbookXlsx([{ name: 'x', columns: wide, rows: [] }]), 'xl/worksheets/sheet1.xml')).toContain(
      '<autoFilter ref="A1:AD1"/>',
    );
  });

  it('gives the same bytes for the same content at another time', async () => {
    const first = await workbookXlsx([REGISTER]);
    const again = await atAnotherTime(async () => await workbookXlsx([REGISTER]));
    expect(again.equals(first)).toBe(true);
  });
});
