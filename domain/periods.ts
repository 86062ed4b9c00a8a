/** Periods that reports are about: a month, a quarter, a year, or a plan's season. */
import { addDays, addMonths, type LocalDate } from './dates';
import type { Plan } from './plans';
import type { Text } from './sources';

export interface Period {
  from: LocalDate;
  to: LocalDate;
  /** `tháng 10 năm 2026` */
  title: Text;
}

const WRITTEN = /^(20\d{2})(?:-(0[1-9]|1[0-2])|-Q([1-4]))?$/;
const QUARTERS = ['I', 'II', 'III', 'IV'];

/** The period (of this century) that `2026-10`, `2026-Q4` or `2026` names; `season` is the plan's own. Undefined for anything else. */
export function periodOf(written: string, plan: Pick<Plan, 'period' | 'title'> | undefined): Period | undefined {
  if (written === 'season')
    return plan && { ...plan.period, title: { vi: `đợt thực hiện ${plan.title.vi}`, en: `the season of: ${plan.title.en}` } };
  const [, year, month, quarter] = WRITTEN.exec(written) ?? [];
  if (year === undefined) return undefined;
  if (month !== undefined)
    return span(`${year}-${month}-01`, 1, { vi: `tháng ${Number(month)} năm ${year}`, en: `month ${Number(month)}/${year}` });
  if (quarter === undefined) return span(`${year}-01-01`, 12, { vi: `năm ${year}`, en: `year ${year}` });
  const number = Number(quarter);
  const first = String(number * 3 - 2).padStart(2, '0');
  const name = QUARTERS[number - 1] ?? '';
  return span(`${year}-${first}-01`, 3, { vi: `quý ${name} năm ${year}`, en: `quarter ${name}/${year}` });
}

function span(from: LocalDate, months: number, title: Text): Period {
  return { from, to: addDays(addMonths(from, months), -1), title };
}
