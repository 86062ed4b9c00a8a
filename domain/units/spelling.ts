/** How Vietnamese place names are compared: what a writer may vary without meaning another place, and what not. */

const TONE_MARKS = /[\u0300\u0301\u0303\u0309\u0323]/gu;
const LOOKALIKE_D = /[ðɖ]/gu;
const APOSTROPHES = /[’‘ʼ`´]/gu;
const BETWEEN_WORDS = /[\s.\u2212\p{Pd}]+/gu;

/**
 * The spelling of a name without what does not distinguish it: Unicode form, case, spaces, hyphens, dots and the letter that carries the
 * tone (`Hòa` = `Hoà`, `Quý` = `Qúy`). Each word ends in its tone mark, so that the marks themselves still distinguish (`Thành` ≠ `Thạnh`).
 */
export function spellingKey(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase()
    .replace(LOOKALIKE_D, 'đ')
    .replace(APOSTROPHES, "'")
    .replace(BETWEEN_WORDS, ' ')
    .trim()
    .split(' ')
    .map(toneLast)
    .join(' ');
}

function toneLast(word: string): string {
  return word.replace(TONE_MARKS, '') + (word.match(TONE_MARKS) ?? []).join('');
}

/** The spelling key without any Vietnamese mark: `phu thuy` for `Phú Thuỷ`. */
export function accentlessKey(text: string): string {
  return spellingKey(text)
    .replace(/\p{Mn}/gu, '')
    .replaceAll('đ', 'd');
}

/** How many letters must be inserted, removed or replaced to make one text of the other (Levenshtein). */
export function editDistance(from: string, to: string): number {
  const target = Array.from(to);
  let distance = target.length;
  let above = target.map((_, index) => index + 1);
  for (const [index, letter] of Array.from(from).entries()) {
    let diagonal = index;
    distance = index + 1;
    above = above.map((up, column) => {
      distance = Math.min(diagonal + Number(target[column] !== letter), up + 1, distance + 1);
      diagonal = up;
      return distance;
    });
  }
  return distance;
}
