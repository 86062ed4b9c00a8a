/** One route per action of a cycle. The cycle decides; what it refuses is told with the state it is in and what may be done now. */
import { z } from 'zod';
import type { Request } from '../../domain/cycle/action';
import { ACTIONS } from '../../domain/cycle/actions';
import { actionsFor, decide, type Refusal } from '../../domain/cycle/decide';
import { STAGE_TITLES, STEPS } from '../../domain/cycle/stages';
import type { Actor, CycleState, Role } from '../../domain/cycle/state';
import type { ApiDeps } from '../deps';
import { attachmentsOf } from '../documents/keep';
import { HttpProblem, invalidInput, unavailable } from '../http/problem';
import { EVERYBODY, route, type Route, type UserRole } from '../http/route';
import { API_ACTIONS, type ApiAction, BODIES, common } from './payloads';
import { keepRules } from './pinning';
import { keepScoring } from '../council/plain-results';
import { prepareAction } from './prepare-action';
import { outOfStep, readCycle, type RowOfState, stateOf } from './read';
import { cycleView, viewOf } from './representation';

const params = z.object({
  id: z
    .string()
    .max(80)
    .regex(/^[A-Za-z0-9-]+\.\d{1,4}$/),
});

/** Who may do an action in some step; administrators may do what anybody may. */
function rolesFor(action: ApiAction): UserRole[] {
  const allowed = ACTIONS[action].allowed as Partial<Record<string, readonly Role[]>>;
  const roles = Object.values(allowed).flatMap((some) => some ?? []);
  return EVERYBODY.filter((role) => role === 'administrator' || roles.includes(role));
}

export const ACTION_ROUTES: Route[] = API_ACTIONS.map((action) => {
  const { title, source } = ACTIONS[action];
  return route({
    method: 'post',
    path: `/api/cycles/{id}/actions/${action}`,
    tag: 'Thao tác',
    summary: title,
    description: { vi: `Căn cứ: ${source}.`, en: `Source: ${source}.` },
    who: rolesFor(action),
    params,
    body: BODIES[action].extend(common),
    answer: { status: 200, schema: cycleView, description: { vi: 'Chu trình sau thao tác', en: 'The cycle after the action' } },
    refusals: [503],
    async handler({ deps, actor, params: { id }, body, key }) {
      const row = await readCycle(deps, actor, id);
      await act(deps, { actor, row, action, body, key });
      return { body: await viewOf(deps, actor, await readCycle(deps, actor, id)) };
    },
  });
});

export interface Wanted {
  actor: Actor;
  row: RowOfState;
  action: ApiAction;
  body: {
    on?: string | undefined;
    reason?: string | undefined;
    sourceDocument?: string | undefined;
    /** Sums of files that were kept for the dossier before. */
    documents?: readonly string[] | undefined;
  };
  key: string;
}

/** Does an action, once per key. Throws the problem of a refusal. */
export async function act(deps: ApiDeps, { actor, row, action, body, key }: Wanted): Promise<void> {
  const { on = deps.today(), reason, sourceDocument, documents: sums, ...own } = body;
  if (await standsAlready(deps, row.id, key)) return;
  const state = await stateOf(deps, row);
  refuseEarly(deps, state, { action, actor, on });
  const { scoring, ...prepared } = await prepareAction(deps, action, { state, on, key }, own);
  if (prepared.rules) await keepRules(deps, prepared.rules);
  if (scoring) await keepScoring(deps, { actor, cycleId: row.id, on, key }, scoring);
  const documents = sums?.length ? await attachmentsOf(deps, row.id, sums) : undefined;
  const noteId = reason === undefined ? undefined : await keepNote(deps, actor, key, reason);
  const request: Request = {
    action,
    ...prepared,
    actor,
    on,
    ...(noteId === undefined ? {} : { noteId }),
    ...(sourceDocument === undefined ? {} : { sourceDocument }),
    ...(documents === undefined ? {} : { documents }),
  };
  let result = await deps.gateway.act(row.id, request, key);
  if (result.kind === 'refused' && (await engineIsBehind(deps, row.id, request))) {
    await deps.gateway.catchUp(row.id);
    result = await deps.gateway.act(row.id, request, key);
  }
  switch (result.kind) {
    case 'done':
      return;
    case 'refused':
      throw refusalProblem(result.refusal);
    case 'unavailable':
      throw unavailable();
    case 'gone':
      throw await goneProblem(deps, row.id, { action, actor, on });
  }
}

/** What a request with the key did before it was cut off stands; the engine may have lost it since, and is told. */
async function standsAlready({ db, gateway }: ApiDeps, cycleId: string, key: string): Promise<boolean> {
  if ((await db.cycleEvent.count({ where: { cycleId, idempotencyKey: key } })) === 0) return false;
  if ((await gateway.catchUp(cycleId)).kind === 'unavailable') throw unavailable();
  return true;
}

/** Whether the records allow what the engine refused: it was killed after a record stood, and has not caught up yet. */
async function engineIsBehind(deps: ApiDeps, id: string, request: Request): Promise<boolean> {
  return decide(await stateOf(deps, await readCycle(deps, request.actor, id)), request, deps.clock.now()).ok;
}

type Asked = Pick<Request, 'action' | 'actor' | 'on'>;

/**
 * Refuses what the records show to be impossible, before anything is prepared for it. They are never behind the engine: a state changes only after its
 * record stands. What passes here is still the cycle's to decide.
 */
function refuseEarly(deps: ApiDeps, state: CycleState, asked: Asked): void {
  if (actionsFor(state, asked.actor).some((name) => name === asked.action)) return;
  const decision = decide(state, { ...asked, payload: {} }, deps.clock.now());
  if (!decision.ok) throw refusalProblem(decision.refusal);
}

/** The engine has ended the cycle: the records say how, and so what may still be done, which is nothing. */
async function goneProblem(deps: ApiDeps, id: string, asked: Asked): Promise<HttpProblem> {
  const state = await stateOf(deps, await readCycle(deps, asked.actor, id));
  const decision = state.stage === 'closed' ? decide(state, { ...asked, payload: {} }, deps.clock.now()) : undefined;
  return decision && !decision.ok ? refusalProblem(decision.refusal) : outOfStep(id);
}

function refusalProblem({ kind, message, problems, stage, step, allowed }: Refusal): HttpProblem {
  const members = { stage, stageTitle: STAGE_TITLES[stage], step, stepTitle: STEPS[step].title, allowedActions: allowed };
  switch (kind) {
    case 'unknown-action':
      return new HttpProblem('not-found', message, { members });
    case 'not-now':
      return new HttpProblem('not-allowed-now', message, { members });
    case 'not-you':
      return new HttpProblem('not-allowed', message, { members });
    case 'invalid': {
      // The body is flat: what the domain calls payload.star is the field star.
      const fields = problems.map(({ field, message: what }) => ({ field: field.replace(/^payload\.?/, '') || 'body', message: what }));
      return new HttpProblem(invalidInput(fields).kind, message, { problems: fields });
    }
  }
}

/** Keeps a reason once per request; the cycle gets its id only. */
async function keepNote({ db, clock }: ApiDeps, actor: Actor, key: string, words: string): Promise<string> {
  const id = `note-${key}`;
  await db.note.createMany({ data: [{ id, text: words, actorId: actor.id, writtenAt: new Date(clock.now()) }], skipDuplicates: true });
  return id;
}
