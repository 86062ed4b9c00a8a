/** How calculators word a step of their reasoning. */
import { formatVietnamese, type LocalDate } from '../../domain/dates';
import type { Basis, DeadlineDate } from '../../domain/deadlines';
import type { Text } from '../../domain/sources';
import type { Counting } from '../../domain/working-days';

/** One step of the reasoning with the article, plan line or notice it stands on. */
export interface Step extends Text {
  source: string;
}

/** A source of ours, where no text says anything. */
export const OWN_SOURCE = 'Mặc định của hệ thống';

/** `trước ngày 30/10/2026`, `chậm nhất ngày 28/09/2026`. */
export function deadlineWords({ date, operator }: DeadlineDate): Text {
  return operator === 'before'
    ? { vi: `trước ngày ${formatVietnamese(date)}`, en: `before ${date}` }
    : { vi: `chậm nhất ngày ${formatVietnamese(date)}`, en: `on or before ${date}` };
}

export const BASIS_WORDS: Record<Basis, Text> = {
  round: { vi: 'Đợt đánh giá', en: 'Evaluation round' },
  limit: { vi: 'Thời hạn cho từng hồ sơ', en: 'Limit of the dossier' },
  plan: { vi: 'Kế hoạch của địa phương', en: 'Local plan' },
  transition: { vi: 'Quy định chuyển tiếp', en: 'Transitional rule' },
  granted: { vi: 'Thời hạn được cho phép', en: 'Granted' },
};

/** `từ ngày 18/03/2026 đến ngày 17/05/2026`. */
export function periodWords(from: LocalDate, to: LocalDate): Text {
  return { vi: `từ ngày ${formatVietnamese(from)} đến ngày ${formatVietnamese(to)}`, en: `from ${from} to ${to}` };
}

/** Whether the day of the event counts. */
export function countingWords(counting: Counting): Text {
  return counting === 'next-day'
    ? { vi: 'tính từ ngày hôm sau', en: 'counted from the next day' }
    : { vi: 'tính cả ngày đầu', en: 'the first day counts' };
}
