/** The rules that a cycle is given: which plan, pinned under the dossier's dates, kept in the records under their version. */
import type { LocalDate } from '../../domain/dates';
import { NoRegimeError } from '../../domain/regime-selection';
import type { RegistrationKind } from '../../domain/regimes';
import type { CycleRules } from '../../domain/rules';
import type { Plan } from '../../domain/plans';
import { pinFor } from '../../plans/pin';
import type { Prisma } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { type FieldProblem, invalidInput } from '../http/problem';

/** The plan of a province without one of its own: the decision's own rounds. */
export const NATIONAL_PLAN = 'qd-26-2026';

/** The plan for a commune on a day: its province's, else the commune's own, else the national one. */
export function defaultPlan(plans: readonly Plan[], place: { provinceCode: string; communeCode: string }, on: LocalDate): string {
  const covers = (plan: Plan): boolean => plan.period.from <= on && on <= plan.period.to;
  const ofCommune = plans.find((plan) => plan.issuer.level === 'commune' && plan.issuer.communeCode === place.communeCode && covers(plan));
  const ofProvince = plans.find(
    (plan) => plan.issuer.level === 'province' && plan.issuer.provinceCode === place.provinceCode && covers(plan),
  );
  return (ofProvince ?? ofCommune)?.id ?? NATIONAL_PLAN;
}

export interface PinRequest {
  planId: string;
  kind: RegistrationKind;
  submittedOn: LocalDate;
}

/** The rules for a dossier of these dates, or what is wrong: an unknown plan, or a day that no regime covers. */
export function pin(
  { rules, calendar, today }: ApiDeps,
  { planId, kind, submittedOn }: PinRequest,
  dateField: string,
): CycleRules | FieldProblem {
  if (!rules.plans.some((plan) => plan.id === planId)) {
    const ids = rules.plans.map((plan) => plan.id).join(', ');
    return { field: 'plan', message: { vi: `không có kế hoạch này; các kế hoạch: ${ids}`, en: `there is no such plan; plans: ${ids}` } };
  }
  const now = today();
  const assessedOn = submittedOn > now ? submittedOn : now;
  try {
    return pinFor(rules, { planId, kind, submittedOn, assessedOn }, calendar).rules;
  } catch (error) {
    if (error instanceof NoRegimeError) return { field: dateField, message: error.reason };
    throw error;
  }
}

/** As `pin`, for where a problem ends the request. */
export function pinOrRefuse(deps: ApiDeps, request: PinRequest, dateField: string): CycleRules {
  const pinned = pin(deps, request, dateField);
  if ('field' in pinned) throw invalidInput([pinned]);
  return pinned;
}

/** Versions that this process has seen in the records: they are never removed. */
const kept = new WeakMap<ApiDeps['db'], Set<string>>();

/** Keeps rules under their version, before a cycle gets them. */
export async function keepRules({ db, clock }: Pick<ApiDeps, 'db' | 'clock'>, rules: CycleRules): Promise<void> {
  const versions = kept.get(db) ?? new Set();
  kept.set(db, versions);
  if (versions.has(rules.version)) return;
  const content = JSON.parse(JSON.stringify(rules)) as Prisma.InputJsonValue;
  const row = { version: rules.version, content, pinnedAt: new Date(clock.now()) };
  await db.pinnedRules.createMany({ data: [row], skipDuplicates: true });
  versions.add(rules.version);
}
