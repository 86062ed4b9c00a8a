/** The award for one product from its members' sheets, as a council would get it; nothing is recorded. */
import type { CouncilRules } from '../../domain/council-rules';
import type { Regime } from '../../domain/regimes';
import { type CriteriaSet, findSet } from '../../domain/stars/criteria';
import type { ScoreSheet } from '../../domain/stars/sheets';
import { award } from '../../domain/stars/verdict';
import type { Rules } from '../../plans/load';
import { refusedField } from './refused-field';
import type { AwardAnswer, AwardBody } from './schemas';

/** The sets and their procedure are those of Decision 26/2026; earlier sets are not in the data. */
const REGIME = 'qd-26-2026';

/** @throws HttpProblem for a set or council rules that are not there */
export function calculateAward(rules: Rules, body: AwardBody): AwardAnswer {
  const council = councilAsked(rules, body);
  const sheets = body.sheets.map(({ member, options, disqualified }): ScoreSheet => {
    return { member, options, ...(disqualified ? { disqualified } : {}) };
  });
  const { procedure } = regime(rules);
  const { missedMinimums, ...result } = award({
    level: body.level,
    procedure,
    set: setAsked(rules, body.productSet),
    rules: council,
    sheets,
  });
  return {
    ...result,
    missedMinimums: missedMinimums.map(({ criterion, title, level, needed, got }) => ({ criterion, title, level, needed, got })),
    councilRules: council.id,
  };
}

function regime(rules: Rules): Regime {
  const found = rules.regimes.find((one) => one.id === REGIME);
  if (!found) throw new RangeError(`the rule files have no regime ${REGIME}`);
  return found;
}

function setAsked(rules: Rules, number: number): CriteriaSet {
  const set = findSet(rules.criteria, number);
  if (set) return set;
  const reason = { vi: `Không có bộ sản phẩm số ${number}.`, en: `There is no product set ${number}.` };
  const sets = rules.criteria.sets.map((one) => `${one.set} (${one.name})`);
  throw refusedField('productSet', number, reason, sets);
}

function councilAsked(rules: Rules, { councilRules, minimumPolicy }: AwardBody): CouncilRules {
  const council = rules.councils.find((one) => one.id === councilRules);
  if (!council) {
    const reason = { vi: `Không có quy chế Hội đồng “${councilRules}”.`, en: `There are no council rules “${councilRules}”.` };
    const ids = rules.councils.map((one) => one.id);
    throw refusedField('councilRules', councilRules, reason, ids);
  }
  if (minimumPolicy === undefined) return council;
  return { ...council, minimumPolicy: { value: minimumPolicy, source: 'Tham số minimumPolicy của lần tính này', certainty: 'unverified' } };
}
