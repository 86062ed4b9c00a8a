import { formatVietnamese, type LocalDate } from '../../dates';
import { type ActionDefinition, enter, problem } from '../action';

export interface IssueCertificate {
  /** Public code of the certificate. */
  code: string;
  number?: string;
  /** End of validity, computed once from the day of issue. */
  validUntil: LocalDate;
  issuedBy?: string;
}

/** The authority issues the certificate; its 36 months run from the day of issue (article 4.3). */
export const issueCertificate: ActionDefinition<IssueCertificate> = {
  name: 'issue-certificate',
  title: { vi: 'Cấp giấy chứng nhận', en: 'Issue the certificate' },
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 4 khoản 3, Điều 7 khoản 3 điểm e',
  allowed: {
    awaiting_certificate: ['provincial_staff'],
    awaiting_national_certificate: ['provincial_staff'],
    awaiting_district_certificate: ['provincial_staff'],
  },
  check(state, request) {
    const { validUntil } = request.payload;
    if (state.facts.decision?.star == null)
      return [problem('payload', 'chưa có quyết định công nhận hạng sao', 'no star has been recognised')];
    return validUntil > request.on
      ? []
      : [
          problem(
            'payload.validUntil',
            `phải sau ngày cấp ${formatVietnamese(request.on)}`,
            `must be after the day of issue, ${request.on}`,
          ),
        ];
  },
  apply(state, request, at) {
    const { code, number, validUntil, issuedBy } = request.payload;
    const decision = state.facts.decision;
    const certificate = {
      code,
      number: number ?? null,
      star: decision?.star ?? 3,
      issuedOn: request.on,
      validUntil,
      decisionNumber: decision?.number ?? null,
      issuedBy: issuedBy ?? null,
    };
    return enter({ ...state, certificate }, 'awaiting_publication', at);
  },
};
