/** What a change of a dossier does to its reminders: those that will not come any more, and those that come instead. */
import { agenda } from '../cycle/agenda';
import { takeMoment } from '../cycle/moments';
import type { CycleState } from '../cycle/state';
import { type Instant, type LocalDate, localDateAt } from '../dates';
import { isTaskSubject } from '../follow-ups';
import type { NudgeRecipient } from '../nudge-rules';

/** A reminder to come: its rule, whose inbox, what about, and the day it is planned for. */
export interface Reminder {
  ruleId: string;
  recipient: NudgeRecipient;
  subject: string;
  subjectOn: LocalDate;
  plannedFor: LocalDate;
}

export interface NudgeChange {
  cancelled: Reminder[];
  added: Reminder[];
}

const keyOf = ({ ruleId, recipient, subject, subjectOn }: Reminder): string => `${ruleId}@${subject}:${subjectOn}>${recipient}`;

/**
 * Compares the reminders of a dossier before and after a change at an instant, by the day they are planned for.
 * @param waiting rows of the ledger that are planned and not yet sent: they are cancelled where what they are about binds no more
 */
export function nudgeChange(before: CycleState, after: CycleState, at: Instant, waiting: readonly Reminder[] = []): NudgeChange {
  const was = [...waiting, ...reminders(before, at)];
  const becomes = [...waiting.filter((one) => stillBinds(after, one)), ...reminders(after, at)];
  const without = (some: readonly Reminder[], others: readonly Reminder[]): Reminder[] => {
    const keys = new Set(others.map(keyOf));
    return some.filter((one) => !keys.has(keyOf(one))).sort((a, b) => (a.plannedFor < b.plannedFor ? -1 : 1));
  };
  return { cancelled: without(was, becomes), added: without(becomes, was) };
}

/** All reminders that lie ahead, with those that are due at once; of several about the same thing only the last is sent. */
function reminders(state: CycleState, at: Instant): Reminder[] {
  const found: Reminder[] = [];
  let now = state;
  for (let taken = takeMoment(now, at); taken; taken = takeMoment(now, at)) {
    found.push(...taken.event.nudges.filter((one) => one.status !== 'passed-over'));
    now = taken.state;
  }
  const ahead = agenda(now).flatMap(({ nudge }): Reminder[] => {
    if (!nudge) return [];
    const { rule, subject, subjectOn, day } = nudge;
    return [{ ruleId: rule.id, recipient: rule.to, subject, subjectOn, plannedFor: day }];
  });
  return [...found, ...ahead].map(({ ruleId, recipient, subject, subjectOn, plannedFor }) => {
    return { ruleId, recipient, subject, subjectOn, plannedFor };
  });
}

/** A row of the ledger stands as long as its deadline binds, or its step lasts, and one about a follow-up task in any case; a pause silences all but what is about going on. */
function stillBinds(state: CycleState, { subject, subjectOn }: Reminder): boolean {
  if (isTaskSubject(subject)) return true;
  if (state.deadlines.some((one) => one.kind === subject && one.date === subjectOn)) return true;
  return state.step === subject && localDateAt(state.stepEnteredAt) === subjectOn;
}
