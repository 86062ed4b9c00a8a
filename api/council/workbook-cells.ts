/** A scoring workbook read back: cell by cell, trusting nothing but the cells themselves. */
import * as X from '@e965/xlsx';
import {
  CODE_COLUMN,
  EXCLUSION,
  FORMAT,
  INFO_SHEET,
  MEETING,
  POINTS_COLUMN,
  REASON_COLUMN,
  TITLE_ROW,
} from '../../documents/score-sheet/layout';
import type { Text } from '../../domain/sources';
import type { CriteriaSet } from '../../domain/stars/criteria';
import { offeredPoints } from '../../domain/stars/criteria';
import { zipFault } from '../files/zip-archive';

/** Why a cell is refused: where it is, what stands in it, what may stand there. */
export interface CellProblem {
  sheet: string;
  cell: string;
  value: string | null;
  reason: Text;
  allowed: (number | string)[];
}

/** A worksheet as a sheet to be entered, with the cell of each criterion. */
export interface ReadSheet {
  sheet: string;
  cycleId: string;
  scoringRound: number;
  options: Record<string, number>;
  cells: Map<string, string>;
  disqualified?: { reason: string };
  asksMeeting?: string;
}

/** What a workbook must have been made for. */
export interface Expected {
  sessionId: string;
  member: string;
  /** The set of that number with the version of its criteria; undefined when the session has none of it. */
  set(number: number): { set: CriteriaSet; version: string } | undefined;
}

export type ReadWorkbook = { sheets: ReadSheet[]; problems: CellProblem[]; empty: number };

const MOST_UNPACKED_BYTES = 20 * 1024 * 1024;
const LAST_ROW = 200;

/** The sheets of a workbook; worksheets in which nothing was entered are left out and counted. */
export function readScoreWorkbook(bytes: Buffer, expected: Expected): ReadWorkbook {
  const book = open(bytes);
  if (!book) return refused(FILE, 'A1', null, { vi: 'không phải sổ tính .xlsx đọc được', en: 'is no readable .xlsx workbook' });
  const info = rowsOf(book.Sheets[INFO_SHEET]);
  const fact = (name: string): string | undefined => info.find(([key]) => key === name)?.[1];
  const set = expected.set(Number(fact('set')));
  const wrong = wrongWorkbook(fact, expected, set?.version);
  if (wrong || !set) return refused(INFO_SHEET, 'A1', fact('session') ?? null, wrong ?? OTHER_CRITERIA);
  const read: ReadWorkbook = { sheets: [], problems: [], empty: 0 };
  for (const [, name = '', cycleId = '', round = ''] of info.filter(([key]) => key === 'product')) {
    const sheet = book.Sheets[name];
    if (!sheet) {
      const reason = { vi: 'thiếu trang của sản phẩm này', en: 'the worksheet of this product is missing' };
      read.problems.push({ sheet: name, cell: 'A1', value: null, reason, allowed: [name] });
      continue;
    }
    const page = readPage(sheet, { sheet: name, cycleId, scoringRound: Number(round) }, set.set);
    if (page.isEmpty) read.empty += 1;
    else {
      read.sheets.push(page.read);
      read.problems.push(...page.problems);
    }
  }
  return read;
}

const FILE = '(tệp)';

const OTHER_CRITERIA: Text = {
  vi: 'phiếu của bộ tiêu chí khác hoặc bản khác: hãy tải lại phiếu từ phiên này',
  en: 'is of another set of criteria or another version: download it from this session again',
};

function refused(sheet: string, cell: string, value: string | null, reason: Text): ReadWorkbook {
  return { sheets: [], problems: [{ sheet, cell, value, reason, allowed: [] }], empty: 0 };
}

function open(bytes: Buffer): X.WorkBook | null {
  if (zipFault(bytes, MOST_UNPACKED_BYTES)) return null;
  try {
    return X.read(bytes, { cellHTML: false, cellFormula: false, sheetRows: LAST_ROW + 400 });
  } catch {
    return null;
  }
}

function rowsOf(sheet: X.WorkSheet | undefined): string[][] {
  return sheet ? X.utils.sheet_to_json<string[]>(sheet, { header: 1, raw: false, defval: '' }) : [];
}

function wrongWorkbook(
  fact: (name: string) => string | undefined,
  { sessionId, member }: Expected,
  criteria: string | undefined,
): Text | undefined {
  if (fact('format') !== FORMAT)
    return { vi: 'không phải phiếu chấm tải từ hệ thống này (hoặc bản cũ)', en: 'is no scoring workbook of this system, or an old one' };
  if (fact('session') !== sessionId) return { vi: 'phiếu của phiên khác', en: 'is of another session' };
  if (fact('member') !== member)
    return { vi: 'phiếu của thành viên khác; mỗi người chỉ nộp phiếu của mình', en: 'is another member’s; each hands in their own' };
  return fact('criteria') === criteria ? undefined : OTHER_CRITERIA;
}

function readPage(
  sheet: X.WorkSheet,
  place: Pick<ReadSheet, 'sheet' | 'cycleId' | 'scoringRound'>,
  set: CriteriaSet,
): { read: ReadSheet; problems: CellProblem[]; isEmpty: boolean } {
  const read: ReadSheet = { ...place, options: {}, cells: new Map() };
  const problems: CellProblem[] = [];
  const rows = new Map<string, number>();
  for (let row = TITLE_ROW + 1; row <= LAST_ROW; row += 1) {
    const code = written(sheet, `${CODE_COLUMN}${row}`);
    if (code !== '' && !rows.has(code)) rows.set(code, row);
  }
  for (const criterion of set.criteria) {
    const row = rows.get(criterion.code);
    const cell = `${row === undefined ? CODE_COLUMN : POINTS_COLUMN}${row ?? TITLE_ROW}`;
    read.cells.set(criterion.code, cell);
    if (row === undefined) {
      const reason = { vi: `thiếu dòng của tiêu chí ${criterion.code}`, en: `the row of criterion ${criterion.code} is missing` };
      problems.push({ sheet: place.sheet, cell, value: null, reason, allowed: [criterion.code] });
      continue;
    }
    const value = written(sheet, cell);
    if (value === '') continue;
    const points = pointsIn(value);
    if (points === undefined) problems.push(notANumber(place.sheet, cell, value, offeredPoints(criterion)));
    else read.options[criterion.code] = points;
  }
  const reasonIn = (code: string): string => (rows.has(code) ? written(sheet, `${REASON_COLUMN}${rows.get(code)}`) : '');
  const [excluded, meeting] = [reasonIn(EXCLUSION), reasonIn(MEETING)];
  if (excluded !== '') read.disqualified = { reason: excluded.slice(0, 500) };
  if (meeting !== '') read.asksMeeting = meeting.slice(0, 500);
  const isEmpty = problems.length === 0 && Object.keys(read.options).length === 0 && excluded === '' && meeting === '';
  return { read, problems, isEmpty };
}

/** What stands in a cell, as text; numbers plainly. */
function written(sheet: X.WorkSheet, address: string): string {
  const cell = sheet[address] as X.CellObject | undefined;
  if (cell?.v === undefined || cell.v === null) return '';
  return String(cell.t === 'e' ? (cell.w ?? '#LỖI') : cell.v)
    .normalize('NFC')
    .trim();
}

/** A number as people type it: `3`, `3,0` or `3.0`. */
function pointsIn(value: string): number | undefined {
  return /^-?\d{1,4}([.,]\d{1,4})?$/.test(value) ? Number(value.replace(',', '.')) : undefined;
}

function notANumber(sheet: string, cell: string, value: string, allowed: number[]): CellProblem {
  const list = allowed.join(', ');
  const shown = value.slice(0, 100);
  return {
    sheet,
    cell,
    value: shown,
    reason: {
      vi: `“${shown}” không phải số điểm; chọn một trong: ${list}`,
      en: `“${shown}” is no number of points; choose one of: ${list}`,
    },
    allowed,
  };
}
