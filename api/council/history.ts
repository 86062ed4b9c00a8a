/** The council's history as people read it. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import type { CouncilEvent } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { limitOf, pageOf, pageQuery, readCursor, toPage } from '../http/paging';
import { invalidInput } from '../http/problem';
import { route, type Route } from '../http/route';
import { instant, localDate } from '../http/schemas';
import { READERS } from './access';
import { idParams, readCouncil } from './councils';
import { asLocalDate } from './dates';
import { readSession } from './session-records';
import { TAG } from './shared';

const event = z
  .object({
    name: z.string(),
    sessionId: z.string().nullable(),
    cycleId: z.string().nullable(),
    actor: z.string(),
    role: z.string(),
    office: z.string(),
    on: localDate,
    recordedAt: instant,
    payload: z.record(z.string(), z.unknown()),
    reason: z.string().nullable(),
    sourceDocument: z.string().nullable(),
  })
  .meta({ id: 'CouncilEvent' });

export type CouncilEventView = z.input<typeof event>;

function viewOf(row: CouncilEvent): z.input<typeof event> {
  return {
    name: row.name,
    sessionId: row.sessionId,
    cycleId: row.cycleId,
    actor: row.actorId,
    role: row.actorRole,
    office: row.officeCode,
    on: asLocalDate(row.legalOn),
    recordedAt: row.recordedAt.toISOString(),
    payload: row.payload as Record<string, unknown>,
    reason: row.reason,
    sourceDocument: row.sourceDocument,
  };
}

/** The row after which the page begins. */
function lastSeen(cursor: string | undefined): bigint {
  const [after = '0'] = readCursor(cursor, 1) ?? [];
  if (/^\d{1,18}$/.test(after)) return BigInt(after);
  throw invalidInput([{ field: 'cursor', message: { vi: 'không phải con trỏ trang hợp lệ', en: 'is no cursor of this list' } }]);
}

const spec = {
  method: 'get' as const,
  tag: TAG,
  who: READERS,
  params: idParams,
  query: z.strictObject(pageQuery),
  answer: { status: 200 as const, schema: pageOf(event), description: { vi: 'Cũ trước', en: 'Oldest first' } },
};

const ofCouncil = route({
  ...spec,
  path: '/api/councils/{id}/events',
  summary: { vi: 'Lịch sử của Hội đồng: ai, đơn vị nào, lúc nào', en: 'A council’s history: who, which office, when' },
  async handler({ deps, actor, params, query: { cursor, limit: asked } }) {
    const council = await readCouncil(deps.db, actor, params.id);
    const limit = limitOf(asked);
    const after = lastSeen(cursor);
    const rows = await deps.db.councilEvent.findMany({
      where: { councilId: council.id, id: { gt: after } },
      orderBy: { id: 'asc' },
      take: limit + 1,
    });
    const { items, nextCursor } = toPage(rows, limit, ({ id }) => [String(id)]);
    return { body: { items: items.map(viewOf), nextCursor } };
  },
});

const ofSession = route({
  ...spec,
  path: '/api/sessions/{id}/events',
  summary: { vi: 'Lịch sử của phiên: ai, đơn vị nào, lúc nào', en: 'A session’s history: who, which office, when' },
  handler: async ({ deps, actor, params, query }) => ({ body: await sessionEvents(deps, actor, params.id, query) }),
});

/** A session’s history, oldest first, a page at a time. */
export async function sessionEvents(
  deps: ApiDeps,
  actor: Actor,
  id: string,
  { cursor, limit: asked }: { cursor?: string | undefined; limit?: number | undefined },
): Promise<{ items: CouncilEventView[]; nextCursor: string | null }> {
  const session = await readSession(deps.db, actor, id);
  const limit = limitOf(asked);
  const after = lastSeen(cursor);
  const rows = await deps.db.councilEvent.findMany({
    where: { sessionId: session.id, id: { gt: after } },
    orderBy: { id: 'asc' },
    take: limit + 1,
  });
  const { items, nextCursor } = toPage(rows, limit, ({ id }) => [String(id)]);
  return { items: items.map(viewOf), nextCursor };
}

export const HISTORY_ROUTES: Route[] = [ofCouncil, ofSession];
