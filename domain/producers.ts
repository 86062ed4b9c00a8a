/** Legal forms of OCOP producers (Decision 26/2026, article 2 clause 3), as plans count them. */
import type { Text } from './sources';
import { accentlessKey } from './units/spelling';

export const PRODUCER_TYPES = ['cooperative', 'cooperative-group', 'enterprise', 'household', 'farm'] as const;
export type ProducerType = (typeof PRODUCER_TYPES)[number];

export const PRODUCER_TYPE_TITLES: Record<ProducerType, Text> = {
  cooperative: { vi: 'Hợp tác xã', en: 'Co-operative' },
  'cooperative-group': { vi: 'Tổ hợp tác', en: 'Co-operative group' },
  enterprise: { vi: 'Doanh nghiệp', en: 'Enterprise' },
  household: { vi: 'Hộ kinh doanh, hộ sản xuất', en: 'Household' },
  farm: { vi: 'Trang trại', en: 'Farm' },
};

/** The group before the co-operative: both begin with the same words. */
const FORMS: readonly [ProducerType, RegExp][] = [
  ['cooperative-group', /\b(tht|to hop tac|cooperative group)\b/],
  ['cooperative', /\b(htx|hop tac xa|lien hiep htx|cooperative|co-operative)\b/],
  ['enterprise', /\b(cong ty|cty|doanh nghiep|dntn|xi nghiep|tap doan|enterprise|sme|company)\b/],
  ['farm', /\b(trang trai|farm)\b/],
  ['household', /\b(ho kinh doanh|ho san xuat|ho gia dinh|hkd|household)\b|^ho\b/],
];

/**
 * The form that is written, else the one that the name says: the law on co-operatives and the law on enterprises make the form a part of the name.
 * Null when neither says.
 */
export function producerTypeOf({ type, name }: { type: string | null; name: string }): ProducerType | null {
  return formIn(type ?? '') ?? formIn(name);
}

function formIn(text: string): ProducerType | null {
  const key = accentlessKey(text);
  return FORMS.find(([, pattern]) => pattern.test(key))?.[0] ?? null;
}
