import { type ActionDefinition, close, enter } from '../action';
import { settledStep } from '../validity';

export interface PublishResult {
  /** Number of the written notice to commune and producer. */
  noticeNumber?: string;
}

/**
 * The result is published and commune and producer get their written notice; the certificate's validity is then watched. Below recognition the
 * notice ends the cycle.
 */
export const publishResult: ActionDefinition<PublishResult> = {
  name: 'publish-result',
  title: { vi: 'Công bố và thông báo kết quả', en: 'Publish and give notice' },
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 3 điểm e và g',
  allowed: { awaiting_publication: ['provincial_staff'], awaiting_rejection_notice: ['provincial_staff'] },
  check: () => [],
  apply(state, request, at) {
    if (state.step === 'awaiting_rejection_notice') return close(state, 'not_recognised', at);
    const watched = { ...state, rules: request.rules ?? state.rules };
    return enter(watched, settledStep(watched, at), at);
  },
};
