import { type ActionDefinition, enter, problem } from '../action';
import type { Verdict } from '../state';
import { verdictProblems } from '../verdict';

export interface RecordNationalResult {
  verdict: Verdict;
  /** The minister's decision, where five stars are recognised. */
  decisionNumber?: string;
}

/** The national council's result: five stars are certified by the ministry; below 90 the province chooses between two ways (article 7.4g). */
export const recordNationalResult: ActionDefinition<RecordNationalResult> = {
  name: 'record-national-result',
  title: { vi: 'Ghi nhận kết quả cấp trung ương', en: 'Record the national result' },
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 4',
  allowed: { awaiting_national_result: ['provincial_staff'] },
  check(state, request) {
    const { verdict, decisionNumber } = request.payload;
    const problems = verdictProblems('payload.verdict', verdict, state.rules.procedure);
    if (verdict.star === 5 && !decisionNumber)
      problems.push(problem('payload.decisionNumber', 'cần số quyết định công nhận của Bộ', 'the ministry’s decision number is needed'));
    return problems;
  },
  apply(state, request, at) {
    const { verdict, decisionNumber } = request.payload;
    const scored = { ...state, facts: { ...state.facts, national: verdict } };
    if (verdict.star !== 5) return enter(scored, 'national_below_bar', at);
    const decision = { number: decisionNumber ?? '', on: request.on, star: verdict.star };
    return enter({ ...scored, facts: { ...scored.facts, decision } }, 'awaiting_national_certificate', at);
  },
};
