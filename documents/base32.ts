/** RFC 4648 base32 without padding: the alphabet that is both in the QR code's compact mode and safe in an address. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function base32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += LETTERS[(held >> bits) & 31];
    }
  }
  return bits === 0 ? text : text + LETTERS[(held << (5 - bits)) & 31];
}

/** The bytes of a text in either case; null when it is none that `base32` writes. */
export function fromBase32(text: string): Buffer | null {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const letter of text.toUpperCase()) {
    const value = LETTERS.indexOf(letter);
    if (value === -1) return null;
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
    }
  }
  const decoded = Buffer.from(bytes);
  // One text for one content: left-over bits that say something else are refused.
  return base32(decoded) === text.toUpperCase() ? decoded : null;
}
