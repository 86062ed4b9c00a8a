/** Words that pages share, as officials write them. */
import { PARTY_TITLES as TITLES } from '../api/cycles/parties';
import type { UserRole } from '../api/http/route';
import type { Party } from '../domain/cycle/stages';
import type { Role } from '../domain/cycle/state';
import type { RegistrationKind } from '../domain/regimes';

export const ROLE_TITLES: Record<UserRole, string> = {
  administrator: 'Quản trị hệ thống',
  provincial_staff: 'Chuyên viên OCOP cấp tỉnh',
  commune_staff: 'Cán bộ phụ trách OCOP cấp xã',
  council_secretary: 'Thư ký Hội đồng',
  council_member: 'Thành viên Hội đồng',
  manager: 'Lãnh đạo',
};

/** The role of whoever acted; the engine's own acts are the system's. */
export function roleTitle(role: string): string {
  return role === 'system' ? 'Hệ thống' : (ROLE_TITLES[role as Exclude<Role, 'system'>] ?? role);
}

/** Whose turn it is, in the words of the API. */
export const PARTY_TITLES = Object.fromEntries(Object.entries(TITLES).map(([party, { vi }]) => [party, vi])) as Record<Party, string>;

export const KIND_TITLES: Record<RegistrationKind, string> = {
  new: 'đăng ký mới',
  upgrade: 'nâng hạng',
  reevaluation: 'đánh giá lại',
};

/** A unit's or office's name inside a sentence: "UBND xã Gia Viễn", not "UBND Xã Gia Viễn". */
export function inSentence(name: string): string {
  return name.replace(/(^|\s)(Xã|Phường|Đặc khu|Tỉnh|Thành phố)(?=\s)/, (whole) => whole.toLowerCase());
}

/** A title inside a sentence: "báo cáo của Tổ tư vấn", its names as they are written. */
export const lowerFirst = (title: string): string => title.slice(0, 1).toLowerCase() + title.slice(1);
