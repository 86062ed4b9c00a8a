/**
 * One transition is one statement: event, projection, deadlines, nudges, follow-up tasks, files and certificate stand together or not at all. It may
 * run any number of times: only the first inserts the event, and everything else hangs on that.
 */
import type { Database } from '../clients/database';
import { dueDeadline } from '../domain/cycle/due';
import type { CycleEvent, PlannedNudge } from '../domain/cycle/events';
import { localDateAt, startOfDay } from '../domain/dates';
import { lastSafeDay } from '../domain/deadlines';
import { Prisma } from '../prisma/generated/client';
import type { RecordedState, RecordTransition } from './cycle-activities';

/** Writes a transition. Returns false when it stood already. */
export async function recordTransition(db: Database, { event, state, planId, regimeId, key }: RecordTransition): Promise<boolean> {
  const recordedAt = new Date(event.at);
  const due = dueDeadline(state);
  const entered = enteredAt(event);
  const certificate = state.certificate;
  const deadlines = event.deadlines.map(({ quote = null, ...deadline }) => ({ ...deadline, quote }));
  const rows = await db.$queryRaw<{ sequence: number }[]>(Prisma.sql`/* prepared: record-transition */
    with recorded as (
      insert into cycle_event (cycle_id, sequence, name, actor_id, actor_role, office_code, legal_on, recorded_at, from_stage, from_step, to_stage,
        to_step, outcome, payload, note_id, source_document, documents, idempotency_key, rules_version)
      values (${event.cycleId}, ${event.sequence}, ${event.name}, ${event.actor.id}, ${event.actor.role}, ${event.actor.office}, ${event.on}::date,
        ${recordedAt}, ${event.from?.stage ?? null}, ${event.from?.step ?? null}, ${event.to.stage}, ${event.to.step}, ${event.outcome},
        ${JSON.stringify(event.payload)}::jsonb, ${event.noteId}, ${event.sourceDocument},
        ${event.documents ? JSON.stringify(event.documents) : null}::jsonb, ${key}, ${event.rulesVersion})
      on conflict (cycle_id, sequence) do nothing
      returning sequence
    ),
    projected as (
      insert into cycle (id, product_code, cycle_number, sequence, kind, product_set, plan_id, regime_id, rules_version, province_code, commune_code,
        stage, step, waiting_for, stage_entered_at, step_entered_at, due_kind, due_on, due_operator, due_source, last_safe_on, commune_officer_id,
        province_officer_id, outcome, paused, needs_attention, star, certificate_code, valid_until, predecessor_id,
        received_on, state, updated_at)
      select ${state.cycleId}, ${state.productCode}, ${state.cycleNumber}, ${state.sequence}, ${state.kind}, ${state.productSet}::int,
        ${planId}, ${regimeId}, ${event.rulesVersion}, ${state.provinceCode}, ${state.communeCode}, ${state.stage},
        ${state.step}, ${state.waitingFor}, ${entered}::timestamptz, ${entered}::timestamptz,
        ${due?.kind ?? null}, ${due?.date ?? null}::date, ${due?.operator ?? null}, ${due?.source ?? null},
        ${due ? lastSafeDay(due) : null}::date, ${state.officers.commune ?? null}, ${state.officers.province ?? null}, ${state.outcome},
        ${state.paused !== null}, null, ${certificate?.star ?? null}::int, ${certificate?.code ?? null}, ${certificate?.validUntil ?? null}::date,
        ${state.predecessor?.cycleId ?? null}, ${state.facts.receivedOn ?? null}::date, ${JSON.stringify(state)}::jsonb, ${recordedAt}::timestamptz
      from recorded
      on conflict (id) do update set (sequence, rules_version, plan_id, regime_id, stage, step, waiting_for, stage_entered_at, step_entered_at, due_kind,
        due_on, due_operator, due_source, last_safe_on, commune_officer_id, province_officer_id, outcome, paused, needs_attention, star,
        certificate_code, valid_until, received_on, state, updated_at)
      = (excluded.sequence, excluded.rules_version, excluded.plan_id, excluded.regime_id, excluded.stage, excluded.step, excluded.waiting_for,
        case when ${event.from?.stage === event.to.stage} then cycle.stage_entered_at else excluded.stage_entered_at end,
        case when ${event.from?.step === event.to.step} and (cycle.state->>'stepEnteredAt')::bigint = ${state.stepEnteredAt}::bigint
          then cycle.step_entered_at else excluded.step_entered_at end,
        excluded.due_kind, excluded.due_on, excluded.due_operator, excluded.due_source, excluded.last_safe_on,
        excluded.commune_officer_id, excluded.province_officer_id, excluded.outcome, excluded.paused, null, excluded.star, excluded.certificate_code,
        excluded.valid_until, excluded.received_on, excluded.state, excluded.updated_at)
      where cycle.sequence < excluded.sequence
      returning id
    ),
    now_binding as (
      select * from jsonb_to_recordset(${JSON.stringify(deadlines)}::jsonb)
        as d(kind text, date date, operator text, basis text, source text, quote text, candidates jsonb)
      where exists (select from recorded)
    ),
    lifted as (
      update deadline set superseded_at = ${recordedAt}::timestamptz
      where cycle_id = ${event.cycleId} and superseded_at is null and exists (select from recorded)
        and not exists (select from now_binding n where n.kind = deadline.kind and n.date = deadline.date and n.operator = deadline.operator)
    ),
    bound as (
      insert into deadline (cycle_id, kind, date, operator, basis, source, quote, candidates, set_by_sequence)
      select ${event.cycleId}, kind, date, operator, basis, source, quote, candidates, ${event.sequence} from now_binding n
      where not exists (select from deadline d where d.cycle_id = ${event.cycleId} and d.superseded_at is null and d.kind = n.kind
        and d.date = n.date and d.operator = n.operator)
    ),
    silenced as (
      update nudge set status = 'suppressed', settled_at = ${recordedAt}::timestamptz, reason_vi = ${whySilenced(state).vi}, reason_en = ${whySilenced(state).en}
      where cycle_id = ${event.cycleId} and status in ('planned', 'late') and exists (select from recorded)
        and (subject, subject_on) not in (select kind, date from now_binding union all select ${state.step}, ${localDateAt(state.stepEnteredAt)}::date)
        and not (subject = 'certificate-expiry' and ${state.outcome === 'expired'}) and (subject not like 'task:%' or ${state.stage === 'closed'})
    ),
    nudged as (
      insert into nudge (cycle_id, rule_id, recipient, subject, subject_on, planned_for, status, late, reason_vi, reason_en, recorded_at, settled_at)
      select ${event.cycleId}, "ruleId", recipient, subject, "subjectOn", "plannedFor", status, late, "reasonVi", "reasonEn", ${recordedAt}::timestamptz,
        case when status = 'passed_over' then ${recordedAt}::timestamptz end
      from jsonb_to_recordset(${JSON.stringify(event.nudges.map(ledgerRow))}::jsonb) as n("ruleId" text, recipient text, subject text,
        "subjectOn" date, "plannedFor" date, status text, late boolean, "reasonVi" text, "reasonEn" text)
      where exists (select from recorded)
      on conflict do nothing
    ),
    tasked as (
      insert into task (cycle_id, sequence, plan_id, follow_up_id, kind, office, opened_on, due_on, status, recorded_at)
      select ${event.cycleId}, ${event.sequence}, ${planId}, "followUpId", kind, office, ${event.on}::date, "dueOn", 'open',
        ${recordedAt}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(event.tasks)}::jsonb) as t("followUpId" text, kind text, office text, "dueOn" date)
      where exists (select from recorded)
      on conflict do nothing
    ),
    tasks_settled as (
      update task set status = ${state.stage === 'closed' ? 'lapsed' : 'done'}, settled_at = ${recordedAt}::timestamptz,
        done_on = ${event.on}::date, done_by = ${event.actor.id}, done_office = ${event.actor.office}
      where cycle_id = ${event.cycleId} and status = 'open' and exists (select from recorded)
        and (${state.stage === 'closed'} or (kind = 'officer' and office = ${officerNamedAt(event)}))
    ),
    attached as (
      update document set sequence = ${event.sequence}
      where cycle_id = ${event.cycleId} and sha256 = any (${(event.documents ?? []).map(({ sha256 }) => sha256)}::text[]) and sequence is null
        and exists (select from recorded)
    ),
    certified as (
      insert into certificate (code, cycle_id, product_code, number, star, issued_on, valid_until, extended_until, decision_number, issued_by, status,
        ended_on)
      select c.code, ${state.cycleId}, ${state.productCode}, c.number, c.star, c."issuedOn", c."validUntil", c."extendedUntil", c."decisionNumber",
        c."issuedBy", ${state.outcome ?? 'in_force'}, ${state.outcome ? event.on : null}::date
      from jsonb_to_recordset(${JSON.stringify(certificate ? [certificate] : [])}::jsonb) as c(code text, number text, star int, "issuedOn" date,
        "validUntil" date, "extendedUntil" date, "decisionNumber" text, "issuedBy" text)
      where exists (select from recorded)
      on conflict (code) do update set extended_until = excluded.extended_until, status = excluded.status, ended_on = excluded.ended_on,
        end_decision = ${endDecision(event)}
    )
    select sequence from recorded`);
  return rows.length > 0;
}

/** Since when a stage or step that an event enters counts: the event itself, or the beginning of its legal day where it was recorded later. */
function enteredAt({ at, on }: CycleEvent): Date {
  return new Date(localDateAt(at) === on ? at : startOfDay(on));
}

function ledgerRow({ status, ...nudge }: PlannedNudge): object {
  const passedOver = status === 'passed-over';
  return {
    ...nudge,
    status: passedOver ? 'passed_over' : 'planned',
    late: status === 'late',
    reasonVi: passedOver ? 'Lần nhắc sau của cùng việc này thay cho lần nhắc này' : null,
    reasonEn: passedOver ? 'A later nudge about the same thing took its place' : null,
  };
}

/** Naming an officer is what a task of that kind asks for: the side where one was named, null for every other event. */
function officerNamedAt({ name, payload }: CycleEvent): string | null {
  const { side, officerId } = payload as { side?: string; officerId?: string | null };
  return name === 'assign-officer' && officerId ? (side ?? null) : null;
}

/** The number of the decision that ended a certificate before its time; null for every other event. */
function endDecision({ name, payload }: CycleEvent): string | null {
  const ends = name === 'revoke-certificate' || name === 'withdraw-decision';
  return ends ? ((payload as { decisionNumber?: string }).decisionNumber ?? null) : null;
}

/** Why nudges that were planned and not yet sent are not sent after this transition. */
function whySilenced(state: RecordedState): { vi: string; en: string } {
  if (state.paused) return { vi: 'Hồ sơ tạm dừng', en: 'The dossier is paused' };
  if (state.stage === 'closed') return { vi: 'Chu trình đã kết thúc', en: 'The cycle has ended' };
  return { vi: 'Việc đã xong hoặc thời hạn đã thay đổi', en: 'The step is done or its deadline changed' };
}
