/** Ends of ledger rows. Each is settled once, when every inbox it is for has been dealt with, whoever comes to that last. */
import { type Instant, type LocalDate } from '../../domain/dates';
import { isLateOn } from '../../domain/nudges/lines';
import { NO_ADDRESS, REFUSED_ADDRESS, whyNotAnymore } from '../../domain/nudges/reasons';
import { recipientsOf } from '../../domain/nudges/recipients';
import type { Text } from '../../domain/sources';
import type { WorkingCalendar } from '../../domain/working-days';
import { Prisma } from '../../prisma/generated/client';
import { type Area, type Contacting, type DueRow, dueRows, type Queries } from './read';

export interface Settling {
  area: Area;
  day: LocalDate;
  at: Instant;
  runId: string;
  calendar: WorkingCalendar;
  contacting: Contacting;
}

interface End {
  id: string;
  status: 'sent' | 'merged' | 'suppressed' | 'failed';
  late: boolean;
  vi: string | null;
  en: string | null;
}

export type Changes = Queries & { $executeRaw: (query: Prisma.Sql) => Promise<number> };

/** The inboxes that a row is still for. */
export function outstanding(row: DueRow, contacting: Contacting): string[] {
  const dealtWith = new Set(row.dealtWith.map((one) => one.inbox));
  return recipientsOf(row.recipient, row, contacting.directory(row.communeCode)).filter((inbox) => !dealtWith.has(inbox));
}

/**
 * Settles those of the rows that are at their end. Call it in a transaction: the rows are locked, so that of two mails with the same nudge the later
 * one settles it.
 * @param because why a mail was refused, for rows that nobody took
 */
export async function settle(tx: Changes, ids: readonly bigint[], settling: Settling, because: Text = REFUSED_ADDRESS): Promise<void> {
  if (ids.length === 0) return;
  await tx.$queryRaw(Prisma.sql`select id from nudge where id = any(${ids as bigint[]}) order by id for update`);
  const rows = await dueRows(tx, settling.area, settling.day, { ids });
  await end(
    tx,
    rows.flatMap((row) => endOf(row, settling, because) ?? []),
    settling,
  );
}

/** Ends rows as failed, whatever they are for. */
export async function fail(tx: Changes, ids: readonly bigint[], because: Text, settling: Pick<Settling, 'at' | 'runId'>): Promise<void> {
  await end(
    tx,
    ids.map((id) => ({ id: String(id), status: 'failed', late: false, ...because })),
    settling,
  );
}

function endOf(row: DueRow, { contacting, day, calendar }: Settling, because: Text): End | undefined {
  const id = String(row.id);
  const accepted = row.dealtWith.filter((one) => one.accepted);
  const reason = accepted.length ? undefined : whyNotAnymore(row);
  if (reason) return { id, status: 'suppressed', late: false, ...reason };
  if (outstanding(row, contacting).length > 0) return undefined;
  if (accepted.length) {
    const status = accepted.some((one) => one.leads) ? 'sent' : 'merged';
    return { id, status, late: isLateOn(row.plannedFor, day, calendar), vi: null, en: null };
  }
  return row.dealtWith.length > 0
    ? { id, status: 'failed', late: false, ...because }
    : { id, status: 'suppressed', late: false, ...NO_ADDRESS };
}

async function end(tx: Changes, ends: readonly End[], { at, runId }: Pick<Settling, 'at' | 'runId'>): Promise<void> {
  if (ends.length === 0) return;
  await tx.$executeRaw(Prisma.sql`
    update nudge n set status = e.status, late = n.late or e.late, reason_vi = e.vi, reason_en = e.en,
      settled_at = ${new Date(at)}::timestamptz, run_id = ${runId}
    from jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) as e(id bigint, status text, late boolean, vi text, en text)
    where n.id = e.id and n.status in ('planned', 'late')`);
}
