/** A country's records for the bench of pages: dossiers on their way, certificates, ended cycles, each with events, limits and reminders. */
import type { Database } from '../../clients/database';
import type { LocalDate } from '../../domain/dates';

export interface Country {
  open: number;
  closed: number;
  day: LocalDate;
  communes: readonly { code: string; provinceCode: string | null }[];
}

/** Of the open cycles, a part is certificates in force. */
const IN_FORCE = 0.6;
const EVENTS_OF_OPEN = 6;
const EVENTS_OF_CLOSED = 10;
/** Closed cycles ended over so many days, one of five in the season's year. */
const CLOSED_OVER_DAYS = 1700;
/** When the n-th event of a cycle was; the third is the receipt of its dossier. */
const legalOn = (n: string): string => `case when is_open then received + ${n} else ended - 20 * (${EVENTS_OF_CLOSED} - ${n}) end`;
/** A state takes some 1,500 bytes and hardly shrinks. */
const STATE = `jsonb_build_object('facts', jsonb_build_object(), 'filler', (select string_agg(md5(i || '.' || k), '') from generate_series(1, 45) k))`;

/** Fills the tables by SQL alone; open cycles come first. */
export async function fillCountry(db: Database, { open, closed, day, communes }: Country): Promise<void> {
  const units = communes.filter((unit) => unit.provinceCode !== null);
  const codes = units.map((unit) => unit.code);
  const provinces = units.map((unit) => unit.provinceCode);
  const inForce = Math.floor(open * IN_FORCE);
  const each = `select i, (codes)[1 + i % array_length(codes, 1)] as commune, (provinces)[1 + i % array_length(codes, 1)] as province,
      i <= ${open} as is_open, i <= ${inForce} as in_force, i > ${inForce} and i <= ${open} and before between 1 and ${inForce} as renews, before,
      date '${day}' - 20 - (i * 7 % 90) as received, date '${day}' - (i * 17 % ${CLOSED_OVER_DAYS}) as ended, date '${day}' + (i * 13 % 60) - 15 as due,
      date '${day}' + 10 + (i * 31 % 1080) as ends
    from generate_series(1, ${open + closed}) i, (select $1::text[] as codes, $2::text[] as provinces) u,
      lateral (select i - 3 * array_length(codes, 1)) b(before)`;
  const insert = async (into: string): Promise<void> => {
    await db.$executeRawUnsafe(`with d as (${each}) ${into}`, codes, provinces);
  };
  await insert(`insert into producer (id, name, commune_code) select 'm' || i, 'Hợp tác xã số ' || i, commune from d`);
  await insert(`insert into product (code, name, producer_id, province_code, commune_code)
    select province || '-' || commune || '-' || i || '-2026', 'Sản phẩm thử số ' || i, 'm' || i, province, commune from d`);
  const id = `province || '-' || commune || '-' || i || '-2026.1'`;
  await insert(`insert into cycle (id, product_code, cycle_number, sequence, kind, plan_id, regime_id, rules_version, province_code, commune_code, stage,
      step, waiting_for, stage_entered_at, step_entered_at, due_kind, due_on, due_operator, due_source, last_safe_on, commune_officer_id, outcome,
      paused, needs_attention, valid_until, predecessor_id, received_on, state, updated_at)
    select ${id}, province || '-' || commune || '-' || i || '-2026', 1, ${EVENTS_OF_OPEN}, case when renews then 'reevaluation' else 'new' end, 'qd-26-2026', 'qd-26-2026', 'bench', province, commune,
      case when not is_open then 'closed' when in_force then 'validity' when i % 3 = 0 then 'provincial_scoring' else 'commune_assessment' end,
      case when not is_open then 'ended' when in_force then 'in_force' when i % 3 = 0 then 'advisory_review' else 'commune_review' end,
      case when not is_open or in_force then null when i % 3 = 0 then 'province' else 'commune' end,
      case when is_open then received else ended end, case when is_open then received else ended end,
      case when is_open then 'commune-assessment' end, case when is_open then case when in_force then ends else due end end,
      case when is_open then 'on_or_before' end, case when is_open then 'Quyết định 26/2026/QĐ-TTg, Điều 7 khoản 2' end,
      case when is_open then case when in_force then ends else due end end, case when i % 9 > 0 then 'officer' end,
      case when not is_open then 'expired' end, is_open and i % 41 = 0, case when is_open and i % 997 = 0 then 'Timeout' end,
      case when in_force then ends end, case when renews then province || '-' || commune || '-' || before || '-2026.1' end,
      ${legalOn('3')}, ${STATE}, received from d`);
  await insert(`insert into cycle_event (cycle_id, sequence, name, actor_id, actor_role, office_code, legal_on, recorded_at, from_stage, from_step, to_stage,
      to_step, payload, rules_version)
    select ${id}, n, (array['register', 'accept-idea', 'submit-dossier', 'request-supplement', 'submit-supplement', 'issue-commune-report', 'accept-package',
        'record-advisory-report', 'record-council-result', 'decide'])[n], 'bench', 'commune_staff', commune,
      ${legalOn('n')}, ${legalOn('n')}, null, null, case when n < 3 then 'product_completion' else 'commune_assessment' end,
      (array['awaiting_idea_review', 'awaiting_dossier', 'commune_review', 'commune_supplement', 'commune_review', 'provincial_intake',
        'advisory_review', 'council_scoring', 'awaiting_decision', 'ended'])[n], '{}', 'bench'
    from d, generate_series(1, case when is_open then ${EVENTS_OF_OPEN} else ${EVENTS_OF_CLOSED} end) n`);
  await insert(`insert into deadline (cycle_id, kind, date, operator, basis, source, candidates, set_by_sequence)
    select ${id}, 'commune-assessment', due, 'on_or_before', 'limit', 'bench', '[]', 3 from d where is_open`);
  await insert(`insert into nudge (cycle_id, rule_id, recipient, subject, subject_on, planned_for, status, late, recorded_at, settled_at)
    select ${id}, 'commune-assessment-' || n || '-days', 'commune_officer', 'commune-assessment', case when is_open then due else ended end,
      case when is_open then due else ended end - n, 'sent', false, case when is_open then received else ended end, case when is_open then due else ended end - n
    from d, generate_series(1, 3) n where not in_force`);
  await insert(`insert into certificate (code, cycle_id, product_code, star, issued_on, valid_until, decision_number, issued_by, status)
    select 'bench-' || i, ${id}, province || '-' || commune || '-' || i || '-2026', 3, ends - 1096, ends, (100 + i * 31 % 1080 % 36) || '/QĐ-UBND', 'UBND tỉnh',
      case when in_force then 'in_force' else 'expired' end from d where in_force or (not is_open and i % 2 = 0)`);
  await db.$executeRawUnsafe('vacuum analyze');
}
