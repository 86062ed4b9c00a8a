import type { Database } from '../../clients/database';

/** Keeps what support is asked for with a cycle; the last word stands. Free text: it stays out of the engine. */
export async function keepSupportNeeds(
  db: Pick<Database, 'supportNeed'>,
  { cycleId, needs, actorId, at }: { cycleId: string; needs: string; actorId: string; at: Date },
): Promise<void> {
  const row = { text: needs, actorId, writtenAt: at };
  await db.supportNeed.upsert({ where: { cycleId }, create: { cycleId, ...row }, update: row });
}
