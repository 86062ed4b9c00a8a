/** What a change would do to each dossier, by the procedure's own decision; nothing is written. */
import type { Request } from '../../domain/cycle/action';
import { decide } from '../../domain/cycle/decide';
import type { Actor, CycleState } from '../../domain/cycle/state';
import { nudgeChange, type NudgeChange, type Reminder } from '../../domain/nudges/change';
import type { CycleRules } from '../../domain/rules';
import type { Text } from '../../domain/sources';
import { prepareAction } from '../cycles/prepare-action';
import { type CycleRow, stateOf } from '../cycles/read';
import { dateOf } from '../cycles/representation';
import type { ApiDeps } from '../deps';
import { type FieldProblem, HttpProblem } from '../http/problem';
import { type Change, type Standing, standingOf, standsAs } from './change';

/** One dossier of a dry run. */
export interface DryItem {
  row: CycleRow;
  status: 'planned' | 'unchanged' | 'refused';
  before: Standing;
  after: Standing | null;
  nudges: NudgeChange;
  /** Why not. */
  reason: Text | null;
}

interface Proposed {
  change: Change;
  sourceDocument?: string;
}

const NO_NUDGES: NudgeChange = { cancelled: [], added: [] };
const AS_IT_STANDS: Text = { vi: 'Đã đúng như vậy, không có gì thay đổi', en: 'It stands so already; nothing changes' };

export interface DryRun {
  items: DryItem[];
  /** Rules that dossiers would adopt: to be kept under their versions, so that what is approved is what is done. */
  rules: CycleRules[];
}

/** The dry run over dossiers, in their order. */
export async function dryRun(deps: ApiDeps, actor: Actor, proposed: Proposed, rows: readonly CycleRow[]): Promise<DryRun> {
  const waiting = await waitingReminders(
    deps,
    rows.map(({ id }) => id),
  );
  const rules = new Map<string, CycleRules>();
  const items: DryItem[] = [];
  for (const row of rows) {
    const state = await stateOf(deps, row);
    const before = standingOf(state);
    const refused = (reason: Text): DryItem => ({ row, status: 'refused', before, after: null, nudges: NO_NUDGES, reason });
    const request = await requestFor(deps, actor, proposed, state);
    if ('reason' in request) {
      items.push(refused(request.reason));
      continue;
    }
    const decision = decide(state, request, deps.clock.now());
    if (!decision.ok) {
      items.push(refused(inOneLine(decision.refusal.message, decision.refusal.problems)));
      continue;
    }
    const after = standingOf(decision.state);
    if (standsAs(after, before)) {
      items.push({ ...refused(AS_IT_STANDS), status: 'unchanged' });
      continue;
    }
    if (request.rules) rules.set(request.rules.version, request.rules);
    const nudges = nudgeChange(state, decision.state, deps.clock.now(), waiting.get(row.id));
    items.push({ row, status: 'planned', before, after, nudges, reason: null });
  }
  return { items, rules: [...rules.values()] };
}

/** The note of a request that is only tried. */
const TRIED = 'dry-run';

async function requestFor(
  deps: ApiDeps,
  actor: Actor,
  { change, sourceDocument }: Proposed,
  state: CycleState,
): Promise<Request | { reason: Text }> {
  const on = deps.today();
  const body = change.action === 'adopt-rules' ? { plan: change.body.plan ?? state.rules.planId } : change.body;
  try {
    const prepared = await prepareAction(deps, change.action, { state, on, key: TRIED }, body);
    return { action: change.action, ...prepared, actor, on, noteId: TRIED, ...(sourceDocument === undefined ? {} : { sourceDocument }) };
  } catch (error) {
    if (error instanceof HttpProblem) return { reason: inOneLine(error.detail, error.problems) };
    throw error;
  }
}

/** A refusal as one sentence: what is wrong in the fields says more than that they are wrong. */
export function inOneLine(message: Text, problems: readonly FieldProblem[]): Text {
  if (problems.length === 0) return message;
  const [vi, en] = [problems.map((one) => one.message.vi).join('; '), problems.map((one) => one.message.en).join('; ')];
  return { vi: vi.charAt(0).toUpperCase() + vi.slice(1), en: en.charAt(0).toUpperCase() + en.slice(1) };
}

async function waitingReminders({ db }: ApiDeps, ids: string[]): Promise<Map<string, Reminder[]>> {
  const rows = await db.nudge.findMany({ where: { cycleId: { in: ids }, status: { in: ['planned', 'late'] } } });
  const byCycle = new Map<string, Reminder[]>();
  for (const { cycleId, ruleId, recipient, subject, ...days } of rows) {
    // Reminders of follow-up tasks do not hang on a deadline.
    if (cycleId === null || subject.startsWith('task:')) continue;
    const reminder = { ruleId, recipient: recipient as Reminder['recipient'], subject };
    const dated = { ...reminder, subjectOn: dateOf(days.subjectOn), plannedFor: dateOf(days.plannedFor) };
    byCycle.set(cycleId, [...(byCycle.get(cycleId) ?? []), dated]);
  }
  return byCycle;
}
