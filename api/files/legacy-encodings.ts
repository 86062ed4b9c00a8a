import iconv from 'iconv-lite';
import { VNI_BREVE, VNI_CIRCUMFLEX, VNI_LETTERS, VNI_TONES } from './vni-windows';

/** Ways of writing Vietnamese from before Unicode that offices still have in old files. */
export type LegacyEncoding = 'windows-1258' | 'tcvn3' | 'vni';

export const LEGACY_ENCODINGS: readonly LegacyEncoding[] = ['windows-1258', 'tcvn3', 'vni'];

/**
 * Text of a legacy encoding as Unicode. `shown` is the text as a Western program shows it (one character per byte: `S¶n phÈm`). Null when it
 * holds characters no such program shows, so that it cannot be legacy text.
 * TCVN3 fonts have capitals of their own: accented capitals come out as small letters.
 */
export function fromLegacy(shown: string, encoding: LegacyEncoding): string | null {
  const bytes = bytesShownAs(shown);
  if (bytes === null) return null;
  if (encoding === 'vni') return fromVni(bytes.toString('latin1')).normalize('NFC');
  return iconv.decode(bytes, encoding === 'tcvn3' ? 'tcvn' : 'windows-1258').normalize('NFC');
}

/** The bytes behind text shown in the Western code page, or null when a character is not in it. */
function bytesShownAs(shown: string): Buffer | null {
  const bytes = Array.from(shown, (letter) => (letter.charCodeAt(0) <= 0xff ? letter.charCodeAt(0) : westernByte(letter)));
  return bytes.includes(NOT_WESTERN) ? null : Buffer.from(bytes);
}

const NOT_WESTERN = -1;
const QUESTION_MARK = 0x3f;

function westernByte(letter: string): number {
  const byte = iconv.encode(letter, 'win1252')[0];
  return byte === undefined || byte === QUESTION_MARK ? NOT_WESTERN : byte;
}

function fromVni(shown: string): string {
  return shown.replace(/([aouyeôö])([ùøûõïâáàåãäêéèúüë])|[ôöñæóòî]/giu, (text, base: string | undefined, mark: string | undefined) =>
    base === undefined || mark === undefined ? vniLetter(text) : vniPair(base, mark),
  );
}

function vniLetter(letter: string): string {
  return inCaseOf(letter, VNI_LETTERS[letter.toLowerCase()] ?? letter);
}

function vniPair(base: string, mark: string): string {
  const letter = base.toLowerCase();
  const marks = {
    ...VNI_TONES,
    ...('aeo'.includes(letter) ? VNI_CIRCUMFLEX : {}),
    ...(letter === 'a' ? VNI_BREVE : {}),
  };
  return vniLetter(base) + (marks[mark.toLowerCase()] ?? vniLetter(mark));
}

function inCaseOf(model: string, letter: string): string {
  return model === model.toLowerCase() ? letter : letter.toUpperCase();
}

const ONSET = '(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?';
const NUCLEUS =
  'a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iêu iu oa oai oao oay oă oe oeo oi oo ôi ơi ua uâ uây uê ui uô uôi uơ uy uya uyê uyu ' +
  'ưa ưi ươ ươi ươu ưu yê yêu';
const CODA = '(?:ch?|m|ngh?|nh?|p|t)?';
const SYLLABLE = new RegExp(`^${ONSET}(?:${NUCLEUS.replaceAll(' ', '|')})${CODA}$`, 'u');
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/gu;

/** Share (0 to 1) of the words with letters beyond ASCII that are possible Vietnamese syllables; null when no word has any. */
export function vietnameseShare(text: string): number | null {
  const words = text.split(/[\s!-/:-@[-`{-~“”‘’–]+/u).filter((word) => /[^\0-\x7f]/u.test(word));
  return words.length === 0 ? null : words.filter(isSyllable).length / words.length;
}

function isSyllable(word: string): boolean {
  const small = word.toLowerCase();
  const capitalsInside = word !== small && word !== word.toUpperCase() && word.slice(1) !== small.slice(1);
  const letters = small.normalize('NFD');
  return !capitalsInside && (letters.match(TONE) ?? []).length <= 1 && SYLLABLE.test(letters.replace(TONE, '').normalize('NFC'));
}

/** The legacy encoding a text is most probably in: the one whose reading is mostly possible Vietnamese where much of the text itself is not. */
export function looksLegacy(shown: string): LegacyEncoding | null {
  const asItIs = vietnameseShare(shown);
  if (asItIs === null || asItIs >= DOUBTFUL) return null;
  const { encoding, share } = likeliest(shown);
  return share >= MOSTLY ? encoding : null;
}

/** The encoding whose reading has the most possible Vietnamese words, for text known to be none of the Unicode ones. */
export function likeliest(shown: string): { encoding: LegacyEncoding; share: number } {
  const readings = LEGACY_ENCODINGS.map((encoding) => ({ encoding, share: vietnameseShare(fromLegacy(shown, encoding) ?? '') ?? 0 }));
  return readings.reduce((best, next) => (next.share > best.share ? next : best));
}

const DOUBTFUL = 0.7;
const MOSTLY = 0.8;
