import { AlignmentType, BorderStyle, Paragraph, type Table, TableCell, TableRow, TextRun, VerticalAlign, WidthType } from 'docx';
import type { Block, LetterColumn } from '../letter';
import { grid, line, mm, TEXT_WIDTH, textRuns } from './layout';

/** The text of the document: justified, first line set in by 10 mm. */
export function bodyBlocks(blocks: Block[]): (Paragraph | Table)[] {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'paragraph':
        return [paragraph(textRuns(block.text, { bold: block.bold === true, italics: block.italic === true }), block.center === true)];
      case 'article':
        return article(block.title, block.paragraphs);
      case 'list':
        return block.items.map((item) => paragraph(textRuns(`- ${item}`)));
      case 'table':
        return [spacer(), tableBlock(block.columns, block.rows, TEXT_WIDTH.portrait), spacer()];
    }
  });
}

function paragraph(children: TextRun[], center = false): Paragraph {
  return center
    ? new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before: 120, after: 60 }, children })
    : new Paragraph({ alignment: AlignmentType.JUSTIFIED, indent: { firstLine: mm(10) }, spacing: { before: 80, line: 280 }, children });
}

const TITLE_WITHOUT_HEADING = /^Điều \d+\.$/;

function article(title: string, paragraphs: string[]): Paragraph[] {
  const [first = '', ...rest] = paragraphs;
  const opening = TITLE_WITHOUT_HEADING.test(title.normalize('NFC'))
    ? [paragraph([...textRuns(`${title} `, { bold: true }), ...textRuns(first)])]
    : [paragraph(textRuns(title, { bold: true })), ...(paragraphs.length > 0 ? [paragraph(textRuns(first))] : [])];
  return [...opening, ...rest.map((text) => paragraph(textRuns(text)))];
}

function spacer(): Paragraph {
  return new Paragraph({ spacing: { line: 120, lineRule: 'exact' }, children: [new TextRun('')] });
}

const THIN = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
const BOX = { top: THIN, bottom: THIN, left: THIN, right: THIN, insideHorizontal: THIN, insideVertical: THIN };
/** Numbers, scores, shares and dates stand in the middle of their column. */
const FIGURE = /^[\d\s.,/%–-]*$/;

/** A ruled table over the whole width, its header repeated on every page, no row broken over two. */
export function tableBlock(columns: LetterColumn[], rows: string[][], width: number): Table {
  const total = columns.reduce((sum, column) => sum + column.width, 0);
  const widths = columns.map((column) => (column.width * width) / total);
  const cells = (texts: string[], head: boolean) =>
    new TableRow({
      tableHeader: head,
      cantSplit: true,
      children: columns.map((_column, index) => {
        const text = texts[index] ?? '';
        return new TableCell({
          verticalAlign: VerticalAlign.CENTER,
          width: { size: mm(widths[index] ?? 0), type: WidthType.DXA },
          margins: { left: 80, right: 80, top: 40, bottom: 40 },
          children: [line(text, 12, { bold: head }, head || FIGURE.test(text) ? AlignmentType.CENTER : AlignmentType.LEFT)],
        });
      }),
    });
  const header = cells(
    columns.map((column) => column.header),
    true,
  );
  return grid(widths, [header, ...rows.map((row) => cells(row, false))], BOX);
}
