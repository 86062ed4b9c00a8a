/**
 * Evaluation rounds of a year: a dossier proposed before one day is concluded before another (Decision 26/2026, article 5).
 */
import type { DeadlineDate } from './deadlines';
import type { LocalDate } from './dates';
import type { EvaluationRound, MonthDay } from './regimes';

/** A round placed in a year: proposals before `cutOff`, results before `conclusion`. */
export interface DatedRound {
  id: string;
  level: EvaluationRound['level'];
  cutOff: DeadlineDate;
  conclusion: DeadlineDate;
}

const onYear = (year: number, day: MonthDay): LocalDate => `${year}-${day}`;

function inYear(round: EvaluationRound, year: number): DatedRound {
  const concludedNextYear = round.concludedBefore <= round.proposedBefore;
  return {
    id: `${round.id}/${year}`,
    level: round.level,
    cutOff: { date: onYear(year, round.proposedBefore), operator: 'before' },
    conclusion: { date: onYear(concludedNextYear ? year + 1 : year, round.concludedBefore), operator: 'before' },
  };
}

/** The rounds of a level whose cut-off falls in these years, in order of cut-off. */
export function roundsOf(
  rounds: readonly EvaluationRound[],
  level: EvaluationRound['level'],
  fromYear: number,
  toYear: number,
): DatedRound[] {
  const dated: DatedRound[] = [];
  for (let year = fromYear; year <= toYear; year += 1)
    for (const round of rounds) if (round.level === level) dated.push(inYear(round, year));
  return dated.sort((a, b) => (a.cutOff.date < b.cutOff.date ? -1 : 1));
}

/** The round that a proposal of that day joins: the first whose cut-off it precedes. Undefined when the level has no rounds. */
export function roundJoinedOn(
  rounds: readonly EvaluationRound[],
  level: EvaluationRound['level'],
  proposedOn: LocalDate,
): DatedRound | undefined {
  const year = Number(proposedOn.slice(0, 4));
  return roundsOf(rounds, level, year, year + 1).find((round) => proposedOn < round.cutOff.date);
}
