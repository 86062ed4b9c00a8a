/** The dossiers that a change is for. */
import { Prisma } from '../../prisma/generated/client';
import type { Actor } from '../../domain/cycle/state';
import { sees } from '../auth/visibility';
import { isAskedFor } from '../cycles/filter';
import { type CycleRow, readCycles } from '../cycles/read';
import type { ApiDeps } from '../deps';
import { type FieldProblem, invalidInput } from '../http/problem';
import { type Choice, MOST_DOSSIERS } from './change';

const problem = (field: string, vi: string, en: string): FieldProblem => ({ field, message: { vi, en } });

/** Rows of the dossiers chosen, by their ids. Throws the problem of a choice that names none, too many, or what the actor may not see. */
export async function chosen(deps: ApiDeps, actor: Actor, { cycles, filter }: Choice): Promise<CycleRow[]> {
  if ((cycles === undefined) === (filter === undefined))
    throw invalidInput([problem('choose', 'cần đúng một trong hai: cycles hoặc filter', 'either cycles or filter is needed')]);
  const ids = cycles ? [...new Set(cycles)].sort() : await found(deps, actor, filter);
  const rows = (await readCycles(deps, ids)).filter((row) => sees(actor, row));
  const unknown = ids.filter((id) => rows.every((row) => row.id !== id));
  if (unknown.length > 0) {
    const some = unknown.slice(0, 10).join(', ');
    throw invalidInput([problem('choose.cycles', `không có hồ sơ: ${some}`, `there are no such dossiers: ${some}`)]);
  }
  if (rows.length === 0) throw invalidInput([problem('choose.filter', 'không có hồ sơ nào khớp bộ lọc', 'no dossier matches the filter')]);
  return rows;
}

async function found(deps: ApiDeps, actor: Actor, filter: Choice['filter']): Promise<string[]> {
  if (!filter) return [];
  const rows = await deps.db.$queryRaw<{ id: string }[]>(Prisma.sql`
    select c.id from cycle c where ${isAskedFor(deps, actor, filter)} order by c.id limit ${MOST_DOSSIERS + 1}`);
  if (rows.length > MOST_DOSSIERS) {
    const most = MOST_DOSSIERS.toLocaleString('vi-VN');
    throw invalidInput([
      problem('choose.filter', `nhiều hơn ${most} hồ sơ; hãy lọc hẹp hơn`, `more than ${MOST_DOSSIERS}; narrow the filter`),
    ]);
  }
  return rows.map(({ id }) => id);
}
