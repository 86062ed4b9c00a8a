/** Control characters and lone halves of surrogate pairs: what XML 1.0 cannot hold. Tab and line break are allowed. */
const NOT_FOR_DOCUMENTS = /(?![\t\n])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;

/**
 * Text as a document may hold it: NFC, because fonts and readers lose the marks of decomposed Vietnamese letters, and without characters that XML forbids.
 * Line breaks stay.
 */
export function documentText(text: string): string {
  return text.normalize('NFC').replace(/\r\n?/g, '\n').replace(NOT_FOR_DOCUMENTS, '');
}
