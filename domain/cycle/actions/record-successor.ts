import { lastDayOf } from '../../certificates';
import type { Instant } from '../../dates';
import type { RegistrationKind } from '../../regimes';
import { type ActionDefinition, close, enter, IN_VALIDITY, inSteps, type Request } from '../action';
import type { Certificate, CycleState } from '../state';
import { settledStep } from '../validity';

export interface RecordSuccessor {
  cycleId: string;
  kind: RegistrationKind;
  event: 'registered' | 'dossier-filed' | 'certified' | 'ended';
}

/**
 * A later cycle of the same product reports where it is. The certificate stays valid until the new one is issued, which supersedes it; an extension
 * ends with the result, whatever it is (article 12.3), the certificate's own months do not.
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
    if (event === 'ended') return withoutSuccessor(state, request, at);
    const asked = event === 'registered' || kind === 'reevaluation' ? goingOn(state) : state;
    return settled({ ...asked, successor: { cycleId, kind, dossierFiled: event === 'dossier-filed' } }, at);
  },
};

/** A producer who had not wished to continue has changed their mind. */
function goingOn(state: CycleState): CycleState {
  const { renewal, ...facts } = state.facts;
  return renewal ? { ...state, facts: { ...facts, renewal: { preparedOn: renewal.preparedOn } } } : state;
}

function withoutSuccessor(state: CycleState, request: Request, at: Instant): CycleState {
  const alone = { ...state, successor: null };
  if (!state.certificate?.extendedUntil) return settled(alone, at);
  const { extendedUntil: _ended, ...certificate }: Certificate = state.certificate;
  const ownEnd = lastDayOf(certificate.validUntil, state.rules.procedure.validity);
  return request.on > ownEnd ? close(alone, 'expired', at) : settled({ ...alone, certificate }, at);
}

function settled(state: CycleState, at: Instant): CycleState {
  return state.step === 'awaiting_publication' ? state : enter(state, settledStep(state, at), at);
}
