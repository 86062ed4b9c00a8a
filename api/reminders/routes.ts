/** Formal reminders: what a letter to communes about overdue dossiers would say, the letter's draft, and its annex. Nothing is kept or sent. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import { letterDocx } from '../../documents/letter';
import { workbookXlsx } from '../../documents/workbook';
import type { ApiDeps } from '../deps';
import { DOCX, XLSX } from '../http/media-types';
import { HttpProblem, invalidInput } from '../http/problem';
import { type FileReply, route, type Route, type UserRole } from '../http/route';
import { localDate } from '../http/schemas';
import { reminderAnnex, type ReminderFacts, reminderLetter } from './letter';
import { type Overdue, overdueDossiers, type ReminderQuestions, reminderQuestions, sourcesOf, stepTitle } from './overdue';

const TAG = 'Đôn đốc';
const WHO: UserRole[] = ['administrator', 'provincial_staff'];

/** The facts of one letter; its dossiers are of one province. */
export async function reminderFacts(
  deps: ApiDeps,
  actor: Actor,
  questions: ReminderQuestions,
): Promise<{ facts: ReminderFacts; overdue: Overdue }> {
  const overdue = await overdueDossiers(deps, actor, questions);
  const { dossiers } = overdue;
  const provinces = [...new Set(dossiers.map(({ provinceCode }) => provinceCode))];
  if (provinces.length > 1) {
    const message = {
      vi: `hồ sơ thuộc nhiều tỉnh (${provinces.join(', ')}); mỗi công văn cho một tỉnh`,
      en: 'dossiers of several provinces; one letter for each',
    };
    throw invalidInput([{ field: 'province', message }]);
  }
  const provinceCode = provinces[0] ?? questions.province ?? actor.provinceCode ?? '';
  const office = await deps.db.office.findUnique({ where: { code: provinceCode } });
  const plans = new Set(dossiers.map(({ plan }) => plan));
  const facts: ReminderFacts = {
    on: deps.today(),
    office: office?.name ?? 'Cơ quan thường trực Chương trình OCOP của tỉnh',
    province: deps.units.byCode(provinceCode)?.fullName ?? '',
    plans: deps.rules.plans.filter(({ id }) => plans.has(id)).map(({ title }) => title.vi),
    communeName: (code) => deps.units.byCode(code)?.fullName ?? code,
    dossiers,
  };
  return { facts, overdue };
}

/** As `reminderFacts`, for a paper: there must be something to write about. */
async function factsForPaper(deps: ApiDeps, actor: Actor, questions: ReminderQuestions): Promise<ReminderFacts> {
  const { facts } = await reminderFacts(deps, actor, questions);
  if (facts.dossiers.length > 0) return facts;
  throw new HttpProblem('not-found', {
    vi: 'Không có hồ sơ quá hạn nào đến lượt xã hoặc chờ chủ thể theo lựa chọn này nên không có gì để đôn đốc',
    en: 'No overdue dossier is the communes’ or the producers’ turn here, so there is nothing to press for',
  });
}

/** The draft of the letter, and its annex. Throws "not found" where no overdue dossier is the communes' or the producers' turn. */
export async function reminderLetterFile(deps: ApiDeps, actor: Actor, questions: ReminderQuestions): Promise<FileReply> {
  const facts = await factsForPaper(deps, actor, questions);
  return { file: { type: DOCX, name: `cong-van-don-doc-${facts.on}.docx`, bytes: await letterDocx(reminderLetter(facts)) } };
}

export async function reminderAnnexFile(deps: ApiDeps, actor: Actor, questions: ReminderQuestions): Promise<FileReply> {
  const facts = await factsForPaper(deps, actor, questions);
  return { file: { type: XLSX, name: `phu-luc-don-doc-${facts.on}.xlsx`, bytes: await workbookXlsx(reminderAnnex(facts)) } };
}

const dossier = z.object({
  id: z.string(),
  product: z.string(),
  producer: z.string(),
  step: z.string(),
  stepTitle: z.string(),
  waitingFor: z.enum(['commune', 'producer']),
  lastSafeOn: localDate,
  daysLate: z.int(),
  source: z.string(),
  quote: z.string().nullable(),
});

const read = route({
  method: 'get',
  path: '/api/reminders',
  tag: TAG,
  summary: { vi: 'Những hồ sơ quá hạn mà công văn đôn đốc sẽ nêu', en: 'The overdue dossiers that a formal reminder would name' },
  description: {
    vi: 'Chỉ những hồ sơ đến lượt xã hoặc chờ chủ thể; hồ sơ quá hạn ở nơi khác chỉ được đếm, không đổ cho xã.',
    en: 'Only those whose turn is the commune’s or a producer’s; others are counted, and no commune is blamed for them.',
  },
  who: WHO,
  query: reminderQuestions,
  answer: {
    status: 200,
    schema: z
      .object({
        on: localDate,
        totals: z.object({ dossiers: z.int(), communes: z.int(), commune: z.int(), producer: z.int() }),
        sources: z.array(z.object({ source: z.string(), quote: z.string().nullable(), count: z.int() })),
        communes: z.array(z.object({ code: z.string(), name: z.string(), dossiers: z.array(dossier) })),
        elsewhere: z.array(z.object({ waitingFor: z.string(), count: z.int() })),
      })
      .meta({ id: 'Reminder' }),
    description: { vi: 'Theo xã', en: 'By commune' },
  },
  async handler({ deps, actor, query }) {
    const { facts, overdue } = await reminderFacts(deps, actor, query);
    const { dossiers, elsewhere } = overdue;
    const codes = [...new Set(dossiers.map(({ communeCode }) => communeCode))];
    const turn = (party: string): number => dossiers.filter(({ waitingFor }) => waitingFor === party).length;
    const communes = codes.map((code) => ({
      code,
      name: facts.communeName(code),
      dossiers: dossiers
        .filter(({ communeCode }) => communeCode === code)
        .map(({ communeCode: _code, provinceCode: _province, plan: _plan, ...one }) => ({ ...one, stepTitle: stepTitle(one) })),
    }));
    const totals = { dossiers: dossiers.length, communes: codes.length, commune: turn('commune'), producer: turn('producer') };
    return { body: { on: facts.on, totals, sources: sourcesOf(dossiers), communes, elsewhere } };
  },
});

const letter = route({
  method: 'get',
  path: '/api/reminders/letter.docx',
  tag: TAG,
  summary: { vi: 'Dự thảo công văn đôn đốc', en: 'Draft of the formal reminder' },
  who: WHO,
  query: reminderQuestions,
  answer: {
    status: 200,
    files: [DOCX],
    description: { vi: 'Tệp Word; số, ngày và chữ ký để trống', en: 'A Word file; number, day and signature are blank' },
  },
  refusals: [404],
  handler: async ({ deps, actor, query }) => await reminderLetterFile(deps, actor, query),
});

const annex = route({
  method: 'get',
  path: '/api/reminders/annex.xlsx',
  tag: TAG,
  summary: { vi: 'Phụ lục của công văn đôn đốc', en: 'Annex of the formal reminder' },
  who: WHO,
  query: reminderQuestions,
  answer: { status: 200, files: [XLSX], description: { vi: 'Tệp Excel, theo xã', en: 'An Excel file, by commune' } },
  refusals: [404],
  handler: async ({ deps, actor, query }) => await reminderAnnexFile(deps, actor, query),
});

export const REMINDER_ROUTES: Route[] = [read, letter, annex];
