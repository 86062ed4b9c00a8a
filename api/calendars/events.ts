/** What stands in an office's calendar: dossiers whose turn is its own, those it follows with a producer, reports it owes. No personal data. */
import { STEPS, type Step } from '../../domain/cycle/stages';
import { addDays, startOfDay } from '../../domain/dates';
import { lastSafeDay } from '../../domain/deadlines';
import { dossierUrl, myWorkUrl } from '../../domain/nudges/mail/body';
import { reportsDue } from '../../domain/nudges/reports';
import type { CalendarDeadline } from '../../documents/calendar';
import { Prisma } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';

/** The office that a calendar belongs to. */
export interface CalendarOffice {
  code: string;
  name: string;
  provinceCode: string | null;
  communeCode: string | null;
}

interface Row {
  id: string;
  product: string;
  step: Step;
  waitingFor: string;
  lastSafeOn: string;
  source: string | null;
  sequence: number;
  updatedAt: Date;
}

/** Reports that are longer over are left out, and those further ahead. */
const REPORT_DAYS_BACK = 31;
const REPORT_DAYS_AHEAD = 366;

/**
 * The office's deadlines as they stand. A commune also sees what its producers still have to do. What is done, paused or moved is not there any
 * more, or stands on its new day under its old identity.
 */
export async function calendarOf(deps: ApiDeps, office: CalendarOffice): Promise<CalendarDeadline[]> {
  return [...(await dossierEvents(deps, office)), ...(await reportEvents(deps, office))];
}

async function dossierEvents({ db, publicUrl }: ApiDeps, { provinceCode, communeCode }: CalendarOffice): Promise<CalendarDeadline[]> {
  const own =
    communeCode === null
      ? Prisma.sql`c.province_code = ${provinceCode} and c.waiting_for = 'province'`
      : Prisma.sql`c.commune_code = ${communeCode} and c.waiting_for in ('commune', 'producer')`;
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    select c.id, p.name as product, c.step, c.waiting_for as "waitingFor", c.last_safe_on::text as "lastSafeOn", c.due_source as source, c.sequence,
      c.updated_at as "updatedAt"
    from cycle c join product p on p.code = c.product_code
    where ${own} and not c.paused and c.stage <> 'closed' and c.last_safe_on is not null
    order by c.last_safe_on, c.id`);
  return rows.map(({ id, product, step, waitingFor, lastSafeOn, source, sequence, updatedAt }) => {
    const about = waitingFor === 'producer' ? 'Đôn đốc chủ thể' : 'Hạn OCOP';
    return {
      id,
      lastSafeOn,
      title: `${about}: ${product}`,
      description: [STEPS[step].title.vi, source ?? '', id].filter(Boolean).join('\n'),
      url: dossierUrl(publicUrl, id),
      alarm: `Ngày mai là hạn: ${product}`,
      sequence,
      changedAt: updatedAt.getTime(),
    };
  });
}

async function reportEvents({ db, rules, publicUrl, today }: ApiDeps, office: CalendarOffice): Promise<CalendarDeadline[]> {
  const [from, to] = [addDays(today(), -REPORT_DAYS_BACK), addDays(today(), REPORT_DAYS_AHEAD)];
  const submitted = await db.reportSubmission.findMany({ where: { officeCode: office.code } });
  const done = new Set(submitted.map(({ subject, subjectOn }) => `${subject} ${subjectOn.toISOString().slice(0, 10)}`));
  const plans = rules.plans.filter(({ issuer }) => issuer.provinceCode !== null && issuer.provinceCode === office.provinceCode);
  return plans.flatMap((plan) =>
    reportsDue(plan)
      .filter((due) => due.owner.startsWith('commune') === (office.communeCode !== null))
      .filter((due) => due.date >= from && due.date <= to && !done.has(`${due.subject} ${due.date}`))
      .map((due) => ({
        id: `${due.subject}/${due.date}`,
        lastSafeOn: lastSafeDay(due),
        title: due.title.vi,
        description: due.source.vi,
        url: myWorkUrl(publicUrl),
        alarm: `Ngày mai là hạn: ${due.title.vi}`,
        sequence: plan.version,
        changedAt: startOfDay(plan.period.from),
      })),
  );
}
