import { CsvError, parse } from 'csv-parse/sync';
import { type FileProblem, fileProblem } from './problems';
import type { Grid } from './workbook';

const DELIMITERS = [',', ';', '\t'];
const LOOKED_AT_LINES = 15;

/** Records of a CSV whose delimiter (comma, semicolon, tab) is the one that divides its first lines most. Blank lines stay, so that rows keep their numbers. */
export function parseCsv(text: string, encoding: Grid['encoding']): { ok: true; grid: Grid } | { ok: false; problem: FileProblem } {
  try {
    const records = parse(text, { delimiter: delimiterOf(text), relax_column_count: true, skip_empty_lines: false, relax_quotes: false });
    return { ok: true, grid: { records, format: 'csv', encoding, notes: [] } };
  } catch (error) {
    if (error instanceof CsvError) return { ok: false, problem: unreadable(error) };
    throw error;
  }
}

function delimiterOf(text: string): string {
  const head = text
    .split(/\r\n|\r|\n/u, LOOKED_AT_LINES)
    .join('\n')
    .replace(/"[^"]*"/gu, '');
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: head.split(delimiter).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}

function unreadable(error: CsvError): FileProblem {
  const line = typeof error['lines'] === 'number' ? error['lines'] : null;
  return {
    ...fileProblem({
      vi: `Tệp CSV sai cấu trúc${line === null ? '' : ` ở dòng ${line}`}: dấu ngoặc kép mở mà không đóng, hoặc nằm giữa một ô. Trong ô có ngoặc kép thì viết hai lần ("").`,
      en: `The CSV is malformed${line === null ? '' : ` at line ${line}`}: a quote is not closed or stands inside a cell. Write a quote inside a quoted cell twice ("").`,
    }),
    row: line,
  };
}
