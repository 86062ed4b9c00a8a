import * as X from '@e965/xlsx';
import fc from 'fast-check';
import { readTable } from '../../../api/files/read-table';
import { zipFault } from '../../../api/files/zip-archive';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const LIMIT = 10_000_000;

function workbook(): Buffer {
  const book = X.utils.book_new();
  const rows = [['Tên sản phẩm', 'Chủ thể'], ...Array.from({ length: 60 }, (_, n) => [`Mật ong ${n}`, `Hợp tác xã ${n % 7}`])];
  X.utils.book_append_sheet(book, X.utils.aoa_to_sheet(rows), 'A');
  return X.write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer;
}

describe('a ZIP archive', () => {
  const whole = workbook();

  test('that is whole has no fault', () => {
    expect(zipFault(whole, LIMIT)).toBeNull();
  });

  test('that unpacks to more than allowed is too large', () => {
    expect(zipFault(whole, 1_000)).toBe('too-large');
  });

  test('cut off anywhere is damaged', () => {
    for (const length of [0, 10, 100, whole.length - 30, whole.length - 1])
      expect(zipFault(whole.subarray(0, length), LIMIT)).toBe('damaged');
  });

  test('with a byte in the middle of a packed file changed is damaged', () => {
    const from = 30 + whole.readUInt16LE(26) + whole.readUInt16LE(28);
    const broken = Buffer.from(whole);
    broken[from + 40] = (broken[from + 40] ?? 0) ^ 0x10;
    expect(zipFault(broken, LIMIT)).toBe('damaged');
    expect(readTable(broken, XLSX).ok).toBe(false);
  });

  test('with any byte changed is refused or read as it was, never for ever', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const broken = Buffer.from(whole);
        broken[at] = (broken[at] ?? 0) ^ flip;
        const read = readTable(broken, XLSX);
        if (read.ok) expect(read.table.rows.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
