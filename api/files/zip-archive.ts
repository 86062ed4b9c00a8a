import { crc32, inflateRawSync } from 'node:zlib';

/** What is wrong with a ZIP archive; null when every entry unpacks to what it says. */
export type ZipFault = 'damaged' | 'too-large';

const CENTRAL_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const END_OF_DIRECTORY = 0x06054b50;
const END_LENGTH = 22;
const STORED = 0;
const DEFLATED = 8;

interface Entry {
  method: number;
  checksum: number;
  packed: number;
  unpacked: number;
  at: number;
}

/**
 * Unpacks every entry of an archive up to a limit in all and compares it with its checksum. A workbook with a flipped byte can keep a reader busy for
 * ever, and a small one can unpack to far more than it declares: both are found here, before anything reads the content.
 */
export function zipFault(zip: Buffer, mostBytes: number): ZipFault | null {
  try {
    let left = mostBytes;
    for (const entry of entriesOf(zip)) {
      if (entry.unpacked > left) return 'too-large';
      const content = unpack(zip, entry);
      if (content.length !== entry.unpacked || crc32(content) !== entry.checksum) return 'damaged';
      left -= content.length;
    }
    return null;
  } catch {
    // Offsets that lead out of the file, or data that does not unpack within the declared size.
    return 'damaged';
  }
}

function entriesOf(zip: Buffer): Entry[] {
  const end = zip.lastIndexOf(signature(END_OF_DIRECTORY));
  if (end < 0 || end + END_LENGTH > zip.length) throw new RangeError('no central directory');
  const entries: Entry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== CENTRAL_ENTRY) throw new RangeError('not an entry');
    entries.push({
      method: zip.readUInt16LE(at + 10),
      checksum: zip.readUInt32LE(at + 16),
      packed: zip.readUInt32LE(at + 20),
      unpacked: zip.readUInt32LE(at + 24),
      at: zip.readUInt32LE(at + 42),
    });
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

function unpack(zip: Buffer, { method, packed, unpacked, at }: Entry): Buffer {
  if (zip.readUInt32LE(at) !== LOCAL_ENTRY) throw new RangeError('not an entry');
  const from = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const data = zip.subarray(from, from + packed);
  if (method === STORED) return data;
  if (method !== DEFLATED) throw new RangeError(`packed by method ${method}`);
  return inflateRawSync(data, { maxOutputLength: Math.max(1, unpacked) });
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
