/** Reports that offices owe by their plans: which, by when, and whether they were handed in. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import { addDays, formatVietnamese, type LocalDate } from '../../domain/dates';
import { lastSafeDay } from '../../domain/deadlines';
import { type ReportDue, reportsDue } from '../../domain/nudges/reports';
import type { Plan } from '../../domain/plans';
import type { Text } from '../../domain/sources';
import { scopeOf, seesOffice } from '../auth/visibility';
import { LATENESS, LATENESS_TITLES, latenessOf } from '../cycles/lateness';
import { dateOf } from '../cycles/representation';
import type { ApiDeps } from '../deps';
import { HttpProblem, invalidInput } from '../http/problem';
import { EVERYBODY, route, type Route } from '../http/route';
import { bothLanguages, code, localDate } from '../http/schemas';

const TAG = 'Nhắc việc';
const DAYS_BACK = 31;
const DAYS_AHEAD = 92;
const CHANGED: Text = { vi: 'Báo cáo đã gửi', en: 'The report has been handed in' };

/** A report that an office owes. */
export interface OwedReport {
  plan: Plan;
  due: ReportDue;
  office: { code: string; name: string };
  submittedOn: LocalDate | null;
}

/** The reports whose written date lies in a span, of the offices that the actor may see: those of the provinces, and the communes' own. */
export async function reportsOwed(
  deps: ApiDeps,
  actor: Actor,
  span: { from: LocalDate; to: LocalDate },
  office?: string,
): Promise<OwedReport[]> {
  const found: OwedReport[] = [];
  for (const plan of deps.rules.plans) {
    const due = reportsDue(plan).filter(({ date }) => date >= span.from && date <= span.to);
    const { provinceCode } = plan.issuer;
    if (due.length === 0 || provinceCode === null) continue;
    const offices = (await officesOf(deps, plan, provinceCode)).filter(
      (one) => seesOffice(actor, one) && (office ?? one.code) === one.code,
    );
    for (const one of due)
      for (const owing of offices.filter(({ communeCode }) => one.owner.startsWith('commune') === (communeCode !== null)))
        found.push({ plan, due: one, office: { code: owing.code, name: owing.name }, submittedOn: null });
  }
  const submitted = await deps.db.reportSubmission.findMany({
    where: { officeCode: { in: [...new Set(found.map((one) => one.office.code))] } },
  });
  const done = new Map(submitted.map((row) => [`${row.officeCode} ${row.subject} ${dateOf(row.subjectOn)}`, dateOf(row.submittedOn)]));
  return found
    .map((one) => ({ ...one, submittedOn: done.get(`${one.office.code} ${one.due.subject} ${one.due.date}`) ?? null }))
    .sort((a, b) => (`${a.due.date} ${a.office.code} ${a.due.subject}` < `${b.due.date} ${b.office.code} ${b.due.subject}` ? -1 : 1));
}

async function officesOf({ db }: ApiDeps, { issuer }: Plan, provinceCode: string) {
  const communes = issuer.communeCode === null ? { not: null } : issuer.communeCode;
  return await db.office.findMany({ where: { OR: [{ code: provinceCode }, { provinceCode, communeCode: communes }] } });
}

const dutyView = z.object({
  office: z.string(),
  officeName: z.string(),
  plan: z.string(),
  subject: z.string(),
  title: bothLanguages,
  source: bothLanguages,
  due: z.object({ date: localDate, operator: z.enum(['before', 'on_or_before']) }),
  lastSafeOn: localDate,
  lateness: z.enum(LATENESS).nullable(),
  latenessTitle: bothLanguages.nullable(),
  submittedOn: localDate.nullable(),
});

const list = route({
  method: 'get',
  path: '/api/report-duties',
  tag: TAG,
  summary: { vi: 'Báo cáo phải nộp theo kế hoạch', en: 'Reports owed by the plans' },
  description: {
    vi: 'Chỉ nhắc những báo cáo mà kế hoạch ghi ngày hạn; những báo cáo không ghi ngày nằm trong “undated”.',
    en: 'Only reports with a date in the plan are reminded of; those without one stand in "undated".',
  },
  who: EVERYBODY,
  query: z.strictObject({ office: code.optional(), from: localDate.optional(), to: localDate.optional() }),
  answer: {
    status: 200,
    schema: z
      .object({
        from: localDate,
        to: localDate,
        items: z.array(dutyView),
        undated: z.array(
          z.object({ plan: z.string(), title: bothLanguages, from: z.string(), to: z.string(), line: z.int(), quote: z.string() }),
        ),
      })
      .meta({ id: 'ReportDuties' }),
    description: { vi: 'Theo ngày hạn', en: 'By their dates' },
  },
  async handler({ deps, actor, query }) {
    const today = deps.today();
    const from = query.from ?? addDays(today, -DAYS_BACK);
    const to = query.to ?? addDays(today, DAYS_AHEAD);
    const owed = await reportsOwed(deps, actor, { from, to }, query.office);
    const items = owed.map(({ plan, due, office, submittedOn }) => {
      const lastSafeOn = lastSafeDay(due);
      const lateness = submittedOn === null ? latenessOf({ paused: false, lastSafeOn }, today, deps.calendar) : null;
      const { subject, title, source, date, operator } = due;
      const place = { office: office.code, officeName: office.name, plan: plan.id };
      const time = { due: { date, operator }, lastSafeOn, lateness, latenessTitle: lateness && LATENESS_TITLES[lateness], submittedOn };
      return { ...place, subject, title, source, ...time };
    });
    return { body: { from, to, items, undated: undatedFor(deps, actor) } };
  },
});

/** Duties without a date of the plans that concern the actor. */
function undatedFor({ rules }: ApiDeps, actor: Actor) {
  const scope = scopeOf(actor);
  const concerns = ({ issuer }: Plan): boolean =>
    actor.provinceCode === null || issuer.provinceCode === null || issuer.provinceCode === actor.provinceCode;
  return (scope === null ? [] : rules.plans.filter(concerns)).flatMap((plan) =>
    plan.reports
      .filter(({ due }) => due === null)
      .map(({ title, from, to, line, quote }) => ({ plan: plan.id, title, from, to, line, quote })),
  );
}

const submit = route({
  method: 'post',
  path: '/api/report-duties/submissions',
  tag: TAG,
  summary: { vi: 'Ghi nhận đã gửi báo cáo', en: 'Mark a report as handed in' },
  description: { vi: 'Những lần nhắc còn chờ về báo cáo này sẽ không gửi nữa.', en: 'What still waits about it is not sent.' },
  who: ['administrator', 'provincial_staff', 'commune_staff'],
  body: z
    .strictObject({ office: code.optional(), subject: z.string().min(1).max(200), subjectOn: localDate, submittedOn: localDate.optional() })
    .meta({ id: 'ReportSubmission' }),
  answer: {
    status: 200,
    schema: z.object({ office: z.string(), subject: z.string(), subjectOn: localDate, submittedOn: localDate }),
    description: { vi: 'Đã ghi nhận', en: 'Marked' },
  },
  async handler({ deps, actor, body }) {
    const { subject, subjectOn } = body;
    const today = deps.today();
    const submittedOn = body.submittedOn ?? today;
    const message = { vi: `ngày ở tương lai; hôm nay là ${formatVietnamese(today)}`, en: `is in the future; today is ${today}` };
    if (submittedOn > today) throw invalidInput([{ field: 'submittedOn', message }]);
    const owed = await reportsOwed(deps, actor, { from: subjectOn, to: subjectOn }, body.office ?? actor.office);
    const one = owed.find(({ due }) => due.subject === subject);
    if (!one) throw nothingOwed(owed);
    const own = actor.role === 'administrator' || actor.office === one.office.code;
    if (!own) throw notYours(one);
    const key = { officeCode: one.office.code, subject, subjectOn: new Date(subjectOn) };
    const at = new Date(deps.clock.now());
    const facts = { submittedOn: new Date(submittedOn), actorId: actor.id, recordedAt: at };
    const ended = { status: 'suppressed', reasonVi: CHANGED.vi, reasonEn: CHANGED.en, settledAt: at };
    await deps.db.$transaction([
      deps.db.reportSubmission.upsert({ where: { officeCode_subject_subjectOn: key }, create: { ...key, ...facts }, update: facts }),
      deps.db.nudge.updateMany({ where: { ...key, status: { in: ['planned', 'late'] } }, data: ended }),
    ]);
    return { body: { office: one.office.code, subject, subjectOn, submittedOn } };
  },
});

function nothingOwed(owed: readonly OwedReport[]): HttpProblem {
  const subjects = owed.map(({ due }) => due.subject);
  const vi = subjects.length ? `đơn vị phải nộp ngày này: ${subjects.join(', ')}` : 'đơn vị không có báo cáo nào hạn ngày này';
  const en = subjects.length ? `owed on this date: ${subjects.join(', ')}` : 'the office owes no report on this date';
  return invalidInput([{ field: 'subject', message: { vi, en } }]);
}

function notYours({ office }: OwedReport): HttpProblem {
  return new HttpProblem('not-allowed', {
    vi: `Báo cáo này do ${office.name} nộp; chỉ đơn vị đó ghi nhận được`,
    en: `${office.name} owes this report; only that office may mark it`,
  });
}

export const REPORT_DUTY_ROUTES: Route[] = [list, submit];
