/** What the report reads of the records, in one go each. */
import type { Database } from '../../clients/database';
import type { Outcome, Stage, Step } from '../../domain/cycle/stages';
import type { LocalDate } from '../../domain/dates';
import type { Candidate, DeadlineKind, Operator } from '../../domain/deadlines';

export interface EventRow {
  cycleId: string;
  sequence: number;
  name: string;
  legalOn: LocalDate;
  recordedOn: LocalDate;
  fromStage: Stage | null;
  toStage: Stage;
  toStep: Step;
  outcome: Outcome | null;
}

export interface DeadlineRow {
  cycleId: string;
  kind: DeadlineKind;
  date: LocalDate;
  operator: Operator;
  source: string;
  candidates: Candidate[];
  setBySequence: number;
}

export interface MailRow {
  messageId: string;
  day: LocalDate;
  inbox: string;
  recipient: string;
  office: string;
  person: string | null;
  nudges: number;
}

export interface NudgeRow {
  ruleId: string;
  status: string;
  late: boolean;
  plannedFor: LocalDate;
  reasonVi: string | null;
  reasonEn: string | null;
  recipient: string;
  communeCode: string;
  provinceCode: string;
  count: number;
}

/** Every event, by cycle and sequence. */
export async function eventsOf(db: Database): Promise<EventRow[]> {
  return await db.$queryRaw<EventRow[]>`
    select cycle_id as "cycleId", sequence, name, legal_on::text as "legalOn",
      (recorded_at at time zone 'Asia/Ho_Chi_Minh')::date::text as "recordedOn",
      from_stage as "fromStage", to_stage as "toStage", to_step as "toStep", outcome
    from cycle_event order by cycle_id collate "C", sequence`;
}

export async function deadlinesIn(db: Database): Promise<DeadlineRow[]> {
  return await db.$queryRaw<DeadlineRow[]>`
    select cycle_id as "cycleId", kind, date::text as date, operator, source, candidates, set_by_sequence as "setBySequence"
    from deadline order by cycle_id collate "C", set_by_sequence, kind`;
}

/** Mails that went out, with the day of their digest. */
export async function mailsOf(db: Database): Promise<MailRow[]> {
  return await db.$queryRaw<MailRow[]>`
    select m.message_id as "messageId", (m.sent_at at time zone 'Asia/Ho_Chi_Minh')::date::text as day,
      coalesce('person:' || m.person_id, 'office:' || m.office_code, m.recipient) as inbox, m.recipient,
      coalesce(o.name, m.office_code, '') as office, p.name as person,
      (select count(*)::int from nudge_delivery d where d.mail_id = m.id and d.accepted) as nudges
    from outbox_mail m left join office o on o.code = m.office_code left join person p on p.id = m.person_id
    where m.status = 'sent' order by 2, m.recipient, 3, 1`;
}

/** The ledger, counted. */
export async function nudgesOf(db: Database): Promise<NudgeRow[]> {
  return await db.$queryRaw<NudgeRow[]>`
    select n.rule_id as "ruleId", n.status, n.late, n.planned_for::text as "plannedFor", n.reason_vi as "reasonVi", n.reason_en as "reasonEn",
      n.recipient, c.commune_code as "communeCode", c.province_code as "provinceCode", count(*)::int as count
    from nudge n join cycle c on c.id = n.cycle_id
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9 order by 1, 2, 3, 4, 5, 6, 7, 8, 9`;
}
