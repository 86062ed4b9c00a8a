import {
  AlignmentType,
  BorderStyle,
  Header,
  type IRunOptions,
  type ITableBordersOptions,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  type TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { documentText } from '../text';

/** Sizes and margins of Decree 30/2020/NĐ-CP, annex I: A4, 20/20/30/15 mm, Times New Roman. */
export const FONT = 'Times New Roman';

/** Points as Word counts them: in halves. */
export function halfPoints(points: number): number {
  return points * 2;
}

/** Millimetres in twentieths of a point. */
export function mm(millimetres: number): number {
  return Math.round((millimetres * 1440) / 25.4);
}

export const PAGE = {
  size: { width: mm(210), height: mm(297) },
  margin: { top: mm(20), bottom: mm(20), left: mm(30), right: mm(15), header: mm(10), footer: mm(10) },
};
/** Between the margins, in millimetres. */
export const TEXT_WIDTH = { portrait: 165, landscape: 252 };

type Alignment = (typeof AlignmentType)[keyof typeof AlignmentType];

/** Text with its line breaks. */
export function textRuns(text: string, options: IRunOptions = {}): TextRun[] {
  return documentText(text)
    .split('\n')
    .map((line, index) => new TextRun({ ...options, text: line, ...(index > 0 ? { break: 1 } : {}) }));
}

/** One centred or aligned line of the head, the closing or a table. */
export function line(text: string, points: number, options: IRunOptions = {}, alignment: Alignment = AlignmentType.CENTER): Paragraph {
  return new Paragraph({ alignment, children: textRuns(text, { size: halfPoints(points), ...options }) });
}

/** The rule under the issuer and under the motto: an empty line whose lower border is set in from both sides. */
export function rule(insetMillimetres: number): Paragraph {
  return new Paragraph({
    spacing: { line: 60, lineRule: 'exact', after: 80 },
    indent: { left: mm(insetMillimetres), right: mm(insetMillimetres) },
    border: { bottom: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } },
    children: [],
  });
}

const NO_BORDER = { style: BorderStyle.NONE, size: 0, color: 'auto' };
export const NO_BORDERS: ITableBordersOptions = {
  top: NO_BORDER,
  bottom: NO_BORDER,
  left: NO_BORDER,
  right: NO_BORDER,
  insideHorizontal: NO_BORDER,
  insideVertical: NO_BORDER,
};

/** A table of fixed widths in millimetres. */
export function grid(widths: number[], rows: TableRow[], borders: ITableBordersOptions): Table {
  const total = widths.reduce((sum, width) => sum + width, 0);
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: mm(total), type: WidthType.DXA },
    columnWidths: widths.map(mm),
    borders,
    rows,
  });
}

/** A cell of the head or the closing, without borders. */
export function plainCell(width: number, children: Paragraph[]): TableCell {
  return new TableCell({
    width: { size: mm(width), type: WidthType.DXA },
    borders: { top: NO_BORDER, bottom: NO_BORDER, left: NO_BORDER, right: NO_BORDER },
    margins: { left: 0, right: 0 },
    children,
  });
}

/** Page numbers stand at the top, in the middle, from the second page on. */
export function pageNumber(): Header {
  return new Header({
    children: [
      new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: [PageNumber.CURRENT], size: halfPoints(13) })] }),
    ],
  });
}

export function noHeader(): Header {
  return new Header({ children: [new Paragraph({ children: [] })] });
}
