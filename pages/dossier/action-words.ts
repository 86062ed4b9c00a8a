/** Words of the fields of actions, as the forms write them. */
import type { Stage, Step } from '../../domain/cycle/stages';
import type { ApiAction } from '../../api/cycles/payloads';
import type { FieldProblem } from '../../api/http/problem';
import type { Refused } from '../page';

/** Labels by field; `action.field` where a field means something else in one action. */
const LABELS: Record<string, string> = {
  on: 'Ngày thực hiện (ngày/tháng/năm)',
  reason: 'Lý do, nội dung',
  sourceDocument: 'Số văn bản làm căn cứ',
  receiptNumber: 'Số giấy tiếp nhận',
  dueOn: 'Hẹn bổ sung đến ngày',
  reportNumber: 'Số báo cáo',
  'issue-commune-report.reportNumber': 'Số báo cáo đánh giá (Mẫu số 03)',
  proposalNumber: 'Số văn bản đề nghị',
  assessedItems: 'Báo cáo đã đánh giá đủ 4 nội dung',
  samples: 'Số sản phẩm mẫu giao kèm hồ sơ',
  siteSurvey: 'Có khảo sát cơ sở',
  decisionNumber: 'Số quyết định',
  result: 'Nội dung quyết định',
  star: 'Hạng sao được công nhận',
  noticeNumber: 'Số thông báo',
  kind: 'Loại kiểm tra',
  finding: 'Kết luận',
  remedyBy: 'Khắc phục xong trước hết ngày',
  ground: 'Căn cứ thu hồi',
  date: 'Gia hạn đến ngày',
  operator: 'Cách tính ngày đó',
  side: 'Phân công ở',
  officerId: 'Cán bộ phụ trách',
  until: 'Dự kiến tiếp tục ngày',
  sum: 'Tổng điểm của các thành viên',
  members: 'Số thành viên chấm',
  disqualified: 'Hội đồng đề nghị loại hồ sơ',
  code: 'Mã tra cứu giấy chứng nhận',
  number: 'Số giấy chứng nhận',
  validUntil: 'Có giá trị đến ngày',
  issuedBy: 'Cơ quan cấp',
  plan: 'Kế hoạch áp dụng',
  'request-supplement.reason': 'Nội dung cần bổ sung',
  'pause.reason': 'Lý do tạm dừng',
  'return-package.reason': 'Lý do trả lại',
  'decline-idea.reason': 'Lý do không chọn',
  'withdraw.reason': 'Lý do rút',
  'withdraw.sourceDocument': 'Số văn bản của chủ thể',
  'extend-deadline.sourceDocument': 'Số văn bản gia hạn',
};

export const labelOf = (action: ApiAction, field: string): string => LABELS[`${action}.${field}`] ?? LABELS[field] ?? field;

/** Words of the values that stand for something. */
const VALUES: Record<string, string> = {
  local_origin: 'Nguồn gốc sản phẩm, nguyên liệu địa phương',
  local_labour: 'Sử dụng lao động địa phương',
  idea_origin: 'Nguồn gốc ý tưởng sản phẩm',
  local_identity: 'Bản sắc, trí tuệ địa phương',
  recognise: 'Công nhận, cấp giấy chứng nhận',
  'approve-and-forward': 'Phê duyệt kết quả và gửi Bộ (từ 90 điểm)',
  'not-recognised': 'Không công nhận',
  'own-evaluation': 'Tỉnh tự đánh giá lại',
  periodic: 'Định kỳ',
  'ad-hoc': 'Đột xuất',
  compliant: 'Đạt yêu cầu',
  remediation: 'Phải khắc phục',
  violation: 'Vi phạm đến mức thu hồi',
  FALSIFIED_DOSSIER: 'Giả mạo hồ sơ',
  CRITERIA_NOT_MAINTAINED: 'Không duy trì điều kiện, tiêu chí',
  LEGAL_VIOLATION: 'Vi phạm pháp luật về sản xuất, kinh doanh',
  MARK_MISUSE: 'Sử dụng sai nhãn hiệu, giấy chứng nhận',
  PRODUCTION_CEASED: 'Không còn sản xuất',
  OTHER: 'Căn cứ khác',
  before: 'trước ngày đó',
  on_or_before: 'chậm nhất ngày đó',
  commune: 'cấp xã',
  province: 'cấp tỉnh',
};

export function valueTitle(field: string, value: string): string {
  return field === 'star' ? `${value} sao` : (VALUES[value] ?? value);
}

/** A refusal in words: the names that programs use become those of the form. */
export function spoken(message: string): string {
  return message.replaceAll(/\b[a-z]+(?:[_-][a-z]+)+\b|\b[A-Z]{4,}(?:_[A-Z]+)*\b/g, (word) => (VALUES[word] ? `“${VALUES[word]}”` : word));
}

/** A problem of a field, in the words of the form. */
export const spokenProblem = ({ field, message }: FieldProblem): FieldProblem => ({
  field,
  message: { ...message, vi: spoken(message.vi) },
});

/** A refused form with all that is said of it in the form's words. */
export const spokenRefusal = (refused: Refused): Refused => ({
  ...refused,
  message: spoken(refused.message),
  problems: refused.problems.map(spokenProblem),
});

/** What is likeliest to be done next in a step: its form stands open. */
export const LIKELIEST: Record<Step, ApiAction | null> = {
  awaiting_idea_review: 'accept-idea',
  awaiting_dossier: 'submit-dossier',
  commune_review: 'issue-commune-report',
  commune_supplement: 'submit-supplement',
  district_council: 'record-district-result',
  provincial_intake: 'accept-package',
  advisory_review: 'record-advisory-report',
  provincial_supplement: 'submit-supplement',
  council_scoring: 'record-council-result',
  awaiting_decision: 'decide',
  awaiting_rejection_notice: 'publish-result',
  awaiting_national_result: 'record-national-result',
  national_below_bar: 'decide',
  awaiting_certificate: 'issue-certificate',
  awaiting_national_certificate: 'issue-certificate',
  awaiting_district_certificate: 'issue-certificate',
  awaiting_publication: 'publish-result',
  in_force: null,
  reevaluation_window: null,
  window_missed: null,
  under_reevaluation: null,
  remediation: 'record-inspection',
  revocation_pending: 'revoke-certificate',
  extended: null,
  ended: null,
};

/** Steps of the way that a dossier goes, in order, as the bar over it shows them. */
export const WAY: readonly Stage[] = [
  'idea_registration',
  'product_completion',
  'commune_assessment',
  'district_scoring',
  'provincial_scoring',
  'national_scoring',
  'certification',
  'validity',
];
