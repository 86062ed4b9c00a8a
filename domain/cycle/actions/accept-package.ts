import { type ActionDefinition, enter } from '../action';

/** The province finds the package complete; for a re-evaluation its 45 days start here, not at first receipt (article 7.6g). */
export const acceptPackage: ActionDefinition = {
  name: 'accept-package',
  title: { vi: 'Tiếp nhận đủ hồ sơ đề nghị', en: 'Accept the package' },
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 3 điểm a và khoản 6 điểm g',
  allowed: { provincial_intake: ['provincial_staff'] },
  check: () => [],
  apply: (state, request, at) => enter({ ...state, facts: { ...state.facts, completeOn: request.on }, stops: [] }, 'advisory_review', at),
};
