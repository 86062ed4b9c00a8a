/**
 * The rules of one cycle: what it needs of its regime, plan, calendar and nudge rules, pinned as plain data when the dossier comes under them.
 * Later changes of the data files do not reach a cycle until its rules are adopted anew, by an action that is recorded.
 */
import type { Candidate } from './deadlines';
import type { LocalDate } from './dates';
import type { NudgeRule } from './nudge-rules';
import type { PinnedFollowUp } from './follow-ups';
import type { BelowFifty, Plan, StageWindow } from './plans';
import type { Procedure, Regime } from './regimes';
import type { WorkingCalendar } from './working-days';

/** What an agenda needs of a nudge rule; its wording is looked up when a mail is written. */
export type PinnedNudge = Pick<NudgeRule, 'id' | 'on' | 'offset' | 'to'>;

/** What a deadline needs of a plan's window. */
export type PinnedWindow = Pick<StageWindow, 'stage' | 'closes' | 'kinds' | 'line' | 'quote'>;

export interface CycleRules {
  /** Names exactly what is pinned, for people and for comparison. */
  version: string;
  regimeId: string;
  planId: string;
  planVersion: number;
  procedure: Procedure;
  windows: PinnedWindow[];
  /** What the plan adds below 50 points: the dossier's return and when it may come again. */
  belowFifty: Pick<BelowFifty, 'returnsDossier' | 'resubmit' | 'line'> | null;
  calendar: WorkingCalendar;
  nudges: PinnedNudge[];
  /** What the plan attaches to events of the cycle. */
  followUps: PinnedFollowUp[];
  /** Day by which a dossier of an earlier regime must be finished, where a transitional rule says so. */
  finishBy: Candidate | null;
}

/** Pins the rules of one cycle. `from` drops the days off of earlier years, which no deadline of this cycle can meet. */
export function pinRules(input: {
  regime: Regime;
  plan: Plan;
  calendar: WorkingCalendar;
  nudges: readonly NudgeRule[];
  finishBy: Candidate | null;
  from: LocalDate;
}): CycleRules {
  const { regime, plan, calendar, from } = input;
  const since = `${Number(from.slice(0, 4)) - 1}-12-01`;
  const relevant = (day: LocalDate): boolean => day >= since;
  return {
    version: `${regime.id}+${plan.id}@${plan.version}+${calendar.announcedTo}`,
    regimeId: regime.id,
    planId: plan.id,
    planVersion: plan.version,
    procedure: regime.procedure,
    windows: plan.windows.map(({ stage, closes, kinds, line, quote }) => ({ stage, closes, line, quote, ...(kinds ? { kinds } : {}) })),
    belowFifty: plan.belowFifty && pick(plan.belowFifty),
    calendar: {
      daysOff: calendar.daysOff.filter(relevant),
      workedSaturdays: calendar.workedSaturdays.filter(relevant),
      announcedTo: calendar.announcedTo,
    },
    nudges: [...input.nudges, ...plan.nudges].map(({ id, on, offset, to }) => ({ id, on, offset, to })),
    followUps: plan.followUps.flatMap(({ id, on, kind, task }) => (task ? [{ id, on, kind, office: task.office, due: task.due }] : [])),
    finishBy: input.finishBy,
  };
}

const pick = ({ returnsDossier, resubmit, line }: BelowFifty): CycleRules['belowFifty'] => ({ returnsDossier, resubmit, line });
