/** Whose turn it can be, as lists are asked for it. */
import type { Party } from '../../domain/cycle/stages';
import type { Text } from '../../domain/sources';

export const PARTIES = ['producer', 'commune', 'district', 'province', 'ministry'] as const satisfies Party[];

export const PARTY_TITLES: Record<Party, Text> = {
  producer: { vi: 'Chủ thể OCOP', en: 'Producer' },
  commune: { vi: 'UBND xã, phường', en: 'Commune' },
  district: { vi: 'UBND huyện (cũ)', en: 'District' },
  province: { vi: 'Cơ quan cấp tỉnh', en: 'Province' },
  ministry: { vi: 'Bộ Nông nghiệp và Môi trường', en: 'Ministry' },
};
