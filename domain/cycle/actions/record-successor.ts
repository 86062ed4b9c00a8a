import type { RegistrationKind } from '../../regimes';
import { type ActionDefinition, close, enter, IN_VALIDITY, inSteps } from '../action';
import { settledStep } from '../validity';

export interface RecordSuccessor {
  cycleId: string;
  kind: RegistrationKind;
  event: 'registered' | 'dossier-filed' | 'certified' | 'ended';
}

/**
 * A later cycle of the same product reports where it is. The certificate stays valid until the new one is issued, which supersedes it; an extension
 * ends with the result, whatever it is (article 12.3).
 */
export const recordSuccessor: ActionDefinition<RecordSuccessor> = {
  name: 'record-successor',
  title: { vi: 'Chu trình kế tiếp của sản phẩm', en: 'Later cycle of the product' },
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 5 và 6, Điều 12 khoản 3',
  allowed: inSteps([...IN_VALIDITY, 'awaiting_publication'], ['system']),
  check: () => [],
  apply(state, request, at) {
    const { cycleId, kind, event } = request.payload;
    if (event === 'certified') return close(state, 'superseded', at);
    if (event === 'ended' && state.certificate?.extendedUntil) return close(state, 'expired', at);
    const successor = event === 'ended' ? null : { cycleId, kind, dossierFiled: event === 'dossier-filed' };
    const linked = { ...state, successor };
    return state.step === 'awaiting_publication' ? linked : enter(linked, settledStep(linked, at), at);
  },
};
