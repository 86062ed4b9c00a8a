import type { Text } from '../../domain/sources';
import { isKnownHeader, CERTIFICATE_HEADERS, CONTACT_HEADERS, headerKey } from './headers';
import { LEGACY_ENCODINGS, type LegacyEncoding, fromLegacy, likeliest, looksLegacy } from './legacy-encodings';
import { type FileProblem, fileProblem } from './problems';
import { parseCsv } from './csv';
import { type Grid, MAX_COLUMNS, readWorkbook } from './workbook';
import { decodeText } from './text-bytes';

/** A row of an uploaded table; `row` is the number a spreadsheet shows beside it. */
export interface TableRow {
  row: number;
  cells: Record<string, string>;
}

/** An uploaded table as text: no formulas, no types; dates of a workbook as `YYYY-MM-DD`. */
export interface Table {
  headers: string[];
  rows: TableRow[];
  format: 'csv' | 'xlsx' | 'xls';
  /** How the bytes were read. */
  encoding: 'utf-8' | 'utf-16' | 'workbook' | LegacyEncoding;
  /** What was done or left out that the sender should know. */
  notes: Text[];
}

export type TableResult = { ok: true; table: Table } | { ok: false; problems: FileProblem[] };

export interface ReadOptions {
  /** The encoding of an old file, named by its sender: never converted without. */
  encoding?: LegacyEncoding;
  /** Name of the sheet to read; the first when not given. */
  sheet?: string;
}

/** 10 MB. */
export const MAX_BYTES = 10 * 1024 * 1024;
/** Rows below the header. */
export const MAX_ROWS = 20_000;
const HEADER_WITHIN_ROWS = 15;
const KNOWN_HEADERS_NEEDED = 2;
const PREVIEW_ROWS = 5;
const LETTERS_LOOKED_AT = 200_000;

const CONTENT_TYPES = [
  'text/csv',
  'text/plain',
  'text/tab-separated-values',
  'application/csv',
  'application/octet-stream',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];

/**
 * Reads an uploaded CSV, XLSX or XLS. The bytes decide which it is: browsers send CSV as `application/vnd.ms-excel`. The header is the first of
 * the first 15 rows with two known headers; empty rows are left out. Text in an encoding other than Unicode is refused with a preview unless
 * `encoding` names it. Problems name row, column, value and what is allowed; this never throws for what a file holds.
 */
export function readTable(bytes: Buffer, contentType: string, options: ReadOptions = {}): TableResult {
  const refusal = refusedAtSight(bytes, contentType);
  if (refusal) return refused(refusal);
  const raw = readGrid(bytes, options.sheet);
  if (!raw.ok) return refused(raw.problem);
  const text = asUnicode(raw.grid, options.encoding);
  return text.ok ? tableOf(raw.grid, text) : refused(text.problem);
}

function refused(...problems: FileProblem[]): TableResult {
  return { ok: false, problems };
}

function refusedAtSight(bytes: Buffer, contentType: string): FileProblem | null {
  const [type = ''] = contentType.toLowerCase().split(';');
  if (!CONTENT_TYPES.includes(type.trim())) return wrongType(contentType);
  if (bytes.length > MAX_BYTES) return tooLarge(bytes.length);
  return bytes.length === 0 ? fileProblem({ vi: 'Tệp rỗng.', en: 'The file is empty.' }) : null;
}

type GridResult = { ok: true; grid: Grid } | { ok: false; problem: FileProblem };

function readGrid(bytes: Buffer, sheet: string | undefined): GridResult {
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) return readWorkbook(bytes, 'xlsx', sheet);
  if (bytes.subarray(0, 4).equals(Buffer.from('d0cf11e0', 'hex'))) return readWorkbook(bytes, 'xls', sheet);
  const { text, encoding } = decodeText(bytes);
  return text.trimStart().startsWith('<') ? { ok: false, problem: markup() } : parseCsv(text, encoding);
}

type Unicode = { ok: true; records: string[][]; encoding: Table['encoding'] } | { ok: false; problem: FileProblem };

/** The cells as Unicode text: as they are, or converted from the encoding that the sender names. */
function asUnicode({ records, encoding }: Grid, named: LegacyEncoding | undefined): Unicode {
  const sample = records
    .map((record) => record.join('\t'))
    .join('\n')
    .slice(0, LETTERS_LOOKED_AT);
  if (named !== undefined) {
    if (fromLegacy(sample, named) === null) return { ok: false, problem: alreadyUnicode(named) };
    return { ok: true, records: records.map((record) => record.map((cell) => tidy(fromLegacy(cell, named) ?? cell))), encoding: named };
  }
  if (encoding === null) return { ok: false, problem: legacyText(records, likeliest(sample).encoding) };
  const looksLike = looksLegacy(sample);
  if (looksLike !== null) return { ok: false, problem: legacyText(records, looksLike) };
  return { ok: true, records: records.map((record) => record.map(tidy)), encoding };
}

function tidy(cell: string): string {
  return cell.normalize('NFC').trim();
}

function tableOf({ format, notes }: Grid, { records, encoding }: { records: string[][]; encoding: Table['encoding'] }): TableResult {
  const at = records.slice(0, HEADER_WITHIN_ROWS).findIndex((record) => knownHeaders(record) >= KNOWN_HEADERS_NEEDED);
  const header = records[at];
  if (header === undefined) return refused(noHeader(records));
  if (header.length > MAX_COLUMNS) return refused(tooManyColumns(header.length));
  const rows = records.slice(at + 1).map((record, index) => ({ row: at + 2 + index, record }));
  const filled = rows.filter(({ record }) => record.some((cell) => cell !== ''));
  if (filled.length > MAX_ROWS) return refused(tooManyRows(filled.length));
  const problems = [...repeatedHeaders(header, at + 1), ...(format === 'csv' ? filled.flatMap((row) => tooManyCells(row, header)) : [])];
  if (problems.length > 0) return refused(...problems);
  const columns = header.map((name, index) => ({ name, index })).filter(({ name, index }) => name !== '' && header.indexOf(name) === index);
  const table: Table = {
    headers: columns.map(({ name }) => name),
    rows: filled.map(({ row, record }) => ({
      row,
      cells: Object.fromEntries(columns.map(({ name, index }) => [name, record[index] ?? ''])),
    })),
    format,
    encoding,
    notes: [...notes, ...titleNote(at), ...unreadColumns(header, columns.length, filled)],
  };
  return { ok: true, table };
}

function knownHeaders(record: readonly string[]): number {
  return new Set(record.filter(isKnownHeader).map(headerKey)).size;
}

function repeatedHeaders(header: readonly string[], row: number): FileProblem[] {
  const repeated = header.filter((name, index) => isKnownHeader(name) && header.indexOf(name) !== index);
  return repeated.map((name) => ({
    ...fileProblem({ vi: `Có hai cột cùng tên “${name}”; hãy bỏ một cột.`, en: `Two columns are called “${name}”; remove one of them.` }),
    row,
    column: name,
  }));
}

/** A row of a CSV longer than its header has a comma too many, and its values stand in the wrong columns. */
function tooManyCells({ row, record }: { row: number; record: string[] }, header: readonly string[]): FileProblem[] {
  if (record.slice(header.length).every((cell) => cell === '')) return [];
  const reason: Text = {
    vi: `Dòng ${row} có ${record.length} ô nhưng tiêu đề chỉ có ${header.length} cột; giá trị có dấu phân cách phải đặt trong ngoặc kép.`,
    en: `Row ${row} has ${record.length} cells but the header has ${header.length}; a value with a delimiter must be in quotes.`,
  };
  return [{ ...fileProblem(reason), row }];
}

function titleNote(at: number): Text[] {
  if (at === 0) return [];
  return [
    {
      vi: `Tiêu đề cột ở dòng ${at + 1}; các dòng phía trên không được đọc.`,
      en: `The header is row ${at + 1}; the rows above it are not read.`,
    },
  ];
}

function unreadColumns(header: readonly string[], read: number, rows: readonly { record: string[] }[]): Text[] {
  const filled = new Set([header, ...rows.map(({ record }) => record)].flatMap(filledIndexes));
  const unread = filled.size - read;
  if (unread === 0) return [];
  return [
    {
      vi: `${unread} cột không có tiêu đề hoặc trùng tiêu đề, không được đọc.`,
      en: `${unread} columns without a header of their own are not read.`,
    },
  ];
}

function filledIndexes(record: readonly string[]): number[] {
  return record.flatMap((cell, index) => (cell === '' ? [] : [index]));
}

function tooManyColumns(count: number): FileProblem {
  return fileProblem({
    vi: `Dòng tiêu đề có ${count} ô, nhiều hơn mức cho phép ${MAX_COLUMNS} cột.`,
    en: `The header has ${count} cells; at most ${MAX_COLUMNS} columns are allowed.`,
  });
}

function wrongType(contentType: string): FileProblem {
  return fileProblem(
    {
      vi: 'Chỉ đọc được tệp Excel (.xlsx, .xls) và tệp CSV (.csv, .tsv); hãy lưu bảng thành tệp .xlsx rồi gửi lại.',
      en: `Only Excel (.xlsx, .xls) and CSV (.csv, .tsv) files are read, not “${contentType}”.`,
    },
    CONTENT_TYPES,
  );
}

function tooLarge(bytes: number): FileProblem {
  const megabytes = (bytes / 1024 / 1024).toFixed(1);
  return fileProblem({
    vi: `Tệp ${megabytes.replace('.', ',')} MB, lớn hơn mức cho phép 10 MB; hãy chia thành nhiều tệp.`,
    en: `The file has ${megabytes} MB; at most 10 MB are allowed. Send it in parts.`,
  });
}

function tooManyRows(count: number): FileProblem {
  return fileProblem({
    vi: `Tệp có ${count.toLocaleString('vi')} dòng, nhiều hơn mức cho phép 20.000 dòng; hãy chia thành nhiều tệp.`,
    en: `The file has ${count.toLocaleString('en')} rows; at most 20,000 are allowed. Send it in parts.`,
  });
}

function markup(): FileProblem {
  return fileProblem(
    {
      vi: 'Tệp là trang web hoặc XML, không phải CSV hay Excel; hãy lưu lại dạng .xlsx.',
      en: 'The file is a web page or XML, not CSV or Excel; save it as .xlsx.',
    },
    ['csv', 'xlsx', 'xls'],
  );
}

const ENCODING_NAMES: Record<LegacyEncoding, string> = { 'windows-1258': 'Windows-1258', tcvn3: 'TCVN3 (ABC)', vni: 'VNI-Windows' };

function legacyText(records: readonly string[][], looksLike: LegacyEncoding): FileProblem {
  const name = ENCODING_NAMES[looksLike];
  const reason: Text = {
    vi: `Chữ trong tệp không phải Unicode (UTF-8), có vẻ là ${name}. Hãy xem bản xem trước; nếu đúng thì gửi lại với encoding=${looksLike}, hoặc lưu tệp dạng UTF-8.`,
    en: `The text is not Unicode (UTF-8); it looks like ${name}. If the preview reads well, send it again with encoding=${looksLike}, or save the file as UTF-8.`,
  };
  const preview = records.slice(0, PREVIEW_ROWS).map((record) => record.map((cell) => fromLegacy(cell, looksLike) ?? cell).join(' | '));
  return { ...fileProblem(reason, [...LEGACY_ENCODINGS]), encoding: { looksLike, preview } };
}

function alreadyUnicode(encoding: LegacyEncoding): FileProblem {
  return {
    ...fileProblem({
      vi: `Tệp đã là Unicode, không phải ${ENCODING_NAMES[encoding]}; hãy gửi lại không kèm encoding.`,
      en: `The file is Unicode already, not ${ENCODING_NAMES[encoding]}; send it again without encoding.`,
    }),
    value: encoding,
  };
}

function noHeader(records: readonly string[][]): FileProblem {
  const first = (records.find((record) => record.some((cell) => cell !== '')) ?? []).join(' | ');
  return {
    ...fileProblem(
      {
        vi: `Trong ${HEADER_WITHIN_ROWS} dòng đầu không có dòng tiêu đề nào có ít nhất hai cột nhận biết được.`,
        en: `None of the first ${HEADER_WITHIN_ROWS} rows has at least two known column headers.`,
      },
      [CERTIFICATE_HEADERS, CONTACT_HEADERS].flatMap((dictionary) => Object.values(dictionary).map(([name]) => name)),
    ),
    value: first.slice(0, 200),
  };
}
