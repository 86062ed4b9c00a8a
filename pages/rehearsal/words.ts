/** Words and addresses of the rehearsal pages. */
import { type By, RESULTS, type ResultName, type RunStatus, SHIPPED_LIST } from '../../api/rehearsals/desk';
import type { WindowName } from '../../rehearsal/rules';
import { inSentence, roleTitle } from '../words';
import type { ApiDeps } from '../../api/deps';
import { number } from '../formats';

export const PATH = '/dien-tap';
export const WHO = ['administrator', 'provincial_staff', 'manager'] as const;

export const STATUSES: Record<RunStatus, { word: string; look: 'ok' | 'plain' | 'soon' | 'none' | 'late' }> = {
  running: { word: 'Đang chạy', look: 'plain' },
  done: { word: 'Xong', look: 'ok' },
  failed: { word: 'Không chạy được', look: 'late' },
  stopped: { word: 'Đã dừng', look: 'none' },
  interrupted: { word: 'Bị ngắt', look: 'soon' },
};

export const WINDOWS: Record<WindowName, string> = {
  'idea-registration': 'Hết hạn đăng ký ý tưởng',
  'dossier-submission': 'Hết hạn hoàn thiện sản phẩm, nộp hồ sơ',
  'commune-assessment': 'Hết hạn cấp xã đánh giá',
  'district-scoring': 'Hết hạn cấp huyện đánh giá',
  'provincial-scoring': 'Hết hạn cấp tỉnh đánh giá',
  'national-scoring': 'Hết hạn đánh giá cấp trung ương',
};

export const DOWNLOADS: Record<ResultName, string> = {
  'bao-cao.html': 'Báo cáo đầy đủ (HTML)',
  'bao-cao.xlsx': 'Excel',
  'bao-cao.json': 'JSON',
  'so-sanh.html': 'So sánh (HTML)',
  'so-sanh.xlsx': 'So sánh (Excel)',
};
export const DOWNLOAD_NAMES = Object.keys(RESULTS) as ResultName[];

export const SHIPPED_WORDS = 'Danh sách thật đi kèm (60 sản phẩm của Lâm Đồng)';
/** The file that a list came from; what ships has words. */
export const listWords = (name: string): string => (name === SHIPPED_LIST ? SHIPPED_WORDS : name);

/** Lê Thị Hoa, Sở Nông nghiệp và Môi trường */
export function whoWords({ units }: Pick<ApiDeps, 'units'>, { name, role, communeCode, provinceCode }: By): string {
  const unit = communeCode ?? provinceCode;
  const place = unit === null ? undefined : units.byCode(unit)?.fullName;
  return `${name}, ${place === undefined ? roleTitle(role).toLowerCase() : inSentence(place)}`;
}

/** 3 phút 12 giây */
export function durationWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${number(seconds)} giây` : `${number(minutes)} phút ${number(seconds % 60)} giây`;
}
