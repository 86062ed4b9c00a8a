/** Bytes of a text file as text. */
export interface DecodedText {
  text: string;
  /** Null when the bytes are not Unicode: `text` then has one character per byte. */
  encoding: 'utf-8' | 'utf-16' | null;
}

/** By byte order mark, else strictly as UTF-8, else byte by byte. */
export function decodeText(bytes: Buffer): DecodedText {
  for (const [mark, label] of UTF16_MARKS) {
    if (bytes.subarray(0, 2).equals(mark)) return { text: new TextDecoder(label).decode(bytes), encoding: 'utf-16' };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: bytes.toString('latin1'), encoding: null };
  }
}

const UTF16_MARKS: [Buffer, string][] = [
  [Buffer.from('fffe', 'hex'), 'utf-16le'],
  [Buffer.from('feff', 'hex'), 'utf-16be'],
];
