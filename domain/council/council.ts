/**
 * A council for evaluating and ranking products ("Hội đồng đánh giá, phân hạng"): established by a decision for a term, with seats that change only by
 * decision (Decision 26/2026/QĐ-TTg, article 7.3b). Who sits in it is each province's; what a seat may do is here.
 */
import { type Problem, problem } from '../cycle/action';
import { formatVietnamese, type LocalDate } from '../dates';
import type { Text } from '../sources';

/** Advisers belong to the advisory team ("Tổ tư vấn, giúp việc"), which prepares and never scores. */
export const SEAT_ROLES = ['chair', 'vice_chair', 'member', 'secretary', 'adviser'] as const;
export type SeatRole = (typeof SEAT_ROLES)[number];

export const SEAT_TITLES: Record<SeatRole, Text> = {
  chair: { vi: 'Chủ tịch Hội đồng', en: 'Chair' },
  vice_chair: { vi: 'Phó Chủ tịch Hội đồng', en: 'Vice-chair' },
  member: { vi: 'Ủy viên', en: 'Member' },
  secretary: { vi: 'Thư ký', en: 'Secretary' },
  adviser: { vi: 'Tổ tư vấn', en: 'Adviser' },
};

export interface Seat {
  /** M1, M2, … in the order of the decision. */
  code: string;
  personId: string;
  role: SeatRole;
  /** Whether the seat scores. */
  scores: boolean;
}

/** A seat with the days it is held: from the first day on, until the day on which it is no longer held. */
export interface HeldSeat extends Seat {
  fromOn: LocalDate;
  untilOn: LocalDate | null;
}

export interface Term {
  decisionOn: LocalDate;
  termFrom: LocalDate;
  termTo: LocalDate;
}

/** Whether a seat of this role scores unless the decision says otherwise: a secretary or adviser does not. */
export function scoresByDefault(role: SeatRole): boolean {
  return role === 'chair' || role === 'vice_chair' || role === 'member';
}

/** The seats held on a day, in the order of the decision. */
export function seatsOn(seats: readonly HeldSeat[], on: LocalDate): HeldSeat[] {
  return seats.filter(({ fromOn, untilOn }) => fromOn <= on && (untilOn === null || on < untilOn));
}

/** What is wrong with a term: it ends before it begins, or its decision is not yet signed. */
export function termProblems({ decisionOn, termFrom, termTo }: Term, today: LocalDate): Problem[] {
  const problems: Problem[] = [];
  if (decisionOn > today)
    problems.push(
      problem(
        'decisionOn',
        `ngày ${formatVietnamese(decisionOn)} ở tương lai; hôm nay là ${formatVietnamese(today)}`,
        `${decisionOn} is in the future; today is ${today}`,
      ),
    );
  if (termTo < termFrom)
    problems.push(
      problem(
        'termTo',
        `nhiệm kỳ phải kết thúc từ ngày bắt đầu (${formatVietnamese(termFrom)}) trở đi`,
        `the term ends on or after its first day (${termFrom})`,
      ),
    );
  return problems;
}

/** What is wrong with the seats of a council on some day: one chair, who scores; one seat per person; advisers never score. */
export function seatProblems(seats: readonly Seat[], field = 'members'): Problem[] {
  const chairs = seats.filter(({ role }) => role === 'chair');
  const people = seats.map(({ personId }) => personId);
  const twice = [...new Set(people.filter((person, index) => people.indexOf(person) !== index))];
  return [
    ...(chairs.length === 1
      ? []
      : [problem(field, `Hội đồng có đúng một Chủ tịch, không phải ${chairs.length}`, `a council has one chair, not ${chairs.length}`)]),
    ...twice.map((person) => {
      const rows = people.flatMap((one, index) => (one === person ? [index + 1] : []));
      return problem(
        field,
        `dòng ${rows.join(' và ')} là cùng một người; mỗi người một chỗ trong Hội đồng`,
        `rows ${rows.join(' and ')} name one person, who has two seats; one each`,
      );
    }),
    ...seats
      .filter(({ role, scores }) => role === 'adviser' && scores)
      .map(({ personId }) =>
        problem(field, `${personId}: Tổ tư vấn không chấm điểm (Điều 7 khoản 3 điểm c)`, `${personId}: the advisory team does not score`),
      ),
    ...(chairs.every(({ scores }) => scores) ? [] : [problem(field, 'Chủ tịch Hội đồng phải chấm điểm', 'the chair scores')]),
  ];
}
