import type { LocalDate } from '../../domain/dates';

/** A calendar date as the records take it. */
export const asDate = (date: LocalDate): Date => new Date(`${date}T00:00:00Z`);

/** A calendar date from the records. */
export const asLocalDate = (date: Date): LocalDate => date.toISOString().slice(0, 10);
