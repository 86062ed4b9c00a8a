import { type ActionDefinition, enter } from '../action';

/** The commune selects the idea and puts it on the list for the province. */
export const acceptIdea: ActionDefinition = {
  name: 'accept-idea',
  title: { vi: 'Chọn ý tưởng sản phẩm', en: 'Accept the idea' },
  source: 'Kế hoạch OCOP của địa phương, phần đăng ký ý tưởng sản phẩm',
  allowed: { awaiting_idea_review: ['commune_staff', 'provincial_staff'] },
  check: () => [],
  apply: (state, request, at) => enter({ ...state, facts: { ...state.facts, acceptedOn: request.on } }, 'awaiting_dossier', at),
};
