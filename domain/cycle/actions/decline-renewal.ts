import { type ActionDefinition, enter, inSteps, problem } from '../action';
import { settledStep } from '../validity';

/**
 * The producer does not wish to be evaluated again: the certificate runs to its end, nobody is reminded of the window any more, and the transitional
 * rule, which keeps valid those who await a result, does not reach it. A later cycle registered all the same takes it back.
 */
export const declineRenewal: ActionDefinition = {
  name: 'decline-renewal',
  title: { vi: 'Chủ thể không đánh giá lại', en: 'The producer does not wish to continue' },
  source: 'Mặc định của hệ thống; Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 6 điểm a',
  allowed: inSteps(['in_force', 'reevaluation_window', 'window_missed', 'remediation'], ['commune_staff', 'provincial_staff']),
  needsReason: true,
  check: (state) =>
    state.successor?.kind === 'reevaluation'
      ? [
          problem(
            'payload',
            `đang có chu trình kế tiếp ${state.successor.cycleId}; hãy rút hồ sơ ở chu trình đó`,
            `a later cycle is under way, ${state.successor.cycleId}; withdraw it there`,
          ),
        ]
      : [],
  apply(state, request, at) {
    const renewal = { preparedOn: state.facts.renewal?.preparedOn ?? request.on, declinedOn: request.on };
    const declined = { ...state, facts: { ...state.facts, renewal } };
    return enter(declined, settledStep(declined, at), at);
  },
};
