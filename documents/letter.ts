import { Document, Packer, PageOrientation, SectionType, type ISectionOptions } from 'docx';
import type { LocalDate } from '../domain/dates';
import { deterministicOfficeFile } from './deterministic-zip';
import { annexBlocks } from './letter/annex';
import { bodyBlocks } from './letter/body';
import { closingBlocks } from './letter/closing';
import { headBlocks } from './letter/head';
import { FONT, mm, noHeader, PAGE, pageNumber, halfPoints } from './letter/layout';
import { documentText } from './text';

/** Widths are proportions: a table takes the whole width between the margins. */
export interface LetterColumn {
  header: string;
  width: number;
}

export type Block =
  | { kind: 'paragraph'; text: string; bold?: boolean; italic?: boolean; center?: boolean }
  /** `Điều 1.` runs into its first paragraph; `Điều 1. Phạm vi` stands on its own line. */
  | { kind: 'article'; title: string; paragraphs: string[] }
  | { kind: 'list'; items: string[] }
  | { kind: 'table'; columns: LetterColumn[]; rows: string[][] };

export interface Annex {
  /** What the annex holds; the word "Phụ lục" and its number stand above it. */
  title: string;
  /** The line in italics below it: with which document it goes. */
  about?: string;
  landscape: boolean;
  columns: LetterColumn[];
  rows: string[][];
}

/** One signature block: capacity and office in capitals as given, a line in parentheses as a hint to the signer; the name stays blank unless known. */
export interface Signature {
  lines: string[];
  name?: string;
}

/** One administrative document (Decree 30/2020/NĐ-CP, annex I). Its number is always left blank: the office's registry gives it. */
export interface Letter {
  issuer: { superior: string | null; office: string };
  /** `QUYẾT ĐỊNH`, `BIÊN BẢN`, `THÔNG BÁO`, `BÁO CÁO`; null for an official letter (công văn), whose subject stands below its number. */
  kind: string | null;
  about: string;
  /** What follows the number: `UBND-NNMT`, `QĐ-UBND`. */
  symbol: string;
  place: string;
  /** Null leaves the day blank. */
  on: LocalDate | null;
  addressees: string[];
  body: Block[];
  receivers: string[];
  /** Side by side. */
  signature: Signature[];
  annexes: Annex[];
}

/** The letter as a Word document, to be finished and signed by the office. Same input, same bytes. */
export async function letterDocx(letter: Letter): Promise<Buffer> {
  const numbered = { default: pageNumber() };
  const sections: ISectionOptions[] = [
    {
      properties: { titlePage: true, page: PAGE },
      headers: { first: noHeader(), ...numbered },
      children: [...headBlocks(letter), ...bodyBlocks(letter.body), ...closingBlocks(letter)],
    },
    ...letter.annexes.map((annex, index) => ({
      properties: {
        type: SectionType.NEXT_PAGE,
        page: annex.landscape ? { ...PAGE, size: { ...PAGE.size, orientation: PageOrientation.LANDSCAPE } } : PAGE,
      },
      headers: numbered,
      children: annexBlocks(annex, letter.annexes.length > 1 ? index + 1 : null),
    })),
  ];
  const document = new Document({
    creator: documentText(letter.issuer.office),
    lastModifiedBy: documentText(letter.issuer.office),
    title: documentText([letter.kind, letter.about].filter((part) => part !== null).join(' ')),
    styles: { default: { document: { run: { font: FONT, size: halfPoints(14), language: { value: 'vi-VN' } } } } },
    defaultTabStop: mm(10),
    sections,
  });
  return deterministicOfficeFile(await Packer.toBuffer(document));
}
