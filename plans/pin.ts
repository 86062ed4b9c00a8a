/**
 * The rules of one dossier, chosen from everything loaded and pinned under a version that names their content.
 */
import { createHash } from 'node:crypto';
import type { LocalDate } from '../domain/dates';
import { workingCalendar } from '../domain/holidays';
import { selectRegime } from '../domain/regime-selection';
import type { RegistrationKind } from '../domain/regimes';
import { type CycleRules, pinRules } from '../domain/rules';
import type { Text } from '../domain/sources';
import type { WorkingCalendar } from '../domain/working-days';
import type { Rules } from './load';

export interface Pinned {
  rules: CycleRules;
  /** Why this regime, step by step. */
  steps: Text[];
}

/**
 * Pins the rules for a dossier. A certificate under watch comes under the regime in force on the day the watch begins.
 * @throws RangeError for an unknown plan, NoRegimeError where no regime covers the dates
 */
export function pinFor(
  all: Rules,
  dossier: { planId: string; kind: RegistrationKind; submittedOn: LocalDate; assessedOn: LocalDate },
  calendar: WorkingCalendar = workingCalendar(all.calendar),
): Pinned {
  const plan = all.plans.find((one) => one.id === dossier.planId);
  if (!plan) throw new RangeError(`no plan ${dossier.planId}`);
  const { regime, finishBy, steps } = selectRegime(all.regimes, dossier);
  const rules = pinRules({ regime, plan, calendar, nudges: all.nudges, finishBy, from: dossier.submittedOn });
  const digest = createHash('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 12);
  return { rules: { ...rules, version: `${regime.id}+${plan.id}@${plan.version}#${digest}` }, steps };
}
