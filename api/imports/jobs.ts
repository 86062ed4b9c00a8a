/** The log of imports: one row per file sent, kept current while it runs, so that a cut-off import is seen and taken up again by sending it again. */
import { createHash, randomUUID } from 'node:crypto';
import type { Instant } from '../../domain/dates';
import type { ImportJob } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import type { RowNote, RowRefusal } from './row-problems';
import type { PlanOfWork } from './plan-of-work';

export type JobStatus = 'running' | 'done' | 'refused' | 'interrupted';

export interface Counts {
  total: number;
  /** Rows dealt with so far, whatever became of them. */
  done: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
}

/** What an import has come to so far. */
export interface Progress {
  counts: Counts;
  refused: RowRefusal[];
  warnings: RowNote[];
}

/** An import that has not said anything for so long was cut off. */
const SILENT_MS = 60_000;

interface Stored {
  counts: Counts & { savedAt: Instant };
  refusals: { refused: RowRefusal[]; warnings: RowNote[] };
}

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * The row of an import that begins: that of the same file by the same person where it was cut off, else a new one.
 * @param standing whether an import is under way in this process, asked for in the same way or in another
 */
export async function openJob(
  { db, clock }: Pick<ApiDeps, 'db' | 'clock'>,
  {
    work,
    sha256,
    actorId,
    standing,
  }: { work: PlanOfWork; sha256: string; actorId: string; standing: (id: string) => 'same' | 'other' | undefined },
  progress: Progress,
): Promise<string> {
  const same = { kind: work.kind, planId: work.planId, sha256, actorId, dryRun: false };
  const cutOff = await db.importJob.findFirst({
    where: { ...same, status: { in: ['running', 'interrupted'] satisfies JobStatus[] } },
    orderBy: { startedAt: 'desc' },
  });
  const underWay = cutOff && standing(cutOff.id);
  if (cutOff && underWay === 'same') return cutOff.id;
  const now = clock.now();
  if (cutOff && underWay === undefined) {
    await db.importJob.update({ where: { id: cutOff.id }, data: { status: 'running', ...stored(progress, now) } });
    return cutOff.id;
  }
  const id = randomUUID();
  await db.importJob.create({
    data: { id, ...same, fileName: null, status: 'running', ...stored(progress, now), startedAt: new Date(now) },
  });
  return id;
}

/** Notes how far an import has come. */
export async function saveJob(
  { db, clock }: Pick<ApiDeps, 'db' | 'clock'>,
  id: string,
  status: JobStatus,
  progress: Progress,
): Promise<void> {
  const now = clock.now();
  const { counts, refusals } = stored(progress, now);
  // Refusals may be many: they are written once, when the import is over.
  const data = status === 'running' ? { counts, finishedAt: null } : { counts, refusals, finishedAt: new Date(now) };
  await db.importJob.update({ where: { id }, data: { status, ...data } });
}

function stored({ counts, refused, warnings }: Progress, savedAt: Instant): { counts: object; refusals: object } {
  return { counts: { ...counts, savedAt }, refusals: JSON.parse(JSON.stringify({ refused, warnings })) as object };
}

/** An import as its sender reads it. One that stopped saying how far it is was cut off. */
export function jobView(job: ImportJob, now: Instant) {
  const { savedAt, ...counts } = job.counts as unknown as Stored['counts'];
  const { refused, warnings } = job.refusals as unknown as Stored['refusals'];
  const silent = job.status === 'running' && now - savedAt > SILENT_MS;
  return {
    id: job.id,
    kind: job.kind as PlanOfWork['kind'],
    plan: job.planId,
    status: silent ? ('interrupted' as const) : (job.status as JobStatus),
    counts,
    refused,
    warnings,
    startedAt: job.startedAt.toISOString(),
    finishedAt: job.finishedAt?.toISOString() ?? null,
  };
}
