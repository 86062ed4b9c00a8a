/** What an import does with a file, whatever its rows are: some rows are refused when read, each other one can be tried and then done. */
import type { Text } from '../../domain/sources';
import type { RowNote, RowRefusal } from './row-problems';

export type Outcome = 'created' | 'updated' | 'unchanged';

/** What became of a row, or would become of it. */
export type RowResult = { outcome: Outcome; warnings?: RowNote[]; details?: object } | { outcome: 'refused'; refusals: RowRefusal[] };

/** A row that was read: what it says, what it would do (nothing is written), and doing it. Doing it twice changes nothing. */
export interface WorkRow {
  row: number;
  preview: object;
  warnings: RowNote[];
  check(): Promise<RowResult>;
  apply(): Promise<RowResult>;
}

export interface PlanOfWork {
  kind: 'registrations' | 'certificates' | 'contacts';
  planId: string | null;
  rows: WorkRow[];
  /** Rows that could not be used when they were read. */
  refused: RowRefusal[];
  refusedRows: number;
  /** Of the table as a whole: columns not read, rows above the header. */
  notes: Text[];
}
