/** Which deadline binds a dossier, with every candidate it was chosen from: the cycle's own deadlines, put to a dossier with these dates. */
import type { z } from 'zod';
import type { LocalDate } from '../../domain/dates';
import { type Candidate, type Deadline, type DeadlineKind, effectiveDeadline, lastSafeDay } from '../../domain/deadlines';
import type { Facts } from '../../domain/cycle/state';
import type { Step as CycleStep } from '../../domain/cycle/stages';
import type { RegistrationKind } from '../../domain/regimes';
import { type DatedRound, roundJoinedOn } from '../../domain/rounds';
import type { CycleRules } from '../../domain/rules';
import type { Rules } from '../../plans/load';
import type { HttpProblem } from '../http/problem';
import { explainDeadline } from './deadline-steps';
import { dossierAt } from './dossier-at';
import { refusedField } from './refused-field';
import { pinAsked, planAsked, provinceAsked, regimeSteps } from './rules-asked';
import type { DeadlineAnswer, deadlineQuery } from './schemas';

export type DeadlineQuestion = z.output<typeof deadlineQuery>;
type DateField = 'receivedOn' | 'proposedOn' | 'completeOn' | 'forwardedOn' | 'conclusionOn';

/** Where a dossier stands when a rule is asked about, and the day it is counted from. */
interface Asked {
  field: DateField;
  on: LocalDate;
  kind: RegistrationKind;
  deadline: DeadlineKind;
  step: CycleStep;
  facts: Facts;
}

/**
 * The deadline of a dossier with these dates. The regime is chosen by the day of filing (`submittedOn`, else the day asked about) as seen on `asOf`
 * (else the same day), exactly as a cycle would have it pinned.
 * @throws HttpProblem for a missing date, an unknown plan or province, or dates that no regime covers
 */
export function calculateDeadline(rules: Rules, question: DeadlineQuestion): DeadlineAnswer {
  const plan = planAsked(rules, question.plan);
  const province = provinceAsked(rules, question.province ?? plan.issuer.provinceCode ?? undefined);
  const asked = askedAbout(question);
  const { kind, on } = asked;
  const submittedOn = question.submittedOn ?? on;
  const assessedOn = question.asOf ?? on;
  checkOrder(question, asked);
  const pinned = pinAsked(rules, { planId: plan.id, kind, submittedOn, assessedOn }, question.submittedOn ? 'submittedOn' : asked.field);
  const round = question.rule === 'round' ? roundAsked(pinned.rules, question.level, on) : null;
  const deadline =
    question.rule === 'round' ? roundDeadline(asked.deadline, round, pinned.rules) : boundBy(asked, pinned.rules, province?.code);
  const forecast = countedBeyond(pinned.rules.calendar.announcedTo, deadline);
  return {
    rule: question.rule,
    from: { field: asked.field, date: on },
    plan: plan.id,
    regime: pinned.rules.regimeId,
    kind,
    province: province?.code ?? null,
    deadline: deadline && { date: deadline.date, operator: deadline.operator, source: deadline.source },
    lastSafeDay: deadline && lastSafeDay(deadline),
    round: round && { id: round.id, proposeBefore: round.cutOff.date, concludedBefore: round.conclusion.date },
    candidates: (deadline?.candidates ?? []).map(shown),
    winner: deadline && shown(deadline),
    forecast,
    steps: [
      ...regimeSteps(rules, pinned),
      ...explainDeadline({ question, on, rules: pinned.rules, deadline, round, forecast, table: rules.calendar }),
    ],
  };
}

/** A dossier is filed before what happens to it, and looked at after it was filed. */
function checkOrder({ submittedOn, asOf }: DeadlineQuestion, { field, on }: Asked): void {
  if (submittedOn !== undefined && submittedOn > on)
    throw refusedField(
      'submittedOn',
      submittedOn,
      { vi: `Ngày nộp hồ sơ phải không sau ${field}.`, en: `The dossier is filed on or before ${field}.` },
      [`<= ${on}`],
    );
  const filed = submittedOn ?? on;
  if (asOf !== undefined && asOf < filed)
    throw refusedField(
      'asOf',
      asOf,
      { vi: 'Ngày nhìn lại phải không trước ngày nộp hồ sơ.', en: 'The day looked from is on or after the day of filing.' },
      [`>= ${filed}`],
    );
}

function askedAbout(question: DeadlineQuestion): Asked {
  const asKind = question.kind ?? 'new';
  switch (question.rule) {
    case 'commune-assessment': {
      const on = needed(question, 'receivedOn');
      return { field: 'receivedOn', on, kind: asKind, deadline: 'commune-assessment', step: 'commune_review', facts: { receivedOn: on } };
    }
    case 'provincial-scoring':
      return asKind === 'reevaluation' ? reevaluation(question) : proposed(question, asKind);
    case 'national-scoring': {
      const on = needed(question, 'forwardedOn');
      const step = 'awaiting_national_result';
      return { field: 'forwardedOn', on, kind: asKind, deadline: 'national-scoring', step, facts: { forwardedOn: on } };
    }
    case 'revocation': {
      const on = needed(question, 'conclusionOn');
      const facts: Facts = { conclusion: { on, ground: 'OTHER' } };
      return { field: 'conclusionOn', on, kind: asKind, deadline: 'revocation', step: 'revocation_pending', facts };
    }
    case 'reevaluation':
      return reevaluation(question);
    case 'round':
      return { ...proposed(question, asKind), deadline: question.level === 'province' ? 'provincial-scoring' : 'national-scoring' };
  }
}

function proposed(question: DeadlineQuestion, kind: RegistrationKind): Asked {
  const on = needed(question, 'proposedOn');
  return { field: 'proposedOn', on, kind, deadline: 'provincial-scoring', step: 'advisory_review', facts: { proposedOn: on } };
}

/** A re-evaluation runs from the complete dossier, whenever it was proposed. */
function reevaluation(question: DeadlineQuestion): Asked {
  const on = needed(question, 'completeOn');
  if (question.kind !== undefined && question.kind !== 'reevaluation') throw otherKind(question.kind);
  const facts: Facts = { completeOn: on, proposedOn: question.proposedOn ?? on };
  return { field: 'completeOn', on, kind: 'reevaluation', deadline: 'provincial-scoring', step: 'advisory_review', facts };
}

function otherKind(kind: RegistrationKind): HttpProblem {
  return refusedField(
    'kind',
    kind,
    { vi: 'Quy tắc đánh giá lại chỉ áp dụng cho hồ sơ đánh giá lại.', en: 'The rule of re-evaluations applies to re-evaluations only.' },
    ['reevaluation'],
  );
}

function needed(question: DeadlineQuestion, field: DateField): LocalDate {
  const date = question[field];
  if (date !== undefined) return date;
  throw refusedField(
    field,
    null,
    { vi: `Quy tắc ${question.rule} cần ngày này để tính.`, en: `The rule ${question.rule} is counted from this day.` },
    ['YYYY-MM-DD'],
  );
}

function boundBy({ step, facts, kind, on, deadline }: Asked, rules: CycleRules, provinceCode = ''): Deadline | null {
  const state = dossierAt(step, facts, { rules, kind, on, provinceCode });
  return state.deadlines.find((one) => one.kind === deadline) ?? null;
}

function roundAsked(rules: CycleRules, level: 'province' | 'national', on: LocalDate): DatedRound | null {
  return roundJoinedOn(rules.procedure.rounds?.value ?? [], level, on) ?? null;
}

function roundDeadline(kind: DeadlineKind, round: DatedRound | null, rules: CycleRules): Deadline | null {
  const source = rules.procedure.rounds?.source;
  if (!round || source === undefined) return null;
  return effectiveDeadline(kind, [{ ...round.conclusion, basis: 'round', source }]) ?? null;
}

/** Whether working days were counted past the last announced holidays; only the commune's limit counts them. */
function countedBeyond(announcedTo: LocalDate, deadline: Deadline | null): boolean {
  if (deadline?.kind !== 'commune-assessment') return false;
  return deadline.candidates.some((one) => one.basis === 'limit' && one.date > announcedTo);
}

function shown(candidate: Candidate): DeadlineAnswer['candidates'][number] {
  const { basis, date, operator, source, quote } = candidate;
  return { basis, date, operator, source, lastSafeDay: lastSafeDay(candidate), ...(quote === undefined ? {} : { quote }) };
}
