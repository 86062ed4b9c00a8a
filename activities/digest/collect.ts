/** Which inboxes have something due in a province, after everything that no longer stands has been taken off the ledger. */
import type { Instant, LocalDate } from '../../domain/dates';
import type { Inbox } from '../../domain/nudges/recipients';
import { Prisma } from '../../prisma/generated/client';
import type { DigestDeps } from './deps';
import { Contacting, dueRows, officesOf } from './read';
import { runIdOf } from './run';
import { outstanding, settle } from './settle';

const AT_ONCE = 500;

/**
 * Suppresses what is done, paused, changed or addressed to nobody, and names the inboxes that still must hear today. Those that had their mail of
 * the day are left for the next working day.
 */
export async function collect(
  deps: DigestDeps,
  { provinceCode, day, at }: { provinceCode: string; day: LocalDate; at: Instant },
): Promise<Inbox[]> {
  const { db } = deps;
  const area = { provinceCode, communeCode: null };
  const contacting = new Contacting(await officesOf(db, area));
  const settling = { area, day, at, runId: runIdOf(provinceCode, day), calendar: await deps.calendar(), contacting };
  const ids = (await dueRows(db, area, day)).map((row) => row.id);
  for (let from = 0; from < ids.length; from += AT_ONCE)
    await db.$transaction(async (tx) => await settle(tx, ids.slice(from, from + AT_ONCE), settling), { timeout: 30_000 });
  const due = await dueRows(db, area, day);
  const waiting = new Set(due.flatMap((row) => outstanding(row, contacting)));
  const mailed = await mailedToday(deps, provinceCode, day);
  return [...waiting].filter((inbox) => !mailed.has(inbox)).sort();
}

async function mailedToday({ db }: DigestDeps, provinceCode: string, day: LocalDate): Promise<Set<Inbox>> {
  const prefix = `digest/${runIdOf(provinceCode, day)}/`;
  const rows = await db.$queryRaw<{ key: string }[]>(Prisma.sql`
    select key from outbox_mail where key like ${`${prefix}%`} and status in ('sent', 'failed')`);
  return new Set(rows.map(({ key }) => key.slice(prefix.length)));
}
