/**
 * Deadlines as the law writes them: a calendar date with an operator. "Trước ngày 30/10" means before that day, so 29/10 is the last
 * safe day. Where several limits bind, the earliest wins, and the explanation names every candidate with its source.
 */
import { addDays, daysBetween, type Instant, type LocalDate, startOfDay } from './dates';

/** `before`: "trước ngày"; `on_or_before`: "chậm nhất ngày", "đến hết ngày". */
export type Operator = 'before' | 'on_or_before';

export interface DeadlineDate {
  date: LocalDate;
  operator: Operator;
}

/** What kind of limit a candidate is: the decision's round, a per-dossier limit, a plan's window, a transitional rule, or one that was granted. */
export type Basis = 'round' | 'limit' | 'plan' | 'transition' | 'granted';

/** One limit that binds, with where it stands (article, plan line, document number). */
export interface Candidate extends DeadlineDate {
  basis: Basis;
  source: string;
  quote?: string;
}

/** What a deadline is about; stable names, stored for years. */
export type DeadlineKind =
  | 'idea-registration'
  | 'dossier-submission'
  | 'commune-assessment'
  | 'supplement'
  | 'district-scoring'
  | 'provincial-scoring'
  | 'national-scoring'
  | 'reevaluation-window-opens'
  | 'reevaluation-window-closes'
  | 'certificate-expiry'
  | 'last-safe-season'
  | 'older-certificate-expiry'
  | 'revocation'
  | 'remediation'
  | 'resumption';

/** A deadline in force: the winning candidate, why, and every candidate it was chosen from. */
export interface Deadline extends DeadlineDate {
  kind: DeadlineKind;
  basis: Basis;
  source: string;
  quote?: string;
  candidates: Candidate[];
}

/** The last day on which the thing can still be done in time. */
export function lastSafeDay(deadline: DeadlineDate): LocalDate {
  return deadline.operator === 'before' ? addDays(deadline.date, -1) : deadline.date;
}

/** The instant from which the deadline has been missed: local midnight after the last safe day. */
export function missedFrom(deadline: DeadlineDate): Instant {
  return startOfDay(addDays(lastSafeDay(deadline), 1));
}

/** True when a thing done (or still not done) on that day is late. */
export function isLate(deadline: DeadlineDate, on: LocalDate): boolean {
  return on > lastSafeDay(deadline);
}

/** Calendar days left to the last safe day; 0 on that day, negative when late. */
export function daysLeft(deadline: DeadlineDate, on: LocalDate): number {
  return daysBetween(on, lastSafeDay(deadline));
}

/**
 * The deadline that binds: the candidate with the earliest last safe day; of equal ones the first in the list, so list the law before the plan.
 * Undefined when nothing binds.
 */
export function effectiveDeadline(kind: DeadlineKind, candidates: readonly Candidate[]): Deadline | undefined {
  const winner = candidates.reduce<Candidate | undefined>(
    (best, one) => (best === undefined || lastSafeDay(one) < lastSafeDay(best) ? one : best),
    undefined,
  );
  if (!winner) return undefined;
  const { date, operator, basis, source, quote } = winner;
  return { kind, date, operator, basis, source, ...(quote === undefined ? {} : { quote }), candidates: [...candidates] };
}
