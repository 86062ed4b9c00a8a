import { qrOf } from '../qr';

type Doc = PDFKit.PDFDocument;

export const COLOURS = { paper: '#fffdf6', red: '#9d1c1c', gold: '#b98a2f', star: '#e8ae1b', ink: '#1f2430', faint: '#f3e7c8' };

/** The frame: two rules with a band of lozenges between them, and a flower in every corner. */
export function drawFrame(doc: Doc): void {
  const { width, height } = doc.page;
  doc.rect(0, 0, width, height).fill(COLOURS.paper);
  doc
    .lineWidth(3.2)
    .strokeColor(COLOURS.red)
    .rect(22, 22, width - 44, height - 44)
    .stroke();
  doc
    .lineWidth(0.8)
    .strokeColor(COLOURS.gold)
    .rect(40, 40, width - 80, height - 80)
    .stroke();
  doc
    .lineWidth(0.4)
    .rect(43, 43, width - 86, height - 86)
    .stroke();
  const across = Math.round((width - 132) / 13);
  for (let i = 0; i <= across; i += 1) for (const y of [32, height - 32]) lozenge(doc, 66 + (i * (width - 132)) / across, y);
  const down = Math.round((height - 132) / 13);
  for (let i = 0; i <= down; i += 1) for (const x of [32, width - 32]) lozenge(doc, x, 66 + (i * (height - 132)) / down);
  doc.fill(COLOURS.gold);
  for (const x of [40, width - 40]) for (const y of [40, height - 40]) flower(doc, x, y);
}

function lozenge(doc: Doc, x: number, y: number): void {
  doc
    .moveTo(x - 5, y)
    .bezierCurveTo(x - 2, y - 1, x - 1, y - 2, x, y - 4.5)
    .bezierCurveTo(x + 1, y - 2, x + 2, y - 1, x + 5, y)
    .bezierCurveTo(x + 2, y + 1, x + 1, y + 2, x, y + 4.5)
    .bezierCurveTo(x - 1, y + 2, x - 2, y + 1, x - 5, y)
    .closePath();
}

/** Eight petals around a disc. */
function flower(doc: Doc, x: number, y: number): void {
  doc.circle(x, y, 20).fill(COLOURS.paper);
  for (let petal = 0; petal < 8; petal += 1) {
    doc.save().rotate(petal * 45, { origin: [x, y] });
    doc.ellipse(x, y - 10.5, 4, 7.5).fill(petal % 2 === 0 ? COLOURS.red : COLOURS.gold);
    doc.restore();
  }
  doc.circle(x, y, 4.2).fill(COLOURS.star);
  doc.lineWidth(0.8).circle(x, y, 19).stroke(COLOURS.gold);
}

/** Rays behind the text, as on old bronze drums. */
export function drawRays(doc: Doc, x: number, y: number): void {
  for (const radius of [96, 132, 138])
    doc
      .lineWidth(radius === 132 ? 0.5 : 1.2)
      .circle(x, y, radius)
      .stroke(COLOURS.faint);
  drawStar(doc, x, y, 92, COLOURS.faint, 14, 0.45);
}

/** A star with a point upwards, filled. */
export function drawStar(doc: Doc, x: number, y: number, radius: number, colour: string, points = 5, inner = 0.382): void {
  for (let corner = 0; corner < points * 2; corner += 1) {
    const angle = -Math.PI / 2 + (corner * Math.PI) / points;
    const distance = corner % 2 === 0 ? radius : radius * inner;
    const [px, py] = [x + distance * Math.cos(angle), y + distance * Math.sin(angle)];
    if (corner === 0) doc.moveTo(px, py);
    else doc.lineTo(px, py);
  }
  doc.closePath().fill(colour);
}

/** The quiet zone around it is part of the size. */
export function drawQr(doc: Doc, text: string, x: number, y: number, size: number): void {
  const qr = qrOf(text);
  const unit = size / qr.size;
  doc.rect(x, y, size, size).fill('#ffffff');
  for (const { row, column, length } of qr.runs) doc.rect(x + column * unit, y + row * unit, length * unit, unit);
  doc.fill('#000000');
}

/** Words across the page, pale enough to read what is below. */
export function drawMark(doc: Doc, words: string, font: string): void {
  const { width, height } = doc.page;
  doc.save().rotate(-24, { origin: [width / 2, height / 2] });
  doc
    .font(font)
    .fontSize(words.length > 10 ? 78 : 120)
    .fillColor(COLOURS.red)
    .fillOpacity(0.16);
  doc.text(words, 0, height / 2 - 70, { width, align: 'center', lineBreak: false });
  doc.restore();
  doc.fillOpacity(1);
}
