/** Rules of the shipped data, pinned for a test. */
import { workingCalendar } from '../../domain/holidays';
import type { Plan } from '../../domain/plans';
import type { Regime } from '../../domain/regimes';
import { type CycleRules, pinRules } from '../../domain/rules';
import { loadRules } from '../../plans/load';

export const RULES = loadRules();
export const CALENDAR = workingCalendar(RULES.calendar);

export function regime(id: string): Regime {
  const found = RULES.regimes.find((one) => one.id === id);
  if (!found) throw new Error(`no regime ${id}`);
  return found;
}

export function plan(id: string): Plan {
  const found = RULES.plans.find((one) => one.id === id);
  if (!found) throw new Error(`no plan ${id}`);
  return found;
}

/** The rules of a cycle under a regime and a plan. */
export function rulesOf(regimeId = 'qd-26-2026', planId = 'ninh-binh-2026', more: Partial<CycleRules> = {}): CycleRules {
  const from = planId === 'lai-chau-2024' ? '2024-01-01' : '2026-01-01';
  return {
    ...pinRules({ regime: regime(regimeId), plan: plan(planId), calendar: CALENDAR, nudges: RULES.nudges, finishBy: null, from }),
    ...more,
  };
}
