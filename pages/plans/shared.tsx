/** Addresses and words that the pages of plans share. */
import { z } from 'zod';
import { code } from '../../api/http/schemas';
import type { LocalDate } from '../../domain/dates';
import type { DeadlineDate } from '../../domain/deadlines';
import type { Plan } from '../../domain/plans';
import { day, due } from '../formats';
import type { PageCall } from '../page';

export const PATH = '/ke-hoach';
export const EDITORS = ['administrator', 'provincial_staff'] as const;

export function documentWords({ number: written, issuedOn }: Plan['document']): string {
  const parts = [written ?? 'văn bản chưa ghi số', issuedOn ? `ngày ${day(issuedOn)}` : ''];
  return parts.filter(Boolean).join(', ');
}

export const params = z.object({ id: code });

export const query = z.object({
  ban: z
    .string()
    .regex(/^\d{1,5}$/)
    .optional(),
});

export type Call = PageCall<z.output<typeof params>, z.output<typeof query>>;

export const dates = (opensOn: LocalDate | null, closes: DeadlineDate | null): string =>
  [opensOn ? `từ ${day(opensOn)}` : '', closes ? due(closes) : ''].filter(Boolean).join(', ') || 'không ghi ngày';
