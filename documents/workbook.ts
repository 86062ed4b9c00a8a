import writeXlsxFile from 'write-excel-file/node';
import { dayNumber, isLocalDate } from '../domain/dates';
import { deterministicOfficeFile } from './deterministic-zip';
import { documentText } from './text';

export interface SheetColumn {
  header: string;
  /** In characters. */
  width: number;
  /** `date` takes LocalDate, `percent` a fraction (0.25 = 25 %). A value of another kind is written as text. */
  type: 'text' | 'number' | 'date' | 'percent';
}

/** Text, a date (which is text), a number or nothing. */
export type SheetValue = string | number | null;

export interface Sheet {
  name: string;
  /** A line above the header row. */
  title?: string;
  columns: SheetColumn[];
  rows: SheetValue[][];
  /** A bold last row, outside the filter. */
  totals?: SheetValue[];
}

interface Cell {
  value: string | number | Date;
  type: StringConstructor | NumberConstructor | DateConstructor;
  format?: string;
}

const FORMATS = { text: '@', whole: '#,##0', fraction: '#,##0.00', date: 'dd/mm/yyyy', percent: '0.0%' } as const;
const MOST_CHARACTERS_IN_A_CELL = 32_767;
const BORDER = { borderStyle: 'thin', borderColor: '#BFBFBF' } as const;

/**
 * A workbook as offices print and filter it: real dates, frozen header row with a filter, A4 landscape one page wide, the header repeated on every page.
 * Text is never a formula, whatever it begins with. Same input, same bytes.
 */
export async function workbookXlsx(sheets: Sheet[]): Promise<Buffer> {
  const names = sheetNames(sheets.map((sheet) => sheet.name));
  const written = await writeXlsxFile(
    sheets.map((sheet, index) => ({
      sheet: names[index] ?? sheet.name,
      data: sheetData(sheet),
      columns: sheet.columns.map(({ width }) => ({ width })),
      orientation: 'landscape' as const,
      stickyRowsCount: headerRow(sheet),
    })),
    { fontFamily: 'Times New Roman', fontSize: 12 },
  ).toBuffer();
  const edits = Object.fromEntries(
    sheets.map((sheet, index) => [`xl/worksheets/sheet${index + 1}.xml`, (xml: string) => asPrinted(xml, sheet)]),
  );
  return deterministicOfficeFile(written, {
    ...edits,
    'xl/workbook.xml': (xml) => xml.replace(/<definedNames\/>/, () => `<definedNames>${definedNames(sheets, names)}</definedNames>`),
  });
}

function sheetData(sheet: Sheet) {
  const title =
    sheet.title === undefined
      ? []
      : [[{ ...textCell(sheet.title), fontWeight: 'bold' as const, fontSize: 14, height: 26, alignVertical: 'center' as const }]];
  const header = sheet.columns.map((column) => ({
    ...textCell(column.header),
    ...BORDER,
    fontWeight: 'bold' as const,
    align: 'center' as const,
    alignVertical: 'center' as const,
    wrap: true,
    backgroundColor: '#E7EFE9',
  }));
  const rows = sheet.rows.map((row) => sheet.columns.map((column, index) => bodyCell(row[index] ?? null, column)));
  const totals = sheet.totals;
  const last =
    totals === undefined
      ? []
      : [sheet.columns.map((column, index) => ({ ...bodyCell(totals[index] ?? null, column), fontWeight: 'bold' as const }))];
  return [...title, header, ...rows, ...last];
}

function bodyCell(value: SheetValue, column: SheetColumn) {
  const layout = { ...BORDER, alignVertical: 'top' as const, wrap: column.type === 'text' };
  return value === null ? layout : { ...layout, ...cellOf(value, column.type) };
}

function cellOf(value: string | number, type: SheetColumn['type']): Cell {
  if (type === 'date' && typeof value === 'string' && isLocalDate(value)) {
    return { value: new Date(dayNumber(value) * 86_400_000), type: Date, format: FORMATS.date };
  }
  if (typeof value === 'number' && Number.isFinite(value)) {
    if (type === 'percent') return { value, type: Number, format: FORMATS.percent };
    if (type === 'number') return { value, type: Number, format: Number.isInteger(value) ? FORMATS.whole : FORMATS.fraction };
  }
  return textCell(String(value));
}

function textCell(text: string): Cell {
  return { value: documentText(text).slice(0, MOST_CHARACTERS_IN_A_CELL), type: String, format: FORMATS.text };
}

/** 1-based row of the header. */
function headerRow(sheet: Sheet): number {
  return sheet.title === undefined ? 1 : 2;
}

function asPrinted(xml: string, sheet: Sheet): string {
  return xml
    .replace('<sheetViews>', () => '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>')
    .replace('</sheetData>', () => `</sheetData><autoFilter ref="${filterRange(sheet)}"/>`)
    .replace(/<pageMargins[^>]*>.*(?=<\/worksheet>)/, () => PAGE);
}

const PAGE =
  '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>' +
  '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;C&amp;P/&amp;N</oddFooter></headerFooter>';

function filterRange(sheet: Sheet): string {
  const header = headerRow(sheet);
  return `A${header}:${columnLetters(sheet.columns.length)}${header + sheet.rows.length}`;
}

function definedNames(sheets: Sheet[], names: string[]): string {
  return sheets
    .map((sheet, index) => {
      const quoted = `'${escapeXml((names[index] ?? '').replaceAll("'", "''"))}'`;
      const row = headerRow(sheet);
      const filter = filterRange(sheet).replace(/([A-Z]+)(\d+)/g, (_all, letters: string, digits: string) => `$${letters}$${digits}`);
      return (
        `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${quoted}!${filter}</definedName>` +
        `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${quoted}!$${row}:$${row}</definedName>`
      );
    })
    .join('');
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** 1 = A, 27 = AA. */
function columnLetters(column: number): string {
  const rest = (column - 1) % 26;
  const before = Math.floor((column - 1) / 26);
  return (before === 0 ? '' : columnLetters(before)) + String.fromCharCode(65 + rest);
}

/** Names that a spreadsheet takes: at most 31 characters, none of `[]:*?/\`, no apostrophe at an end, no two alike. */
function sheetNames(wanted: string[]): string[] {
  const taken = new Set<string>();
  return wanted.map((name, index) => {
    const allowed =
      documentText(name)
        .replace(/[[\]:*?/\\\n\t]/g, ' ')
        .replace(/^['\s]+|['\s]+$/g, '')
        .slice(0, 31)
        .trim() || `Trang ${index + 1}`;
    const unique = taken.has(allowed.toLowerCase()) ? `${allowed.slice(0, 26)} (${index + 1})` : allowed;
    taken.add(unique.toLowerCase());
    return unique;
  });
}
