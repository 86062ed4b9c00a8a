/** The dossiers of a session: put on its list and taken off, handed over, scored again, excluded. */
import { z } from 'zod';
import { assess } from '../../domain/council/assessment';
import { handoverProblems } from '../../domain/council/handover';
import type { Actor, CycleState } from '../../domain/cycle/state';
import { STEPS } from '../../domain/cycle/stages';
import { roundJoinedOn } from '../../domain/rounds';
import { findSet } from '../../domain/stars/criteria';
import { formatVietnamese } from '../../domain/dates';
import type { Prisma } from '../../prisma/generated/client';
import { type CycleRow, readCycle, readCycles, stateOf } from '../cycles/read';
import type { ApiDeps } from '../deps';
import { type FieldProblem, HttpProblem, invalidInput } from '../http/problem';
import { route, type Route } from '../http/route';
import { localDate, text } from '../http/schemas';
import { KEEPERS } from './access';
import { idParams, readCouncil } from './councils';
import { asDate, asLocalDate } from './dates';
import { recordChanges } from './events';
import { roundById } from './rounds';
import {
  type DossierRow,
  dossierFacts,
  factsOf,
  inOpenSession,
  type Listed,
  listedDossiers,
  onTheList,
  procedureOf,
  readSession,
  type SessionRow,
} from './session-records';
import { type SessionView, sessionView, viewOfSession } from './session-view';
import { cycleIdSchema, TAG } from './shared';

const answer = { status: 200 as const, schema: sessionView, description: { vi: 'Phiên của Hội đồng', en: 'The session' } };
const cycleList = z.array(cycleIdSchema).min(1).max(200);

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
  answer,
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

export const dossierParams = z.object({ id: idParams.shape.id, cycleId: cycleIdSchema });

/** A session and a cycle on its list. */
export type DossierPlace = z.output<typeof dossierParams>;

/** Changes one dossier of an open session's list. */
async function inDossier<Result>(
  deps: ApiDeps,
  actor: Actor,
  { id, cycleId }: DossierPlace,
  work: (tx: Prisma.TransactionClient, session: SessionRow, dossier: DossierRow) => Promise<Result>,
): Promise<Result> {
  return await inOpenSession(deps, actor, id, async (tx, session) => {
    const dossier = onTheList(session).find((one) => one.cycleId === cycleId);
    if (dossier) return await work(tx, session, dossier);
    throw new HttpProblem('not-allowed-now', {
      vi: `Hồ sơ ${cycleId} không có trong danh sách của phiên`,
      en: `Dossier ${cycleId} is not on the session’s list`,
    });
  });
}

const where = ({ sessionId, cycleId }: DossierRow) => ({ sessionId_cycleId: { sessionId, cycleId } });

const remove = route({
  method: 'post',
  path: '/api/sessions/{id}/dossiers/{cycleId}/remove',
  tag: TAG,
  summary: { vi: 'Đưa hồ sơ ra khỏi phiên', en: 'Take a dossier off the list' },
  description: {
    vi: 'Ví dụ khi ý kiến bằng văn bản khác nhau và cần họp; các phiếu đã nộp được giữ, không được tính.',
    en: 'For instance when written opinions differ and a meeting is needed; sheets handed in are kept and do not count.',
  },
  who: KEEPERS,
  params: dossierParams,
  body: z.strictObject({ reason: text(1000) }),
  answer,
  handler: async ({ deps, actor, params, body }) => ({ body: await removeDossier(deps, actor, params, body.reason) }),
});

/** Takes a dossier off the list. */
export async function removeDossier(deps: ApiDeps, actor: Actor, params: DossierPlace, reason: string): Promise<SessionView> {
  await inDossier(deps, actor, params, async (tx, session, dossier) => {
    await tx.sessionDossier.update({ where: where(dossier), data: { status: 'removed', reason, openCycleId: null } });
    const about = { councilId: session.councilId, sessionId: session.id, cycleId: dossier.cycleId };
    await recordChanges(deps, tx, actor, [{ name: 'remove-dossier', ...about, reason }]);
  });
  return await viewOfSession(deps, await readSession(deps.db, actor, params.id));
}

export const handOverInput = z.strictObject({ on: localDate.optional(), cycles: cycleList.optional() });

const handOver = route({
  method: 'post',
  path: '/api/sessions/{id}/handover',
  tag: TAG,
  summary: { vi: 'Ghi ngày chuyển hồ sơ cho thành viên', en: 'Record that dossiers were handed over to the members' },
  description: {
    vi: 'Muộn hơn số ngày làm việc mà Quy chế đòi hỏi thì bị từ chối: đổi ngày họp hoặc sang phiên khác.',
    en: 'Refused when later than the working days that the rules ask for: move the session, or take another.',
  },
  who: KEEPERS,
  params: idParams,
  body: handOverInput,
  answer,
  handler: async ({ deps, actor, params, body }) => ({ body: await handOverDossiers(deps, actor, params.id, body) }),
});

/** Records that the dossiers of the list, or some of them, were handed over to the members. */
export async function handOverDossiers(
  deps: ApiDeps,
  actor: Actor,
  id: string,
  { on = deps.today(), cycles }: z.output<typeof handOverInput>,
): Promise<SessionView> {
  if (on > deps.today()) throw invalidInput([{ field: 'on', message: { vi: 'ngày ở tương lai', en: 'is in the future' } }]);
  await inOpenSession(deps, actor, id, async (tx, session) => {
    const { heldOn, rules } = factsOf(session);
    const chosen = onTheList(session).filter(
      ({ cycleId, handedOverOn }) => handedOverOn === null && (cycles === undefined || cycles.includes(cycleId)),
    );
    const late = chosen.flatMap(({ cycleId }) => handoverProblems(cycleId, on, { heldOn, rules, calendar: deps.calendar }));
    if (late.length) throw new HttpProblem('not-allowed-now', LATE_HANDOVER, { problems: late });
    const ids = chosen.map(({ cycleId }) => cycleId);
    await tx.sessionDossier.updateMany({ where: { sessionId: id, cycleId: { in: ids } }, data: { handedOverOn: asDate(on) } });
    const about = { councilId: session.councilId, sessionId: id, on };
    await recordChanges(
      deps,
      tx,
      actor,
      ids.map((cycleId) => ({ name: 'hand-over-dossier' as const, ...about, cycleId })),
    );
  });
  return await viewOfSession(deps, await readSession(deps.db, actor, id));
}

const LATE_HANDOVER = { vi: 'Chuyển hồ sơ muộn so với Quy chế của Hội đồng', en: 'Too late under the council’s rules' };

/** A dossier of the list with where it stands. Sheets are looked at, never shown. */
async function standingOf(deps: ApiDeps, tx: Prisma.TransactionClient, session: SessionRow, dossier: DossierRow) {
  const listed = await listedDossiers(deps, session, tx);
  const found = listed.find(({ dossier: one }) => one.cycleId === dossier.cycleId) as Listed;
  return assess(factsOf(session), dossierFacts(session, dossier), found.measure).standing;
}

const rescore = route({
  method: 'post',
  path: '/api/sessions/{id}/dossiers/{cycleId}/rescore',
  tag: TAG,
  summary: { vi: 'Hội đồng thảo luận và chấm lại', en: 'The council discusses and scores again' },
  description: {
    vi: 'Khi điểm chênh quá mức của Quy chế, hoặc có đề nghị loại mà Hội đồng không loại. Phiếu cũ được giữ; mọi thành viên nộp phiếu mới.',
    en: 'When the members are too far apart, or an exclusion was proposed and the dossier stays in. Old sheets are kept; every member hands in anew.',
  },
  who: KEEPERS,
  params: dossierParams,
  body: z.strictObject({ reason: text(1000).optional() }),
  answer,
  handler: async ({ deps, actor, params, body }) => ({ body: await askRescore(deps, actor, params, body.reason) }),
});

/** Asks every member to score a dossier again. */
export async function askRescore(deps: ApiDeps, actor: Actor, params: DossierPlace, reason?: string): Promise<SessionView> {
  await inDossier(deps, actor, params, async (tx, session, dossier) => {
    const standing = await standingOf(deps, tx, session, dossier);
    if (standing !== 'rescore' && standing !== 'exclusion') throw noRescore(standing);
    const scoringRound = dossier.scoringRound + 1;
    await tx.sessionDossier.update({ where: where(dossier), data: { scoringRound } });
    const about = { councilId: session.councilId, sessionId: session.id, cycleId: dossier.cycleId, payload: { scoringRound } };
    await recordChanges(deps, tx, actor, [{ name: 'ask-rescore', ...about, reason }]);
  });
  return await viewOfSession(deps, await readSession(deps.db, actor, params.id));
}

function noRescore(standing: string): HttpProblem {
  return new HttpProblem(
    'not-allowed-now',
    {
      vi: 'Chỉ chấm lại khi đủ phiếu mà điểm chênh quá mức của Quy chế, hoặc khi có đề nghị loại hồ sơ',
      en: 'Only when the sheets are in and too far apart, or when an exclusion is proposed',
    },
    { members: { standing } },
  );
}

const exclude = route({
  method: 'post',
  path: '/api/sessions/{id}/dossiers/{cycleId}/exclude',
  tag: TAG,
  summary: { vi: 'Hội đồng kết luận loại hồ sơ', en: 'The council excludes a dossier' },
  description: {
    vi: '“Hồ sơ bị loại khi …” (Phụ lục II): là một kết luận, không phải điểm 0.',
    en: '“Hồ sơ bị loại khi …” (Appendix II): a conclusion, not a score of 0.',
  },
  who: KEEPERS,
  params: dossierParams,
  body: z.strictObject({ reason: text(1000) }),
  answer,
  handler: async ({ deps, actor, params, body }) => ({ body: await excludeDossier(deps, actor, params, body.reason) }),
});

/** Records that the council excludes a dossier. */
export async function excludeDossier(deps: ApiDeps, actor: Actor, params: DossierPlace, reason: string): Promise<SessionView> {
  await inDossier(deps, actor, params, async (tx, session, dossier) => {
    if (dossier.status === 'excluded') return;
    await tx.sessionDossier.update({ where: where(dossier), data: { status: 'excluded', reason } });
    const about = { councilId: session.councilId, sessionId: session.id, cycleId: dossier.cycleId };
    await recordChanges(deps, tx, actor, [{ name: 'exclude-dossier', ...about, reason }]);
  });
  return await viewOfSession(deps, await readSession(deps.db, actor, params.id));
}

export const DOSSIER_ROUTES: Route[] = [waiting, add, remove, handOver, rescore, exclude];
