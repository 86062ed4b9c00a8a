/** Running an import: a preview that writes nothing, or the rows in turn with their progress in the log. */
import type { ApiDeps } from '../deps';
import { HttpProblem } from '../http/problem';
import { inTurn } from './in-turn';
import { openJob, type Progress, saveJob } from './jobs';
import type { PlanOfWork, RowResult, WorkRow } from './plan-of-work';

/** `good`: rows that can go in do; `all`: nothing goes in when any row is refused. */
export type Mode = 'good' | 'all';

export interface PreviewRow {
  row: number;
  outcome: 'create' | 'update' | 'unchanged' | 'refused';
}

const WOULD = { created: 'create', updated: 'update', unchanged: 'unchanged', refused: 'refused' } as const;
/** Rows between two notes of progress. */
const NOTED_EVERY = 50;

function atFirst(work: PlanOfWork): Progress {
  const counts = { total: work.rows.length + work.refusedRows, done: work.refusedRows, created: 0, updated: 0, unchanged: 0 };
  return { counts: { ...counts, refused: work.refusedRows }, refused: [...work.refused], warnings: [] };
}

function note({ counts, refused, warnings }: Progress, row: WorkRow, result: RowResult): void {
  counts.done += 1;
  counts[result.outcome] += 1;
  if (result.outcome === 'refused') refused.push(...result.refusals);
  else warnings.push(...row.warnings, ...(result.warnings ?? []));
}

function inOrder(progress: Progress): Progress {
  progress.refused.sort((a, b) => a.row - b.row);
  progress.warnings.sort((a, b) => a.row - b.row);
  return progress;
}

/** What every row would become; nothing is written. */
export async function previewImport(work: PlanOfWork): Promise<Progress & { rows: PreviewRow[] }> {
  const progress = atFirst(work);
  const rows: PreviewRow[] = [];
  await inTurn(work.rows, async (row) => {
    const result = await row.check();
    note(progress, row, result);
    const details = result.outcome === 'refused' ? {} : result.details;
    rows.push({ row: row.row, outcome: WOULD[result.outcome], ...row.preview, ...details });
  });
  return { ...inOrder(progress), rows: rows.sort((a, b) => a.row - b.row) };
}

/** An import that has begun: its id in the log, and its end. */
export interface Begun {
  id: string;
  progress: Progress;
  /** Ends when every row has been dealt with. Throws what stopped it; sending the file again then goes on. */
  finished: Promise<void>;
}

/** Imports under way in this process, by their id: the same file sent again meanwhile joins the first. */
const underWay = new Map<string, { begun: Begun; asked: string }>();

/**
 * Begins an import, or joins that of the same file; the log knows of it when this returns.
 * @param options.asked the request's options, which must be the same to join
 */
export async function beginImport(
  deps: ApiDeps,
  work: PlanOfWork,
  { mode, sha256, actorId, asked }: { mode: Mode; sha256: string; actorId: string; asked: string },
): Promise<Begun> {
  const progress = atFirst(work);
  const standing = (job: string) => {
    const other = underWay.get(job);
    return other && (other.asked === asked ? ('same' as const) : ('other' as const));
  };
  const id = await openJob(deps, { work, sha256, actorId, standing }, progress);
  const first = underWay.get(id);
  if (first) return first.begun;
  const begun = { id, progress, finished: run(deps, id, { work, mode, progress }).finally(() => underWay.delete(id)) };
  underWay.set(id, { begun, asked });
  return begun;
}

async function run(
  deps: ApiDeps,
  id: string,
  { work, mode, progress }: { work: PlanOfWork; mode: Mode; progress: Progress },
): Promise<void> {
  try {
    if (mode === 'all' && (await anyRefused(work, progress))) {
      await saveJob(deps, id, 'refused', inOrder(progress));
      return;
    }
    await inTurn(work.rows, async (row) => {
      note(progress, row, await row.apply());
      if (progress.counts.done % NOTED_EVERY === 0) await saveJob(deps, id, 'running', progress);
    });
    await saveJob(deps, id, 'done', inOrder(progress));
  } catch (error) {
    await saveJob(deps, id, 'interrupted', inOrder(progress));
    throw error;
  }
}

/** Looks at every row before the first goes in; what is refused is noted. */
async function anyRefused(work: PlanOfWork, progress: Progress): Promise<boolean> {
  const refused = progress.refused;
  let rows = 0;
  await inTurn(work.rows, async (row) => {
    const result = await row.check();
    if (result.outcome !== 'refused') return;
    rows += 1;
    refused.push(...result.refusals);
  });
  progress.counts.refused += rows;
  return refused.length > 0;
}

/** The answer to an import of which, as asked, nothing went in. */
export function nothingWentIn({ counts, refused }: Progress, id: string): HttpProblem {
  return new HttpProblem(
    'invalid-input',
    {
      vi: `Không nhập dòng nào: ${counts.refused}/${counts.total} dòng bị từ chối (mode=all)`,
      en: `Nothing was imported: ${counts.refused} of ${counts.total} rows are refused (mode=all)`,
    },
    {
      problems: refused.map(({ row, column, reason }) => ({ field: `${row}${column === null ? '' : `:${column}`}`, message: reason })),
      members: { id, counts, refused },
    },
  );
}
