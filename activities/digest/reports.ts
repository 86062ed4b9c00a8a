/** Reports that offices owe, entered in the ledger when their day comes. Nothing depends on a digest having run on the very day. */
import type { Database } from '../../clients/database';
import { addDays, type Instant, type LocalDate } from '../../domain/dates';
import { type ReportNudge, reportNudges } from '../../domain/nudges/reports';
import type { Plan } from '../../domain/plans';
import { Prisma } from '../../prisma/generated/client';
import type { DigestDeps } from './deps';

interface Day {
  provinceCode: string;
  day: LocalDate;
  at: Instant;
}

const PASSED_OVER = {
  vi: 'Lần nhắc sau của cùng báo cáo này thay cho lần nhắc này',
  en: 'A later nudge about the same report took its place',
};

/** Enters the nudges about reports that fell due since the province's last digest. Doing it twice changes nothing. */
export async function planReports(deps: Pick<DigestDeps, 'db' | 'plans' | 'reportRules' | 'calendar'>, today: Day): Promise<void> {
  const { db, plans, reportRules } = deps;
  const { provinceCode, day, at } = today;
  const own = plans.filter((plan) => plan.issuer.provinceCode === provinceCode);
  if (own.length === 0) return;
  const span = { after: await lastDigest(db, provinceCode, day), day, calendar: await deps.calendar() };
  for (const plan of own) {
    const nudges = reportNudges(plan, reportRules, span);
    if (nudges.length > 0) await enter(db, nudges, await owing(db, plan, provinceCode), at);
  }
}

/** The day up to which the province's reports were looked after: its last digest before this day, or the day before. */
async function lastDigest(db: Database, provinceCode: string, day: LocalDate): Promise<LocalDate> {
  const last = await db.nudgeRun.findFirst({ where: { provinceCode, day: { lt: new Date(day) } }, orderBy: { day: 'desc' } });
  return last ? last.day.toISOString().slice(0, 10) : addDays(day, -1);
}

interface Owing {
  code: string;
  communeCode: string | null;
}

/** The offices that a plan may put a duty on: the province's, and the plan's own commune or every one. */
async function owing(db: Database, { issuer }: Plan, provinceCode: string): Promise<Owing[]> {
  const communes = issuer.communeCode === null ? { not: null } : issuer.communeCode;
  return await db.office.findMany({
    where: { OR: [{ code: provinceCode }, { provinceCode, communeCode: communes }] },
    select: { code: true, communeCode: true },
  });
}

async function enter(db: Database, nudges: readonly ReportNudge[], offices: readonly Owing[], at: Instant): Promise<void> {
  const rows = nudges.flatMap(({ ruleId, due, plannedFor, status }) =>
    offices
      .filter(({ communeCode }) => due.owner.startsWith('commune') === (communeCode !== null))
      .map(({ code }) => ({
        officeCode: code,
        ruleId,
        recipient: due.owner,
        subject: due.subject,
        subjectOn: due.date,
        plannedFor,
        status: status === 'passed-over' ? 'passed_over' : 'planned',
        late: status === 'late',
        reasonVi: status === 'passed-over' ? PASSED_OVER.vi : null,
        reasonEn: status === 'passed-over' ? PASSED_OVER.en : null,
      })),
  );
  await db.$executeRaw(Prisma.sql`
    insert into nudge (office_code, rule_id, recipient, subject, subject_on, planned_for, status, late, reason_vi, reason_en, recorded_at, settled_at)
    select "officeCode", "ruleId", recipient, subject, "subjectOn", "plannedFor", status, late, "reasonVi", "reasonEn", ${new Date(at)}::timestamptz,
      case when status = 'passed_over' then ${new Date(at)}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("officeCode" text, "ruleId" text, recipient text, subject text, "subjectOn" date,
      "plannedFor" date, status text, late boolean, "reasonVi" text, "reasonEn" text)
    where not exists (select from report_submission s where s.office_code = r."officeCode" and s.subject = r.subject and s.subject_on = r."subjectOn")
    on conflict do nothing`);
}

/** Whether a province has nudges about reports that wait for a digest. */
export async function reportsWait(db: Pick<Database, '$queryRaw'>, provinceCode: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>(Prisma.sql`
    select from nudge n join office o on o.code = n.office_code where o.province_code = ${provinceCode} and n.status in ('planned', 'late') limit 1`);
  return rows.length > 0;
}
