/** The certificate of a star as it is printed, signed and hung on a wall: A4 across, one page each, PDF/A-2a with its own typeface. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import PDFDocument from 'pdfkit';
import { formatVietnamese, type Instant, type LocalDate } from '../domain/dates';
import type { Star } from '../domain/regimes';
import { COLOURS, drawFrame, drawMark, drawQr, drawRays, drawStar } from './certificate/drawing';
import { writtenDay } from './letter/head';
import { documentText } from './text';

/** What makes a page not the certificate in force: it waits for its issue, or it has ended. */
export type CertificateMark = 'draft' | 'expired' | 'revoked' | 'superseded';

export interface CertificatePage {
  /** `Tỉnh Lào Cai`; what the issuing authority belongs to, and `Bộ Nông nghiệp và Môi trường` for five stars. */
  issuer: { name: string; place: string; signature: string[] };
  product: string;
  producer: string;
  /** Commune and province. */
  address: string;
  star: Star;
  /** Number and day of the recognition decision, as far as they are known. */
  decision: { number: string | null; signedOn: LocalDate | null };
  /** The number in the office's register; null is left blank. */
  number: string | null;
  /** Null while it waits for its issue. */
  issued: { code: string; on: LocalDate; validUntil: LocalDate; address: string; qr: string } | null;
  mark: CertificateMark | null;
}

/** Across the page, and in plain words below for whoever cannot see that. */
const MARKS: Record<CertificateMark, { words: string; plainly: string }> = {
  draft: { words: 'DỰ THẢO', plainly: 'Bản dự thảo, chưa có giá trị' },
  expired: { words: 'HẾT HIỆU LỰC', plainly: 'Giấy chứng nhận này đã hết hiệu lực' },
  revoked: { words: 'ĐÃ THU HỒI', plainly: 'Giấy chứng nhận này đã bị thu hồi' },
  superseded: { words: 'ĐÃ THAY THẾ', plainly: 'Giấy chứng nhận này đã được thay bằng giấy chứng nhận mới' },
};
const STAR_WORDS: Record<Star, string> = { 1: 'MỘT', 2: 'HAI', 3: 'BA', 4: 'BỐN', 5: 'NĂM' };
const FACES = {
  regular: '400Regular/BeVietnamPro_400Regular.ttf',
  italic: '400Regular_Italic/BeVietnamPro_400Regular_Italic.ttf',
  bold: '700Bold/BeVietnamPro_700Bold.ttf',
  black: '800ExtraBold/BeVietnamPro_800ExtraBold.ttf',
} as const;
type Face = keyof typeof FACES;

const folder = dirname(require.resolve('@expo-google-fonts/be-vietnam-pro/package.json'));
const faces = new Map<Face, Buffer>();

function face(name: Face): Buffer {
  const read = faces.get(name) ?? readFileSync(join(folder, FACES[name]));
  faces.set(name, read);
  return read;
}

/**
 * One document with a page per certificate. Same pages and instant, same bytes.
 * @param at stands as the day of making in the file's properties
 * @throws RangeError without any page
 */
export async function certificatePdf(pages: readonly CertificatePage[], at: Instant): Promise<Buffer> {
  const [first] = pages;
  if (!first) throw new RangeError('no certificate');
  const made = new Date(at);
  // The library's types know neither tagged documents nor the subset's name.
  const archival = { subset: 'PDF/A-2a', pdfVersion: '1.7', tagged: true } as const;
  const doc = new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margin: 0,
    autoFirstPage: false,
    lang: 'vi-VN',
    displayTitle: true,
    ...archival,
    info: {
      Title: documentText(
        pages.length === 1 ? `Giấy chứng nhận sản phẩm OCOP: ${first.product}` : `Giấy chứng nhận sản phẩm OCOP (${pages.length})`,
      ),
      Author: documentText(first.issuer.name),
      Creator: 'OCOP',
      Producer: 'OCOP',
      CreationDate: made,
      ModDate: made,
    },
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  for (const name of Object.keys(FACES) as Face[]) doc.registerFont(name, face(name));
  for (const page of pages) drawPage(doc, page);
  doc.end();
  return await done;
}

const MARGIN = 84;

function drawPage(doc: PDFKit.PDFDocument, page: CertificatePage): void {
  doc.addPage();
  const { width, height } = doc.page;
  const root = doc.struct('Document');
  doc.addStructure(root);
  artifact(doc, () => {
    drawFrame(doc);
    drawRays(doc, width / 2, 292);
  });

  const write = (tag: string, text: string, style: Style): number => {
    const { font, size, y, colour = COLOURS.ink, x = MARGIN, w = width - 2 * MARGIN, align = 'center' } = style;
    const words = documentText(text);
    root.add(
      doc.struct(tag, {}, () => {
        doc.font(font).fontSize(size).fillColor(colour).text(words, x, y, { width: w, align, lineGap: 1 });
      }),
    );
    return doc.y;
  };

  write('P', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { font: 'bold', size: 13, y: 58 });
  write('P', 'Độc lập - Tự do - Hạnh phúc', { font: 'bold', size: 12, y: 76 });
  artifact(doc, () =>
    doc
      .lineWidth(0.8)
      .moveTo(width / 2 - 78, 94)
      .lineTo(width / 2 + 78, 94)
      .stroke(COLOURS.ink),
  );
  write('P', page.issuer.name.toLocaleUpperCase('vi'), { font: 'bold', size: 13, y: 104, colour: COLOURS.red });
  write('H1', 'GIẤY CHỨNG NHẬN', { font: 'black', size: 38, y: 122, colour: COLOURS.red });
  write('P', 'SẢN PHẨM OCOP (MỖI XÃ MỘT SẢN PHẨM)', { font: 'bold', size: 13, y: 172 });

  const product = fitted(doc, page.product, { font: 'bold', width: width - 2 * MARGIN - 40, sizes: [28, 24, 21, 18, 15, 12, 9], lines: 2 });
  let y = write('P', 'Sản phẩm', { font: 'italic', size: 12, y: 198 });
  y = write('H2', product.text, { font: 'bold', size: product.size, y, colour: COLOURS.ink });
  const producer = fitted(doc, `Chủ thể: ${page.producer}`, {
    font: 'bold',
    width: width - 2 * MARGIN - 40,
    sizes: [15, 13, 11, 9],
    lines: 2,
  });
  y = write('P', producer.text, { font: 'bold', size: producer.size, y: y + 4 });
  y = write('P', `Địa chỉ: ${page.address}`, { font: 'regular', size: 12, y: y + 1 });
  y = write('P', `ĐẠT HẠNG ${STAR_WORDS[page.star]} SAO`, { font: 'black', size: 21, y: y + 5, colour: COLOURS.red });
  artifact(doc, () => {
    for (let i = 0; i < page.star; i += 1) drawStar(doc, width / 2 + (i - (page.star - 1) / 2) * 42, y + 20, 17, COLOURS.star);
  });
  write('P', basis(page), { font: 'regular', size: 11.5, y: y + 43 });

  const left = { x: 70, w: 250, align: 'left' as const };
  const { issued } = page;
  if (issued) {
    root.add(
      doc.struct('Figure', { alt: `Mã QR tra cứu giấy chứng nhận ${issued.code}` }, () => drawQr(doc, issued.qr, 64, height - 188, 104)),
    );
    const beside = { x: 172, w: 196, align: 'left' as const };
    write('P', `Số vào sổ: ${page.number ?? '…………………'}`, { font: 'regular', size: 10, y: height - 178, ...beside });
    write('P', `Mã giấy chứng nhận:\n${issued.code}`, { font: 'regular', size: 10, y: height - 160, ...beside });
    write('P', `Tra cứu hiệu lực: ${issued.address}`, { font: 'italic', size: 8.5, y: height - 126, ...beside });
  } else write('P', `Số vào sổ: ${page.number ?? '…………………'}`, { font: 'regular', size: 10, y: height - 100, ...left });

  const right = { x: width - 70 - 300, w: 300 };
  const day = issued ? writtenDay(issued.on) : writtenDay(null);
  let below = write('P', `${page.issuer.place}, ${day}`, { font: 'italic', size: 12, y: height - 190, ...right });
  for (const text of page.issuer.signature) below = write('P', text, { font: 'bold', size: 12.5, y: below, ...right });
  const mark = page.mark && MARKS[page.mark];
  if (mark) write('P', mark.plainly, { font: 'bold', size: 10, y: height - 66, colour: COLOURS.red });
  root.end();
  if (mark) artifact(doc, () => drawMark(doc, mark.words, 'black'));
}

interface Style {
  font: Face;
  size: number;
  y: number;
  colour?: string;
  x?: number;
  w?: number;
  align?: 'left' | 'center';
}

function basis({ decision, issued }: CertificatePage): string {
  const day = decision.signedOn === null ? '' : ` ngày ${formatVietnamese(decision.signedOn)}`;
  const number = `Theo Quyết định số ${decision.number ?? '…………………'}${day}`;
  return issued ? `${number}.  Có giá trị đến hết ngày ${formatVietnamese(issued.validUntil)}.` : `${number}.`;
}

/** The largest of the sizes in which a text takes no more than so many lines; at the smallest it is cut. */
function fitted(
  doc: PDFKit.PDFDocument,
  text: string,
  { font, width, sizes, lines }: { font: Face; width: number; sizes: number[]; lines: number },
): { text: string; size: number } {
  const words = documentText(text);
  const fits = (candidate: string, size: number): boolean => {
    doc.font(font).fontSize(size);
    return doc.heightOfString(candidate, { width, lineGap: 1 }) <= lines * (doc.currentLineHeight(true) + 1) + 0.5;
  };
  const size = sizes.find((one) => fits(words, one));
  if (size !== undefined) return { text: words, size };
  const smallest = sizes.at(-1) ?? 9;
  const letters = Array.from(words);
  while (letters.length > 0 && !fits(`${letters.join('')}…`, smallest)) letters.splice(-10);
  return { text: `${letters.join('')}…`, size: smallest };
}

/** What a reader of the text skips: ornaments and marks. */
function artifact(doc: PDFKit.PDFDocument, draw: () => void): void {
  doc.markContent('Artifact', { type: 'Layout' });
  draw();
  doc.endMarkedContent();
}
