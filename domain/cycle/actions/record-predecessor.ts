import type { LocalDate } from '../../dates';
import { type ActionDefinition, BEFORE_CERTIFICATE, inSteps } from '../action';

export interface RecordPredecessor {
  /** The earlier cycle. */
  cycleId: string;
  /** Last day on which its certificate holds by now. */
  holdsUntil: LocalDate;
}

/**
 * The earlier cycle of the same product reports that its certificate holds until another day: the province kept it valid by a decision, or took that back.
 * What this cycle is reminded of while a result is pending follows it.
 */
export const recordPredecessor: ActionDefinition<RecordPredecessor> = {
  name: 'record-predecessor',
  title: { vi: 'Hiệu lực giấy chứng nhận trước của sản phẩm thay đổi', en: 'The product’s earlier certificate holds until another day' },
  source: 'Quyết định 26/2026/QĐ-TTg, Điều 12 khoản 3',
  allowed: inSteps([...BEFORE_CERTIFICATE, 'awaiting_certificate', 'awaiting_national_certificate'], ['system']),
  check: () => [],
  apply(state, { payload: { cycleId, holdsUntil } }) {
    const { predecessor } = state;
    return predecessor?.cycleId === cycleId ? { ...state, predecessor: { ...predecessor, holdsUntil } } : state;
  },
};
