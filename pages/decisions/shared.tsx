/** What the pages of decisions have in common: addresses, words, and who may decide. */
import { z } from 'zod';
import { DECISION_KINDS, type DecisionKind } from '../../api/decisions/input';
import type { UserRole } from '../../api/http/route';
import { number } from '../formats';
import type { PageCall } from '../page';

export const PATH = '/quyet-dinh';
export const NEW = `${PATH}/moi`;
export const PROVINCE: UserRole[] = ['administrator', 'provincial_staff'];

export const KINDS: Record<DecisionKind, string> = {
  recognition: 'Công nhận sản phẩm (3, 4 sao)',
  approval: 'Phê duyệt kết quả, gửi Bộ',
};

export const query = z.object({ kind: z.enum(DECISION_KINDS).optional(), cursor: z.string().max(400).optional() });
export type Call = PageCall<unknown, z.output<typeof query>>;

export const mayDecide = ({ caller }: { caller: Call['caller'] }): boolean => PROVINCE.includes(caller.role);

export const onceMore = (count: number): string =>
  count === 0 ? '' : ` ${number(count)} sản phẩm chưa nhận được lúc này; hãy xem từng hồ sơ và gửi lại.`;
