/** QR codes as the dark runs of their rows, for whoever draws them. */
import QRCode from 'qrcode';

interface QrDrawing {
  /** Modules along a side, with the quiet zone around. */
  size: number;
  /** Dark modules that follow each other in a row, counted from the edge of the quiet zone. */
  runs: { row: number; column: number; length: number }[];
}

/** Modules of the quiet zone at each side. */
const QUIET = 4;

/** The QR code of a text, at the medium level of correction. */
export function qrOf(text: string): QrDrawing {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const runs: QrDrawing['runs'] = [];
  for (let row = 0; row < modules.size; row += 1) {
    let column = 0;
    while (column < modules.size) {
      const from = column;
      while (column < modules.size && modules.get(row, column)) column += 1;
      if (column > from) runs.push({ row: row + QUIET, column: from + QUIET, length: column - from });
      else column += 1;
    }
  }
  return { size: modules.size + QUIET * 2, runs };
}
