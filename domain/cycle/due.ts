/**
 * Which deadlines bind a cycle, from its facts and pinned rules: the law's rounds and limits, the plan's windows, the transitional rule, and what was
 * granted to this dossier. One function per kind; the earliest candidate wins (domain/deadlines).
 */
import { daysLimit, holdsUntil, lastDayOf, lastSafeSeason, reevaluationWindow } from '../certificates';
import { daysBetween, type LocalDate, localDateAt } from '../dates';
import { type Candidate, type Deadline, type DeadlineDate, type DeadlineKind, effectiveDeadline, lastSafeDay } from '../deadlines';
import type { PlanStage } from '../plans';
import { roundJoinedOn } from '../rounds';
import { addWorkingDays, workingDaysBetween } from '../working-days';
import type { CycleState } from './state';
import type { Step } from './stages';

/** Re-evaluations run on their own limit where the regime gives one, and are not parked for a round (article 7.6g). */
function runsOnOwnLimit(state: CycleState): boolean {
  return state.kind === 'reevaluation' && state.rules.procedure.reevaluationLimit !== null;
}

/** Windows of the plan for a stage that are not yet over on that day; a window that has passed belongs to another season. */
function planWindows(state: CycleState, stage: PlanStage, on: LocalDate): Candidate[] {
  if (runsOnOwnLimit(state)) return [];
  return state.rules.windows.flatMap((window) => {
    const { closes, kinds } = window;
    if (window.stage !== stage || !closes || lastSafeDay(closes) < on || (kinds && !kinds.includes(state.kind))) return [];
    return [{ ...closes, basis: 'plan' as const, source: `Kế hoạch ${state.rules.planId}, dòng ${window.line}`, quote: window.quote }];
  });
}

function transition(state: CycleState): Candidate[] {
  return state.rules.finishBy ? [state.rules.finishBy] : [];
}

/** The cut-off that a proposal must precede to join the next round from that day on. */
function nextCutOff(state: CycleState, on: LocalDate): Candidate[] {
  const { rounds } = state.rules.procedure;
  if (!rounds || runsOnOwnLimit(state)) return [];
  const round = roundJoinedOn(rounds.value, 'province', on);
  return round ? [{ ...round.cutOff, basis: 'round', source: rounds.source }] : [];
}

/** The season of a stage is chosen by the day it was entered: a day that passes in it does not move its deadline on. */
const stageEnteredOn = (state: CycleState): LocalDate => localDateAt(state.stageEnteredAt);

function ideaRegistration(state: CycleState): Candidate[] {
  return planWindows(state, 'idea_registration', stageEnteredOn(state));
}

/** What the commune's assessment of a dossier filed from that day on must precede. */
const cutOffsFrom = (state: CycleState, since: LocalDate): Candidate[] => [
  ...nextCutOff(state, since),
  ...planWindows(state, 'commune_assessment', since),
];

/** True for a day of filing that leaves the commune time before the cut-off, false where the day is the cut-off itself. */
export function leavesCommuneTime(state: CycleState, filing: DeadlineDate): boolean {
  return !cutOffsFrom(state, filingSince(state)).some((cutOff) => lastSafeDay(cutOff) === lastSafeDay(filing));
}

/** The day from which the marks for filing are looked for: that of the accepted idea, or of the last mark that passed without a dossier. */
const filingSince = (state: CycleState): LocalDate => state.facts.acceptedOn ?? stageEnteredOn(state);

/**
 * The day by which the producer should file: for a re-evaluation the last day of the window; otherwise early enough for the commune to use its full
 * time before the round's cut-off, or by the cut-off itself once that day has passed.
 */
function dossierSubmission(state: CycleState): Candidate[] {
  const { procedure, calendar } = state.rules;
  const since = filingSince(state);
  const windows = planWindows(state, 'product_completion', since);
  if (state.kind === 'reevaluation' && state.predecessor && procedure.reevaluationWindow) {
    const window = reevaluationWindow(state.predecessor.validUntil, procedure.reevaluationWindow);
    if (window) return [{ date: window.closesOn, operator: 'on_or_before', basis: 'limit', source: procedure.reevaluationWindow.source }];
  }
  const cutOffs = cutOffsFrom(state, since);
  const days = procedure.communeLimit?.value.workingDays ?? 0;
  const inGoodTime = cutOffs.map((cutOff): Candidate => {
    return { ...cutOff, date: addWorkingDays(calendar, lastSafeDay(cutOff), -days), operator: 'on_or_before' };
  });
  return [...(inGoodTime.some((one) => one.date < since) ? cutOffs : inGoodTime), ...windows];
}

/** Days on which the clock stood still since a count began; a stop still open does not count yet. */
function stopped(state: CycleState, since: LocalDate, count: (from: LocalDate, to: LocalDate) => number): number {
  return state.stops.reduce((sum, { from, to }) => sum + (to !== undefined && to > since ? count(from, to) : 0), 0);
}

/** The commune's working days from receipt; while the clock is stopped this limit does not run and does not bind. */
function communeLimit(state: CycleState): Candidate[] {
  const { procedure, calendar } = state.rules;
  const { receivedOn, returnedOn } = state.facts;
  if (!procedure.communeLimit || !receivedOn || returnedOn || clockStopped(state)) return [];
  const days = procedure.communeLimit.value.workingDays + stopped(state, receivedOn, (from, to) => workingDaysBetween(calendar, from, to));
  const date = addWorkingDays(calendar, receivedOn, days, procedure.counting.value);
  return [{ date, operator: 'on_or_before', basis: 'limit', source: procedure.communeLimit.source }];
}

/** True while a stop is open and the regime lets stops count. */
export function clockStopped(state: CycleState): boolean {
  return state.rules.procedure.supplementStopsClock.value && state.stops.some((stop) => stop.to === undefined);
}

function communeAssessment(state: CycleState): Candidate[] {
  const since = state.facts.returnedOn ?? state.facts.receivedOn ?? state.lastOn;
  return [...nextCutOff(state, since), ...communeLimit(state), ...transition(state), ...planWindows(state, 'commune_assessment', since)];
}

function districtScoring(state: CycleState): Candidate[] {
  const since = state.facts.proposedOn ?? state.lastOn;
  return [...transition(state), ...planWindows(state, 'district_scoring', since)];
}

/** No text limits the province's own evaluation after a national result below 90 (article 7.4g). */
function provincialScoring(state: CycleState): Candidate[] {
  if (state.facts.nationalFallback === 'own-evaluation') return [];
  const { procedure } = state.rules;
  const since = state.facts.proposedOn ?? state.lastOn;
  const round = procedure.rounds && !runsOnOwnLimit(state) ? roundJoinedOn(procedure.rounds.value, 'province', since) : undefined;
  const rounds: Candidate[] = round && procedure.rounds ? [{ ...round.conclusion, basis: 'round', source: procedure.rounds.source }] : [];
  return [
    ...rounds,
    ...reevaluationLimit(state, state.facts.completeOn),
    ...transition(state),
    ...planWindows(state, 'provincial_scoring', since),
  ];
}

/** 45 days per level from the complete dossier, not from its first receipt. */
function reevaluationLimit(state: CycleState, completeOn: LocalDate | undefined): Candidate[] {
  const { reevaluationLimit: limit, counting } = state.rules.procedure;
  if (!limit || state.kind !== 'reevaluation' || !completeOn || clockStopped(state)) return [];
  const due = daysLimit(completeOn, limit.value.days + stopped(state, completeOn, daysBetween), counting);
  return [{ ...due, basis: 'limit', source: limit.source }];
}

function nationalScoring(state: CycleState): Candidate[] {
  const { procedure } = state.rules;
  const since = state.facts.forwardedOn ?? state.lastOn;
  const round = procedure.rounds && !runsOnOwnLimit(state) ? roundJoinedOn(procedure.rounds.value, 'national', since) : undefined;
  const rounds: Candidate[] = round && procedure.rounds ? [{ ...round.conclusion, basis: 'round', source: procedure.rounds.source }] : [];
  return [...rounds, ...reevaluationLimit(state, since), ...planWindows(state, 'national_scoring', since)];
}

function supplement(state: CycleState): Candidate[] {
  const dueOn = state.facts.supplement?.dueOn;
  return dueOn ? [{ date: dueOn, operator: 'on_or_before', basis: 'granted', source: 'Ngày hẹn bổ sung hồ sơ' }] : [];
}

function revocation(state: CycleState): Candidate[] {
  const { revocationLimit: limit, counting } = state.rules.procedure;
  const conclusion = state.facts.conclusion;
  return limit && conclusion ? [{ ...daysLimit(conclusion.on, limit.value.days, counting), basis: 'limit', source: limit.source }] : [];
}

function remediation(state: CycleState): Candidate[] {
  const by = state.facts.remedyBy;
  return by ? [{ date: by, operator: 'on_or_before', basis: 'granted', source: 'Thời hạn khắc phục sau kiểm tra' }] : [];
}

function resumption(state: CycleState): Candidate[] {
  const until = state.paused?.until;
  return until ? [{ date: until, operator: 'on_or_before', basis: 'granted', source: 'Ngày dự kiến tiếp tục' }] : [];
}

/** The last day on which the certificate holds, extension included; undefined without a certificate. */
export function certificateEnds(state: CycleState): LocalDate | undefined {
  const certificate = state.certificate;
  if (!certificate) return undefined;
  return certificate.extendedUntil ?? lastDayOf(certificate.validUntil, state.rules.procedure.validity);
}

const on = (date: LocalDate, source: string): Candidate => ({ date, operator: 'on_or_before', basis: 'limit', source });

function windowOpens(state: CycleState): Candidate[] {
  const rule = state.rules.procedure.reevaluationWindow;
  const window = state.certificate && reevaluationWindow(state.certificate.validUntil, rule);
  return rule && window ? [on(window.opensOn, rule.source)] : [];
}

function windowCloses(state: CycleState): Candidate[] {
  const rule = state.rules.procedure.reevaluationWindow;
  const window = state.certificate && reevaluationWindow(state.certificate.validUntil, rule);
  return rule && window ? [on(window.closesOn, rule.source)] : [];
}

function expiry(state: CycleState): Candidate[] {
  const { validity, extension } = state.rules.procedure;
  const ends = certificateEnds(state);
  if (ends === undefined) return [];
  return [on(ends, state.certificate?.extendedUntil && extension ? extension.source : validity.source)];
}

function safeSeason(state: CycleState): Candidate[] {
  const { procedure, calendar } = state.rules;
  const season = state.certificate && lastSafeSeason(state.certificate.validUntil, procedure, calendar);
  return season ? [on(season.fileBy, procedure.rounds?.source ?? procedure.validity.source)] : [];
}

/**
 * The end of the product's older certificate while this cycle's result is pending nationally: a round of the ministry may outlast it, and the text extends
 * nothing by itself (article 7.3e). Nobody's limit, but a day to be reminded of.
 */
function olderCertificateExpiry(state: CycleState): Candidate[] {
  const { predecessor, rules } = state;
  if (!predecessor) return [];
  const ends = predecessor.holdsUntil ?? holdsUntil(predecessor.validUntil, rules.procedure);
  const pendingSince = state.facts.forwardedOn ?? state.lastOn;
  return ends < pendingSince ? [] : [on(ends, rules.procedure.validity.source)];
}

const CANDIDATES: Record<DeadlineKind, (state: CycleState) => Candidate[]> = {
  'idea-registration': ideaRegistration,
  'dossier-submission': dossierSubmission,
  'commune-assessment': communeAssessment,
  supplement,
  'district-scoring': districtScoring,
  'provincial-scoring': provincialScoring,
  'national-scoring': nationalScoring,
  'reevaluation-window-opens': windowOpens,
  'reevaluation-window-closes': windowCloses,
  'certificate-expiry': expiry,
  'last-safe-season': safeSeason,
  'older-certificate-expiry': olderCertificateExpiry,
  revocation,
  remediation,
  resumption,
};

/** The deadlines that bind in each step; the first one is what the step is measured by. */
export const BINDING: Record<Step, readonly DeadlineKind[]> = {
  awaiting_idea_review: ['idea-registration'],
  awaiting_dossier: ['dossier-submission'],
  commune_review: ['commune-assessment'],
  commune_supplement: ['supplement', 'commune-assessment'],
  district_council: ['district-scoring'],
  provincial_intake: ['provincial-scoring'],
  advisory_review: ['provincial-scoring'],
  provincial_supplement: ['supplement', 'provincial-scoring'],
  council_scoring: ['provincial-scoring'],
  awaiting_decision: ['provincial-scoring'],
  awaiting_rejection_notice: [],
  awaiting_national_result: ['national-scoring', 'older-certificate-expiry'],
  national_below_bar: ['older-certificate-expiry'],
  awaiting_certificate: [],
  awaiting_national_certificate: ['older-certificate-expiry'],
  awaiting_district_certificate: [],
  awaiting_publication: ['certificate-expiry'],
  in_force: ['certificate-expiry', 'reevaluation-window-opens', 'reevaluation-window-closes', 'last-safe-season'],
  reevaluation_window: ['reevaluation-window-closes', 'certificate-expiry', 'reevaluation-window-opens', 'last-safe-season'],
  window_missed: ['certificate-expiry', 'reevaluation-window-closes', 'last-safe-season'],
  under_reevaluation: ['certificate-expiry'],
  remediation: ['remediation', 'certificate-expiry', 'reevaluation-window-opens', 'reevaluation-window-closes'],
  revocation_pending: ['revocation', 'certificate-expiry'],
  extended: ['certificate-expiry'],
  ended: [],
};

/** What stops binding once the producer does not wish to continue. */
const RENEWAL: readonly DeadlineKind[] = ['reevaluation-window-opens', 'reevaluation-window-closes', 'last-safe-season'];

/** Every deadline of the state as it stands, the step's own first. A grant replaces the deadline it was given for and keeps the candidates visible. */
export function deadlinesOf(state: CycleState): Deadline[] {
  const binding = BINDING[state.step].filter((kind) => !state.facts.renewal?.declinedOn || !RENEWAL.includes(kind));
  const kinds: DeadlineKind[] = state.paused ? ['resumption', ...binding] : binding;
  const deadlines = kinds.flatMap((kind) => {
    const candidates = CANDIDATES[kind](state);
    const granted = grantFor(state, kind);
    const deadline = granted ? grantedDeadline(kind, granted, candidates) : effectiveDeadline(kind, candidates);
    return deadline ? [deadline] : [];
  });
  return besideSupplement(deadlines, grantFor(state, 'supplement') !== undefined);
}

/** A day set for the supplement lifts nothing that binds meanwhile: the earlier measures the step, or the extension granted; each names the other. */
function besideSupplement(deadlines: Deadline[], isExtended: boolean): Deadline[] {
  const at = deadlines.findIndex((one) => one.kind === 'supplement');
  const [supplement, assessment] = at === -1 ? [] : deadlines.slice(at);
  if (!supplement || !assessment) return deadlines;
  const isPassed = !isExtended && lastSafeDay(assessment) < lastSafeDay(supplement);
  const [first, second] = isPassed ? [assessment, supplement] : [supplement, assessment];
  const others = second.candidates.slice(0, second.basis === 'granted' ? 1 : undefined);
  return deadlines.with(at, { ...first, candidates: [...first.candidates, ...others] }).with(at + 1, second);
}

const grantFor = ({ granted }: CycleState, of: DeadlineKind): CycleState['granted'][number] | undefined =>
  granted.findLast(({ kind }) => kind === of);

function grantedDeadline(kind: DeadlineKind, granted: CycleState['granted'][number], candidates: Candidate[]): Deadline {
  const { date, operator, source } = granted;
  return { kind, date, operator, basis: 'granted', source, candidates: [{ date, operator, basis: 'granted', source }, ...candidates] };
}

/** The deadline by which the present step is measured; undefined where the law sets none. */
export function dueDeadline(state: Pick<CycleState, 'deadlines' | 'stage'>): Deadline | undefined {
  const [first] = state.deadlines;
  return state.stage === 'certification' || first?.kind === 'older-certificate-expiry' ? undefined : first;
}
