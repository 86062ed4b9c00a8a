import type { Text } from '../../domain/sources';
import type { LegacyEncoding } from './legacy-encodings';

/** Why an uploaded file cannot be read, where in it, and what is allowed instead. */
export interface FileProblem {
  /** 1-based row as a spreadsheet shows it; null when the whole file is meant. */
  row: number | null;
  column: string | null;
  value: string | null;
  reason: Text;
  allowed: string[];
  /** Set when the text is in an encoding that must be named to be converted (`encoding=`): which it seems to be, and how the file would read. */
  encoding?: { looksLike: LegacyEncoding; preview: string[] };
}

/** A problem of the file as a whole. */
export function fileProblem(reason: Text, allowed: string[] = []): FileProblem {
  return { row: null, column: null, value: null, reason, allowed };
}
