/** Versions of plans: how one came from the other, and how a new one is entered. A new version binds new dossiers; those under way adopt it. */
import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/cycle/state';
import type { DeadlineDate } from '../../domain/deadlines';
import type { LocalDate } from '../../domain/dates';
import type { Plan, StageWindow } from '../../domain/plans';
import { checkNudges, checkPlan } from '../../plans/checks';
import type { Problem } from '../../plans/problems';
import { planSchema } from '../../plans/schema';
import type { Prisma } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { problemsOfIssues, unusableText } from '../http/issues';
import { type FieldProblem, HttpProblem, invalidInput, notFound } from '../http/problem';
import { readPlans } from './current';

export interface PlanVersion {
  version: number;
  enteredAt: Date;
  /** Null for what the product ships. */
  enteredBy: string | null;
  reason: string | null;
  /** What of the dated windows differs from the version before. */
  changes: WindowChange[];
}

export interface WindowChange {
  window: string;
  title: Plan['title'];
  before: Dates | null;
  after: Dates | null;
}

interface Dates {
  opensOn: LocalDate | null;
  closes: DeadlineDate | null;
}

/** The plan of an id in the newest version, or in that one. Throws "not found". */
export async function planOfVersion({ rules, db }: ApiDeps, id: string, version?: number): Promise<Plan> {
  const newest = rules.plans.find((plan) => plan.id === id);
  if (!newest) {
    const ids = rules.plans.map((plan) => plan.id).join(', ');
    throw notFound({ vi: `Không có kế hoạch ${id}; các kế hoạch: ${ids}`, en: `There is no plan ${id}; plans: ${ids}` });
  }
  if (version === undefined || version === newest.version) return newest;
  const row = await db.plan.findUnique({ where: { id_version: { id, version } } });
  const read = planSchema.safeParse(row?.content);
  if (read.success) return read.data;
  throw notFound({
    vi: `Kế hoạch ${id} không có phiên bản ${version}; mới nhất là ${newest.version}`,
    en: `The plan ${id} has no version ${version}; the newest is ${newest.version}`,
  });
}

/** Every version of a plan, the newest first. */
export async function versionsOf(deps: ApiDeps, id: string): Promise<PlanVersion[]> {
  await planOfVersion(deps, id);
  const rows = await deps.db.plan.findMany({ where: { id }, orderBy: { version: 'asc' } });
  const plans = rows.map((row) => planSchema.safeParse(row.content).data);
  return rows
    .map(({ version, loadedAt, loadedBy, reason }, index) => {
      const changes = windowChanges(plans[index - 1], plans[index]);
      return { version, enteredAt: loadedAt, enteredBy: loadedBy, reason, changes };
    })
    .reverse();
}

function windowChanges(before: Plan | undefined, after: Plan | undefined): WindowChange[] {
  if (!before || !after) return [];
  const ids = [...new Set([...before.windows, ...after.windows].map((one) => one.id))];
  const find = (plan: Plan, id: string): StageWindow | undefined => plan.windows.find((one) => one.id === id);
  return ids.flatMap((id): WindowChange[] => {
    const [was, is] = [find(before, id), find(after, id)];
    const change = { window: id, title: (is ?? was)?.title ?? { vi: id, en: id }, before: datesOf(was), after: datesOf(is) };
    return JSON.stringify(change.before) === JSON.stringify(change.after) ? [] : [change];
  });
}

const datesOf = (window: StageWindow | undefined): Dates | null => (window ? { opensOn: window.opensOn, closes: window.closes } : null);

/** Whether an actor may enter versions of a plan: administrators any, a province its own. */
export function mayEnter(actor: Actor, issuer: Plan['issuer']): boolean {
  if (actor.role === 'administrator') return true;
  return actor.role === 'provincial_staff' && issuer.provinceCode !== null && issuer.provinceCode === actor.provinceCode;
}

/**
 * Enters a plan as its next version, or as the first of a new plan.
 * @param given the plan as a data file holds it; its version may be left out
 * @throws HttpProblem naming every field that is wrong
 */
export async function enterPlan(deps: ApiDeps, actor: Actor, given: Record<string, unknown>, reason: string): Promise<Plan> {
  const unusable = unusableText(given, 'plan');
  if (unusable.length > 0) throw invalidInput(unusable);
  await readPlans(deps);
  const standing = deps.rules.plans.find((plan) => plan.id === given['id']);
  const next = (standing?.version ?? 0) + 1;
  const parsed = planSchema.safeParse({ ...given, version: given['version'] ?? next }, { reportInput: true });
  if (!parsed.success) throw invalidInput(problemsOfIssues(parsed.error.issues, 'plan'));
  const plan = parsed.data;
  const problems = problemsOf(deps, plan, standing, next);
  if (problems.length > 0) throw invalidInput(problems);
  if (!mayEnter(actor, plan.issuer) || (standing && !mayEnter(actor, standing.issuer))) throw notYours();
  await keepVersion(deps, actor, plan, reason);
  return plan;
}

function problemsOf({ rules }: ApiDeps, plan: Plan, standing: Plan | undefined, next: number): FieldProblem[] {
  const problem = (field: string, vi: string, en: string): FieldProblem => ({ field, message: { vi, en } });
  const asField = ({ path, reason }: Problem): FieldProblem => ({ field: path === '' ? 'plan' : `plan.${path}`, message: reason });
  const own = { file: plan.id, value: plan };
  const regimes = rules.regimes.map(({ id }) => id);
  const others = rules.plans.filter(({ id }) => id !== plan.id).map(({ id, nudges }) => ({ file: id, value: nudges }));
  const nudges = checkNudges([{ file: 'nudges', value: rules.nudges }, ...others, { file: plan.id, value: plan.nudges }]);
  return [
    ...(plan.version === next ? [] : [problem('plan.version', `phải là ${next} (phiên bản kế tiếp)`, `must be ${next}, the next version`)]),
    ...(standing && standing.issuer.level !== plan.issuer.level
      ? [problem('plan.issuer.level', 'không đổi được cấp ban hành', 'the issuer’s level cannot change')]
      : []),
    ...checkPlan(own, regimes, rules.units).map(asField),
    ...nudges.filter(({ file }) => file === plan.id).map(({ path, reason }) => ({ field: `plan.nudges${path}`, message: reason })),
  ];
}

function notYours(): HttpProblem {
  return new HttpProblem('not-allowed', {
    vi: 'Chỉ cơ quan của tỉnh ban hành kế hoạch, hoặc quản trị viên, được nhập phiên bản mới',
    en: 'Only the province that issued the plan, or an administrator, may enter a version',
  });
}

async function keepVersion(deps: ApiDeps, actor: Actor, plan: Plan, reason: string): Promise<void> {
  const content = JSON.stringify(plan);
  const { count } = await deps.db.plan.createMany({
    data: [
      {
        id: plan.id,
        version: plan.version,
        content: JSON.parse(content) as Prisma.InputJsonValue,
        sha256: createHash('sha256').update(content).digest('hex'),
        loadedAt: new Date(deps.clock.now()),
        loadedBy: actor.id,
        reason,
      },
    ],
    skipDuplicates: true,
  });
  await readPlans(deps);
  if (count === 0)
    throw new HttpProblem('already-exists', {
      vi: `Phiên bản ${plan.version} vừa được người khác nhập; hãy xem lại rồi nhập tiếp`,
      en: `Somebody else has just entered version ${plan.version}; look again before entering`,
    });
}

export interface WindowMove {
  opensOn?: LocalDate | null;
  closes: DeadlineDate | null;
  /** The words of the document that changes it; which document stands in the reason, and is told beside them. The line stays the plan's own. */
  quote: string;
}

/** Enters the next version of a plan with one window moved; everything else stays. */
export async function moveWindow(
  deps: ApiDeps,
  actor: Actor,
  { id, window, reason }: { id: string; window: string; reason: string },
  move: WindowMove,
): Promise<Plan> {
  const plan = await planOfVersion(deps, id);
  const standing = plan.windows.find((one) => one.id === window);
  if (!standing) {
    const ids = plan.windows.map((one) => one.id).join(', ');
    throw invalidInput([{ field: 'window', message: { vi: `không có mốc này; các mốc: ${ids}`, en: `there is no such window: ${ids}` } }]);
  }
  const moved = {
    ...standing,
    opensOn: move.opensOn === undefined ? standing.opensOn : move.opensOn,
    closes: move.closes,
    quote: `${move.quote} (${reason})`,
  };
  if (JSON.stringify([moved.opensOn, moved.closes]) === JSON.stringify([standing.opensOn, standing.closes]))
    throw invalidInput([{ field: 'closes', message: { vi: 'trùng với ngày đang áp dụng', en: 'is the present date' } }]);
  const { version: _version, ...rest } = plan;
  return await enterPlan(deps, actor, { ...rest, windows: plan.windows.map((one) => (one.id === window ? moved : one)) }, reason);
}
