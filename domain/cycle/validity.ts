/**
 * The step in which a certificate in force stands, from its dates: before, in or after its re-evaluation window, or while its re-evaluation decides. An
 * upgrade under way leaves it where its dates put it: it may fail or come too late, and the window does not wait for it.
 */
import { lastDayOf, reevaluationWindow } from '../certificates';
import { type Instant, localDateAt } from '../dates';
import type { CycleState } from './state';
import type { Step } from './stages';

/** Where a cycle in validity belongs at an instant when nothing else (remediation, revocation) is open. */
export function settledStep(state: CycleState, at: Instant): Step {
  const { certificate, successor } = state;
  const { validity, reevaluationWindow: rule } = state.rules.procedure;
  const day = localDateAt(at);
  if (state.facts.conclusion) return 'revocation_pending';
  if (state.facts.remedyBy) return 'remediation';
  if (certificate?.extendedUntil && day > lastDayOf(certificate.validUntil, validity)) return 'extended';
  if (successor?.dossierFiled && successor.kind === 'reevaluation') return 'under_reevaluation';
  if (state.facts.renewal?.declinedOn) return 'in_force';
  const window = certificate && reevaluationWindow(certificate.validUntil, rule);
  if (!window) return 'in_force';
  if (day < window.opensOn) return 'in_force';
  return day <= window.closesOn ? 'reevaluation_window' : 'window_missed';
}
