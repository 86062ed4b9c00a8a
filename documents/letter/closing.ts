import { AlignmentType, Paragraph, type Table, TableRow } from 'docx';
import type { Letter, Signature } from '../letter';
import { grid, line, NO_BORDERS, plainCell, TEXT_WIDTH } from './layout';

const RECEIVERS_WIDTH = 80;
const LINES_FOR_A_SIGNATURE = 4;

/** Who receives the document, beside the signature; several signatures stand side by side with the receivers below. */
export function closingBlocks(letter: Letter): (Paragraph | Table)[] {
  const receivers = receiverLines(letter.receivers);
  const gap = new Paragraph({ spacing: { before: 120 }, children: [] });
  const [only] = letter.signature;
  if (only === undefined) return receivers.length === 0 ? [] : [gap, ...receivers];
  if (letter.signature.length === 1) {
    return [gap, row([RECEIVERS_WIDTH, TEXT_WIDTH.portrait - RECEIVERS_WIDTH], [receivers, signatureLines(only)])];
  }
  const width = TEXT_WIDTH.portrait / letter.signature.length;
  const blocks = row(
    letter.signature.map(() => width),
    letter.signature.map(signatureLines),
  );
  return [gap, blocks, ...receivers];
}

function row(widths: number[], cells: Paragraph[][]): Table {
  const children = cells.map((lines, index) => plainCell(widths[index] ?? 0, lines.length > 0 ? lines : [new Paragraph({ children: [] })]));
  return grid(widths, [new TableRow({ cantSplit: true, children })], NO_BORDERS);
}

function receiverLines(receivers: string[]): Paragraph[] {
  if (receivers.length === 0) return [];
  return [
    line('Nơi nhận:', 12, { bold: true, italics: true }, AlignmentType.LEFT),
    ...receivers.map((receiver, index) => line(`- ${receiver}${index === receivers.length - 1 ? '.' : ';'}`, 11, {}, AlignmentType.LEFT)),
  ];
}

function signatureLines(signature: Signature): Paragraph[] {
  return [
    ...signature.lines.map((text) => (text.startsWith('(') ? line(text, 13, { italics: true }) : line(text, 13.5, { bold: true }))),
    ...Array.from({ length: LINES_FOR_A_SIGNATURE }, () => line('', 14)),
    line(signature.name ?? '', 14, { bold: true }),
  ];
}
