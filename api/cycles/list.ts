/** Cycles found by what managers and staff ask for. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import { Prisma } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { limitOf, type Page, pageQuery, readCursor, toPage } from '../http/paging';
import { dossierQuestions, isAskedFor } from './filter';
import { type CycleRow, readCycles } from './read';

const { plan, province, commune, stage, waitingFor, lateness, q } = dossierQuestions;

export const cycleFilters = z.strictObject({ plan, province, commune, stage, waitingFor, lateness, q, ...pageQuery });

export type CycleFilters = z.output<typeof cycleFilters>;

/** One page of the cycles that the actor may see, by id. */
export async function listCycles(
  deps: ApiDeps,
  actor: Actor,
  { cursor, limit: asked, ...questions }: CycleFilters,
): Promise<Page<CycleRow>> {
  const limit = limitOf(asked);
  const [after] = readCursor(cursor, 1) ?? [];
  const found = await deps.db.$queryRaw<{ id: string }[]>(Prisma.sql`
    select c.id from cycle c where ${isAskedFor(deps, actor, { ...questions, scope: 'all' })}
      and ${after === undefined ? Prisma.sql`true` : Prisma.sql`c.id > ${after}`}
    order by c.id limit ${limit + 1}`);
  const { items, nextCursor } = toPage(found, limit, ({ id }) => [id]);
  return {
    items: await readCycles(
      deps,
      items.map(({ id }) => id),
    ),
    nextCursor,
  };
}
