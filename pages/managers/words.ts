/** Words of the managers' pages. */
import type { RenewalAnswer, WindowState } from '../../api/managers/certificate-filter';
import type { Change } from '../../api/managers/changes';
import type { StuckDossier } from '../../api/managers/dossiers';
import type { WorkFinding } from '../../api/managers/commune-work';
import { type Stage, STAGE_TITLES } from '../../domain/cycle/stages';
import { PARTY_TITLES } from '../words';

/** Stages as a table's row head: long, and short for a phone. */
export const STAGE_WORDS: Record<Stage, readonly [long: string, short: string]> = {
  idea_registration: [STAGE_TITLES.idea_registration.vi, 'Ý tưởng'],
  product_completion: [STAGE_TITLES.product_completion.vi, 'Hoàn thiện'],
  commune_assessment: [STAGE_TITLES.commune_assessment.vi, 'Cấp xã'],
  district_scoring: [STAGE_TITLES.district_scoring.vi, 'Cấp huyện'],
  provincial_scoring: [STAGE_TITLES.provincial_scoring.vi, 'Cấp tỉnh'],
  national_scoring: [STAGE_TITLES.national_scoring.vi, 'Trung ương'],
  certification: [STAGE_TITLES.certification.vi, 'Cấp giấy'],
  validity: [STAGE_TITLES.validity.vi, 'Còn hiệu lực'],
  closed: [STAGE_TITLES.closed.vi, 'Kết thúc'],
};

/** Whose turn it is; nobody's while a certificate is simply in force. */
export const turnWord = (party: string): string => PARTY_TITLES[party as keyof typeof PARTY_TITLES] ?? 'Không chờ ai';

/** Who in that office has it on the table. */
export function officerWord({ waitingFor, officer }: Pick<StuckDossier, 'waitingFor' | 'officer'>): string {
  if (waitingFor === 'ministry' || waitingFor === 'district' || waitingFor === null) return '';
  const followed = officer ? 'đã phân công cán bộ' : 'chưa phân công cán bộ';
  return waitingFor === 'producer' ? `xã theo dõi, ${followed}` : followed;
}

/** "QĐ 26/2026, Điều 7.6a" for "Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 6 điểm a". */
export function shortSource(source: string): string {
  return source
    .replaceAll('Quyết định ', 'QĐ ')
    .replaceAll('/QĐ-TTg', '')
    .replaceAll(
      /Điều (\d+) khoản (\d+)(?: điểm (\p{L}))?/gu,
      (_whole, article: string, clause: string, point = '') => `Điều ${article}.${clause}${point}`,
    );
}

/** What changed, after a number. */
export const CHANGE_WORDS: Record<Change, string> = {
  'became-overdue': 'chuyển sang Quá hạn',
  'became-due-soon': 'chuyển sang Sắp đến hạn',
  register: 'hồ sơ mới đăng ký vào hệ thống',
  'submit-dossier': 'hồ sơ mới được xã, phường tiếp nhận',
  'issue-commune-report': 'hồ sơ xã, phường đã gửi tỉnh',
  'return-package': 'hồ sơ tỉnh trả về xã, phường',
  'record-council-result': 'hồ sơ có kết quả Hội đồng',
  decide: 'hồ sơ có quyết định',
  'issue-certificate': 'hồ sơ được cấp giấy chứng nhận',
  'extend-deadline': 'hồ sơ được gia hạn',
  'assign-officer': 'hồ sơ được phân công cán bộ',
  pause: 'hồ sơ tạm dừng',
  withdraw: 'hồ sơ chủ thể rút',
};

export const ANSWER_WORDS: Record<RenewalAnswer, string> = {
  filed: 'Đã nộp hồ sơ',
  registered: 'Đã đăng ký, chưa nộp',
  declined: 'Không đánh giá lại',
  none: 'Chưa trả lời',
};

export const WINDOW_WORDS: Record<WindowState, string> = { closed: 'Đã đóng', open: 'Đang mở', ahead: 'Chưa mở' };

export const FINDING_WORDS: Record<WorkFinding, string> = {
  received: 'xã đã tiếp nhận trong mùa',
  sent_in_time: 'đã gửi tỉnh trước hoặc đúng hạn',
  sent_late: 'đã gửi tỉnh quá hạn',
  in_time: 'đang ở xã, chưa quá hạn của xã',
  late: 'đang ở xã, quá hạn của xã',
  withdrawn: 'rút hoặc dừng trước khi gửi tỉnh',
  returned: 'tỉnh đã trả lại ít nhất một lần',
  late_arrival: 'chủ thể nộp muộn',
};

/** Whose inbox a reminder went to. */
export const RECIPIENT_WORDS: Record<string, string> = {
  commune_officer: 'cán bộ xã',
  commune_leadership: 'lãnh đạo xã',
  provincial_officer: 'chuyên viên tỉnh',
  provincial_leadership: 'lãnh đạo tỉnh',
  council_secretary: 'thư ký Hội đồng',
  district_officer: 'cán bộ huyện',
};
export const recipientWord = (recipient: string): string => RECIPIENT_WORDS[recipient] ?? recipient;
