/**
 * The life of a certificate: 36 months (article 4.3), the re-evaluation window T-180…T-120 (7.6a), the transitional extension (12.3), and the last
 * season that a re-evaluation can still join before the certificate lapses.
 */
import { addDays, addMonths, earlier, type LocalDate } from './dates';
import { type DeadlineDate, lastSafeDay } from './deadlines';
import type { Procedure } from './regimes';
import { roundsOf } from './rounds';
import { addWorkingDays, type WorkingCalendar } from './working-days';

export interface Validity {
  /** The date printed as the end: the same day of the month, 36 months on. */
  validUntil: LocalDate;
  /** The last day on which the certificate holds. */
  lastValidDay: LocalDate;
}

/** The period of validity of a certificate issued on that day. */
export function validityFrom(issuedOn: LocalDate, validity: Procedure['validity']): Validity {
  const validUntil = addMonths(issuedOn, validity.value.months);
  return { validUntil, lastValidDay: lastDayOf(validUntil, validity) };
}

/** The last day on which a certificate with that end date holds. */
export function lastDayOf(validUntil: LocalDate, validity: Procedure['validity']): LocalDate {
  return validity.value.lastDayInclusive ? validUntil : addDays(validUntil, -1);
}

/** First and last day on which a re-evaluation dossier may be filed; null where the regime has no window. */
export function reevaluationWindow(
  validUntil: LocalDate,
  window: Procedure['reevaluationWindow'],
): { opensOn: LocalDate; closesOn: LocalDate } | null {
  if (!window) return null;
  return { opensOn: addDays(validUntil, -window.value.opensDaysBefore), closesOn: addDays(validUntil, -window.value.closesDaysBefore) };
}

/**
 * The last day to which the transitional rule keeps a certificate valid while it waits for its result; null when the rule does not reach it. It
 * reaches only certificates whose window had closed before the regime began: later ones are a human decision.
 */
export function transitionalExtension(validUntil: LocalDate, extension: Procedure['extension']): LocalDate | null {
  if (!extension || validUntil >= extension.value.onlyExpiringBefore) return null;
  return addDays(validUntil, extension.value.maxDays);
}

/** The last day to which a certificate holds by itself: its own, or that of the transitional rule where it is reached by it. */
export function holdsUntil(validUntil: LocalDate, { validity, extension }: Pick<Procedure, 'validity' | 'extension'>): LocalDate {
  return transitionalExtension(validUntil, extension) ?? lastDayOf(validUntil, validity);
}

/** The last chance to be assessed again before a certificate lapses. */
export interface LastSafeSeason {
  /** Last evaluation round that is concluded while the certificate holds; the one an upgrade must join. Null where there are no rounds. */
  round: { id: string; proposeBy: LocalDate; concludedBy: LocalDate } | null;
  /** Where re-evaluations run on a limit of their own: the last day on which the commune can propose so that the limit ends in time. */
  limit: { proposeBy: LocalDate; days: number } | null;
  /** Last day to file a re-evaluation dossier with the commune: the binding one. */
  fileBy: LocalDate;
}

/**
 * The last season for a certificate that ends on that day, counted back from its last valid day: the province's limit or round, the commune's
 * working days before it, and never later than the last day of the re-evaluation window. Null when neither rounds nor a limit exist.
 */
export function lastSafeSeason(validUntil: LocalDate, procedure: Procedure, calendar: WorkingCalendar): LastSafeSeason | null {
  const lastValidDay = lastDayOf(validUntil, procedure.validity);
  const round = lastRoundConcludedBy(lastValidDay, procedure);
  const days = procedure.reevaluationLimit?.value.days;
  const limit = days === undefined ? null : { proposeBy: addDays(lastValidDay, -days), days };
  const proposeBy = limit?.proposeBy ?? round?.proposeBy;
  if (proposeBy === undefined) return null;
  const counted = addWorkingDays(calendar, proposeBy, -(procedure.communeLimit?.value.workingDays ?? 0));
  const window = reevaluationWindow(validUntil, procedure.reevaluationWindow);
  return { round, limit, fileBy: window ? earlier(counted, window.closesOn) : counted };
}

function lastRoundConcludedBy(day: LocalDate, procedure: Procedure): LastSafeSeason['round'] {
  const year = Number(day.slice(0, 4));
  const round = roundsOf(procedure.rounds?.value ?? [], 'province', year - 1, year).findLast((one) => lastSafeDay(one.conclusion) <= day);
  return round ? { id: round.id, proposeBy: lastSafeDay(round.cutOff), concludedBy: lastSafeDay(round.conclusion) } : null;
}

/** A limit of plain days from an event; the event's day does not count under next-day counting. */
export function daysLimit(from: LocalDate, days: number, counting: Procedure['counting']): DeadlineDate {
  return { date: addDays(from, counting.value === 'same-day' ? days - 1 : days), operator: 'on_or_before' };
}
