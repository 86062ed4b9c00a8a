/**
 * A council's members changed by decision, and what that does to a session that is still open: who assesses is who sits in the council on the day it meets
 * (Decision 26/2026/QĐ-TTg, article 7.3b). A session that is closed never changes.
 */
import { type Problem, problem } from '../cycle/action';
import { formatVietnamese, type LocalDate } from '../dates';
import { type HeldSeat, type Seat, seatsOn, type Term } from './council';

/** What is wrong with the first day of a change: outside the term, or before an earlier change took effect. */
export function changeDayProblems(
  { termFrom, termTo }: Pick<Term, 'termFrom' | 'termTo'>,
  seats: readonly HeldSeat[],
  on: LocalDate,
): Problem[] {
  if (on < termFrom || on > termTo)
    return [
      problem(
        'on',
        `ngoài nhiệm kỳ của Hội đồng (${formatVietnamese(termFrom)} – ${formatVietnamese(termTo)})`,
        `outside the council’s term (${termFrom} to ${termTo})`,
      ),
    ];
  const latest = seats
    .flatMap(({ fromOn, untilOn }) => (untilOn === null ? [fromOn] : [fromOn, untilOn]))
    .reduce((a, b) => (a > b ? a : b), termFrom);
  return on < latest
    ? [
        problem(
          'on',
          `thay đổi gần nhất có hiệu lực từ ${formatVietnamese(latest)}; thay đổi sau phải từ ngày đó trở đi`,
          `the latest change holds from ${latest}; a later one cannot begin before it`,
        ),
      ]
    : [];
}

/** The seats of a session that score, on the day it is held. */
export function sessionSeats(seats: readonly HeldSeat[], heldOn: LocalDate): Seat[] {
  return seatsOn(seats, heldOn)
    .filter(({ scores }) => scores)
    .map(({ code, personId, role, scores }) => ({ code, personId, role, scores }));
}

export interface SeatsChange {
  seats: Seat[];
  /** Seats of people who no longer score in the session: sheets already handed in for them are kept and count no more. */
  leave: Seat[];
  /** Seats of people who are new to it. */
  join: Seat[];
}

/**
 * The seats of an open session after the council's have changed; null when they stay as they are. Whoever stays in the council with another role keeps the
 * seat's code in this session, and with it the sheets and answers given there.
 */
export function followingSeats(current: readonly Seat[], held: readonly HeldSeat[], heldOn: LocalDate): SeatsChange | null {
  const seats = sessionSeats(held, heldOn).map((seat) => {
    const before = current.find(({ personId }) => personId === seat.personId);
    return before ? { ...seat, code: before.code } : seat;
  });
  const leave = current.filter(({ code }) => !seats.some((seat) => seat.code === code));
  const join = seats.filter(({ code }) => !current.some((seat) => seat.code === code));
  const isSame =
    leave.length + join.length === 0 && seats.every(({ code, role }) => current.some((seat) => seat.code === code && seat.role === role));
  return isSame ? null : { seats, leave, join };
}
