/** Records as cycles leave them, for tests of what comes after: offices with people, dossiers in a step, ledger rows that are due. */
import type { Database } from '../../clients/database';
import { STEPS, type Step } from '../../domain/cycle/stages';
import type { LocalDate } from '../../domain/dates';

export const day = (date: LocalDate): Date => new Date(`${date}T00:00:00Z`);

export interface TestPerson {
  id: string;
  role?: string;
  email?: string | null;
}

/** The commune's office with its people. */
export async function commune(db: Database, code: string, people: TestPerson[] = [], email: string | null = null): Promise<void> {
  await db.office.create({ data: { code, kind: 'commune', name: `UBND xã ${code}`, provinceCode: '37', communeCode: code, email } });
  await add(db, code, people);
}

/** The province's coordination office with its people. */
export async function province(db: Database, people: TestPerson[] = [], email: string | null = null): Promise<void> {
  const office = {
    code: '37',
    kind: 'province',
    name: 'Văn phòng Điều phối nông thôn mới tỉnh',
    provinceCode: '37',
    email,
    phone: '0229 000 0000',
  };
  await db.office.create({ data: office });
  await add(db, '37', people);
}

async function add(db: Database, officeCode: string, people: TestPerson[]): Promise<void> {
  for (const { id, role = officeCode === '37' ? 'provincial_officer' : 'commune_officer', email = `${id}@ocop.test` } of people)
    await db.person.create({ data: { id, officeCode, name: `Người ${id}`, role, email } });
}

export interface TestDossier {
  communeCode?: string;
  step?: Step;
  /** Last day in time, with the kind of deadline; none unless told. */
  due?: { kind: string; on: LocalDate };
  enteredOn?: LocalDate;
  officer?: string;
  provinceOfficer?: string;
  paused?: boolean;
  product?: string;
}

let dossiers = 0;

/** A dossier in a step; answers its cycle's id. */
export async function dossier(db: Database, more: TestDossier = {}): Promise<string> {
  const { communeCode = '14329', step = 'commune_review', due, enteredOn = '2026-09-21', officer, provinceOfficer, paused = false } = more;
  dossiers += 1;
  const productCode = `37-${communeCode}-${String(dossiers).padStart(5, '0')}-2026`;
  const id = `${productCode}.1`;
  const producerId = `m-${productCode}`;
  await db.producer.create({ data: { id: producerId, name: `HTX số ${dossiers}`, communeCode } });
  await db.product.create({
    data: { code: productCode, name: more.product ?? `Sản phẩm ${dossiers}`, producerId, provinceCode: '37', communeCode },
  });
  const entered = new Date(`${enteredOn}T02:00:00Z`);
  await db.cycle.create({
    data: {
      id,
      productCode,
      cycleNumber: 1,
      sequence: 1,
      kind: 'new',
      planId: 'ninh-binh-2026',
      regimeId: 'qd-26-2026',
      rulesVersion: 'test',
      provinceCode: '37',
      communeCode,
      stage: STEPS[step].stage,
      step,
      waitingFor: STEPS[step].waitingFor,
      stageEnteredAt: entered,
      stepEnteredAt: entered,
      ...(due ? { dueKind: due.kind, dueOn: day(due.on), dueOperator: 'on_or_before', lastSafeOn: day(due.on) } : {}),
      communeOfficerId: officer ?? null,
      provinceOfficerId: provinceOfficer ?? null,
      paused,
      state: { stepEnteredAt: entered.getTime() },
      updatedAt: entered,
    },
  });
  if (due) await deadline(db, id, due.kind, due.on);
  return id;
}

/** A deadline that binds a cycle. */
export async function deadline(db: Database, cycleId: string, kind: string, on: LocalDate): Promise<void> {
  await db.deadline.create({
    data: { cycleId, kind, date: day(on), operator: 'on_or_before', basis: 'limit', source: 'test', candidates: [], setBySequence: 1 },
  });
}

export interface TestNudge {
  ruleId?: string;
  recipient?: string;
  subject?: string;
  subjectOn?: LocalDate;
  plannedFor?: LocalDate;
}

/** A ledger row that waits for a digest; answers its id. */
export async function nudge(db: Database, cycleId: string, more: TestNudge = {}): Promise<bigint> {
  const {
    ruleId = 'commune-assessment-2-days',
    recipient = 'commune_officer',
    subject = 'commune-assessment',
    subjectOn,
    plannedFor = '2026-10-12',
  } = more;
  const cycle = await db.cycle.findUniqueOrThrow({ where: { id: cycleId } });
  const on = subjectOn ?? (cycle.dueOn ?? cycle.stepEnteredAt).toISOString().slice(0, 10);
  const row = await db.nudge.create({
    data: {
      cycleId,
      ruleId,
      recipient,
      subject,
      subjectOn: day(on),
      plannedFor: day(plannedFor),
      status: 'planned',
      late: false,
      recordedAt: new Date(`${plannedFor}T00:00:00Z`),
    },
  });
  return row.id;
}

/** Empties everything that a digest reads or writes. */
export async function clearNudges(db: Database): Promise<void> {
  await db.nudgeDelivery.deleteMany();
  await db.nudge.deleteMany();
  await db.nudgeRun.deleteMany();
  await db.outboxMail.deleteMany();
  await db.deadline.deleteMany();
  await db.cycle.deleteMany();
  await db.product.deleteMany();
  await db.producer.deleteMany();
  await db.person.deleteMany();
  await db.office.deleteMany();
  await db.mailTemplate.deleteMany();
  await db.holiday.deleteMany();
}
