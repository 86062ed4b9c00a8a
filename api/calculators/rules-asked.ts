/** Finding what a question names in the loaded rules; what is not there is refused with what is. */
import { workingCalendar } from '../../domain/holidays';
import type { Plan } from '../../domain/plans';
import { NoRegimeError } from '../../domain/regime-selection';
import type { RegistrationKind } from '../../domain/regimes';
import type { AdministrativeUnit } from '../../domain/units/units';
import type { LocalDate } from '../../domain/dates';
import type { Rules } from '../../plans/load';
import { pinFor, type Pinned } from '../../plans/pin';
import { refusedField } from './refused-field';
import type { Step } from './words';

export function planAsked(rules: Rules, id: string): Plan {
  const plan = rules.plans.find((one) => one.id === id);
  if (plan) return plan;
  const reason = { vi: `Không có kế hoạch “${id}”.`, en: `There is no plan “${id}”.` };
  const ids = rules.plans.map((one) => one.id);
  throw refusedField('plan', id, reason, ids);
}

export function provinceAsked(rules: Rules, code: string | undefined): AdministrativeUnit | null {
  if (code === undefined) return null;
  const province = rules.units.find((unit) => unit.kind === 'province' && unit.code === code);
  if (province) return province;
  const reason = { vi: `Không có tỉnh, thành phố mã “${code}”.`, en: `There is no province with the code “${code}”.` };
  const codes = rules.units.filter((unit) => unit.kind === 'province').map((unit) => `${unit.code} (${unit.name})`);
  throw refusedField('province', code, reason, codes);
}

/** The rules as a cycle with these dates would have them pinned; `field` is the date to blame where no regime covers it. */
export function pinAsked(
  rules: Rules,
  dossier: { planId: string; kind: RegistrationKind; submittedOn: LocalDate; assessedOn: LocalDate },
  field: string,
): Pinned {
  try {
    return pinFor(rules, dossier, workingCalendar(rules.calendar));
  } catch (error) {
    if (!(error instanceof NoRegimeError)) throw error;
    const first = rules.regimes[0]?.inForce.value.from;
    throw refusedField(field, dossier.submittedOn, error.reason, first === undefined ? [] : [`>= ${first}`]);
  }
}

/** Why these rules, with what the choice of the regime stands on. */
export function regimeSteps(rules: Rules, { rules: { regimeId }, steps }: Pinned): Step[] {
  const source = rules.regimes.find((one) => one.id === regimeId)?.selection.source ?? regimeId;
  return steps.map((step) => ({ ...step, source }));
}
