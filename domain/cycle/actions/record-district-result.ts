import { type ActionDefinition, enter, problem } from '../action';
import type { Verdict } from '../state';
import { verdictProblems } from '../verdict';

export interface RecordDistrictResult {
  verdict: Verdict;
  /** The district's decision, where it recognises three stars itself. */
  decisionNumber?: string;
}

/**
 * Three tiers only: the district certifies three stars, passes 70 and more on to the province, and gives notice below 50. Districts are gone; the
 * province enters their results.
 */
export const recordDistrictResult: ActionDefinition<RecordDistrictResult> = {
  name: 'record-district-result',
  title: { vi: 'Ghi nhận kết quả cấp huyện', en: 'Record the district’s result' },
  source: 'Quyết định 148/QĐ-TTg ngày 24/02/2023',
  allowed: { district_council: ['provincial_staff'] },
  check(state, request) {
    const { verdict, decisionNumber } = request.payload;
    const problems = verdictProblems('payload.verdict', verdict, state.rules.procedure);
    if (verdict.route === 'district' && !decisionNumber)
      problems.push(
        problem('payload.decisionNumber', 'cần số quyết định công nhận của UBND huyện', 'the district’s decision number is needed'),
      );
    return problems;
  },
  apply(state, request, at) {
    const { verdict, decisionNumber } = request.payload;
    const scored = { ...state, facts: { ...state.facts, district: verdict } };
    if (verdict.route === 'not-recognised' || verdict.route === 'disqualified') return enter(scored, 'awaiting_rejection_notice', at);
    if (verdict.route !== 'district')
      return enter({ ...scored, facts: { ...scored.facts, proposedOn: request.on } }, 'provincial_intake', at);
    const decision = { number: decisionNumber ?? '', on: request.on, star: verdict.star };
    return enter({ ...scored, facts: { ...scored.facts, decision } }, 'awaiting_district_certificate', at);
  },
};
