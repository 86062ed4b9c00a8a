/** The question every member is asked about every dossier: have you an interest in its producer? Asked, answered with no, answered with yes. */
import { z } from 'zod';
import { interestOf } from '../../domain/council/session';
import type { Actor } from '../../domain/cycle/state';
import type { ApiDeps } from '../deps';
import { route } from '../http/route';
import { text } from '../http/schemas';
import { SCORERS } from './access';
import { idParams } from './councils';
import { recordChanges } from './events';
import { invalidInput } from '../http/problem';
import { dossierFacts, inOpenSession, onTheList, readSession, requireSeat } from './session-records';
import { type SessionView, sessionView, viewOfSession } from './session-view';
import { cycleIdSchema, TAG } from './shared';

export const answersInput = z
  .array(z.strictObject({ cycleId: cycleIdSchema, interest: z.boolean(), reason: text(1000).optional() }))
  .min(1)
  .max(200);

type Answers = z.output<typeof answersInput>;

export const declareInterest = route({
  method: 'post',
  path: '/api/sessions/{id}/interests',
  tag: TAG,
  summary: { vi: 'Thành viên trả lời về lợi ích liên quan', en: 'A member answers about interests' },
  description: {
    vi: 'Mỗi người chỉ trả lời cho mình, cho từng hồ sơ. Có lợi ích liên quan: không chấm, không tính vào số thành viên và điểm trung bình của hồ sơ đó.',
    en: 'Each for themselves, dossier by dossier. With an interest the member does not score and leaves that dossier’s quorum and mean.',
  },
  who: SCORERS,
  params: idParams,
  body: z.strictObject({ answers: answersInput }),
  answer: { status: 200, schema: sessionView, description: { vi: 'Phiên của Hội đồng', en: 'The session' } },
  handler: async ({ deps, actor, params, body }) => ({ body: await answerInterests(deps, actor, params.id, body.answers) }),
});

/** A member answers for themselves, dossier by dossier. */
export async function answerInterests(deps: ApiDeps, actor: Actor, id: string, answers: Answers): Promise<SessionView> {
  await inOpenSession(deps, actor, id, async (tx, session) => {
    const { code } = requireSeat(session, actor);
    const dossiers = new Map(onTheList(session).map((dossier) => [dossier.cycleId, dossierFacts(session, dossier)]));
    const unknown = answers.filter(({ cycleId }) => !dossiers.has(cycleId));
    if (unknown.length)
      throw invalidInput(
        unknown.map(({ cycleId }) => ({ field: cycleId, message: { vi: 'không có trong danh sách', en: 'is not on the list' } })),
      );
    const changed = answers.filter(({ cycleId, interest }) => {
      const own = dossiers.get(cycleId);
      return own !== undefined && interestOf(own, code) !== (interest ? 'interest' : 'none');
    });
    const recordedAt = new Date(deps.clock.now());
    await tx.interestDeclaration.createMany({
      data: changed.map(({ cycleId, interest, reason = null }) => ({
        sessionId: id,
        cycleId,
        memberCode: code,
        interest,
        reason,
        recordedAt,
      })),
    });
    const about = { councilId: session.councilId, sessionId: id };
    await recordChanges(
      deps,
      tx,
      actor,
      changed.map(({ cycleId, interest, reason }) => ({
        name: 'declare-interest' as const,
        ...about,
        cycleId,
        payload: { member: code, interest },
        reason,
      })),
    );
  });
  return await viewOfSession(deps, await readSession(deps.db, actor, id));
}
