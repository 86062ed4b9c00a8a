/** What is said about single rows of an uploaded table. */
import type { Text } from '../../domain/sources';
import type { UnitCandidate } from '../cycles/place';

/** Something about one row: which cell, what stood there, and what is said about it. `row` is the number a spreadsheet shows. */
export interface RowNote {
  row: number;
  /** Header of the column as the file writes it; null when the whole row is meant. */
  column: string | null;
  value: string | null;
  reason: Text;
}

/** Why a row does not go in, with what is allowed and the units that may have been meant. */
export interface RowRefusal extends RowNote {
  /** What the row is about, so that people find it again: the product or the person. */
  about: string;
  allowed: string[];
  candidates: UnitCandidate[];
}

/** A row that was read, with what should be known about it; or why it cannot be used, every reason at once. */
export type ReadRow<Read> = { ok: true; row: number; read: Read; warnings: RowNote[] } | { ok: false; row: number; refusals: RowRefusal[] };
