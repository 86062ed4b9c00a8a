/** The words of the report: Vietnamese first, English beside. */
import type { Party } from '../../domain/cycle/stages';
import type { Text } from '../../domain/sources';
import type { CannotMeet, StageReason } from './report';

export const PARTIES: Record<Party, Text> = {
  producer: { vi: 'Chủ thể', en: 'Producer' },
  commune: { vi: 'Xã', en: 'Commune' },
  district: { vi: 'Huyện (cũ)', en: 'District (former)' },
  province: { vi: 'Tỉnh', en: 'Province' },
  ministry: { vi: 'Bộ', en: 'Ministry' },
};

export const partyName = (party: Party | null): string => (party === null ? '' : PARTIES[party].vi);

export const RESULTS: Record<StageReason['result'], Text> = {
  late: { vi: 'Trễ hạn', en: 'Late' },
  stuck: { vi: 'Còn kẹt', en: 'Stuck' },
};

export const CANNOT: Record<CannotMeet['kind'], Text> = {
  'from-the-start': { vi: 'Không kịp dù bắt đầu ngay ngày đầu', en: 'Not in time even when begun on the first day' },
  'filed-late': { vi: 'Nộp khi xã không còn đủ ngày làm việc', en: 'Filed when the commune’s working days no longer fit' },
  'season-missed': { vi: 'Lỡ mùa, chuyển đợt sau', en: 'Season missed' },
};

export const KINDS: Record<string, string> = { new: 'Mới', reevaluation: 'Đánh giá lại', upgrade: 'Nâng hạng' };

export const LISTS: Record<string, string> = {
  registrations: 'Danh sách đăng ký',
  certificates: 'Giấy chứng nhận còn hiệu lực',
  contacts: 'Danh bạ',
};
