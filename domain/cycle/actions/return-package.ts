import { type ActionDefinition, enter, withoutGrant } from '../action';

/** The province sends the package back to the commune for completion, with guidance. */
export const returnPackage: ActionDefinition = {
  name: 'return-package',
  title: { vi: 'Trả hồ sơ về xã', en: 'Return the package to the commune' },
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 3 điểm a',
  allowed: { provincial_intake: ['provincial_staff'] },
  needsReason: true,
  check: () => [],
  apply(state, request, at) {
    const facts = { ...state.facts, returnedOn: request.on, returns: (state.facts.returns ?? 0) + 1 };
    const anew = withoutGrant(state, 'commune-assessment', 'provincial-scoring');
    return enter({ ...anew, facts, stops: [] }, 'commune_review', at);
  },
};
