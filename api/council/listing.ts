/** The list of a session: dossiers that wait for the council, put on it. */
import { z } from 'zod';
import type { Actor, CycleState } from '../../domain/cycle/state';
import { STEPS } from '../../domain/cycle/stages';
import { roundJoinedOn } from '../../domain/rounds';
import { findSet } from '../../domain/stars/criteria';
import { formatVietnamese } from '../../domain/dates';
import type { Prisma } from '../../prisma/generated/client';
import { type CycleRow, readCycle, readCycles, stateOf } from '../cycles/read';
import type { ApiDeps } from '../deps';
import { type FieldProblem, invalidInput } from '../http/problem';
import { route, type Route } from '../http/route';
import { localDate } from '../http/schemas';
import { KEEPERS } from './access';
import { idParams, readCouncil } from './councils';
import { asLocalDate } from './dates';
import { recordChanges } from './events';
import { roundById } from './rounds';
import { inOpenSession, onTheList, procedureOf, readSession, type SessionRow } from './session-records';
import { sessionAnswer, type SessionView, viewOfSession } from './session-view';
import { cycleList, TAG } from './shared';

const waiting = route({
  method: 'get',
  path: '/api/councils/{id}/waiting',
  tag: TAG,
  summary: { vi: 'Hồ sơ đã qua tiếp nhận và Tổ tư vấn, chờ Hội đồng', en: 'Dossiers past intake and advisory team that await the council' },
  who: KEEPERS,
  params: idParams,
  answer: {
    status: 200,
    schema: z.object({
      items: z.array(
        z.object({
          cycleId: z.string(),
          productName: z.string(),
          producerName: z.string(),
          productSet: z.number().nullable(),
          kind: z.string(),
          dueOn: localDate.nullable(),
        }),
      ),
    }),
    description: { vi: 'Theo thời hạn', en: 'By deadline' },
  },
  handler: async ({ deps, actor, params }) => ({ body: { items: await waitingDossiers(deps, actor, params.id) } }),
});

/** Dossiers that await the council and are on no open list, by deadline. */
export async function waitingDossiers(deps: ApiDeps, actor: Actor, councilId: string) {
  const { provinceCode } = await readCouncil(deps.db, actor, councilId);
  const rows = await deps.db.cycle.findMany({
    where: { provinceCode, step: 'council_scoring' },
    include: { product: { include: { producer: true } } },
    orderBy: [{ lastSafeOn: 'asc' }, { id: 'asc' }],
  });
  const taken = await deps.db.sessionDossier.findMany({ where: { openCycleId: { in: rows.map(({ id }) => id) } } });
  const isTaken = new Set(taken.map(({ cycleId }) => cycleId));
  const free = rows.filter(({ id }) => !isTaken.has(id));
  return free.map(({ id, product, productSet, kind, dueOn }) => ({
    cycleId: id,
    productName: product.name,
    producerName: product.producer.name,
    productSet,
    kind,
    dueOn: dueOn && asLocalDate(dueOn),
  }));
}

const add = route({
  method: 'post',
  path: '/api/sessions/{id}/dossiers',
  tag: TAG,
  summary: { vi: 'Đưa hồ sơ vào phiên', en: 'Put dossiers on the list' },
  description: {
    vi: 'Chỉ hồ sơ đã qua tiếp nhận và Tổ tư vấn, của đợt này hoặc đợt trước; lấy ý kiến bằng văn bản chỉ cho đánh giá lại.',
    en: 'Only dossiers past intake and advisory team, of this round or an earlier one; written opinions only for re-evaluations.',
  },
  who: KEEPERS,
  params: idParams,
  body: z.strictObject({ cycles: cycleList }),
  answer: sessionAnswer,
  handler: async ({ deps, actor, params, body }) => ({ body: await addDossiers(deps, actor, params.id, body.cycles) }),
});

/** Puts dossiers on the list of an open session. Throws what keeps one off it. */
export async function addDossiers(deps: ApiDeps, actor: Actor, id: string, cycles: readonly string[]): Promise<SessionView> {
  for (const cycleId of cycles) await readCycle(deps, actor, cycleId);
  await inOpenSession(deps, actor, id, async (tx, session) => {
    // Two sessions that reach for one dossier take their turn.
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtext('session_dossier'))::text`;
    const listed = new Set(onTheList(session).map(({ cycleId }) => cycleId));
    const wanted = [...new Set(cycles)].filter((cycleId) => !listed.has(cycleId));
    const rows = await readCycles({ db: tx }, wanted);
    const problems: FieldProblem[] = [];
    for (const row of rows) problems.push(...(await listingProblems(deps, tx, session, row)));
    if (problems.length) throw invalidInput(problems);
    await enterDossiers(deps, tx, session, rows);
    const about = { councilId: session.councilId, sessionId: id };
    await recordChanges(
      deps,
      tx,
      actor,
      rows.map((row) => ({ name: 'list-dossier' as const, ...about, cycleId: row.id })),
    );
  });
  return await viewOfSession(deps, await readSession(deps.db, actor, id));
}

/** What keeps a dossier off the list of a session. */
async function listingProblems(deps: ApiDeps, tx: Prisma.TransactionClient, session: SessionRow, row: CycleRow): Promise<FieldProblem[]> {
  const wrong = (vi: string, en: string): FieldProblem[] => [{ field: row.id, message: { vi, en } }];
  if (row.provinceCode !== session.council.provinceCode) return wrong('hồ sơ của tỉnh khác', 'a dossier of another province');
  const state = await stateOf({ db: tx }, row);
  if (state.step !== 'council_scoring' || state.paused) return wrong(...notBeforeCouncil(state));
  if (state.productSet === null || !findSet(deps.rules.criteria, state.productSet))
    return wrong('sản phẩm chưa có bộ tiêu chí (productSet)', 'the product has no criteria set');
  const elsewhere = await tx.sessionDossier.findUnique({ where: { openCycleId: row.id } });
  if (elsewhere) return wrong(`đang trong phiên ${elsewhere.sessionId}`, `is on the list of session ${elsewhere.sessionId}`);
  if (procedureOf(session) === 'written-opinions' && !mayBeWritten(state))
    return wrong(
      'chỉ đánh giá lại mới lấy ý kiến bằng văn bản; hồ sơ này cần phiên họp (Điều 7 khoản 6 điểm d)',
      'only re-evaluations go by written opinions; this dossier needs a meeting (article 7.6d)',
    );
  return ofLaterRound(deps, session, state).flatMap(([vi, en]) => wrong(vi, en));
}

function notBeforeCouncil({ step, paused }: CycleState): [string, string] {
  const { vi, en } = STEPS[step].title;
  return paused
    ? ['hồ sơ đang tạm dừng', 'the dossier is paused']
    : [
        `chưa qua tiếp nhận và Tổ tư vấn, hoặc đã có kết quả (bước hiện tại: ${vi})`,
        `not past intake and advisory team, or already scored (step: ${en})`,
      ];
}

const mayBeWritten = ({ kind, rules }: CycleState): boolean =>
  kind === 'reevaluation' && rules.procedure.reevaluationMethod.value === 'written-opinions';

/** A proposal made after this round's cut-off belongs to the next one; re-evaluations run on their own limit (article 5, article 7.6g). */
function ofLaterRound(deps: ApiDeps, session: SessionRow, { kind, facts, rules: { procedure } }: CycleState): [string, string][] {
  const { rounds } = procedure;
  if (session.roundId === null || !rounds || facts.proposedOn === undefined) return [];
  if (kind === 'reevaluation' && procedure.reevaluationLimit !== null) return [];
  const own = roundJoinedOn(rounds.value, 'province', facts.proposedOn);
  const sessions = roundById(deps, session.roundId, asLocalDate(session.heldOn));
  if (!own || !sessions || own.cutOff.date <= sessions.cutOff.date) return [];
  const { date } = sessions.cutOff;
  return [
    [
      `đề nghị ngày ${formatVietnamese(facts.proposedOn)}, không trước ${formatVietnamese(date)}: thuộc đợt ${own.id} (${rounds.source})`,
      `proposed on ${facts.proposedOn}, not before ${date}: belongs to round ${own.id} (${rounds.source})`,
    ],
  ];
}

async function enterDossiers(deps: ApiDeps, tx: Prisma.TransactionClient, session: SessionRow, rows: readonly CycleRow[]): Promise<void> {
  const addedAt = new Date(deps.clock.now());
  const last = Math.max(0, ...session.dossiers.map(({ place }) => place));
  for (const [index, row] of rows.entries()) {
    const given = {
      openCycleId: row.id,
      place: last + 1 + index,
      productSet: row.productSet ?? 0,
      status: 'listed',
      reason: null,
      addedAt,
    };
    await tx.sessionDossier.upsert({
      where: { sessionId_cycleId: { sessionId: session.id, cycleId: row.id } },
      create: { sessionId: session.id, cycleId: row.id, ...given },
      update: given,
    });
  }
}

export const LISTING_ROUTES: Route[] = [waiting, add];
