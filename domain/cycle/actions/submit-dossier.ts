import { reevaluationWindow } from '../../certificates';
import { formatVietnamese } from '../../dates';
import { type ActionDefinition, enter, problem } from '../action';

export interface SubmitDossier {
  /** Number of the receipt that the commune gave out. */
  receiptNumber?: string;
}

/**
 * The producer hands the dossier to the commune; the regime of that day is pinned. A re-evaluation dossier is not taken before T-180; after T-120 it
 * is taken with a reason, since the text does not say that it is refused.
 */
export const submitDossier: ActionDefinition<SubmitDossier> = {
  name: 'submit-dossier',
  title: { vi: 'Tiếp nhận hồ sơ sản phẩm', en: 'Receive the dossier' },
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 6 khoản 1, Điều 7 khoản 1 và khoản 6 điểm a',
  allowed: { awaiting_dossier: ['commune_staff'] },
  check(state, request) {
    const window = windowOf(state, request.rules?.procedure.reevaluationWindow ?? state.rules.procedure.reevaluationWindow);
    if (!window) return [];
    if (request.on < window.opensOn)
      return [
        problem(
          'on',
          `hồ sơ đánh giá lại nộp sớm nhất ngày ${formatVietnamese(window.opensOn)} (180 ngày trước khi hết hạn)`,
          `a re-evaluation dossier is filed from ${window.opensOn} on (180 days before expiry)`,
        ),
      ];
    if (request.on > window.closesOn && !request.noteId)
      return [
        problem(
          'reason',
          `đã quá hạn nộp ${formatVietnamese(window.closesOn)} (120 ngày trước khi hết hạn); cần ghi lý do tiếp nhận`,
          `the window closed on ${window.closesOn} (120 days before expiry); give the reason for taking it`,
        ),
      ];
    return [];
  },
  apply(state, request, at) {
    const rules = request.rules ?? state.rules;
    const window = windowOf(state, rules.procedure.reevaluationWindow);
    const filedLate = window !== null && request.on > window.closesOn;
    const facts = { ...state.facts, receivedOn: request.on, ...(filedLate ? { filedLate } : {}) };
    return enter({ ...state, rules, facts }, 'commune_review', at);
  },
};

function windowOf(
  state: Parameters<typeof submitDossier.check>[0],
  rule: Parameters<typeof reevaluationWindow>[1],
): ReturnType<typeof reevaluationWindow> {
  return state.kind === 'reevaluation' && state.predecessor ? reevaluationWindow(state.predecessor.validUntil, rule) : null;
}
