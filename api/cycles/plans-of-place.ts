/** Which plans the dossiers of a place may follow: a national one anywhere, the others only where their issuer's word holds. */
import { problem } from '../../domain/cycle/action';
import type { LocalDate } from '../../domain/dates';
import type { Plan } from '../../domain/plans';
import type { FieldProblem } from '../http/problem';
import type { Place } from './place';

/** A commune, a whole province (`communeCode` null), or the country (both null). */
interface Area {
  provinceCode: string | null;
  communeCode: string | null;
}

/** Whether some dossier of the area may follow the plan. Districts are no more: a district's plan reaches the province that it lies in today. */
function reaches({ issuer }: Plan, { provinceCode, communeCode }: Area): boolean {
  if (issuer.level === 'national' || provinceCode === null) return true;
  if (issuer.provinceCode !== provinceCode) return false;
  return issuer.communeCode === null || communeCode === null || issuer.communeCode === communeCode;
}

/** The plans to choose from for registrations of an area on a day: those that reach it, in their period; the national ones always. */
export function plansToChoose(plans: readonly Plan[], area: Area, on: LocalDate): Plan[] {
  const isUnderWay = ({ issuer, period }: Plan): boolean => issuer.level === 'national' || (period.from <= on && on <= period.to);
  return plans.filter((plan) => reaches(plan, area) && isUnderWay(plan));
}

/**
 * Why a plan cannot be followed at a place: it is another unit's. Its period is not asked about: a list of an earlier year is entered under the plan of
 * that year, whenever that is done. Undefined for a plan that may be followed, and for one that there is not.
 */
export function planElsewhere(plans: readonly Plan[], planId: string, place: Place): FieldProblem | undefined {
  const plan = plans.find(({ id }) => id === planId);
  if (!plan || reaches(plan, place)) return undefined;
  const allowed = plans.filter((one) => reaches(one, place));
  const named = (language: 'vi' | 'en'): string => allowed.map(({ id, title }) => `${title[language]} (${id})`).join('; ');
  return problem(
    'plan',
    `kế hoạch này là của ${plan.issuer.name}, không áp dụng ở xã này; được chọn: ${named('vi')}`,
    `this plan is ${plan.issuer.name}’s and does not apply in this commune; allowed are: ${named('en')}`,
  );
}
