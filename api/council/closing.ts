/**
 * Closing a session: quorum and chair, nothing left to settle; then every verdict is computed once, recorded, and entered into its cycle. Entering may be cut
 * off half-way: asking again goes on where it stopped, and enters nothing twice.
 */
import { z } from 'zod';
import { assess, type Assessment, sessionClosingProblems, verdictToEnter } from '../../domain/council/assessment';
import type { Problem } from '../../domain/cycle/action';
import { decide } from '../../domain/cycle/decide';
import type { Actor, Verdict } from '../../domain/cycle/state';
import type { LocalDate } from '../../domain/dates';
import type { ApiDeps } from '../deps';
import { HttpProblem, invalidInput, unavailable } from '../http/problem';
import { route, type Route } from '../http/route';
import { bothLanguages, documentNumber, localDate } from '../http/schemas';
import { inTurn } from '../imports/in-turn';
import { KEEPERS } from './access';
import { idParams } from './councils';
import { asDate, asLocalDate } from './dates';
import { recordChanges } from './events';
import { resultRow } from './results';
import { dossierFacts, factsOf, type Listed, listedDossiers, readSession, resultKey, rulesOf, type SessionRow } from './session-records';
import { recordedIn, type SessionView, sessionView, viewOfSession } from './session-view';
import { TAG, TRANSACTION } from './shared';

export const closeInput = z.strictObject({ on: localDate.optional(), minutesNumber: documentNumber.optional() });

const close = route({
  method: 'post',
  path: '/api/sessions/{id}/close',
  tag: TAG,
  summary: { vi: 'Kết thúc phiên: tính và ghi kết quả', en: 'Close the session: results are computed and recorded' },
  description: {
    vi: 'Cần đủ thành viên và Chủ tịch theo Quy chế, không còn việc phải giải quyết. Kết quả được tính một lần rồi ghi vào từng chu trình; bị ngắt giữa chừng thì gửi lại.',
    en: 'Needs quorum and chair under the rules and nothing left to settle. Verdicts are computed once and entered into each cycle; when cut off, send it again.',
  },
  who: KEEPERS,
  params: idParams,
  body: closeInput,
  answer: {
    status: 200,
    schema: sessionView
      .extend({ notEntered: z.array(z.object({ cycleId: z.string(), reason: bothLanguages })) })
      .meta({ id: 'ClosedSession' }),
    description: { vi: 'Phiên đã kết thúc, với kết quả', en: 'The closed session with its results' },
  },
  refusals: [503],
  handler: async ({ deps, actor, params, body }) => ({ body: await closeSession(deps, actor, params.id, body) }),
});

/**
 * Closes a session and enters its results into their cycles; asked again, it goes on where it was cut off. Throws what keeps the session open, and
 * "unavailable" while results are still to be entered.
 */
export async function closeSession(
  deps: ApiDeps,
  actor: Actor,
  id: string,
  { on = deps.today(), minutesNumber }: z.output<typeof closeInput>,
): Promise<SessionView & { notEntered: NotEntered[] }> {
  if (on > deps.today()) throw invalidInput([{ field: 'on', message: { vi: 'ngày ở tương lai', en: 'is in the future' } }]);
  await conclude(deps, actor, id, { on, minutesNumber });
  const session = await readSession(deps.db, actor, id);
  const { refused, waiting } = await enterResults(deps, actor, session, minutesNumber);
  if (waiting) throw unavailable();
  return { ...(await viewOfSession(deps, session)), notEntered: refused };
}

/** Computes and records every verdict and closes the session, in one step. Nothing when it is closed. */
async function conclude(
  deps: ApiDeps,
  actor: Actor,
  id: string,
  { on, minutesNumber }: { on: LocalDate; minutesNumber: string | undefined },
): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from council_session where id = ${id} for update`;
    const session = await readSession(tx, actor, id);
    if (session.status === 'closed') return;
    const listed = await listedDossiers(deps, session, tx);
    const facts = factsOf(session);
    const assessed = listed.map((one) => ({ ...one, ...assess(facts, dossierFacts(session, one.dossier), one.measure) }));
    const problems = [
      ...sessionClosingProblems(
        facts,
        listed.map(({ dossier }) => dossierFacts(session, dossier)),
        on,
      ),
      ...assessed.flatMap((one) => (one.problems.length > 0 ? one.problems : cycleProblems(deps, one, { actor, on }))),
    ];
    if (problems.length) throw new HttpProblem('not-allowed-now', NOT_YET, { problems });
    const recordedAt = new Date(deps.clock.now());
    const key = resultKey(id);
    await tx.councilResult.createMany({
      data: assessed.map(({ dossier, measure, award }) => ({
        ...resultRow(award, { level: measure.level, rulesId: rulesOf(session).id, set: measure.set }),
        cycleId: dossier.cycleId,
        sessionId: id,
        scoringRound: dossier.scoringRound,
        computedOn: asDate(on),
        recordedAt,
        key,
      })),
    });
    for (const { dossier } of assessed)
      await tx.sessionDossier.update({
        where: { sessionId_cycleId: { sessionId: id, cycleId: dossier.cycleId } },
        data: { openCycleId: null, ...(dossier.status === 'excluded' ? {} : { status: 'concluded' }) },
      });
    await tx.councilSession.update({ where: { id }, data: { status: 'closed', closedOn: asDate(on), closedAt: recordedAt } });
    const about = { councilId: session.councilId, sessionId: id, on, sourceDocument: minutesNumber };
    await recordChanges(deps, tx, actor, [
      { name: 'close-session', ...about },
      ...assessed.map(({ dossier, award: { sum, members, star, route: where } }) => ({
        name: 'conclude-dossier' as const,
        ...about,
        cycleId: dossier.cycleId,
        payload: { sum, members, star, route: where },
      })),
    ]);
  }, TRANSACTION);
}

type Assessed = Listed & Assessment;

const NOT_YET = { vi: 'Chưa thể kết thúc phiên', en: 'The session cannot be closed yet' };

/** What the cycle would refuse: it has left the council, is paused, or the day lies before its last event. */
function cycleProblems(deps: ApiDeps, { state, dossier, award }: Assessed, { actor, on }: { actor: Actor; on: LocalDate }): Problem[] {
  const verdict = verdictToEnter(award);
  const request = { action: 'record-council-result', payload: { verdict, sessionId: dossier.sessionId }, actor, on };
  const decision = decide(state, request, deps.clock.now());
  if (decision.ok) return [];
  const { problems, message } = decision.refusal;
  const { vi, en } = problems[0]?.message ?? message;
  const takeOff = {
    vi: `${vi}; nếu không mở lại được thì đưa ra khỏi danh sách`,
    en: `${en}; if that cannot be mended, take it off the list`,
  };
  return [{ field: dossier.cycleId, message: problems.length > 0 ? { vi, en } : takeOff }];
}

interface NotEntered {
  cycleId: string;
  reason: Problem['message'];
}

/** Enters the recorded results into their cycles, those that are not there yet. */
async function enterResults(
  deps: ApiDeps,
  actor: Actor,
  session: SessionRow,
  minutesNumber: string | undefined,
): Promise<{ refused: NotEntered[]; waiting: boolean }> {
  const before = await recordedIn(deps, session);
  const refused: NotEntered[] = [];
  let waiting = false;
  const on = session.closedOn === null ? deps.today() : asLocalDate(session.closedOn);
  await inTurn(
    session.results.filter(({ cycleId }) => !before.has(cycleId)),
    async (row) => {
      const verdict = verdictOfRow(row);
      if (!verdict) return;
      const request = {
        action: 'record-council-result',
        payload: { verdict, sessionId: session.id },
        actor,
        on,
        ...(minutesNumber === undefined ? {} : { sourceDocument: minutesNumber }),
      };
      const acted = await deps.gateway.act(row.cycleId, request, resultKey(session.id));
      if (acted.kind === 'unavailable') waiting = true;
      else if (acted.kind === 'refused') refused.push({ cycleId: row.cycleId, reason: acted.refusal.message });
      else if (acted.kind === 'gone') refused.push({ cycleId: row.cycleId, reason: ENDED });
    },
  );
  return { refused, waiting };
}

const ENDED = { vi: 'chu trình đã kết thúc', en: 'the cycle has ended' };

function verdictOfRow(row: SessionRow['results'][number]): Verdict | undefined {
  return verdictToEnter({
    sum: row.sum,
    members: row.members,
    band: row.band as Verdict['band'] | null,
    star: row.star as Verdict['star'] | null,
    route: row.route as Verdict['route'],
    missedMinimums: row.missedMinimums as unknown as Parameters<typeof verdictToEnter>[0]['missedMinimums'],
  });
}

export const CLOSING_ROUTES: Route[] = [close];
