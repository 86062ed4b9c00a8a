/** The reasoning behind a deadline, one step a line, each with its source. */
import { formatVietnamese, type LocalDate } from '../../domain/dates';
import { type Candidate, type Deadline, lastSafeDay } from '../../domain/deadlines';
import type { HolidayRow } from '../../domain/holidays';
import type { DatedRound } from '../../domain/rounds';
import type { CycleRules } from '../../domain/rules';
import type { Text } from '../../domain/sources';
import type { DeadlineQuestion } from './deadline';
import { BASIS_WORDS, countingWords, deadlineWords, OWN_SOURCE, type Step } from './words';
import { forecastStep, skippedDays, skippedStep, tableRowsBetween, workedStep } from './working-days';

interface Explained {
  question: DeadlineQuestion;
  /** The day it is counted from. */
  on: LocalDate;
  rules: CycleRules;
  deadline: Deadline | null;
  round: DatedRound | null;
  forecast: boolean;
  table: readonly HolidayRow[];
}

/** The steps from the candidates to the deadline that binds; the choice of the regime comes before them. */
export function explainDeadline(explained: Explained): Step[] {
  const { rules, deadline, round, forecast } = explained;
  if (!deadline) return [nothingBinds()];
  return [
    ...(round ? [joined(round, explained.on, deadline.source)] : []),
    ...deadline.candidates.flatMap((candidate) => candidateSteps(candidate, explained)),
    binding(deadline),
    ...(forecast ? [forecastStep(rules.calendar.announcedTo)] : []),
  ];
}

function nothingBinds(): Step {
  return {
    vi: 'Không quy định hay kế hoạch nào đặt thời hạn cho bước này',
    en: 'Neither the rules nor the plan set a limit for this step',
    source: OWN_SOURCE,
  };
}

function joined(round: DatedRound, on: LocalDate, source: string): Step {
  const [proposed, concluded] = [deadlineWords(round.cutOff), deadlineWords(round.conclusion)];
  return {
    vi: `Đề nghị ngày ${formatVietnamese(on)} là ${proposed.vi}: vào đợt ${round.id}, kết luận ${concluded.vi}`,
    en: `Proposed on ${on}, ${proposed.en}: joins the round ${round.id}, concluded ${concluded.en}`,
    source,
  };
}

function candidateSteps(candidate: Candidate, { question, on, rules, table }: Explained): Step[] {
  const [basis, by] = [BASIS_WORDS[candidate.basis], deadlineWords(candidate)];
  const counted = candidate.basis === 'limit' ? limitWords(question, on, rules) : null;
  const quote = candidate.quote === undefined ? '' : ` (“${candidate.quote}”)`;
  const step: Step = {
    vi: `${basis.vi}: ${counted ? `${counted.vi}, ` : ''}${by.vi}${quote}`,
    en: `${basis.en}: ${counted ? `${counted.en}, ` : ''}${by.en}${quote}`,
    source: candidate.source,
  };
  const passed = candidate.basis === 'limit' && question.rule === 'commune-assessment' ? pastHolidays(candidate, on, rules, table) : [];
  return [...passed, step];
}

/** The holidays that the commune's working days pass over. */
function pastHolidays(candidate: Candidate, on: LocalDate, rules: CycleRules, table: readonly HolidayRow[]): Step[] {
  const rows = tableRowsBetween(table, on, candidate.date, rules.procedure.counting.value);
  return [...skippedDays(rows).map(skippedStep), ...rows.filter((row) => row.kind === 'working_day_in_lieu').map(workedStep)];
}

/** `15 ngày làm việc kể từ ngày 07/09/2026 (tính từ ngày hôm sau)`. */
function limitWords(question: DeadlineQuestion, on: LocalDate, { procedure }: CycleRules): Text | null {
  const counting = countingWords(procedure.counting.value);
  const since = { vi: `kể từ ngày ${formatVietnamese(on)} (${counting.vi})`, en: `from ${on} (${counting.en})` };
  if (question.rule === 'commune-assessment' && procedure.communeLimit) {
    const days = procedure.communeLimit.value.workingDays;
    return { vi: `${days} ngày làm việc ${since.vi}`, en: `${days} working days ${since.en}` };
  }
  const days = question.rule === 'revocation' ? procedure.revocationLimit?.value.days : procedure.reevaluationLimit?.value.days;
  return days === undefined ? null : { vi: `${days} ngày ${since.vi}`, en: `${days} days ${since.en}` };
}

function binding(deadline: Deadline): Step {
  const [by, safe] = [deadlineWords(deadline), lastSafeDay(deadline)];
  const among = deadline.candidates.length > 1;
  return {
    vi: `${among ? 'Thời hạn đến sớm nhất có hiệu lực' : 'Thời hạn'}: ${by.vi}; ngày cuối cùng còn kịp là ${formatVietnamese(safe)}`,
    en: `${among ? 'The earliest of them binds' : 'Deadline'}: ${by.en}; the last safe day is ${safe}`,
    source: deadline.source,
  };
}
