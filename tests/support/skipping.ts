/** Skipped time, as rehearsals use it too. */
export * from '../../rehearsal/skipping';
