import { formatVietnamese, isLocalDate, type LocalDate } from '../../dates';
import { type ActionDefinition, enter, IN_VALIDITY, inSteps, problem, withoutGrant } from '../action';
import { settledStep } from '../validity';

export interface RecordInspection {
  kind: 'periodic' | 'ad-hoc';
  finding: 'compliant' | 'remediation' | 'violation';
  /** Day until which the producer must remedy, for `remediation`. */
  remedyBy?: LocalDate;
  /** Ground of revocation, for `violation`. */
  ground?: string;
}

/**
 * Supervision after recognition (article 9). A violation, or the commune's confirmation that production has ceased, opens the 15 days for the
 * decision to revoke (article 8.4).
 */
export const recordInspection: ActionDefinition<RecordInspection> = {
  name: 'record-inspection',
  title: { vi: 'Ghi nhận kết quả kiểm tra, giám sát', en: 'Record an inspection' },
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 8 khoản 4, Điều 9',
  allowed: inSteps(IN_VALIDITY, ['provincial_staff', 'commune_staff']),
  check(state, request) {
    const { finding, remedyBy, ground } = request.payload;
    if (finding === 'remediation') {
      if (remedyBy === undefined || !isLocalDate(remedyBy))
        return [problem('payload.remedyBy', 'cần thời hạn khắc phục, dạng YYYY-MM-DD', 'a day to remedy by is needed, YYYY-MM-DD')];
      if (remedyBy <= request.on)
        return [problem('payload.remedyBy', `phải sau ngày kiểm tra ${formatVietnamese(request.on)}`, `must be after ${request.on}`)];
    }
    if (state.step === 'revocation_pending' && request.actor.role === 'commune_staff')
      return [
        problem(
          'payload.finding',
          'đang chờ tỉnh quyết định thu hồi: chỉ tỉnh ghi kết quả kiểm tra mới',
          'a revocation is pending: only the province records a new finding',
        ),
      ];
    const grounds = state.rules.procedure.revocationGrounds.value;
    if (finding === 'violation' && (ground === undefined || !grounds.includes(ground)))
      return [
        problem('payload.ground', `căn cứ thu hồi là một trong: ${grounds.join(', ')}`, `the ground is one of: ${grounds.join(', ')}`),
      ];
    if (finding === 'violation' && request.actor.role === 'commune_staff' && ground !== 'PRODUCTION_CEASED')
      return [
        problem(
          'payload.ground',
          'cấp xã chỉ xác nhận chủ thể không còn sản xuất (PRODUCTION_CEASED)',
          'the commune only confirms that production has ceased (PRODUCTION_CEASED)',
        ),
      ];
    return [];
  },
  apply(state, request, at) {
    const { finding, remedyBy, ground } = request.payload;
    const { remedyBy: _done, conclusion: _before, ...facts } = state.facts;
    const found = withoutGrant(state, 'remediation', 'revocation');
    switch (finding) {
      case 'violation':
        return enter(
          { ...found, facts: { ...facts, conclusion: { on: request.on, ground: ground ?? 'OTHER' } } },
          'revocation_pending',
          at,
        );
      case 'remediation':
        return enter({ ...found, facts: { ...facts, ...(remedyBy ? { remedyBy } : {}) } }, 'remediation', at);
      case 'compliant': {
        const settled = { ...found, facts };
        return enter(settled, settledStep(settled, at), at);
      }
    }
  },
};
