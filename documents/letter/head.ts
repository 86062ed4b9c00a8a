import { AlignmentType, Paragraph, type Table, TableRow } from 'docx';
import { isLocalDate, type LocalDate } from '../../domain/dates';
import type { Letter } from '../letter';
import { grid, halfPoints, line, mm, NO_BORDERS, plainCell, rule, TEXT_WIDTH, textRuns } from './layout';

const ISSUER_WIDTH = 68;

/** Issuer and motto side by side, number and day, then the name of the document with what it is about, then whom it addresses. */
export function headBlocks(letter: Letter): (Paragraph | Table)[] {
  const { superior, office } = letter.issuer;
  const issuer = [
    ...(superior === null ? [] : [line(inTwoLines(superior), 13)]),
    line(inTwoLines(office), 13, { bold: true }),
    rule(22),
    line(`Số:         /${letter.symbol}`, 13),
    ...(letter.kind === null ? [line(`V/v ${letter.about}`, 12)] : []),
  ];
  const motto = [
    line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 12.5, { bold: true }),
    line('Độc lập - Tự do - Hạnh phúc', 13.5, { bold: true }),
    rule(18),
    line(`${letter.place}, ${writtenDay(letter.on)}`, 13.5, { italics: true }),
  ];
  const right = TEXT_WIDTH.portrait - ISSUER_WIDTH;
  const head = grid(
    [ISSUER_WIDTH, right],
    [new TableRow({ children: [plainCell(ISSUER_WIDTH, issuer), plainCell(right, motto)] })],
    NO_BORDERS,
  );
  return [head, ...nameOf(letter), ...addressed(letter.addressees)];
}

const ONE_LINE = 22;

/** In capitals; a name too long for one line breaks at the space nearest its middle: ỦY BAN NHÂN DÂN / TỈNH LÀO CAI. */
function inTwoLines(name: string): string {
  const capitals = name.normalize('NFC').toLocaleUpperCase('vi');
  if (capitals.length <= ONE_LINE || capitals.length > 2 * ONE_LINE) return capitals;
  const spaces = [...capitals.matchAll(/ /g)].map((found) => found.index);
  const [nearest] = spaces.sort((a, b) => Math.abs(a - capitals.length / 2) - Math.abs(b - capitals.length / 2));
  return nearest === undefined ? capitals : `${capitals.slice(0, nearest)}\n${capitals.slice(nearest + 1)}`;
}

/** `ngày 05 tháng 01 năm 2027`: days below 10 and the months 1 and 2 with a zero (Decree 30/2020, annex I, II.4); null leaves room for a pen. */
export function writtenDay(on: LocalDate | null): string {
  if (on === null || !isLocalDate(on)) return 'ngày       tháng       năm 20...';
  const [year = '', month = '', day = ''] = on.split('-');
  return `ngày ${day} tháng ${Number(month) < 3 ? month : Number(month)} năm ${year}`;
}

function nameOf(letter: Letter): Paragraph[] {
  if (letter.kind === null) return [];
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: 240 },
      children: textRuns(letter.kind, { bold: true, size: halfPoints(14) }),
    }),
    new Paragraph({ alignment: AlignmentType.CENTER, children: textRuns(letter.about, { bold: true, size: halfPoints(14) }) }),
    rule(65),
  ];
}

function addressed(addressees: string[]): Paragraph[] {
  const [only] = addressees;
  if (only === undefined) return [];
  if (addressees.length === 1) {
    return [
      new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before: 200, after: 120 }, children: textRuns(`Kính gửi: ${only}`) }),
    ];
  }
  return [
    new Paragraph({ indent: { left: mm(35) }, spacing: { before: 200 }, children: textRuns('Kính gửi:') }),
    ...addressees.map(
      (addressee, index) =>
        new Paragraph({ indent: { left: mm(50) }, children: textRuns(`- ${addressee}${index === addressees.length - 1 ? '.' : ';'}`) }),
    ),
    new Paragraph({ spacing: { after: 60 }, children: [] }),
  ];
}
