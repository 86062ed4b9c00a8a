import { Paragraph, type Table } from 'docx';
import type { Annex } from '../letter';
import { tableBlock } from './body';
import { line, TEXT_WIDTH } from './layout';

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'];

/**
 * An annex on a page of its own.
 * @param number its number from 1 when the document has several (Roman, Decree 30/2020, annex I, III.1), null when it is the only one
 */
export function annexBlocks(annex: Annex, number: number | null): (Paragraph | Table)[] {
  return [
    line(number === null ? 'Phụ lục' : `Phụ lục ${ROMAN[number - 1] ?? number}`, 14, { bold: true }),
    line(annex.title.toLocaleUpperCase('vi'), 14, { bold: true }),
    ...(annex.about === undefined ? [] : [line(annex.about, 13, { italics: true })]),
    new Paragraph({ children: [] }),
    tableBlock(annex.columns, annex.rows, annex.landscape ? TEXT_WIDTH.landscape : TEXT_WIDTH.portrait),
  ];
}
