/** What a digest is made of, as the records have it at this moment. */
import type { Database } from '../../clients/database';
import type { LocalDate } from '../../domain/dates';
import type { NudgeRecipient } from '../../domain/nudge-rules';
import { type Contact, contactRoleOf, type Contacts, type Directory, type Held, type Inbox } from '../../domain/nudges/recipients';
import { Prisma } from '../../prisma/generated/client';

/** A ledger row that is due, with what of its cycle, or of the report owed, decides whose it is and whether it still stands. */
export interface DueRow extends Omit<Held, 'step' | 'waitingFor'> {
  id: bigint;
  /** Null for a report, which an office owes. */
  cycleId: string | null;
  ruleId: string;
  recipient: NudgeRecipient;
  subject: string;
  subjectOn: LocalDate;
  /** The first day whose digest could take it: the planned day, or the next when it was recorded after 08:00. */
  plannedFor: LocalDate;
  deferredAt: Date | null;
  communeCode: string;
  closed: boolean;
  expired: boolean;
  current: boolean;
  /** Inboxes that have been dealt with, and which of them took the mail. */
  dealtWith: { inbox: Inbox; accepted: boolean; leads: boolean }[];
}

/** A cycle with the names that a mail shows. */
export interface NamedCycle extends Held {
  cycleId: string;
  communeCode: string;
  product: string;
  producer: string;
  lastSafeOn: LocalDate | null;
  stepEnteredAt: Date;
}

/** Which offices' affairs: a whole province or one commune of it. */
export interface Area {
  provinceCode: string;
  communeCode: string | null;
}

const WHOSE = Prisma.sql`c.paused, c.commune_officer_id as "communeOfficerId", c.province_officer_id as "provinceOfficerId",
  c.commune_code as "communeCode"`;

const inArea = ({ provinceCode, communeCode }: Area): Prisma.Sql =>
  communeCode === null ? Prisma.sql`c.province_code = ${provinceCode}` : Prisma.sql`c.commune_code = ${communeCode}`;

const DEALT_WITH = Prisma.sql`(select json_agg(json_build_object('inbox', x.inbox, 'accepted', x.accepted, 'leads', x.leads))
  from nudge_delivery x where x.nudge_id = n.id) as "dealtWith"`;

type ReadRow = Omit<DueRow, 'dealtWith'> & { dealtWith: DueRow['dealtWith'] | null };

/** Every ledger row of an area that is due on a day and not settled, those about cycles first; with `only`, those of them. */
export async function dueRows(db: Queries, area: Area, day: LocalDate, only?: { ids: readonly bigint[] }): Promise<DueRow[]> {
  const isDue = Prisma.sql`n.status in ('planned', 'late') and n.planned_for <= ${day}::date
    ${only ? Prisma.sql`and n.id = any(${only.ids as bigint[]})` : Prisma.empty}`;
  const rows = await db.$queryRaw<ReadRow[]>(Prisma.sql`
    select * from ((${aboutCycles(area, isDue)}) union all (${aboutReports(area, isDue)})) as due order by "cycleId" is null, id`);
  return rows.map((row) => ({ ...row, dealtWith: row.dealtWith ?? [] }));
}

/** A nudge stands while its step lasts, its deadline binds or its task is open. About a step it is kept under the day on which that was recorded. */
const aboutCycles = (area: Area, isDue: Prisma.Sql): Prisma.Sql => Prisma.sql`
  select n.id, n.cycle_id as "cycleId", n.rule_id as "ruleId", n.recipient, n.subject, n.subject_on::text as "subjectOn",
    greatest(n.planned_for, ((n.recorded_at at time zone 'Asia/Ho_Chi_Minh') + interval '16 hours')::date)::text as "plannedFor",
    n.deferred_at as "deferredAt", ${WHOSE}, c.stage = 'closed' as closed, coalesce(c.outcome = 'expired', false) as expired,
    (n.subject = c.step and n.subject_on = (to_timestamp((c.state->>'stepEnteredAt')::bigint / 1000.0) at time zone 'Asia/Ho_Chi_Minh')::date)
      or exists (select from deadline d where d.cycle_id = n.cycle_id and d.kind = n.subject and d.date = n.subject_on and d.superseded_at is null)
      or exists (select from task t where t.cycle_id = n.cycle_id and 'task:' || t.follow_up_id = n.subject and t.due_on = n.subject_on and t.status = 'open')
      as current,
    ${DEALT_WITH}
  from nudge n join cycle c on c.id = n.cycle_id
  where ${inArea(area)} and ${isDue}`;

/** Reports stand until they are handed in. */
const aboutReports = ({ provinceCode, communeCode }: Area, isDue: Prisma.Sql): Prisma.Sql => Prisma.sql`
  select n.id, null, n.rule_id, n.recipient, n.subject, n.subject_on::text, n.planned_for::text, n.deferred_at, false, null, null,
    coalesce(o.commune_code, ''), false, false,
    not exists (select from report_submission s where s.office_code = n.office_code and s.subject = n.subject and s.subject_on = n.subject_on),
    ${DEALT_WITH}
  from nudge n join office o on o.code = n.office_code
  where ${communeCode === null ? Prisma.sql`o.province_code = ${provinceCode}` : Prisma.sql`o.commune_code = ${communeCode}`} and ${isDue}`;

/** The cycles of an area whose turn is that party's, and others by their ids, with their names. */
export async function namedCycles(db: Queries, area: Area, turn: 'commune' | 'province', ids: readonly string[]): Promise<NamedCycle[]> {
  return await db.$queryRaw<NamedCycle[]>(Prisma.sql`
    select c.id as "cycleId", c.step, c.waiting_for as "waitingFor", ${WHOSE}, p.name as product, m.name as producer, c.last_safe_on::text as "lastSafeOn",
      c.step_entered_at as "stepEnteredAt"
    from cycle c join product p on p.code = c.product_code join producer m on m.id = p.producer_id
    where (${inArea(area)} and c.waiting_for = ${turn} and not c.paused and c.stage <> 'closed') or c.id = any(${ids as string[]})`);
}

export type Queries = Pick<Database, '$queryRaw'>;

export interface OfficeRow {
  code: string;
  name: string;
  communeCode: string | null;
  email: string | null;
  emailProblem: string | null;
  phone: string | null;
  people: PersonRow[];
}

export interface PersonRow {
  id: string;
  role: string;
  email: string | null;
  emailProblem: string | null;
}

/** The offices of an area and of its province with the people in service. */
export async function officesOf(db: Pick<Database, 'office'>, area: Area): Promise<OfficeRow[]> {
  const { provinceCode, communeCode } = area;
  const where = communeCode === null ? { provinceCode } : { OR: [{ communeCode }, { provinceCode, communeCode: null }] };
  const select = { code: true, name: true, communeCode: true, email: true, emailProblem: true, phone: true } as const;
  const people = {
    where: { active: true },
    select: { id: true, role: true, email: true, emailProblem: true },
    orderBy: { id: 'asc' },
  } as const;
  return await db.office.findMany({ where, select: { ...select, people }, orderBy: { code: 'asc' } });
}

const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/;

/** An address that a mail may go to: it looks like one and no server has refused it for good. */
export function isUsable({ email, emailProblem }: { email: string | null; emailProblem: string | null }): boolean {
  return email !== null && emailProblem === null && ADDRESS.test(email);
}

/** Who can be reached where: one directory per commune of the province. */
export class Contacting {
  private readonly province: Contacts;
  private readonly communes = new Map<string, Contacts>();

  constructor(offices: readonly OfficeRow[]) {
    this.province = contactsOf(offices.filter((one) => one.communeCode === null));
    for (const code of new Set(offices.flatMap((one) => one.communeCode ?? [])))
      this.communes.set(code, contactsOf(offices.filter((one) => one.communeCode === code)));
  }

  directory(communeCode: string): Directory {
    return { commune: this.communes.get(communeCode) ?? { people: [], offices: [] }, province: this.province };
  }
}

function contactsOf(offices: readonly OfficeRow[]): Contacts {
  const people = offices.flatMap((office) =>
    office.people.flatMap((person): Contact[] => {
      const role = contactRoleOf(person.role);
      return role ? [{ inbox: `person:${person.id}`, role, reachable: isUsable(person) }] : [];
    }),
  );
  return { people, offices: offices.map((one) => ({ inbox: `office:${one.code}`, reachable: isUsable(one) })) };
}
