import type { StuckQuery } from '../../../api/managers/stuck';
import type { PageCall } from '../../page';
import { withQuery } from '../../parts/tables';

export const STUCK = '/dang-tac';
export type Call = PageCall<unknown, StuckQuery>;

/** The page's address with these questions. */
export const at = (query: Partial<StuckQuery>): string => withQuery(STUCK, query);

/** The address of this list with some questions changed; `among` leaves out what the ready-made filters ask, as the counts do. */
export type Here = (more: Partial<StuckQuery>) => string;

/** How many of what was asked for, but for the ready-made filters, stand how. */
export interface Counts {
  all: number;
  overdue: number;
  dueSoon: number;
  paused: number;
  withoutDate: number;
  unassigned: number;
  /** Certificates in force that wait for somebody. */
  certificates: number;
  /** Technical trouble, among all that is open. */
  trouble: number;
}
