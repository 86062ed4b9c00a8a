/** Whose turn it can be, as lists are asked for it. */
import type { Party } from '../../domain/cycle/stages';

export const PARTIES = ['producer', 'commune', 'district', 'province', 'ministry'] as const satisfies Party[];
