/** What the people of a rehearsal do: from a dossier's state and a profile, the next act and its day. No clock, no I/O. */
import type { ApiAction } from '../api/cycles/payloads';
import { sideOf } from '../domain/cycle/action';
import { dueDeadline } from '../domain/cycle/due';
import type { Step } from '../domain/cycle/stages';
import type { Actor, CycleState, Verdict } from '../domain/cycle/state';
import { addDays, type LocalDate, localDateAt } from '../domain/dates';
import { lastSafeDay } from '../domain/deadlines';
import type { Plan } from '../domain/plans';
import type { Level } from '../domain/regimes';
import { addWorkingDays, workingDaysBetween, workingDayOnOrAfter, workingDayOnOrBefore } from '../domain/working-days';
import { type Chance, chanceFrom } from './chance';
import type { Answer, Profile, When } from './profiles';

export interface Act {
  on: LocalDate;
  does: ApiAction | 'register-reevaluation';
  /** What the request's body holds besides day and reason. */
  body: object;
}

export interface Turn {
  state: CycleState;
  /** Names the product wherever it is placed and whatever its code is. */
  product: string;
  /** How often the dossier has come to this step, 1 at first. */
  visit: number;
  today: LocalDate;
  plan: Plan | undefined;
}

const later = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);

/** The next act in a dossier's present step; undefined when nobody does anything there. */
export function nextAct(profile: Profile, seed: string, turn: Turn): Act | undefined {
  const { state, visit } = turn;
  const chance = chanceFrom(seed, `${turn.product}#${state.cycleNumber}#${state.step}#${visit}`);
  // Whoever has asked for re-evaluation does not ask again while it is under way.
  if (state.successor) return undefined;
  const step = renewalTime(state) ? 'reevaluation_window' : state.step;
  const answers = (profile.steps[step] ?? []).filter((one) => visit === 1 || !one.once);
  const answer = chance.pick('answer', answers);
  if (!answer || answer.does === 'nothing') return undefined;
  const on = dayOf(answer.when, profile, turn, chance);
  return on === undefined ? undefined : { on, does: answer.does, body: bodyOf(answer, profile, seed, { ...turn, today: on }, chance) };
}

/** Days before its end between which a certificate is renewed where its own regime has no window: those of the decision in force since 2026. */
const RENEWED_BETWEEN = [180, 120] as const;

/** When people renew a certificate of a regime without a window; undefined for every other dossier. */
function renewalTime({ step, certificate, rules }: CycleState): { opens: LocalDate; closes: LocalDate } | undefined {
  if (step !== 'in_force' || !certificate || rules.procedure.reevaluationWindow) return undefined;
  const [opens, closes] = RENEWED_BETWEEN;
  return { opens: addDays(certificate.validUntil, -opens), closes: addDays(certificate.validUntil, -closes) };
}

/** The day by which the step should be done. */
function limitOf(state: CycleState): LocalDate | undefined {
  const renewal = renewalTime(state);
  if (renewal) return renewal.closes;
  const due = dueDeadline(state);
  return due && lastSafeDay(due);
}

function dayOf(when: When, profile: Profile, turn: Turn, chance: Chance): LocalDate | undefined {
  if (when === 'never') return undefined;
  const { state, today } = turn;
  const { calendar } = state.rules;
  const entered = later(renewalTime(state)?.opens ?? localDateAt(state.stepEnteredAt), today);
  const limit = limitOf(state);
  const start = workingDayOnOrAfter(calendar, later(entered, opening(turn, entered) ?? entered));
  const inDays = (range: readonly [number, number]): LocalDate => addWorkingDays(calendar, start, chance.whole('day', range));
  if ('days' in when) return inDays(when.days);
  if (limit === undefined) return inDays(profile.withoutLimit);
  if ('late' in when) return later(start, addWorkingDays(calendar, limit, chance.whole('day', when.late)));
  const last = workingDayOnOrBefore(calendar, limit);
  if (last < start) return start;
  if ('lastDays' in when) return later(start, addWorkingDays(calendar, last, -chance.whole('day', when.lastDays)));
  const [from, to] = when.share;
  const there = workingDaysBetween(calendar, start, last);
  return addWorkingDays(calendar, start, Math.floor((from + (to - from) * chance.of('day')) * there));
}

/** Steps that a plan's window opens: before it communes do not assess, and councils do not meet. */
const OPENED: Partial<Record<Step, Plan['windows'][number]['stage']>> = {
  commune_review: 'commune_assessment',
  district_council: 'district_scoring',
  council_scoring: 'provincial_scoring',
};

function opening({ state, plan }: Turn, from: LocalDate): LocalDate | undefined {
  const stage = OPENED[state.step];
  if (!plan || stage === undefined || state.kind === 'reevaluation') return undefined;
  const windows = plan.windows.filter((one) => one.stage === stage && (!one.kinds || one.kinds.includes(state.kind)));
  const opens = windows.flatMap(({ opensOn, closes }) =>
    opensOn && opensOn > from && (!closes || lastSafeDay(closes) >= from) ? [opensOn] : [],
  );
  const limit = limitOf(state);
  return opens.filter((day) => limit === undefined || day <= limit).sort()[0];
}

const LEVELS: Partial<Record<ApiAction | 'register-reevaluation' | 'nothing', Level>> = {
  'record-district-result': 'district',
  'record-council-result': 'province',
  'record-national-result': 'national',
};

function bodyOf(answer: Answer, profile: Profile, seed: string, turn: Turn, chance: Chance): object {
  const { state, product, today } = turn;
  const number = `${state.cycleNumber}-${state.sequence}`;
  const level = LEVELS[answer.does];
  if (level) {
    // A product is as good as it is: its mark does not depend on when the council meets.
    const quality = chanceFrom(seed, `${product}#${state.cycleNumber}#${level}`);
    const decision = level === 'province' ? {} : { decisionNumber: `DT-${level}-${number}/QĐ` };
    return { ...scored(quality, profile, level), ...decision };
  }
  switch (answer.does) {
    case 'issue-commune-report':
      return { assessedItems: ['local_origin', 'local_labour', 'idea_origin', 'local_identity'], samples: 5 };
    case 'request-supplement':
      return { dueOn: addWorkingDays(state.rules.calendar, today, Math.max(1, chance.whole('supplement', answer.dueIn ?? [5, 10]))) };
    case 'record-advisory-report':
      return { siteSurvey: chance.of('survey') < 0.5 };
    case 'decide':
      return { decisionNumber: `DT-${number}/QĐ-UBND`, ...decisionOn(state) };
    case 'issue-certificate':
      return { issuedBy: state.step === 'awaiting_national_certificate' ? 'Bộ Nông nghiệp và Môi trường' : 'UBND tỉnh' };
    case 'publish-result':
      return { noticeNumber: `DT-${number}/TB` };
    default:
      return {};
  }
}

function scored(quality: Chance, { scores, members }: Profile, level: Level): { sum: number; members: number } {
  const levels: Record<string, Profile['scores'][keyof Profile['scores']]> = scores;
  const band = quality.pick('band', levels[level] ?? scores.province);
  const [from, to] = band?.mean ?? [60, 60];
  return { sum: Math.round((from + (to - from) * quality.of('mean')) * members), members };
}

/** The chair follows the council; below 90 at the ministry the province takes the national result. */
function decisionOn({ step, facts, rules }: CycleState): object {
  const verdict: Verdict | undefined = step === 'national_below_bar' ? facts.national : facts.council;
  if (!verdict) return { result: 'not-recognised' };
  if (step === 'awaiting_decision' && verdict.route === 'national') return { result: 'approve-and-forward' };
  const own = rules.procedure.recognises.value.filter((one) => one.level !== 'national' && one.star <= verdict.star).map((one) => one.star);
  const refused = verdict.route === 'not-recognised' || verdict.route === 'disqualified' || own.length === 0;
  return refused ? { result: 'not-recognised' } : { result: 'recognise', star: Math.max(...own) };
}

const COMMUNAL: readonly string[] = [
  'accept-idea',
  'decline-idea',
  'submit-dossier',
  'submit-supplement',
  'issue-commune-report',
  'withdraw',
];

/** The commune's or the province's staff, whose turn it is. */
export function actorFor(action: ApiAction, { provinceCode, communeCode, stage }: CycleState): Actor {
  const communal = action === 'request-supplement' ? sideOf(stage) === 'commune' : COMMUNAL.includes(action);
  return communal
    ? { id: `rehearsal-commune-${communeCode}`, role: 'commune_staff', office: communeCode, provinceCode, communeCode }
    : { id: `rehearsal-province-${provinceCode}`, role: 'provincial_staff', office: provinceCode, provinceCode, communeCode: null };
}
