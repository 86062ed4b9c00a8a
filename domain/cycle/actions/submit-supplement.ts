import { type ActionDefinition, enter, startClock } from '../action';

/** The producer's supplement is in: the office that asked goes on, and the clock runs again. At the province the package is checked anew. */
export const submitSupplement: ActionDefinition = {
  name: 'submit-supplement',
  title: { vi: 'Tiếp nhận hồ sơ bổ sung', en: 'Receive the supplement' },
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 3 điểm a và c',
  allowed: { commune_supplement: ['commune_staff'], provincial_supplement: ['commune_staff', 'provincial_staff'] },
  check: () => [],
  apply(state, request, at) {
    const { supplement: _answered, ...facts } = state.facts;
    const back = { ...state, facts, stops: startClock(state.stops, request.on) };
    if (state.step === 'commune_supplement') return enter(back, 'commune_review', at);
    return enter(back, facts.completeOn ? 'advisory_review' : 'provincial_intake', at);
  },
};
