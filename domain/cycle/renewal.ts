/**
 * The re-evaluation that is prepared for a certificate in force before its window opens, so that the commune can ask the producer in time. No text orders
 * it; without it certificates lapse unasked (Nghệ An 2023: 40 of 48).
 */
import { addDays, type LocalDate } from '../dates';
import { workingDayOnOrBefore } from '../working-days';
import type { CycleState } from './state';

/** So many days before the end of validity: twenty before the window opens (T-180, article 7.6a). */
const RENEWAL_DAYS_BEFORE = 200;

/** The working day on which the re-evaluation is prepared; undefined when it is already, when a later cycle runs, or when the certificate is under revocation. */
export function renewalPreparedOn(state: CycleState): LocalDate | undefined {
  const { certificate, facts, successor, stage, step, rules } = state;
  if (!certificate || stage !== 'validity' || step === 'revocation_pending' || successor || facts.renewal) return undefined;
  return workingDayOnOrBefore(rules.calendar, addDays(certificate.validUntil, -RENEWAL_DAYS_BEFORE));
}
