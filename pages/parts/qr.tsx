import type { VNode } from 'preact';
import { qrOf } from '../../documents/qr';

/** A QR code that a phone reads from the screen or from paper; its size comes from the style. */
export function Qr({ text, label }: { text: string; label: string }): VNode {
  const { size, runs } = qrOf(text);
  const dark = runs.map(({ row, column, length }) => `M${column} ${row}h${length}v1h-${length}z`).join('');
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={dark} fill="#000" />
    </svg>
  );
}
