import { read, utils } from '@e965/xlsx';

/** The rows under the header of a workbook's first sheet; the header is the first row with more than one cell. */
export async function readWorkbook(bytes: Buffer): Promise<unknown[][]> {
  const book = read(bytes, { type: 'buffer' });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  const rows = sheet ? utils.sheet_to_json<unknown[]>(sheet, { header: 1 }) : [];
  const header = rows.findIndex((row) => row.filter((cell) => cell !== null && cell !== '').length > 1);
  return rows.slice(header + 1);
}
