import { type ActionDefinition, close } from '../action';

/** The commune or the province does not take the idea up; the reason is given to the producer. */
export const declineIdea: ActionDefinition = {
  name: 'decline-idea',
  title: { vi: 'Không chọn ý tưởng', en: 'Decline the idea' },
  source: 'Kế hoạch OCOP của địa phương, phần đăng ký ý tưởng sản phẩm',
  allowed: { awaiting_idea_review: ['commune_staff', 'provincial_staff'] },
  needsReason: true,
  check: () => [],
  apply: (state, _request, at) => close(state, 'declined', at),
};
