/**
 * A dossier that stands at a step with its dates, for a question put to the rules: the cycle's own beginning and the cycle's own deadlines, never a
 * second implementation.
 */
import { deadlinesOf } from '../../domain/cycle/due';
import { register } from '../../domain/cycle/register';
import { type Step, STEPS } from '../../domain/cycle/stages';
import { type Certificate, type CycleState, type Facts, SYSTEM } from '../../domain/cycle/state';
import { type LocalDate, startOfDay } from '../../domain/dates';
import type { RegistrationKind } from '../../domain/regimes';
import type { CycleRules } from '../../domain/rules';

export interface DossierQuestion {
  rules: CycleRules;
  kind: RegistrationKind;
  /** Day of the event that the question is about. */
  on: LocalDate;
  provinceCode: string;
}

/** The state of a dossier at a step, with its deadlines. */
export function dossierAt(step: Step, facts: Facts, question: DossierQuestion): CycleState {
  const begun = begin(question, null);
  const placed: CycleState = { ...begun, step, stage: STEPS[step].stage, waitingFor: STEPS[step].waitingFor, facts };
  return { ...placed, deadlines: deadlinesOf(placed) };
}

/** The state of a certificate on the day it was issued, with its deadlines. */
export function certificateInForce(issuedOn: LocalDate, validUntil: LocalDate, rules: CycleRules): CycleState {
  const certificate = {
    code: 'GCN',
    number: null,
    star: 3,
    issuedOn,
    validUntil,
    decisionNumber: null,
    issuedBy: null,
  } satisfies Certificate;
  return begin({ rules, kind: 'new', on: issuedOn, provinceCode: '' }, certificate);
}

function begin({ rules, kind, on, provinceCode }: DossierQuestion, certificate: Certificate | null): CycleState {
  const nobody = { cycleId: '', productCode: '', cycleNumber: 1, productSet: null, communeCode: '', predecessor: null, actor: SYSTEM };
  return register({ ...nobody, kind, provinceCode, certificate, rules, on }, startOfDay(on)).state;
}
