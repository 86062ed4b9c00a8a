/**
 * Sheets that a member has begun. They are that member's alone and no record of the council: nobody else sees them or that there are any, they count for
 * nothing, and they are gone when the sheet is handed in or the session closes.
 */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import type { ApiDeps } from '../deps';
import { invalidInput } from '../http/problem';
import { route, type Route } from '../http/route';
import { instant } from '../http/schemas';
import { SCORERS } from './access';
import { idParams } from './councils';
import { type GivenSheet, pointProblems, scoringProblems, type SheetProblem } from './enter-sheets';
import { factsOf, inOpenSession, onTheList, readSession, requireSeat } from './session-records';
import { fieldOf, givenSheet } from './sheets';
import { TAG } from './shared';

const savedView = z.object({ savedAt: instant.nullable() }).meta({ id: 'SheetDraftSaved' });

const save = route({
  method: 'post',
  path: '/api/sessions/{id}/draft-sheets',
  tag: TAG,
  summary: { vi: 'Thành viên lưu phiếu chấm dở của mình', en: 'A member keeps a sheet that is not finished' },
  description: {
    vi: 'Không cần đủ tiêu chí. Chỉ người ấy xem được, không tính vào kết quả; nộp phiếu hoặc phiên kết thúc thì bản nháp mất. Để trống hết là bỏ bản nháp (savedAt null).',
    en: 'Criteria may be missing. Only that member sees it, and it counts for nothing; it is gone when the sheet is handed in or the session closes. An empty one takes the draft away (savedAt null).',
  },
  who: SCORERS,
  params: idParams,
  body: z.strictObject({ sheet: givenSheet }),
  answer: { status: 200, schema: savedView, description: { vi: 'Lúc lưu', en: 'When it was kept' } },
  handler: async ({ deps, actor, params, body: { sheet } }) => ({ body: await saveDraft(deps, actor, params.id, sheet) }),
});

/** Keeps what a member has chosen so far in place of what was kept before. Throws what is wrong, under `sheets.0.options.<criterion>`. */
export async function saveDraft(deps: ApiDeps, actor: Actor, id: string, given: GivenSheet): Promise<z.output<typeof savedView>> {
  const { problems, savedAt } = await inOpenSession(deps, actor, id, async (tx, session) => {
    const { code: memberCode } = requireSeat(session, actor);
    const found: Omit<SheetProblem, 'sheet'>[] = [
      ...scoringProblems(deps, session, factsOf(session), given, memberCode),
      ...pointProblems(deps, session, given, memberCode).filter(({ kind }) => kind !== 'missing-answer'),
    ];
    if (found.length > 0) return { problems: found, savedAt: null };
    const key = { sessionId: id, cycleId: given.cycleId, memberCode };
    if (isEmpty(given)) {
      await tx.scoreSheetDraft.deleteMany({ where: key });
      return { problems: [], savedAt: null };
    }
    const now = new Date(deps.clock.now());
    const facts = {
      scoringRound: onTheList(session).find(({ cycleId }) => cycleId === given.cycleId)?.scoringRound ?? 1,
      options: given.options,
      disqualified: given.disqualified?.reason ?? null,
      asksMeeting: given.asksMeeting ?? null,
      savedAt: now,
    };
    await tx.scoreSheetDraft.upsert({ where: { sessionId_cycleId_memberCode: key }, create: { ...key, ...facts }, update: facts });
    return { problems: [], savedAt: now.toISOString() };
  });
  if (problems.length > 0) throw invalidInput(problems.map((one) => ({ field: fieldOf({ ...one, sheet: 0 }), message: one.text })));
  return { savedAt };
}

const isEmpty = ({ options, disqualified, asksMeeting }: GivenSheet): boolean =>
  Object.keys(options).length === 0 && disqualified === undefined && asksMeeting === undefined;

const draftView = z
  .object({
    cycleId: z.string(),
    scoringRound: z.number().int(),
    options: z.record(z.string(), z.number()),
    disqualified: z.string().nullable(),
    asksMeeting: z.string().nullable(),
    savedAt: instant,
  })
  .meta({ id: 'SheetDraft' });

const read = route({
  method: 'get',
  path: '/api/sessions/{id}/draft-sheets',
  tag: TAG,
  summary: { vi: 'Phiếu chấm dở của mình', en: 'One’s own sheets that are not finished' },
  description: {
    vi: 'Chỉ bản nháp của người hỏi, của lần chấm hiện tại. Phiên kết thúc thì không còn.',
    en: 'Only the asker’s own, of the present scoring. None once the session is closed.',
  },
  who: SCORERS,
  params: idParams,
  answer: { status: 200, schema: z.object({ items: z.array(draftView) }), description: { vi: 'Bản nháp', en: 'Drafts' } },
  handler: async ({ deps, actor, params }) => ({ body: { items: await draftsOf(deps, actor, params.id) } }),
});

/** The actor's own drafts of the present scoring. Throws the refusal of whoever has no seat that scores. */
export async function draftsOf(deps: ApiDeps, actor: Actor, id: string): Promise<z.output<typeof draftView>[]> {
  const session = await readSession(deps.db, actor, id);
  const { code: memberCode } = requireSeat(session, actor);
  const rows = await deps.db.scoreSheetDraft.findMany({ where: { sessionId: id, memberCode }, orderBy: { cycleId: 'asc' } });
  const present = new Map(onTheList(session).map(({ cycleId, scoringRound }) => [cycleId, scoringRound]));
  return rows
    .filter(({ cycleId, scoringRound }) => present.get(cycleId) === scoringRound)
    .map(({ cycleId, scoringRound, options, disqualified, asksMeeting, savedAt }) => ({
      cycleId,
      scoringRound,
      options: options as Record<string, number>,
      disqualified,
      asksMeeting,
      savedAt: savedAt.toISOString(),
    }));
}

export const DRAFT_ROUTES: Route[] = [save, read];
