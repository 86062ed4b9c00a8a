import type { Database } from '../../clients/database';
import type { LocalDate } from '../../domain/dates';

export interface Commune {
  code: string;
  provinceCode: string;
}

/** Every commune with an office and one officer; dossiers spread over them in the last weeks before their limits, each with a nudge due on the day. */
export async function fillForDigest(db: Database, communes: readonly Commune[], dossiers: number, day: LocalDate): Promise<void> {
  await db.office.createMany({
    data: communes.map(({ code, provinceCode }) => ({ code, kind: 'commune', name: `UBND xã ${code}`, provinceCode, communeCode: code })),
  });
  await db.person.createMany({
    data: communes.map(({ code }) => ({
      id: `p-${code}`,
      officeCode: code,
      name: 'Cán bộ',
      role: 'commune_officer',
      email: `xa${code}@example.vn`,
    })),
  });
  const codes = communes.map((one) => one.code);
  const provinces = communes.map((one) => one.provinceCode);
  const each = `select i, (codes)[1 + i % array_length(codes, 1)] as commune, (provinces)[1 + i % array_length(codes, 1)] as province,
      date '${day}' + (i % 30 - 6) as due from generate_series(1, ${dossiers}) i, (select $1::text[] as codes, $2::text[] as provinces) u`;
  const insert = async (into: string): Promise<void> => {
    await db.$executeRawUnsafe(`with d as (${each}) ${into}`, codes, provinces);
  };
  await insert(`insert into producer (id, name, commune_code) select 'm' || i, 'HTX ' || i, commune from d`);
  await insert(`insert into product (code, name, producer_id, province_code, commune_code)
    select 'c' || i, 'Sản phẩm ' || i, 'm' || i, province, commune from d`);
  await insert(`insert into cycle (id, product_code, cycle_number, sequence, kind, plan_id, regime_id, rules_version, province_code, commune_code, stage, step,
      waiting_for, stage_entered_at, step_entered_at, due_kind, due_on, due_operator, last_safe_on, paused, state, updated_at)
    select 'c' || i || '.1', 'c' || i, 1, 1, 'new', 'qd-26-2026', 'qd-26-2026', 'bench', province, commune, 'commune_assessment', 'commune_review', 'commune',
      date '${day}' - 15, date '${day}' - 15, 'commune-assessment', due, 'on_or_before', due, false, '{}', date '${day}' - 15 from d`);
  await insert(`insert into deadline (cycle_id, kind, date, operator, basis, source, candidates, set_by_sequence)
    select 'c' || i || '.1', 'commune-assessment', due, 'on_or_before', 'limit', 'bench', '[]', 1 from d`);
  await insert(`insert into nudge (cycle_id, rule_id, recipient, subject, subject_on, planned_for, status, late, recorded_at)
    select 'c' || i || '.1', 'commune-assessment-2-days', 'commune_officer', 'commune-assessment', due, date '${day}', 'planned', false, date '${day}' from d`);
  await db.$executeRawUnsafe('analyze');
}
