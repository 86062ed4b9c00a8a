/** The report of a province's digest run: opened when it starts, counted from the ledger when it ends. */
import type { Database } from '../../clients/database';
import type { Instant, LocalDate } from '../../domain/dates';
import { Prisma } from '../../prisma/generated/client';

export interface RunReport {
  runId: string;
  planned: number;
  sent: number;
  merged: number;
  suppressed: number;
  failed: number;
  waiting: number;
  late: number;
  mails: number;
  repeats: number;
}

/** `37/2026-10-12` */
export function runIdOf(provinceCode: string, day: LocalDate): string {
  return `${provinceCode}/${day}`;
}

/** Writes that the run has begun; a second beginning changes nothing. */
export async function openRun(db: Database, provinceCode: string, day: LocalDate, at: Instant): Promise<void> {
  const id = runIdOf(provinceCode, day);
  await db.$executeRaw(Prisma.sql`
    insert into nudge_run (id, province_code, day, started_at) values (${id}, ${provinceCode}, ${day}::date, ${new Date(at)}::timestamptz)
    on conflict (id) do nothing`);
}

/** Trouble that an administrator must look at: which inbox or dossier, and of what kind; no text that may quote personal data. */
export async function addTrouble(db: Database, runId: string, trouble: { about: string; kind: string }): Promise<void> {
  const entry = JSON.stringify([trouble]);
  await db.$executeRaw(Prisma.sql`
    update nudge_run set troubles = troubles || ${entry}::jsonb where id = ${runId} and not troubles @> ${entry}::jsonb`);
}

/**
 * Counts what became of everything that was due and closes the run. Sums close: planned = sent + merged + suppressed + failed + waiting. Mails that no
 * server took today are replaced by the next digest.
 */
export async function closeRun(db: Database, provinceCode: string, day: LocalDate, at: Instant): Promise<RunReport> {
  const runId = runIdOf(provinceCode, day);
  await db.$executeRaw(Prisma.sql`update outbox_mail set status = 'replaced' where key like ${`digest/${runId}/%`} and status = 'waiting'`);
  const [counts] = await db.$queryRaw<Omit<RunReport, 'runId'>[]>(Prisma.sql`
    with ended as (
      select count(*) filter (where status = 'sent')::int as sent, count(*) filter (where status = 'merged')::int as merged,
        count(*) filter (where status = 'suppressed')::int as suppressed, count(*) filter (where status = 'failed')::int as failed,
        count(*) filter (where late and status in ('sent', 'merged'))::int as late
      from nudge where run_id = ${runId}
    ), open as (
      select count(*)::int as waiting from nudge n left join cycle c on c.id = n.cycle_id left join office o on o.code = n.office_code
      where coalesce(c.province_code, o.province_code) = ${provinceCode} and n.status in ('planned', 'late') and n.planned_for <= ${day}::date
    ), mailed as (
      select count(*) filter (where status = 'sent')::int as mails, coalesce(sum(repeats), 0)::int as repeats
      from outbox_mail where key like ${`digest/${runId}/%`}
    )
    update nudge_run r set planned = e.sent + e.merged + e.suppressed + e.failed + o.waiting, sent = e.sent, merged = e.merged,
      suppressed = e.suppressed, failed = e.failed, waiting = o.waiting, late = e.late, mails = m.mails, repeats = m.repeats,
      finished_at = ${new Date(at)}::timestamptz
    from ended e, open o, mailed m where r.id = ${runId}
    returning r.planned, r.sent, r.merged, r.suppressed, r.failed, r.waiting, r.late, r.mails, r.repeats`);
  if (!counts) throw new Error(`run ${runId} was never opened`);
  return { runId, ...counts };
}
