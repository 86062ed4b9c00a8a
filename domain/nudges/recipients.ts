/**
 * Whose inbox a nudge is for: a role at a cycle becomes people of the commune's or the province's office. Where nobody is assigned all officers of
 * the office get it, and where the office has none its own address does; such a dossier counts as unassigned.
 */
import type { Step } from '../cycle/stages';
import type { NudgeRecipient } from '../nudge-rules';

/** What a person does in an office, as far as nudges go. */
export type ContactRole = 'officer' | 'leadership' | 'council_secretary';

/** `person:<id>` or `office:<code>`: what one digest is made for. Ids only. */
export type Inbox = string;

export interface Contact {
  inbox: Inbox;
  role: ContactRole;
  /** Has an address that the mail server has not refused for good. */
  reachable: boolean;
}

/** People of one level, commune or province, and the addresses of its offices themselves. */
export interface Contacts {
  people: readonly Contact[];
  offices: readonly Pick<Contact, 'inbox' | 'reachable'>[];
}

/** The officers who follow a cycle; none for what an office owes as such. */
export interface Assigned {
  communeOfficerId: string | null;
  provinceOfficerId: string | null;
}

/** What of a cycle decides whose it is. */
export interface Held extends Assigned {
  step: Step;
  waitingFor: string | null;
  paused: boolean;
}

export interface Directory {
  commune: Contacts;
  province: Contacts;
}

type Side = keyof Directory;

/** Roles as lists of contacts write them, and as accounts have them. */
const ROLES_IN_RECORDS: Record<string, ContactRole> = {
  commune_officer: 'officer',
  provincial_officer: 'officer',
  commune_leadership: 'leadership',
  provincial_leadership: 'leadership',
  council_secretary: 'council_secretary',
  commune_staff: 'officer',
  provincial_staff: 'officer',
  manager: 'leadership',
};

/** The part that a person's role in the records plays for nudges; undefined for roles that get none, such as administrators. */
export function contactRoleOf(role: string): ContactRole | undefined {
  return ROLES_IN_RECORDS[role];
}

/** The districts of old are gone: what would have been theirs goes to the province. */
const SEATS: Record<NudgeRecipient, { side: Side; role: ContactRole }> = {
  commune_officer: { side: 'commune', role: 'officer' },
  commune_leadership: { side: 'commune', role: 'leadership' },
  provincial_officer: { side: 'province', role: 'officer' },
  provincial_leadership: { side: 'province', role: 'leadership' },
  council_secretary: { side: 'province', role: 'council_secretary' },
  district_officer: { side: 'province', role: 'officer' },
};

/** The secretary's own steps: between the dossier's intake and the council's result. */
const SECRETARY_STEPS: readonly Step[] = ['advisory_review', 'council_scoring'];

const assignedTo = (cycle: Assigned, side: Side): Inbox | undefined => {
  const id = side === 'commune' ? cycle.communeOfficerId : cycle.provinceOfficerId;
  return id === null ? undefined : `person:${id}`;
};

/** The inboxes of a role at a cycle; none when nobody there has a usable address. */
export function recipientsOf(role: NudgeRecipient, cycle: Assigned, directory: Directory): Inbox[] {
  const { side, role: wanted } = SEATS[role];
  const { people, offices } = directory[side];
  const reachable = people.filter((one) => one.reachable);
  const inRole = (contactRole: ContactRole): Inbox[] => reachable.filter((one) => one.role === contactRole).map((one) => one.inbox);
  const office = offices.filter((one) => one.reachable).map((one) => one.inbox);
  const assigned = reachable.filter((one) => one.inbox === assignedTo(cycle, side)).map((one) => one.inbox);
  const officers = [assigned, inRole('officer'), office];
  const inOrder =
    wanted === 'officer' ? officers : wanted === 'leadership' ? [inRole('leadership'), office, ...officers] : [inRole(wanted), ...officers];
  return inOrder.find((inboxes) => inboxes.length > 0) ?? [];
}

/** True when nobody in particular follows the dossier where its turn is: no officer named, and not exactly one who could be meant. */
export function isUnassigned(cycle: Held, directory: Directory): boolean {
  if (cycle.waitingFor !== 'commune' && cycle.waitingFor !== 'province') return false;
  const { people } = directory[cycle.waitingFor];
  const named = people.some((one) => one.inbox === assignedTo(cycle, cycle.waitingFor as Side));
  return !named && people.filter((one) => one.role === 'officer').length !== 1;
}

/** Whether it is this inbox's own turn: only then may its mail call the dossier overdue. */
export function holds(inbox: Inbox, cycle: Held, directory: Directory): boolean {
  return !cycle.paused && turnRoles(cycle).some((role) => recipientsOf(role, cycle, inSeat(role, directory)).includes(inbox));
}

function turnRoles({ waitingFor, step }: Held): NudgeRecipient[] {
  if (waitingFor === 'commune') return ['commune_officer', 'commune_leadership'];
  if (waitingFor !== 'province') return [];
  return ['provincial_officer', 'provincial_leadership', ...(SECRETARY_STEPS.includes(step) ? (['council_secretary'] as const) : [])];
}

/** An officer who stands in for a missing leadership is nudged in its place, but does not hold what colleagues are in charge of. */
function inSeat(role: NudgeRecipient, directory: Directory): Directory {
  const { side, role: wanted } = SEATS[role];
  if (wanted === 'officer') return directory;
  const { people, offices } = directory[side];
  return { ...directory, [side]: { people: people.filter((one) => one.role === wanted), offices: wanted === 'leadership' ? offices : [] } };
}
