/**
 * What one transition of a cycle records: an entry of the append-only history with everything that is written beside it in the same transaction.
 */
import type { Instant, LocalDate } from '../dates';
import type { Deadline, DeadlineKind } from '../deadlines';
import type { PlannedTask, TaskSubject } from '../follow-ups';
import type { NudgeRecipient } from '../nudge-rules';
import type { ActionName } from './actions';
import type { Attachment } from './attachments';
import type { Outcome, Stage, Step } from './stages';
import type { Actor } from './state';

/** Transitions that time itself causes. */
export type MomentName =
  | 'remind'
  | 'prepare-renewal'
  | 'open-window'
  | 'miss-window'
  | 'year-in-force'
  | 'roll-season'
  | 'extend-transitionally'
  | 'expire';

/** Everything that can stand in a cycle's history. */
export type EventName = 'register' | ActionName | MomentName;

/** A nudge that fell due: planned for the next digest, or passed over by a later one of the same kind. */
export interface PlannedNudge {
  ruleId: string;
  recipient: NudgeRecipient;
  /**
   * The deadline it is about and its date: the ledger's key. A rule about a step uses the step's name and the day it was entered; one about a follow-up
   * task the task's name and its date.
   */
  subject: DeadlineKind | Step | TaskSubject;
  subjectOn: LocalDate;
  plannedFor: LocalDate;
  status: 'planned' | 'late' | 'passed-over';
}

export interface CycleEvent {
  cycleId: string;
  sequence: number;
  name: EventName;
  actor: Actor;
  at: Instant;
  on: LocalDate;
  from: { stage: Stage; step: Step } | null;
  to: { stage: Stage; step: Step };
  outcome: Outcome | null;
  payload: object;
  noteId: string | null;
  sourceDocument: string | null;
  /** Files that came with it; missing when there were none. */
  documents?: readonly Attachment[];
  rulesVersion: string;
  deadlines: Deadline[];
  nudges: PlannedNudge[];
  /** What the plan attaches to the event. */
  tasks: PlannedTask[];
}
