import { readFileSync } from 'node:fs';
import * as X from '@e965/xlsx';
import fc from 'fast-check';
import { CERTIFICATE_HEADERS, recogniseHeaders } from '../../../api/files/headers';
import type { FileProblem } from '../../../api/files/problems';
import { MAX_BYTES, type ReadOptions, readTable, type Table } from '../../../api/files/read-table';
import { latin1, shownAsTcvn3, shownAsVni, windows1258 } from './legacy-text';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CSV =
  'Tên sản phẩm,Chủ thể,Xã/phường\nMắm nêm Seagull,Công ty TNHH Seagull,phường Phan Thiết\n"Nấm khô, sấy",Hợp tác xã Đức Trọng,xã Ninh Gia\n';

function read(bytes: Buffer | string, contentType = 'text/csv', options: ReadOptions = {}): Table {
  const result = readTable(Buffer.from(bytes), contentType, options);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.table;
}

function problemOf(bytes: Buffer | string, contentType = 'text/csv', options: ReadOptions = {}): FileProblem {
  const result = readTable(Buffer.from(bytes), contentType, options);
  const [problem] = result.ok ? [] : result.problems;
  if (!problem) throw new Error('no problem found');
  return problem;
}

function workbook(
  sheets: Record<string, unknown[][]>,
  change: (book: X.WorkBook) => void = () => {},
  bookType: 'xlsx' | 'biff8' = 'xlsx',
): Buffer {
  const book = X.utils.book_new();
  for (const [name, rows] of Object.entries(sheets))
    X.utils.book_append_sheet(book, X.utils.aoa_to_sheet(rows, { UTC: true, cellDates: true }), name);
  change(book);
  return X.write(book, { type: 'buffer', bookType, compression: true });
}

const EXPECTED_ROWS = [
  { row: 2, cells: { 'Tên sản phẩm': 'Mắm nêm Seagull', 'Chủ thể': 'Công ty TNHH Seagull', 'Xã/phường': 'phường Phan Thiết' } },
  { row: 3, cells: { 'Tên sản phẩm': 'Nấm khô, sấy', 'Chủ thể': 'Hợp tác xã Đức Trọng', 'Xã/phường': 'xã Ninh Gia' } },
];

describe('a CSV', () => {
  it.each([
    ['as UTF-8', Buffer.from(CSV), 'utf-8'],
    ['with a byte order mark', Buffer.from(`\ufeff${CSV}`), 'utf-8'],
    ['in decomposed Unicode', Buffer.from(CSV.normalize('NFD')), 'utf-8'],
    ['with CRLF', Buffer.from(CSV.replaceAll('\n', '\r\n')), 'utf-8'],
    ['with semicolons', Buffer.from(CSV.replaceAll(',', ';').replace('khô;', 'khô,')), 'utf-8'],
    ['with tabs', Buffer.from(CSV.replaceAll(',', '\t').replace('khô\t', 'khô,')), 'utf-8'],
    ['as "Unicode text" of Excel', Buffer.from(`\ufeff${CSV}`, 'utf16le'), 'utf-16'],
    ['as big-endian UTF-16', Buffer.from(`\ufeff${CSV}`, 'utf16le').swap16(), 'utf-16'],
  ])('%s reads as rows numbered like in a spreadsheet', (_, bytes, encoding) => {
    expect(read(bytes)).toEqual({
      headers: ['Tên sản phẩm', 'Chủ thể', 'Xã/phường'],
      rows: EXPECTED_ROWS,
      format: 'csv',
      encoding,
      notes: [],
    });
  });

  it('sent as Excel, as browsers on Windows do, is still read as CSV', () => {
    expect(read(CSV, 'application/vnd.ms-excel').format).toBe('csv');
    expect(read(CSV, 'Text/CSV; charset=utf-8').rows).toEqual(EXPECTED_ROWS);
  });

  it('keeps row numbers across blank rows and rows above the header, and says that those were not read', () => {
    const table = read('DANH SÁCH SẢN PHẨM OCOP\n\nproduct,producer\nA,B\n,\n\nC,D\n');
    expect(table.rows.map(({ row, cells }) => [row, cells['product']])).toEqual([
      [4, 'A'],
      [7, 'C'],
    ]);
    expect(table.notes.map(({ vi }) => vi)).toEqual(['Tiêu đề cột ở dòng 3; các dòng phía trên không được đọc.']);
  });

  it('keeps formulas, HTML and odd Unicode as the text they are', () => {
    const values = ['=1+1', '<script>alert(1)</script>', '🍵 trà\u202e', '__proto__', "'; drop table", '+84 912'];
    const table = read(`product,producer\n${values.map((value) => `"${value}",x`).join('\n')}\n`);
    expect(table.rows.map(({ cells }) => cells['product'])).toEqual(values);
  });

  it('may have a column called __proto__', () => {
    const [row] = read('product,producer,__proto__\nA,B,C\n').rows;
    expect(Object.entries(row?.cells ?? {})).toContainEqual(['__proto__', 'C']);
  });

  it('fills short rows with nothing', () => {
    expect(read('product,producer,commune\nA,B\n').rows[0]?.cells).toEqual({ product: 'A', producer: 'B', commune: '' });
  });

  it('with a comma too many is refused with the row', () => {
    const result = readTable(Buffer.from('product,producer\nA,B\nNấm khô, sấy,B\n'), 'text/csv');
    expect(result).toMatchObject({
      ok: false,
      problems: [{ row: 3, reason: { vi: expect.stringContaining('Dòng 3 có 3 ô nhưng tiêu đề chỉ có 2 cột') } }],
    });
  });

  it('with an open quote is refused with the line', () => {
    const problem = problemOf('product,producer\n"A,B\nC,D\n');
    expect(problem.reason.vi).toContain('dấu ngoặc kép mở mà không đóng');
    expect(problem.row).not.toBeNull();
    expect(problemOf('product,producer\nA "x" y,B\n').row).toBe(2);
  });

  it('without known headers is refused with the headers it may have', () => {
    const problem = problemOf('a,b\n1,2\n');
    expect(problem).toMatchObject({ value: 'a | b', reason: { vi: expect.stringContaining('15 dòng đầu') } });
    expect(problem.allowed).toEqual(expect.arrayContaining(['Tên sản phẩm', 'Số quyết định', 'Mã đơn vị']));
    expect(problemOf('product,product\n1,2\n').reason.vi).toContain('tiêu đề');
    expect(problemOf(`${'x\n'.repeat(15)}product,producer\nA,B`).reason.vi).toContain('tiêu đề');
    expect(read(`${'x\n'.repeat(14)}product,producer\nA,B`).rows[0]?.row).toBe(16);
  });

  it('with a known header twice is refused; unknown ones twice and columns without header are noted', () => {
    expect(problemOf('product,producer,product\n1,2,3\n')).toMatchObject({ row: 1, column: 'product' });
    const table = read('product,producer,Ghi chú,Ghi chú,\n1,2,3,4,5\n');
    expect(table.headers).toEqual(['product', 'producer', 'Ghi chú']);
    expect(table.rows[0]?.cells['Ghi chú']).toBe('3');
    expect(table.notes.map(({ en }) => en)).toEqual(['2 columns without a header of their own are not read.']);
  });

  it('of Lâm Đồng reads whole', () => {
    const table = read(readFileSync(`${__dirname}/../../../data/products-lam-dong.csv`));
    expect(table.rows).toHaveLength(60);
    const { columns, ignored, problems } = recogniseHeaders(table.headers, CERTIFICATE_HEADERS);
    expect(columns).toEqual({
      product: 'Tên sản phẩm',
      producer: 'Tên chủ thể',
      commune: 'Xã/phường hiện nay',
      stars: 'Hạng sao',
      decisionNo: 'Số quyết định',
      issuedOn: 'Ngày quyết định',
      issuedBy: 'Cơ quan công nhận',
      validUntil: 'Ngày hết hạn',
    });
    expect(ignored).toContain('Nhóm sản phẩm');
    expect(problems).toEqual([]);
  });
});

describe('text from before Unicode', () => {
  const PREVIEW = [
    'Tên sản phẩm | Chủ thể | Xã/phường',
    'Mắm nêm Seagull | Công ty TNHH Seagull | phường Phan Thiết',
    'Nấm khô, sấy | Hợp tác xã Đức Trọng | xã Ninh Gia',
  ];
  const ENCODED = [
    ['windows-1258', windows1258(CSV)],
    ['tcvn3', latin1(shownAsTcvn3(CSV))],
    ['vni', latin1(shownAsVni(CSV))],
  ] as const;

  it.each(ENCODED)('in %s is refused, named and shown as it would be read', (encoding, bytes) => {
    const problem = problemOf(bytes);
    expect(problem.encoding).toEqual({ looksLike: encoding, preview: PREVIEW });
    expect(problem.allowed).toEqual(['windows-1258', 'tcvn3', 'vni']);
    expect(problem.reason.vi).toContain(`encoding=${encoding}`);
  });

  it.each(ENCODED)('in %s is converted when the sender says so', (encoding, bytes) => {
    expect(read(bytes, 'text/csv', { encoding })).toMatchObject({ rows: EXPECTED_ROWS, encoding });
  });

  it.each([
    ['tcvn3', shownAsTcvn3(CSV)],
    ['vni', shownAsVni(CSV)],
  ] as const)('in %s, saved as UTF-8 from a legacy font, is refused just the same and converted when asked', (encoding, shown) => {
    expect(problemOf(shown).encoding).toEqual({ looksLike: encoding, preview: PREVIEW });
    expect(read(shown, 'text/csv', { encoding })).toMatchObject({ rows: EXPECTED_ROWS, encoding });
  });

  it.each([
    ['tcvn3', 'S¶n phÈm'],
    ['vni', 'Saûn phaåm'],
  ] as const)('in %s is recognised from two words: %s', (looksLike, words) => {
    expect(problemOf(`product,producer\n${words},x\n`).encoding).toMatchObject({
      looksLike,
      preview: ['product | producer', 'Sản phẩm | x'],
    });
  });

  it('in a workbook is refused and converted likewise', () => {
    const bytes = workbook({ A: [['Tên sản phẩm', 'Chủ thể'].map(shownAsTcvn3), ['Nước mắm cá cơm', 'Hợp tác xã'].map(shownAsTcvn3)] });
    expect(problemOf(bytes, XLSX).encoding).toMatchObject({
      looksLike: 'tcvn3',
      preview: ['Tên sản phẩm | Chủ thể', 'Nước mắm cá cơm | Hợp tác xã'],
    });
    expect(read(bytes, XLSX, { encoding: 'tcvn3' }).rows[0]?.cells).toEqual({ 'Tên sản phẩm': 'Nước mắm cá cơm', 'Chủ thể': 'Hợp tác xã' });
  });

  it('capitals in VNI stay capitals', () => {
    const shown = `product,producer\n${shownAsVni('NƯỚC MẮM ĐỈNH,Ỷ Ỵ Ĩ')}\n`;
    expect(read(shown, 'text/csv', { encoding: 'vni' }).rows[0]?.cells).toEqual({ product: 'NƯỚC MẮM ĐỈNH', producer: 'Ỷ Ỵ Ĩ' });
  });

  it('shows five rows at most', () => {
    expect(problemOf(latin1(shownAsTcvn3(CSV.repeat(4)))).encoding?.preview).toHaveLength(5);
  });

  it('is not claimed of a file that is Unicode already', () => {
    expect(problemOf(CSV, 'text/csv', { encoding: 'tcvn3' })).toMatchObject({
      value: 'tcvn3',
      reason: { vi: expect.stringContaining('đã là Unicode') },
    });
  });

  it.each(['Café Crème,Müller', 'Hà Nam,Bé Tí', 'Đắk Lắk,Êa', 'tea,company'])('is not seen in %s', (cells) => {
    expect(read(`product,producer\n${cells}\n`).rows[0]?.cells['product']).toBe(cells.split(',')[0]);
  });
});

describe('a workbook', () => {
  const rows = [
    ['Tên sản phẩm', 'Chủ thể', 'Ngày cấp', 'Số sao'],
    ['Chè', 'HTX', new Date(Date.UTC(2026, 7, 5)), 4],
  ];

  it.each([
    ['xlsx', 'xlsx', XLSX],
    ['xls', 'biff8', 'application/vnd.ms-excel'],
  ] as const)('as %s gives text, and dates as ISO', (format, bookType, contentType) => {
    expect(read(workbook({ A: rows }, undefined, bookType), contentType)).toEqual({
      headers: ['Tên sản phẩm', 'Chủ thể', 'Ngày cấp', 'Số sao'],
      rows: [{ row: 2, cells: { 'Tên sản phẩm': 'Chè', 'Chủ thể': 'HTX', 'Ngày cấp': '2026-08-05', 'Số sao': '4' } }],
      format,
      encoding: 'workbook',
      notes: [],
    });
  });

  it('sent as CSV is still read as a workbook', () => {
    expect(read(workbook({ A: rows })).format).toBe('xlsx');
  });

  it('finds the header below merged title rows', () => {
    const bytes = workbook({ A: [['UBND TỈNH LÂM ĐỒNG'], ['Danh sách sản phẩm'], [], ...rows] }, (book) => {
      const sheet = book.Sheets['A'];
      if (sheet) sheet['!merges'] = [X.utils.decode_range('A1:D1'), X.utils.decode_range('A2:D2')];
    });
    expect(read(bytes, XLSX).rows.map(({ row }) => row)).toEqual([5]);
  });

  it('gives the last result of a formula, never the formula, and text that looks like one as text', () => {
    const bytes = workbook(
      {
        A: [
          ['product', 'producer', 'stars'],
          ['=1+1', '<b>x</b>', null],
        ],
      },
      (book) => {
        const sheet = book.Sheets['A'];
        if (sheet) sheet['C2'] = { t: 'n', v: 4, f: '2+2' };
      },
    );
    expect(read(bytes, XLSX).rows[0]?.cells).toEqual({ product: '=1+1', producer: '<b>x</b>', stars: '4' });
  });

  it('keeps leading zeros that a number format shows, and shows errors as they are', () => {
    const bytes = workbook(
      {
        A: [
          ['product', 'producer', 'commune_code', 'stars'],
          ['A', 1234567.5, null, null],
        ],
      },
      (book) => {
        const sheet = book.Sheets['A'];
        if (!sheet) return;
        sheet['C2'] = { t: 'n', v: 493, z: '00000' };
        sheet['D2'] = { t: 'e', v: 0x17, w: '#REF!' };
      },
    );
    expect(read(bytes, XLSX).rows[0]?.cells).toEqual({ product: 'A', producer: '1234567.5', commune_code: '00493', stars: '#REF!' });
  });

  it('reads the first sheet and says so, or the sheet named, or names the sheets there are', () => {
    const bytes = workbook({
      Bìa: [
        ['product', 'producer'],
        ['bìa', 'x'],
      ],
      'Danh sách': [
        ['product', 'producer'],
        ['hai', 'x'],
      ],
    });
    expect(read(bytes, XLSX).notes.map(({ vi }) => vi)).toEqual(['Chỉ đọc trang tính “Bìa”; không đọc: Danh sách.']);
    expect(read(bytes, XLSX, { sheet: 'Danh sách' }).rows[0]?.cells['product']).toBe('hai');
    expect(problemOf(bytes, XLSX, { sheet: 'Ba' })).toMatchObject({ value: 'Ba', allowed: ['Bìa', 'Danh sách'] });
  });

  it('that is damaged, or empty, is refused', () => {
    expect(problemOf(workbook({ A: rows }).subarray(0, 300), XLSX).reason.vi).toContain('Không mở được tệp Excel');
    expect(problemOf(workbook({ A: [] }), XLSX).reason.vi).toContain('tiêu đề');
  });

  it('that unpacks to far more than a list is refused unopened', () => {
    const bytes = workbook({ A: rows });
    const entry = bytes.lastIndexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    bytes.writeUInt32LE(400 * 1024 * 1024, entry + 24);
    expect(problemOf(bytes, XLSX).reason.vi).toContain('giải nén');
  });
});

describe('what is refused at sight', () => {
  it.each([
    ['an empty file', '', 'text/csv', 'Tệp rỗng'],
    ['a PDF', '%PDF', 'application/pdf', 'Chỉ đọc được tệp Excel (.xlsx, .xls) và tệp CSV'],
    ['a web page', '\n<html></html>', 'application/vnd.ms-excel', 'trang web'],
    ['more than 10 MB', Buffer.alloc(MAX_BYTES + 1, 'a'), 'text/csv', '10,0 MB'],
  ])('%s', (_, bytes, contentType, words) => {
    expect(problemOf(bytes, contentType).reason.vi).toContain(words);
  });

  it('more than 200 columns', () => {
    expect(problemOf(`product,producer${',x'.repeat(199)}\n`).reason.vi).toContain('201 ô');
  });

  it('bytes of any kind are answered, never thrown at', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readTable(Buffer.from(bytes), 'text/csv')));
  });

  it('more than 20,000 rows, but not 20,000', () => {
    const header = 'product,producer\n';
    expect(read(header + 'a,b\n'.repeat(20_000)).rows).toHaveLength(20_000);
    expect(problemOf(header + 'a,b\n'.repeat(20_001)).reason.vi).toContain('20.001 dòng');
  });
});
