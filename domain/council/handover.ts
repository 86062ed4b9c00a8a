/** The dossier reaches the members some working days before the meeting, where the council's rules say how many. */
import type { CouncilRules } from '../council-rules';
import { type Problem, problem } from '../cycle/action';
import { formatVietnamese, type LocalDate } from '../dates';
import { addWorkingDays, type WorkingCalendar } from '../working-days';

/** The last day on which a dossier may be handed over for a meeting of that day; null when the rules do not say. */
export function lastHandoverDay(heldOn: LocalDate, rules: CouncilRules, calendar: WorkingCalendar): LocalDate | null {
  const days = rules.handoverWorkingDays.value;
  return days === null ? null : addWorkingDays(calendar, heldOn, -days);
}

/** What keeps a dossier handed over on that day (null: not yet) from being scored at a meeting of that day. */
export function handoverProblems(
  field: string,
  handedOverOn: LocalDate | null,
  { heldOn, rules, calendar }: { heldOn: LocalDate; rules: CouncilRules; calendar: WorkingCalendar },
): Problem[] {
  const last = lastHandoverDay(heldOn, rules, calendar);
  if (last === null || (handedOverOn !== null && handedOverOn <= last)) return [];
  const { value, source } = rules.handoverWorkingDays;
  const limit = {
    vi: `hồ sơ phải đến thành viên trước ngày họp ${formatVietnamese(heldOn)} ít nhất ${value} ngày làm việc, chậm nhất ${formatVietnamese(last)} (${source})`,
    en: `the dossier reaches the members at least ${value} working days before the meeting on ${heldOn}, by ${last} (${source})`,
  };
  return handedOverOn === null
    ? [problem(field, `chưa chuyển hồ sơ: ${limit.vi}`, `not handed over: ${limit.en}`)]
    : [
        problem(
          field,
          `chuyển ngày ${formatVietnamese(handedOverOn)} là muộn: ${limit.vi}; hãy lùi ngày họp hoặc đưa hồ sơ sang phiên khác`,
          `handed over on ${handedOverOn}, too late: ${limit.en}; postpone the meeting or take it to another session`,
        ),
      ];
}
