import type { Regime } from '../../domain/regimes';
import type { CycleRules } from '../../domain/rules';
import { type Province, provinceOf } from '../certificates/issuer';
import type { ApiDeps } from '../deps';

/** The provincial agency for OCOP where a plan does not name it. */
const AGENCY = 'Sở Nông nghiệp và Môi trường';

/** Who writes a province's letters, and on which rules they rest. */
export interface Writers {
  province: Province;
  agency: string;
  regime: string;
}

export function writersOf(deps: ApiDeps, provinceCode: string, rules: Pick<CycleRules, 'planId' | 'regimeId'>): Writers {
  const plan = deps.rules.plans.find(({ id, issuer }) => id === rules.planId && issuer.level === 'province');
  return {
    province: provinceOf(deps, provinceCode),
    agency: plan?.intakeOffice?.name ?? AGENCY,
    regime: regimeName(deps.rules.regimes, rules.regimeId),
  };
}

/** As official texts cite it: `Quyết định 26/2026/QĐ-TTg ngày 22/5/2026`. */
export function regimeName(regimes: readonly Regime[], id: string): string {
  const title = regimes.find((one) => one.id === id)?.title.vi ?? id;
  return title.replace(/ \((?:ba|hai) cấp\)$/, '');
}
