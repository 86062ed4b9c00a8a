/**
 * Every coming moment of a cycle, from its state alone: nudges, the opening and closing of windows, expiry. The workflow sleeps until the first one.
 */
import { addDays, type Instant, type LocalDate, localDateAt, startOfDay } from '../dates';
import { type Deadline, type DeadlineKind, lastSafeDay, missedFrom } from '../deadlines';
import type { PinnedNudge } from '../rules';
import { addWorkingDays, workingDayOnOrBefore } from '../working-days';
import { dueDeadline } from './due';
import type { MomentName } from './events';
import { yearInForce, yearKey } from './in-force';
import { renewalPreparedOn } from './renewal';
import type { Step } from './stages';
import type { CycleState } from './state';

/** A moment of the agenda. `key` says exactly which one, so that it is dealt with once. */
export interface Moment {
  key: string;
  at: Instant;
  name: MomentName;
  nudge?: { rule: PinnedNudge; subject: DeadlineKind | Step; subjectOn: LocalDate; day: LocalDate };
}

const MINUTE = 60_000;
/** Nudges fall between 00:10 and 05:50 local time, each cycle at its own minute, so that nothing happens all at once and all is there by 08:00. */
const NIGHT_FROM_MINUTE = 10;
const NIGHT_MINUTES = 340;

/** A cycle's own minute of the night, from its id. */
export function nightMinute(cycleId: string): number {
  let hash = 2166136261;
  for (const char of cycleId) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619) >>> 0;
  return NIGHT_FROM_MINUTE + (hash % NIGHT_MINUTES);
}

/**
 * The day on which a rule fires for a deadline or a step entered on that day. Mails go out on working days only: a reminder before a deadline that falls
 * on a day off is taken on the working day before, or a last call would come too late.
 */
export function nudgeDay(rule: PinnedNudge, from: LocalDate, state: CycleState): LocalDate {
  const { days, unit } = rule.offset;
  const { calendar } = state.rules;
  if (unit === 'working') return addWorkingDays(calendar, from, days);
  const day = addDays(from, days);
  return 'deadline' in rule.on && days <= 0 ? workingDayOnOrBefore(calendar, day) : day;
}

/** Nudges still to come; the day of one that was dealt with is not worth counting. */
function nudgesOf(state: CycleState): Moment[] {
  const minute = nightMinute(state.cycleId) * MINUTE;
  const enteredOn = localDateAt(state.stepEnteredAt);
  const awaited = state.paused ? state.deadlines.filter((one) => one.kind === 'resumption') : state.deadlines;
  const found: Moment[] = [];
  const add = (rule: PinnedNudge, subject: DeadlineKind | Step, subjectOn: LocalDate, from: LocalDate): void => {
    const key = `${rule.id}@${subject}:${subjectOn}`;
    if (state.handled.includes(key)) return;
    const day = nudgeDay(rule, from, state);
    found.push({ key, at: startOfDay(day) + minute, name: 'remind', nudge: { rule, subject, subjectOn, day } });
  };
  for (const rule of state.rules.nudges) {
    const { on } = rule;
    if ('step' in on) {
      if (on.step === state.step && !state.paused) add(rule, on.step, enteredOn, enteredOn);
    } else {
      for (const deadline of awaited) if (deadline.kind === on.deadline) add(rule, deadline.kind, deadline.date, lastSafeDay(deadline));
    }
  }
  return found;
}

function moment(state: CycleState, name: MomentName, at: Instant): Moment {
  return { key: `${name}@${state.step}:${localDateAt(at)}`, at, name };
}

/** The day after which an unfiled dossier is measured by the next mark: the cut-off itself, the plan's last day, or the next round. */
function seasonOver(state: CycleState): LocalDate | undefined {
  const due = state.step === 'awaiting_dossier' && state.kind !== 'reevaluation' ? dueDeadline(state) : undefined;
  return due && addDays(lastSafeDay(due), 1);
}

/** Moments at which the law itself moves the cycle. */
function turns(state: CycleState): Moment[] {
  const byKind = (kind: DeadlineKind): Deadline | undefined => state.deadlines.find((one) => one.kind === kind);
  const found: Moment[] = [];
  const opens = byKind('reevaluation-window-opens');
  if (opens && state.step === 'in_force') found.push(moment(state, 'open-window', startOfDay(opens.date)));
  const closes = byKind('reevaluation-window-closes');
  if (closes && state.step === 'reevaluation_window') found.push(moment(state, 'miss-window', missedFrom(closes)));
  const prepares = renewalPreparedOn(state);
  if (prepares) found.push(moment(state, 'prepare-renewal', startOfDay(prepares)));
  const year = yearInForce(state);
  if (year) found.push({ key: yearKey(year), at: startOfDay(year), name: 'year-in-force' });
  const expiry = byKind('certificate-expiry');
  if (expiry) found.push(moment(state, 'expire', missedFrom(expiry)));
  const over = seasonOver(state);
  if (over && !state.paused && dueDeadline(state)?.basis !== 'granted') found.push(moment(state, 'roll-season', startOfDay(over)));
  return found;
}

/** All moments not dealt with yet, the earliest first; turns of the law before nudges of the same instant. */
export function agenda(state: CycleState): Moment[] {
  const turnsToCome = turns(state).filter((one) => !state.handled.includes(one.key));
  return [...turnsToCome, ...nudgesOf(state)].sort((a, b) => a.at - b.at);
}

/** The next moment, or undefined when only people can move the cycle. */
export function nextMoment(state: CycleState): Moment | undefined {
  return agenda(state)[0];
}
