import { type ActionDefinition, close } from '../action';

/** The commune or the province does not take the idea up; the reason is given to the producer. */
export const declineIdea: ActionDefinition = {
  name: 'decline-idea',
  title: { vi: 'Không chọn ý tưởng', en: 'Decline the idea' },
  source: 'KH Ninh Bình 2026, mục III.2.1 (dòng 85)',
  allowed: { awaiting_idea_review: ['commune_staff', 'provincial_staff'] },
  needsReason: true,
  check: () => [],
  apply: (state, _request, at) => close(state, 'declined', at),
};
