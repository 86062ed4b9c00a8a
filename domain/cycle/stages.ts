/**
 * The stages of a product's cycle and the steps inside them. Names are stored in histories and records for years: never rename one that has run.
 */
import type { Text } from '../sources';

export const STAGES = [
  'idea_registration',
  'product_completion',
  'commune_assessment',
  'district_scoring',
  'provincial_scoring',
  'national_scoring',
  'certification',
  'validity',
  'closed',
] as const;
export type Stage = (typeof STAGES)[number];

/** Whose turn it is. Nobody's while a certificate is simply in force, while paused, or when closed. */
export type Party = 'producer' | 'commune' | 'district' | 'province' | 'ministry';

export const OUTCOMES = ['not_recognised', 'declined', 'withdrawn', 'expired', 'revoked', 'decision_withdrawn', 'superseded'] as const;
export type Outcome = (typeof OUTCOMES)[number];

interface StepFacts {
  stage: Stage;
  waitingFor: Party | null;
  title: Text;
}

/** Every step with its stage and whose turn it is. */
export const STEPS = {
  awaiting_idea_review: {
    stage: 'idea_registration',
    waitingFor: 'commune',
    title: { vi: 'Chờ xã xét ý tưởng sản phẩm', en: 'Idea awaits the commune' },
  },
  awaiting_dossier: {
    stage: 'product_completion',
    waitingFor: 'producer',
    title: { vi: 'Chủ thể hoàn thiện sản phẩm và hồ sơ', en: 'Producer prepares the dossier' },
  },
  commune_review: {
    stage: 'commune_assessment',
    waitingFor: 'commune',
    title: { vi: 'Xã kiểm tra, đánh giá hồ sơ', en: 'Commune reviews the dossier' },
  },
  commune_supplement: {
    stage: 'commune_assessment',
    waitingFor: 'producer',
    title: { vi: 'Chủ thể bổ sung hồ sơ cho xã', en: 'Producer supplements the dossier for the commune' },
  },
  district_council: {
    stage: 'district_scoring',
    waitingFor: 'district',
    title: { vi: 'Hội đồng cấp huyện đánh giá', en: 'District council scores' },
  },
  provincial_intake: {
    stage: 'provincial_scoring',
    waitingFor: 'province',
    title: { vi: 'Tỉnh kiểm tra hồ sơ đề nghị', en: 'Province checks the package' },
  },
  advisory_review: {
    stage: 'provincial_scoring',
    waitingFor: 'province',
    title: { vi: 'Tổ tư vấn đánh giá hồ sơ', en: 'Advisory team reviews' },
  },
  provincial_supplement: {
    stage: 'provincial_scoring',
    waitingFor: 'producer',
    title: { vi: 'Chủ thể bổ sung hồ sơ cho tỉnh', en: 'Producer supplements the dossier for the province' },
  },
  council_scoring: {
    stage: 'provincial_scoring',
    waitingFor: 'province',
    title: { vi: 'Hội đồng cấp tỉnh chấm điểm', en: 'Provincial council scores' },
  },
  awaiting_decision: {
    stage: 'provincial_scoring',
    waitingFor: 'province',
    title: { vi: 'Chờ Chủ tịch UBND quyết định', en: 'Awaits the decision' },
  },
  awaiting_rejection_notice: {
    stage: 'provincial_scoring',
    waitingFor: 'province',
    title: { vi: 'Chờ thông báo kết quả không đạt', en: 'Awaits the written notice of the result' },
  },
  awaiting_national_result: {
    stage: 'national_scoring',
    waitingFor: 'ministry',
    title: { vi: 'Chờ kết quả đánh giá cấp trung ương', en: 'Awaits the national result' },
  },
  national_below_bar: {
    stage: 'national_scoring',
    waitingFor: 'province',
    title: { vi: 'Trung ương chấm dưới 90: tỉnh chọn cách xử lý', en: 'National result below 90: the province chooses' },
  },
  awaiting_certificate: {
    stage: 'certification',
    waitingFor: 'province',
    title: { vi: 'Chờ cấp giấy chứng nhận', en: 'Awaits the certificate' },
  },
  awaiting_national_certificate: {
    stage: 'certification',
    waitingFor: 'ministry',
    title: { vi: 'Chờ Bộ cấp giấy chứng nhận 5 sao', en: 'Awaits the national certificate' },
  },
  awaiting_district_certificate: {
    stage: 'certification',
    waitingFor: 'district',
    title: { vi: 'Chờ UBND huyện cấp giấy chứng nhận', en: 'Awaits the district’s certificate' },
  },
  awaiting_publication: {
    stage: 'certification',
    waitingFor: 'province',
    title: { vi: 'Chờ công bố và thông báo kết quả', en: 'Awaits publication and notice' },
  },
  in_force: { stage: 'validity', waitingFor: null, title: { vi: 'Giấy chứng nhận đang có hiệu lực', en: 'Certificate in force' } },
  reevaluation_window: {
    stage: 'validity',
    waitingFor: 'producer',
    title: { vi: 'Trong thời gian nộp hồ sơ đánh giá lại', en: 'Re-evaluation window is open' },
  },
  window_missed: {
    stage: 'validity',
    waitingFor: 'province',
    title: { vi: 'Đã qua hạn nộp hồ sơ đánh giá lại', en: 'Re-evaluation window was missed' },
  },
  under_reevaluation: {
    stage: 'validity',
    waitingFor: null,
    title: { vi: 'Đang được đánh giá lại', en: 'Under re-evaluation' },
  },
  remediation: {
    stage: 'validity',
    waitingFor: 'producer',
    title: { vi: 'Chủ thể khắc phục sau kiểm tra', en: 'Producer remedies after an inspection' },
  },
  revocation_pending: {
    stage: 'validity',
    waitingFor: 'province',
    title: { vi: 'Chờ quyết định thu hồi giấy chứng nhận', en: 'Awaits the revocation decision' },
  },
  extended: {
    stage: 'validity',
    waitingFor: 'province',
    title: { vi: 'Được kéo dài hiệu lực chuyển tiếp', en: 'Validity extended by the transitional rule' },
  },
  ended: { stage: 'closed', waitingFor: null, title: { vi: 'Đã kết thúc', en: 'Ended' } },
} as const satisfies Record<string, StepFacts>;

export type Step = keyof typeof STEPS;

export const STAGE_TITLES: Record<Stage, Text> = {
  idea_registration: { vi: 'Đăng ký ý tưởng', en: 'Idea registration' },
  product_completion: { vi: 'Hoàn thiện sản phẩm', en: 'Product completion' },
  commune_assessment: { vi: 'Cấp xã đánh giá', en: 'Commune assessment' },
  district_scoring: { vi: 'Cấp huyện chấm điểm', en: 'District scoring' },
  provincial_scoring: { vi: 'Cấp tỉnh chấm điểm', en: 'Provincial scoring' },
  national_scoring: { vi: 'Cấp trung ương chấm điểm', en: 'National scoring' },
  certification: { vi: 'Cấp giấy chứng nhận', en: 'Certification' },
  validity: { vi: 'Trong thời hạn chứng nhận', en: 'In validity' },
  closed: { vi: 'Đã kết thúc', en: 'Closed' },
};

export const OUTCOME_TITLES: Record<Outcome, Text> = {
  not_recognised: { vi: 'Không được công nhận', en: 'Not recognised' },
  declined: { vi: 'Ý tưởng không được chọn', en: 'Idea declined' },
  withdrawn: { vi: 'Chủ thể rút', en: 'Withdrawn' },
  expired: { vi: 'Hết thời hạn', en: 'Expired' },
  revoked: { vi: 'Bị thu hồi giấy chứng nhận', en: 'Certificate revoked' },
  decision_withdrawn: { vi: 'Bị thu hồi quyết định công nhận', en: 'Recognition decision withdrawn' },
  superseded: { vi: 'Được thay bằng giấy chứng nhận mới', en: 'Superseded' },
};
