/** Addresses, questions and who may, as the pages of changes share them. */
import { z } from 'zod';
import type { Choice } from '../../api/bulk/change';
import { LATENESS } from '../../api/cycles/lateness';
import { code, communeCode, provinceCode } from '../../api/http/schemas';
import { STAGES } from '../../domain/cycle/stages';
import type { PageCall } from '../page';
import { PATH } from './words';

export const WHO = ['administrator', 'provincial_staff'] as const;
export const START = `${PATH}/moi`;

/** Names as they stand in the address. */
export const query = z.object({
  viec: z.string().optional(),
  plan: code.optional(),
  province: provinceCode.optional(),
  commune: communeCode.optional(),
  stage: z.enum(STAGES).optional(),
  lateness: z.enum(LATENESS).optional(),
  q: z.string().max(100).optional(),
});

type Query = z.output<typeof query>;
export type Call = PageCall<unknown, Query>;
export type Filter = NonNullable<Choice['filter']>;

/** The list's questions without what is not asked. */
export function filterIn({ viec: _action, ...asked }: Query): Filter {
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  return { scope: asked.stage === 'validity' ? 'all' : 'season', ...given };
}
