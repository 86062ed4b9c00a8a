/** The periodic report of a commune or province: its numbers, and its draft. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import { STAGES } from '../../domain/cycle/stages';
import type { Period } from '../../domain/periods';
import { periodOf } from '../../domain/periods';
import type { Plan } from '../../domain/plans';
import { inSentence } from '../../domain/units/units';
import { letterDocx } from '../../documents/letter';
import { seesOffice } from '../auth/visibility';
import type { ApiDeps } from '../deps';
import { DOCX } from '../http/media-types';
import { invalidInput } from '../http/problem';
import { EVERYBODY, type FileReply, route, type Route } from '../http/route';
import { bothLanguages, code, communeCode, localDate, provinceCode } from '../http/schemas';
import { areaOf } from '../targets/certificates';
import type { Area } from '../targets/certificates';
import { counting, targetRows } from '../targets/routes';
import { COUNTED_EVENTS, periodicFacts, type PeriodicFacts } from './periodic';
import { periodicLetter, type ReportPlace } from './periodic-letter';

const TAG = 'Sổ và báo cáo';

export const periodicReportQuestions = z.strictObject({
  period: z.string().max(20).meta({
    description: '2026-10 (tháng), 2026-Q4 (quý), 2026 (năm), season (đợt của kế hoạch). / Month, quarter, year, the plan’s season.',
  }),
  plan: code.optional(),
  province: provinceCode.optional(),
  commune: communeCode.optional(),
});
type Questions = z.output<typeof periodicReportQuestions>;

interface Asked {
  period: Period;
  plan: Plan | undefined;
  area: Area;
  /** The unit that is reported on. */
  unit: { code: string; provinceCode: string | null; communeCode: string | null };
}

function asked({ rules, units }: ApiDeps, actor: Actor, { period: written, plan: planId, province, commune }: Questions): Asked {
  const plan = rules.plans.find(({ id }) => id === planId);
  const problem = (field: string, vi: string, en: string) => invalidInput([{ field, message: { vi, en } }]);
  if (planId !== undefined && !plan) throw problem('plan', 'không có kế hoạch này', 'there is no such plan');
  const period = periodOf(written, plan);
  if (!period)
    throw problem(
      'period',
      written === 'season' ? 'đợt (season) cần có plan' : 'viết 2026-10 (tháng), 2026-Q4 (quý), 2026 (năm) hoặc season (đợt của kế hoạch)',
      written === 'season' ? 'a season needs a plan' : 'write 2026-10, 2026-Q4, 2026 or season',
    );
  const own = actor.communeCode ?? commune ?? province ?? actor.provinceCode ?? plan?.issuer.communeCode ?? plan?.issuer.provinceCode;
  const unit = units.byCode(commune ?? own ?? '');
  if (!unit) throw problem('province', 'hãy ghi tỉnh hoặc xã của báo cáo', 'name the province or commune of the report');
  const place =
    unit.provinceCode === null
      ? { provinceCode: unit.code, communeCode: null }
      : { provinceCode: unit.provinceCode, communeCode: unit.code };
  if (!seesOffice(actor, place)) throw problem('commune', 'ngoài địa bàn của đơn vị bạn', 'is outside your office’s area');
  const ofPlan = plan?.issuer.level === 'district' ? areaOf(plan) : {};
  return {
    period,
    plan,
    area: { ...ofPlan, provinceCode: place.provinceCode, communeCode: place.communeCode ?? undefined },
    unit: { code: unit.code, ...place },
  };
}

const counts = z.array(z.object({ star: z.int(), count: z.int() }));
const periodicView = z
  .object({
    period: z.object({ from: localDate, to: localDate, title: bothLanguages }),
    asOf: localDate,
    registered: z.object({ total: z.int(), new: z.int(), reevaluation: z.int(), upgrade: z.int() }),
    events: z.record(z.enum(COUNTED_EVENTS), z.int()),
    stages: z.array(z.object({ stage: z.enum(STAGES), count: z.int() })),
    overdue: z.array(z.object({ waitingFor: z.string(), count: z.int() })),
    recognised: counts,
    lapsed: z.int(),
    inForce: counts,
    ending: z.int(),
  })
  .meta({ id: 'PeriodicReport' });

function viewOf(facts: PeriodicFacts): z.input<typeof periodicView> {
  const { period, asOf, registered, events, stages, overdue, recognised, lapsed, inForce, ending } = facts;
  const ofKind = (wanted: string): number => registered.filter(({ kind }) => kind === wanted).length;
  const byStar = (certificates: typeof recognised) =>
    [3, 4, 5].map((star) => ({ star, count: certificates.filter((one) => one.star === star).length }));
  return {
    period,
    asOf,
    registered: { total: registered.length, new: ofKind('new'), reevaluation: ofKind('reevaluation'), upgrade: ofKind('upgrade') },
    events,
    stages,
    overdue,
    recognised: byStar(recognised),
    lapsed: lapsed.length,
    inForce: byStar(inForce),
    ending: ending.length,
  };
}

const numbers = route({
  method: 'get',
  path: '/api/periodic-reports',
  tag: TAG,
  summary: { vi: 'Số liệu của báo cáo định kỳ', en: 'Numbers of a periodic report' },
  who: EVERYBODY,
  query: periodicReportQuestions,
  answer: { status: 200, schema: periodicView, description: { vi: 'Số liệu từ hồ sơ', en: 'Numbers from the records' } },
  async handler({ deps, actor, query }) {
    const { area, period } = asked(deps, actor, query);
    return { body: viewOf(await periodicFacts(deps, actor, area, period)) };
  },
});

/** The draft of the report. Throws the problem of what was asked, such as an unknown period or a unit outside the office's area. */
export async function periodicReportFile(deps: ApiDeps, actor: Actor, query: Questions): Promise<FileReply> {
  const { area, period, plan, unit } = asked(deps, actor, query);
  const facts = await periodicFacts(deps, actor, area, period);
  const targets =
    plan && isOwnPlan(plan, unit) ? targetRows(plan, await counting(deps, actor, plan, { ...plan.period, asOf: facts.asOf })) : [];
  const letter = periodicLetter(facts, targets, await placeOf(deps, unit, plan));
  return { file: { type: DOCX, name: `bao-cao-ocop-${query.period}-${unit.code}.docx`, bytes: await letterDocx(letter) } };
}

const draft = route({
  method: 'get',
  path: '/api/periodic-reports/report.docx',
  tag: TAG,
  summary: { vi: 'Dự thảo báo cáo định kỳ', en: 'Draft of a periodic report' },
  description: {
    vi: 'Số, ngày, chữ ký, khó khăn và kiến nghị để trống cho đơn vị. Có plan thì kèm các chỉ tiêu.',
    en: 'Number, day, signature, difficulties and proposals are left to the office. With a plan its targets come along.',
  },
  who: EVERYBODY,
  query: periodicReportQuestions,
  answer: { status: 200, files: [DOCX], description: { vi: 'Tệp Word', en: 'A Word file' } },
  handler: async ({ deps, actor, query }) => await periodicReportFile(deps, actor, query),
});

/** A plan's targets are its own unit's: a commune is not measured against its province's. */
const isOwnPlan = ({ issuer }: Plan, unit: Asked['unit']): boolean => (issuer.communeCode ?? issuer.provinceCode) === unit.code;

/** Who reports to whom: a commune to the office that its province's plan names, a province's office to the People's Committee. */
async function placeOf({ db, units, today }: ApiDeps, unit: Asked['unit'], plan: Plan | undefined): Promise<ReportPlace> {
  const office = await db.office.findUnique({ where: { code: unit.code } });
  const province = units.byCode(unit.provinceCode ?? '');
  const own = units.byCode(unit.code);
  const provinceName = inSentence(province?.fullName ?? '');
  const isCommune = unit.communeCode !== null;
  return {
    office: isCommune ? `Ủy ban nhân dân ${inSentence(own?.fullName ?? '')}` : inSentence(office?.name ?? ''),
    superior: isCommune ? null : `Ủy ban nhân dân ${provinceName}`,
    place: own?.name ?? '',
    area: inSentence(own?.fullName ?? ''),
    addressee: isCommune
      ? (plan?.reportOffice?.name ?? `Cơ quan thường trực Chương trình OCOP ${provinceName}`)
      : `Ủy ban nhân dân ${provinceName}`,
    madeOn: today(),
    communeName: (commune) => units.byCode(commune)?.fullName ?? commune,
  };
}

export const PERIODIC_ROUTES: Route[] = [numbers, draft];
