/** Addresses, words and roles that the pages of offices share. */
import type { PersonRole } from '../../api/reference/offices';

export const PATH = '/don-vi';
export const READERS = ['administrator', 'provincial_staff', 'commune_staff'] as const;
export const EDITORS = ['administrator', 'provincial_staff'] as const;

export const PERSON_TITLES: Record<PersonRole, string> = {
  commune_officer: 'Cán bộ phụ trách OCOP cấp xã',
  commune_leadership: 'Lãnh đạo UBND cấp xã',
  provincial_officer: 'Chuyên viên OCOP cấp tỉnh',
  provincial_leadership: 'Lãnh đạo cơ quan OCOP cấp tỉnh',
  council_secretary: 'Thư ký Hội đồng',
  council_member: 'Thành viên Hội đồng',
};

export const titleOf = (role: string): string => PERSON_TITLES[role as PersonRole] ?? role;
