/**
 * VNI-Windows: a legacy way of writing Vietnamese with fonts. A mark follows its letter as a character of its own (`Saûn phaåm` for
 * `Sản phẩm`), except for a few letters that have one code. Given as the characters these codes show as in Western fonts, small letters only:
 * capitals are the capitals of both columns.
 */

const ACUTE = '\u0301';
const GRAVE = '\u0300';
const HOOK = '\u0309';
const TILDE = '\u0303';
const DOT = '\u0323';
const CIRCUMFLEX = '\u0302';
const BREVE = '\u0306';

/** Letters with a code of their own. Those that show as they are meant (í, ì) are not listed. */
export const VNI_LETTERS: Readonly<Record<string, string>> = { ô: 'ơ', ö: 'ư', ñ: 'đ', æ: 'ỉ', ó: 'ĩ', ò: 'ị', î: 'ỵ' };

/** Marks behind any of `a e o u y ô ö`. */
export const VNI_TONES: Readonly<Record<string, string>> = { ù: ACUTE, ø: GRAVE, û: HOOK, õ: TILDE, ï: DOT };

/** Marks behind `a e o`. */
export const VNI_CIRCUMFLEX: Readonly<Record<string, string>> = {
  â: CIRCUMFLEX,
  á: CIRCUMFLEX + ACUTE,
  à: CIRCUMFLEX + GRAVE,
  å: CIRCUMFLEX + HOOK,
  ã: CIRCUMFLEX + TILDE,
  ä: CIRCUMFLEX + DOT,
};

/** Marks behind `a`. */
export const VNI_BREVE: Readonly<Record<string, string>> = {
  ê: BREVE,
  é: BREVE + ACUTE,
  è: BREVE + GRAVE,
  ú: BREVE + HOOK,
  ü: BREVE + TILDE,
  ë: BREVE + DOT,
};
