/** What the records hold of a cycle beyond what its workflow knows: a task of it was lost after its record stood. */
import type { Database } from '../clients/database';
import type { EventName } from '../domain/cycle/events';
import type { CycleRules } from '../domain/rules';
import type { RecordedState } from './cycle-activities';

export interface Later {
  state: RecordedState;
  /** The rules of that state, where they are another version than asked about. */
  rules: CycleRules | null;
  /** The recorded events that were asked about, oldest first, with the keys they were asked for under. */
  events: { name: EventName; key: string | null }[];
}

export interface LaterAsked {
  cycleId: string;
  /** First sequence that is asked about. */
  from: number;
  rulesVersion: string;
}

/** Reads the recorded state with its events from a sequence on; null when there are none. */
export async function readLater(db: Database, { cycleId, from, rulesVersion }: LaterAsked): Promise<Later | null> {
  const [row, events] = await db.$transaction(
    [
      db.cycle.findUnique({ where: { id: cycleId }, select: { state: true, rulesVersion: true } }),
      db.cycleEvent.findMany({
        where: { cycleId, sequence: { gte: from } },
        orderBy: { sequence: 'asc' },
        select: { name: true, idempotencyKey: true },
      }),
    ],
    { isolationLevel: 'RepeatableRead' },
  );
  if (!row || events.length === 0) return null;
  const pinned =
    row.rulesVersion === rulesVersion ? null : await db.pinnedRules.findUniqueOrThrow({ where: { version: row.rulesVersion } });
  return {
    state: row.state as unknown as RecordedState,
    rules: pinned && (pinned.content as unknown as CycleRules),
    events: events.map(({ name, idempotencyKey }) => ({ name: name as EventName, key: idempotencyKey })),
  };
}
