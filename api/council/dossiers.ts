/** What a session does with a dossier of its list: hands it over, scores it again, excludes it, takes it off. */
import { z } from 'zod';
import { assess } from '../../domain/council/assessment';
import { handoverProblems } from '../../domain/council/handover';
import type { Actor } from '../../domain/cycle/state';
import type { Prisma } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { HttpProblem, invalidInput } from '../http/problem';
import { route, type Route } from '../http/route';
import { localDate, text } from '../http/schemas';
import { KEEPERS } from './access';
import { idParams } from './councils';
import { asDate } from './dates';
import { recordChanges } from './events';
import {
  type DossierRow,
  dossierFacts,
  factsOf,
  inOpenSession,
  type Listed,
  listedDossiers,
  onTheList,
  readSession,
  type SessionRow,
} from './session-records';
import { sessionAnswer, type SessionView, viewOfSession } from './session-view';
import { cycleIdSchema, cycleList, TAG } from './shared';

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
  answer: sessionAnswer,
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
  answer: sessionAnswer,
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
  answer: sessionAnswer,
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
  answer: sessionAnswer,
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

export const DOSSIER_ROUTES: Route[] = [remove, handOver, rescore, exclude];
