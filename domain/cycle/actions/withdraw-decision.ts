import { type ActionDefinition, close, IN_VALIDITY, inSteps, problem } from '../action';

export interface WithdrawDecision {
  decisionNumber: string;
}

/** The recognition decision itself is withdrawn because the evaluation was wrong (article 10.1b); neither a recall nor a revocation for cause. */
export const withdrawDecision: ActionDefinition<WithdrawDecision> = {
  name: 'withdraw-decision',
  title: { vi: 'Thu hồi quyết định công nhận', en: 'Withdraw the recognition decision' },
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 10 khoản 1 điểm b',
  allowed: inSteps(
    [...IN_VALIDITY, 'awaiting_certificate', 'awaiting_national_certificate', 'awaiting_district_certificate', 'awaiting_publication'],
    ['provincial_staff'],
  ),
  needsReason: true,
  check: (_state, request) =>
    request.payload.decisionNumber.trim()
      ? []
      : [problem('payload.decisionNumber', 'cần số quyết định thu hồi', 'the number of the withdrawing decision is needed')],
  apply: (state, _request, at) => close(state, 'decision_withdrawn', at),
};
