import type { CycleEvent } from '../domain/cycle/events';
import type { CycleState } from '../domain/cycle/state';
import type { Database } from '../clients/database';
import { type Later, type LaterAsked, readLater } from './read-later';
import { recordTransition } from './record-transition';

/** A state as the records keep it: the rules stand apart, under their version. */
export type RecordedState = Omit<CycleState, 'rules'>;

/** One transition with the state it led to and the caller's key, if somebody asked for it. */
export interface RecordTransition {
  event: CycleEvent;
  state: RecordedState;
  planId: string;
  regimeId: string;
  key: string | null;
}

export type { Later };

/** What a cycle does outside itself. */
export interface CycleActivities {
  /** Writes the transition once, however often it is called. Where its place is taken: what stands there and after it. */
  recordTransition(entry: RecordTransition): Promise<Later | null>;
  /** What the records hold from a sequence on; null when nothing. */
  readLater(asked: LaterAsked): Promise<Later | null>;
  /** Marks the cycle for an operator; cleared by the next transition that is recorded. */
  reportAttention(trouble: { cycleId: string; reason: string }): Promise<void>;
}

/** The activities of cycles on a database. */
export function createCycleActivities(db: Database): CycleActivities {
  return {
    recordTransition: async (entry) => {
      if (await recordTransition(db, entry)) return null;
      const { cycleId, sequence, rulesVersion } = entry.event;
      return await readLater(db, { cycleId, from: sequence, rulesVersion });
    },
    readLater: async (asked) => await readLater(db, asked),
    reportAttention: async ({ cycleId, reason }) => {
      await db.cycle.updateMany({ where: { id: cycleId }, data: { needsAttention: reason } });
    },
  };
}
