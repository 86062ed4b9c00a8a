import * as X from '@e965/xlsx';
import type { Text } from '../../domain/sources';
import { type FileProblem, fileProblem } from './problems';
import { zipFault } from './zip-archive';

/** All rows of a file as text, from row 1. */
export interface Grid {
  records: string[][];
  format: 'csv' | 'xlsx' | 'xls';
  /** Null when the bytes are not Unicode: the text then has one character per byte. */
  encoding: 'utf-8' | 'utf-16' | 'workbook' | null;
  notes: Text[];
}

/** More than any list of 20,000 rows unpacks to; a small file that unpacks to more was made to do harm. */
const MAX_UNPACKED_BYTES = 300 * 1024 * 1024;

/** Rows a sheet of Excel can have; a damaged file may claim more. */
const SHEET_ROWS = 1_048_576;
/** A header longer than this is refused, so what lies further right is not looked at. */
export const MAX_COLUMNS = 200;

/** The first sheet of a workbook, or the one named. */
export function readWorkbook(
  bytes: Buffer,
  format: 'xlsx' | 'xls',
  sheet?: string,
): { ok: true; grid: Grid } | { ok: false; problem: FileProblem } {
  const fault = format === 'xlsx' ? zipFault(bytes, MAX_UNPACKED_BYTES) : null;
  if (fault) return { ok: false, problem: fault === 'too-large' ? unpacksTooLarge() : unreadable() };
  const book = openBook(bytes);
  if (book === null) return { ok: false, problem: unreadable() };
  const name = sheet ?? book.SheetNames[0] ?? '';
  const content = book.SheetNames.includes(name) ? book.Sheets[name] : undefined;
  if (content === undefined) return { ok: false, problem: noSheet(name, book.SheetNames) };
  return { ok: true, grid: { records: recordsOf(content), format, encoding: 'workbook', notes: otherSheets(name, book.SheetNames) } };
}

function openBook(bytes: Buffer): X.WorkBook | null {
  try {
    return X.read(bytes, { cellDates: true, UTC: true, cellHTML: false, cellText: true });
  } catch {
    return null;
  }
}

/** Rows as far as cells hold something: sheets often claim a million formatted rows. */
function recordsOf(sheet: X.WorkSheet): string[][] {
  const records: string[][] = [];
  for (const address of Object.keys(sheet).filter((key) => !key.startsWith('!'))) {
    const { r: row, c: column } = X.utils.decode_cell(address);
    if (row >= SHEET_ROWS || column > MAX_COLUMNS) continue;
    while (records.length <= row) records.push([]);
    const record = records[row] ?? [];
    while (record.length < column) record.push('');
    record[column] = textOf(sheet[address]);
  }
  return records;
}

/** What a cell holds, not how it is computed or drawn: dates as `YYYY-MM-DD`, a formula's last result, numbers in full. */
function textOf(cell: X.CellObject): string {
  if (cell.v === undefined) return '';
  if (cell.v instanceof Date) return cell.v.toISOString().slice(0, 10);
  if (cell.t === 'e') return cell.w ?? '';
  const shown = cell.w ?? '';
  return cell.t === 'n' && /^0\d+$/u.test(shown) ? shown : String(cell.v);
}

function otherSheets(read: string, names: readonly string[]): Text[] {
  const others = names.filter((name) => name !== read).join(', ');
  return others === ''
    ? []
    : [{ vi: `Chỉ đọc trang tính “${read}”; không đọc: ${others}.`, en: `Only the sheet “${read}” is read; not read: ${others}.` }];
}

function noSheet(name: string, names: string[]): FileProblem {
  return { ...fileProblem({ vi: `Tệp không có trang tính “${name}”.`, en: `The workbook has no sheet “${name}”.` }, names), value: name };
}

function unreadable(): FileProblem {
  return fileProblem({
    vi: 'Không mở được tệp Excel: tệp hỏng, có mật khẩu hoặc không phải bảng tính.',
    en: 'The workbook cannot be opened: it is damaged, protected by a password or not a spreadsheet.',
  });
}

function unpacksTooLarge(): FileProblem {
  return fileProblem({ vi: 'Tệp Excel giải nén ra quá lớn.', en: 'The workbook unpacks to too much data.' });
}
