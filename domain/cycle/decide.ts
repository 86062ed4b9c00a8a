/**
 * The procedure as one pure function: a state and a request give the next state with what must be recorded, or a refusal that names what is allowed.
 */
import { type Instant, localDateAt } from '../dates';
import type { Text } from '../sources';
import { type ActionDefinition, dateProblems, type Problem, problem, type Request } from './action';
import { ACTION_NAMES, type ActionName, ACTIONS, isActionName } from './actions';
import { openedBy } from '../follow-ups';
import { deadlinesOf } from './due';
import type { CycleEvent, EventName, PlannedNudge } from './events';
import { STAGE_TITLES, type Stage, type Step, STEPS } from './stages';
import type { Actor, CycleState } from './state';

/** Why a request was refused. The state is unchanged; `allowed` names what may be done now by somebody. */
export interface Refusal {
  kind: 'unknown-action' | 'not-now' | 'not-you' | 'invalid';
  message: Text;
  problems: Problem[];
  stage: Stage;
  step: Step;
  allowed: ActionName[];
}

export interface Transition {
  state: CycleState;
  event: CycleEvent;
}

export type Decision = ({ ok: true } & Transition) | { ok: false; refusal: Refusal };

/** Actions that a pause leaves open. */
const WHILE_PAUSED: readonly ActionName[] = ['resume', 'withdraw', 'assign-officer', 'adopt-rules', 'record-predecessor'];

const definition = (name: ActionName): ActionDefinition => ACTIONS[name] as ActionDefinition;

/** Actions open in the present state, those that cycles tell one another included. */
function openNow(state: CycleState): ActionName[] {
  return ACTION_NAMES.filter((name) => {
    if (state.paused ? !WHILE_PAUSED.includes(name) : name === 'resume') return false;
    return definition(name).allowed[state.step] !== undefined;
  });
}

/** Actions that some person may do in the present state. */
export function actionsNow(state: CycleState): ActionName[] {
  return openNow(state).filter((name) => isForPeople(state, name));
}

/** Actions that this actor may do now. */
export function actionsFor(state: CycleState, actor: Actor): ActionName[] {
  return openNow(state).filter((name) => mayAct(state, name, actor));
}

function isForPeople({ step }: CycleState, name: ActionName): boolean {
  return definition(name).allowed[step]?.some((role) => role !== 'system') ?? false;
}

/** Whether an actor's role and office reach this cycle's action; administrators act for any office, the system for none but its own actions. */
function mayAct(state: CycleState, name: ActionName, actor: Actor): boolean {
  const roles = definition(name).allowed[state.step] ?? [];
  if (actor.role === 'administrator') return isForPeople(state, name);
  if (!roles.includes(actor.role)) return false;
  if (actor.role === 'system') return true;
  if (actor.provinceCode !== state.provinceCode) return false;
  return actor.role !== 'commune_staff' || actor.communeCode === state.communeCode;
}

/**
 * Decides on a request at an instant.
 * @returns the next state and its event, or a refusal; never throws on a business matter.
 */
export function decide(state: CycleState, request: Request, at: Instant): Decision {
  const refuse = (kind: Refusal['kind'], message: Text, problems: Problem[] = []): Decision => ({
    ok: false,
    refusal: { kind, message, problems, stage: state.stage, step: state.step, allowed: actionsNow(state) },
  });
  const { action, actor } = request;
  if (!isActionName(action)) return refuse('unknown-action', { vi: `Không có thao tác “${action}”`, en: `There is no action “${action}”` });
  const { title } = definition(action);
  if (!openNow(state).includes(action)) return refuse('not-now', notNow(state, title));
  if (!mayAct(state, action, actor))
    return refuse('not-you', {
      vi: `Tài khoản của đơn vị ${actor.office} không được “${title.vi}” với hồ sơ này`,
      en: `Office ${actor.office} may not “${title.en}” on this dossier`,
    });
  const problems = problemsOf(state, request, definition(action), at);
  if (problems.length)
    return refuse(
      'invalid',
      { vi: `Chưa thể “${title.vi}”: dữ liệu chưa hợp lệ`, en: `Cannot “${title.en}”: the data are not valid` },
      problems,
    );
  return { ok: true, ...transition(state, definition(action).apply(state, request, at), { name: action, request, at }) };
}

function problemsOf(state: CycleState, request: Request, action: ActionDefinition, at: Instant): Problem[] {
  const dates = dateProblems('on', request.on, state.lastOn, localDateAt(at));
  const reason = action.needsReason && !request.noteId ? [problem('reason', 'cần ghi lý do', 'a reason is needed')] : [];
  return [...dates, ...reason, ...(dates.length ? [] : action.check(state, request))];
}

function notNow(state: CycleState, title: Text): Text {
  const stage = STAGE_TITLES[state.stage];
  const step = STEPS[state.step].title;
  const paused = state.paused ? { vi: ', đang tạm dừng', en: ', paused' } : { vi: '', en: '' };
  return {
    vi: `Hồ sơ đang ở giai đoạn “${stage.vi}”, bước “${step.vi}”${paused.vi}: chưa thể “${title.vi}”`,
    en: `The dossier is in stage “${stage.en}”, step “${step.en}”${paused.en}: “${title.en}” is not possible now`,
  };
}

/** Completes a changed state: next sequence number, deadlines as they now stand, handled moments of an earlier stage forgotten; and writes its event. */
export function transition(
  before: CycleState,
  changed: CycleState,
  cause: { name: EventName; request: Omit<Request, 'action'>; at: Instant; nudges?: PlannedNudge[]; handled?: string[] },
): Transition {
  const { request, at, name, nudges = [], handled = [] } = cause;
  const lastOn = isOfProcedure(name, request.actor) ? request.on : before.lastOn;
  const dated: CycleState = { ...changed, sequence: before.sequence + 1, lastOn };
  const deadlines = deadlinesOf(dated);
  const keys = [...before.handled, ...handled];
  const state: CycleState = { ...dated, deadlines, handled: before.stage === dated.stage ? keys : stillStanding(keys, deadlines) };
  const { tasks, nudges: aboutTasks } = openedBy(before, state, { name, on: request.on });
  const event: CycleEvent = {
    cycleId: state.cycleId,
    sequence: state.sequence,
    name,
    actor: request.actor,
    at,
    on: request.on,
    from: { stage: before.stage, step: before.step },
    to: { stage: state.stage, step: state.step },
    outcome: state.outcome,
    payload: request.payload,
    noteId: request.noteId ?? null,
    sourceDocument: request.sourceDocument ?? null,
    ...(request.documents?.length ? { documents: request.documents } : {}),
    rulesVersion: state.rules.version,
    deadlines,
    nudges: [...nudges, ...aboutTasks],
    tasks,
  };
  return { state, event };
}

/**
 * Only what people did in the procedure sets the day before which nothing may be entered: neither a reminder at night nor naming an officer today shuts
 * out Friday's letter.
 */
function isOfProcedure(name: EventName, { role }: Actor): boolean {
  return role !== 'system' && !(isActionName(name) && definition(name).arranges);
}

/** Keys end in `@deadline:date`. Within a stage all are kept: a deadline that stops binding may come back on the same day. */
function stillStanding(keys: readonly string[], deadlines: CycleState['deadlines']): string[] {
  const subjects = new Set(deadlines.map((one) => `${one.kind}:${one.date}`));
  return keys.filter((key) => subjects.has(key.slice(key.indexOf('@') + 1)));
}
