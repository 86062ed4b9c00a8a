import { type ActionDefinition, enter } from '../action';
import type { Verdict } from '../state';
import { verdictProblems } from '../verdict';

export interface RecordCouncilResult {
  verdict: Verdict;
  /** The session whose sheets the result rests on. */
  sessionId?: string;
}

/** The provincial council's result; it proposes, the chair of the People's Committee decides. */
export const recordCouncilResult: ActionDefinition<RecordCouncilResult> = {
  name: 'record-council-result',
  title: { vi: 'Ghi nhận kết quả Hội đồng cấp tỉnh', en: 'Record the council’s result' },
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 3 khoản 3, Điều 7 khoản 3 điểm d',
  allowed: { council_scoring: ['provincial_staff', 'council_secretary'] },
  check: (state, request) => verdictProblems('payload.verdict', request.payload.verdict, state.rules.procedure),
  apply: (state, request, at) => enter({ ...state, facts: { ...state.facts, council: request.payload.verdict } }, 'awaiting_decision', at),
};
