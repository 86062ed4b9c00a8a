import { type ActionDefinition, close, IN_VALIDITY, inSteps, problem } from '../action';

export interface RevokeCertificate {
  ground: string;
  decisionNumber: string;
}

/** The certificate is revoked on one of the six grounds (article 8.1), by the authority of article 8.2. */
export const revokeCertificate: ActionDefinition<RevokeCertificate> = {
  name: 'revoke-certificate',
  title: { vi: 'Thu hồi giấy chứng nhận', en: 'Revoke the certificate' },
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 8',
  allowed: inSteps([...IN_VALIDITY, 'awaiting_publication'], ['provincial_staff']),
  needsReason: true,
  check(state, request) {
    const grounds = state.rules.procedure.revocationGrounds.value;
    const problems = [];
    if (!grounds.includes(request.payload.ground))
      problems.push(
        problem('payload.ground', `căn cứ thu hồi là một trong: ${grounds.join(', ')}`, `the ground is one of: ${grounds.join(', ')}`),
      );
    if (!request.payload.decisionNumber.trim())
      problems.push(problem('payload.decisionNumber', 'cần số quyết định thu hồi', 'the number of the revoking decision is needed'));
    return problems;
  },
  apply: (state, _request, at) => close(state, 'revoked', at),
};
