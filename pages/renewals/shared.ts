/** Addresses, questions and words that the page of re-evaluations shares. */
import { z } from 'zod';
import type { UserRole } from '../../api/http/route';
import { communeCode, provinceCode } from '../../api/http/schemas';
import { RENEWAL_STATUSES, type RenewalView } from '../../api/renewals/routes';
import type { PageCall } from '../page';

export const PATH = '/danh-gia-lai';
export const CONFIRMERS: UserRole[] = ['administrator', 'provincial_staff', 'commune_staff'];

export const query = z.object({
  status: z.enum(RENEWAL_STATUSES).optional(),
  province: provinceCode.optional(),
  commune: communeCode.optional(),
  cursor: z.string().max(400).optional(),
});

export type Query = z.output<typeof query>;
export type Call = PageCall<unknown, Query>;

/** The questions without those that are not asked. */
export const asked = ({ province, commune }: Query) => ({ ...(province ? { province } : {}), ...(commune ? { commune } : {}) });

export interface One {
  call: Call;
  renewal: RenewalView;
}

export const communeName = ({ units }: Call['deps'], commune: string): string => units.byCode(commune)?.fullName ?? commune;
export const CONFIRM = 'xac-nhan';
export const DECLINE = 'khong-tiep-tuc';
export const formOf = (what: string, cycleId: string): string => `${what} ${cycleId}`;
