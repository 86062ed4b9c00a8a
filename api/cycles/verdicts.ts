/** A council's verdict, computed once before it enters a cycle: from the sheets, or from the sum that the council's minutes give. */
import { verdictToEnter } from '../../domain/council/assessment';
import type { CouncilRules } from '../../domain/council-rules';
import type { CycleState, Verdict } from '../../domain/cycle/state';
import type { Level, Procedure, Star } from '../../domain/regimes';
import { type CriteriaSet, findSet } from '../../domain/stars/criteria';
import { type Outcome, outcomesOf } from '../../domain/stars/outcomes';
import { bandOf } from '../../domain/stars/totals';
import type { ScoreSheet } from '../../domain/stars/sheets';
import { type Award, award } from '../../domain/stars/verdict';
import type { ApiDeps } from '../deps';
import { type FieldProblem, HttpProblem, invalidInput } from '../http/problem';
import type { CouncilResult } from './payloads';

const NATIONAL_COUNCIL = 'qd-26-2026';

/** A verdict with what it was computed from, where sheets were sent: they are kept in the records. */
export interface Scored {
  verdict: Verdict;
  scoring?: Scoring;
}

/** Sheets, the award they gave, and the set and rules it was computed under. */
export interface Scoring {
  level: Level;
  set: CriteriaSet;
  rulesId: string;
  sheets: readonly ScoreSheet[];
  award: Award;
}

/** The verdict of a level's council on a dossier. Throws the problem of sheets or figures that give none. */
export function verdictOf(deps: Pick<ApiDeps, 'rules'>, state: CycleState, level: Level, result: CouncilResult): Scored {
  const rules = councilRulesOf(deps, state, result);
  const { procedure } = state.rules;
  if (result.sheets) {
    if (result.sum !== undefined || result.members !== undefined || result.missedMinimums) throw invalidInput([ONE_OF_TWO]);
    return fromSheets(deps, state, { level, procedure, rules, sheets: result.sheets });
  }
  const { sum, members } = result;
  if (sum === undefined || members === undefined) throw invalidInput([NEITHER]);
  if (sum > 100 * members) throw invalidInput([TOO_MUCH]);
  return { verdict: fromSum(result, { level, procedure, rules, sum, members }) };
}

const field = (name: string, vi: string, en: string): FieldProblem => ({ field: name, message: { vi, en } });
const ONE_OF_TWO = field(
  'sheets',
  'gửi phiếu chấm (sheets) hoặc tổng điểm (sum, members), không gửi cả hai',
  'send sheets, or sum and members, not both',
);
const NEITHER = field(
  'sum',
  'cần phiếu chấm (sheets), hoặc tổng điểm và số thành viên (sum, members)',
  'sheets are needed, or sum and members',
);
const TOO_MUCH = field('sum', 'tổng điểm vượt quá 100 điểm mỗi thành viên', 'the sum is above 100 points per member');

function councilRulesOf({ rules }: Pick<ApiDeps, 'rules'>, state: CycleState, { councilRules }: CouncilResult): CouncilRules {
  const find = (id: string): CouncilRules | undefined => rules.councils.find((one) => one.id === id);
  const found = councilRules === undefined ? (find(state.rules.regimeId) ?? find(NATIONAL_COUNCIL)) : find(councilRules);
  if (found) return found;
  const ids = rules.councils.map(({ id }) => id).join(', ');
  throw invalidInput([field('councilRules', `không có quy chế này; các quy chế: ${ids}`, `there are no such rules; rules: ${ids}`)]);
}

interface Council {
  level: Level;
  procedure: Procedure;
  rules: CouncilRules;
}

function fromSheets(
  deps: Pick<ApiDeps, 'rules'>,
  state: CycleState,
  input: Council & { sheets: NonNullable<CouncilResult['sheets']> },
): Scored {
  const set = state.productSet === null ? undefined : findSet(deps.rules.criteria, state.productSet);
  if (!set)
    throw invalidInput([
      field(
        'sheets',
        'sản phẩm chưa có bộ tiêu chí (productSet): gửi sum và members',
        'the product has no criteria set: send sum and members',
      ),
    ]);
  const result = award({ ...input, set });
  if (result.problems.length)
    throw invalidInput(
      result.problems.map(({ member, criterion, text }) => ({
        field: ['sheets', member, criterion].filter(Boolean).join('.'),
        message: text,
      })),
    );
  const { route, spread } = result;
  if (route === 'rescore')
    throw new HttpProblem('not-allowed-now', {
      vi: `Điểm các thành viên chênh ${spread ?? 0} điểm, quá mức của Quy chế: Hội đồng thảo luận và chấm lại`,
      en: `The members are ${spread ?? 0} points apart, more than the council’s rules allow: discuss and score again`,
    });
  const verdict = verdictToEnter(result);
  if (!verdict)
    throw invalidInput([
      field(
        'sheets',
        'có đề nghị loại hồ sơ: Hội đồng kết luận rồi gửi sum, members và disqualified',
        'an exclusion is proposed: send sum, members and disqualified',
      ),
    ]);
  return { verdict, scoring: { level: input.level, set, rulesId: input.rules.id, sheets: input.sheets, award: result } };
}

function fromSum(result: CouncilResult, { level, procedure, rules, sum, members }: Council & { sum: number; members: number }): Verdict {
  const mean = { sum, count: members };
  const band = bandOf(mean, procedure.bands.value);
  const missedMinimums = (result.missedMinimums ?? []).filter((one) => one.star <= band);
  const allowed = missedMinimums.reduce<Star>((best, one) => (one.star <= best ? ((one.star - 1) as Star) : best), band);
  if (result.disqualified) return { sum, members, band, star: 1, missedMinimums, route: 'disqualified' };
  const outcomes = outcomesOf({ level, mean, band, star: allowed }, procedure, rules.onMissedMinimum);
  const [only, ...others] = outcomes;
  if (!only || others.length) return { sum, members, band, star: allowed, missedMinimums, route: 'human-decides' };
  return { sum, members, band, star: only.star ?? allowed, missedMinimums, route: routeOf(only) };
}

/** A sum has no spread, so there is no second scoring. */
function routeOf({ route }: Outcome): Verdict['route'] {
  return route === 'rescore' ? 'human-decides' : route;
}
