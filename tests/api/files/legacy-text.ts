import iconv from 'iconv-lite';

const SMALL_LETTERS =
  'ơ=ô ư=ö đ=ñ í=í ì=ì ỉ=æ ĩ=ó ị=ò ỵ=î á=aù à=aø ả=aû ã=aõ ạ=aï ă=aê ắ=aé ằ=aè ẳ=aú ẵ=aü ặ=aë â=aâ ấ=aá ầ=aà ' +
  'ẩ=aå ẫ=aã ậ=aä é=eù è=eø ẻ=eû ẽ=eõ ẹ=eï ê=eâ ế=eá ề=eà ể=eå ễ=eã ệ=eä ó=où ò=oø ỏ=oû õ=oõ ọ=oï ô=oâ ố=oá ồ=oà ' +
  'ổ=oå ỗ=oã ộ=oä ớ=ôù ờ=ôø ở=ôû ỡ=ôõ ợ=ôï ú=uù ù=uø ủ=uû ũ=uõ ụ=uï ứ=öù ừ=öø ử=öû ữ=öõ ự=öï ý=yù ỳ=yø ỷ=yû ỹ=yõ';

const VNI = new Map(
  [SMALL_LETTERS, SMALL_LETTERS.toUpperCase()]
    .flatMap((letters) => letters.split(' '))
    .map((pair): [string, string] => [pair.slice(0, 1), pair.slice(2)]),
);

/** Vietnamese as a file in VNI-Windows shows in a Western program. */
export function shownAsVni(text: string): string {
  return Array.from(text.normalize('NFC'), (letter) => VNI.get(letter) ?? letter).join('');
}

/** Vietnamese as a file in TCVN3 shows in a Western program. TCVN3 fonts have no accented capitals of their own. */
export function shownAsTcvn3(text: string): string {
  return iconv.decode(iconv.encode(text.normalize('NFC'), 'tcvn'), 'latin1');
}

/** Bytes of Windows-1258: letters with hat, horn or breve, then the tone as a mark of its own. */
export function windows1258(text: string): Buffer {
  const split = Array.from(text.normalize('NFC'), (letter) => {
    const marks = letter.normalize('NFD');
    const tone = (marks.match(/[\u0300\u0301\u0303\u0309\u0323]/u) ?? [''])[0] ?? '';
    return marks.replace(tone, '').normalize('NFC') + tone;
  });
  return iconv.encode(split.join(''), 'windows-1258');
}

export function latin1(shown: string): Buffer {
  return Buffer.from(shown, 'latin1');
}
