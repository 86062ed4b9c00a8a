/**
 * What a plan attaches to an event of a cycle (support, logo, reward, a notice, an officer) becomes a task: whose it is, by when, and who is reminded. The
 * plan's follow-ups are pinned with the cycle's rules; tasks and their reminders are written in the statement of the event.
 */
import type { EventName, PlannedNudge } from './cycle/events';
import { certificateEnds } from './cycle/due';
import type { CycleState } from './cycle/state';
import { addDays, earlier, type LocalDate } from './dates';
import type { NudgeRecipient } from './nudge-rules';
import type { FollowUp, FollowUpTask, Plan } from './plans';
import type { Text } from './sources';
import { addWorkingDays, type WorkingCalendar, workingDayOnOrAfter } from './working-days';

/** What a cycle needs of a follow-up; its words and its source stay in the plan. */
export type PinnedFollowUp = Pick<FollowUp, 'id' | 'on' | 'kind'> & Pick<FollowUpTask, 'office' | 'due'>;

/** A task as an event opens it; its plan is that of the cycle's rules. */
export interface PlannedTask {
  followUpId: string;
  kind: FollowUp['kind'];
  office: FollowUpTask['office'];
  dueOn: LocalDate;
}

/** How the ledger of nudges names a task. */
export type TaskSubject = `task:${string}`;

export const taskSubject = (followUpId: string): TaskSubject => `task:${followUpId}`;

export function isTaskSubject(subject: string): subject is TaskSubject {
  return subject.startsWith('task:');
}

interface Cause {
  name: EventName;
  on: LocalDate;
}

/** The events of a plan's list that a transition is. */
function followUpEvents(before: CycleState | null, after: CycleState, name: EventName): FollowUp['on'][] {
  const entered = (step: CycleState['step']): boolean => after.step === step && before?.step !== step;
  const recognised =
    entered('awaiting_certificate') || entered('awaiting_national_certificate') || entered('awaiting_district_certificate');
  const all: [FollowUp['on'], boolean][] = [
    ['idea-accepted', name === 'accept-idea'],
    ['recognised', recognised],
    ['recognised-again', recognised && after.kind !== 'new'],
    ['certificate-issued', name === 'issue-certificate'],
    ['in-force', name === 'year-in-force'],
    ['violation', entered('revocation_pending')],
    ['not-recognised', after.outcome === 'not_recognised'],
    ['expired', after.outcome === 'expired'],
  ];
  return all.flatMap(([event, happened]) => (happened ? [event] : []));
}

/** The tasks that a transition opens, with their reminders. */
export function openedBy(
  before: CycleState | null,
  after: CycleState,
  { name, on }: Cause,
): { tasks: PlannedTask[]; nudges: PlannedNudge[] } {
  const events = followUpEvents(before, after, name);
  const due = after.rules.followUps.filter((one) => events.includes(one.on));
  const tasks = due.map((followUp) => taskOf(followUp, on, after));
  return { tasks, nudges: tasks.flatMap((task) => remindersOf(task, on, after)) };
}

/** What comes round while a certificate holds is due by its end at the latest. */
function taskOf({ id, kind, office, due, on: event }: PinnedFollowUp, on: LocalDate, after: CycleState): PlannedTask {
  const day = dueDay(due, on, after.rules.calendar);
  const ends = event === 'in-force' ? certificateEnds(after) : undefined;
  return { followUpId: id, kind, office, dueOn: ends === undefined ? day : earlier(day, ends) };
}

/** A limit that is our own or the plan's and falls on a day off is moved to the next working day, when the office works again. */
function dueDay({ days, unit }: FollowUpTask['due'], on: LocalDate, calendar: WorkingCalendar): LocalDate {
  return unit === 'working' ? addWorkingDays(calendar, on, days) : workingDayOnOrAfter(calendar, addDays(on, days));
}

/** When whom: at once the officer, again three working days before the date, and leadership with the officer on the working day after it. */
export const TASK_REMINDERS = ['new', 'soon', 'overdue', 'overdue-leadership'] as const;
export type TaskReminder = (typeof TASK_REMINDERS)[number];

function remindersOf({ followUpId, office, dueOn }: PlannedTask, on: LocalDate, { rules }: CycleState): PlannedNudge[] {
  const officer: NudgeRecipient = office === 'commune' ? 'commune_officer' : 'provincial_officer';
  const leadership: NudgeRecipient = office === 'commune' ? 'commune_leadership' : 'provincial_leadership';
  const soon = addWorkingDays(rules.calendar, dueOn, -3);
  const after = addWorkingDays(rules.calendar, dueOn, 1);
  const when: Record<TaskReminder, [LocalDate, NudgeRecipient]> = {
    new: [on, officer],
    soon: [soon, officer],
    overdue: [after, officer],
    'overdue-leadership': [after, leadership],
  };
  return TASK_REMINDERS.filter((name) => name !== 'soon' || soon > on).map((name) => {
    const [plannedFor, recipient] = when[name];
    const ruleId = taskRuleId(rules.planId, followUpId, name);
    return { ruleId, recipient, subject: taskSubject(followUpId), subjectOn: dueOn, plannedFor, status: 'planned' };
  });
}

/** The name under which the ledger keeps a reminder of a task: `lao-cai-2026/logo/soon`. */
export function taskRuleId(planId: string, followUpId: string, reminder: TaskReminder): string {
  return `${planId}/${followUpId}/${reminder}`;
}

const REMINDER_WORDS: Record<TaskReminder, Text> = {
  new: { vi: 'Việc theo kế hoạch', en: 'By the plan' },
  soon: { vi: 'Việc theo kế hoạch sắp đến hạn', en: 'By the plan, due soon' },
  overdue: { vi: 'Việc theo kế hoạch quá hạn', en: 'By the plan, overdue' },
  'overdue-leadership': { vi: 'Việc theo kế hoạch quá hạn', en: 'By the plan, overdue' },
};

/** The words of a task's reminder from the plan that the task came from; undefined for any other rule and where no plan has the follow-up any more. */
export function taskReminderTitle(plans: readonly Pick<Plan, 'id' | 'followUps'>[], ruleId: string): Text | undefined {
  const [planId, followUpId, reminder] = ruleId.split('/');
  const known = TASK_REMINDERS.find((one) => one === reminder);
  const followUp = plans.find((plan) => plan.id === planId)?.followUps.find((one) => one.id === followUpId);
  if (!known || !followUp) return undefined;
  const words = REMINDER_WORDS[known];
  return { vi: `${words.vi}: ${followUp.title.vi}`, en: `${words.en}: ${followUp.title.en}` };
}
