/** Registers as files: registrations with support needs, certificates, results, and the national table. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import { inSentence } from '../../domain/units/units';
import { type Sheet, workbookXlsx } from '../../documents/workbook';
import type { ApiDeps } from '../deps';
import { CSV, XLSX } from '../http/media-types';
import { EVERYBODY, type FileReply, route, type Route } from '../http/route';
import { provinceCode, wholeNumber } from '../http/schemas';
import { nationalTable } from './national-table';
import { revenueOf } from './revenue';
import { certificates, type RegisterQuestions, registerQuestions, registrations, results } from './rows';
import { certificateSheets, registrationSheets, resultSheets, type SheetFacts } from './sheets';

const TAG = 'Sổ và báo cáo';
const answer = { status: 200 as const, files: [XLSX], description: { vi: 'Tệp Excel', en: 'An Excel file' } };

/** The area in words: the unit asked for, else the actor's own. */
function factsOf(
  { units, today }: ApiDeps,
  actor: Actor,
  { province, commune }: Pick<RegisterQuestions, 'province' | 'commune'>,
): SheetFacts {
  const unit = units.byCode(commune ?? actor.communeCode ?? province ?? actor.provinceCode ?? '');
  return {
    area: unit ? inSentence(unit.fullName) : 'cả nước',
    on: today(),
    communeName: (code) => units.byCode(code)?.fullName ?? code,
  };
}

async function workbook(name: string, { on }: SheetFacts, sheets: Sheet[]): Promise<FileReply> {
  return { file: { type: XLSX, name: `${name}-${on}.xlsx`, bytes: await workbookXlsx(sheets) } };
}

/** Registrations with their support needs, as a workbook. */
export async function registrationsFile(deps: ApiDeps, actor: Actor, query: RegisterQuestions): Promise<FileReply> {
  const facts = factsOf(deps, actor, query);
  return await workbook('dang-ky-ocop', facts, registrationSheets(await registrations(deps, actor, query), facts));
}

/** Certificates, as a workbook. */
export async function certificatesFile(deps: ApiDeps, actor: Actor, query: RegisterQuestions): Promise<FileReply> {
  const facts = factsOf(deps, actor, query);
  return await workbook('giay-chung-nhan-ocop', facts, certificateSheets(await certificates(deps, actor, query), facts));
}

/** The councils' results, as a workbook. */
export async function resultsFile(deps: ApiDeps, actor: Actor, query: RegisterQuestions): Promise<FileReply> {
  const facts = factsOf(deps, actor, query);
  return await workbook('ket-qua-ocop', facts, resultSheets(await results(deps, actor, query), facts));
}

/** The table PTNT_OCOP of a year, this year's unless told. */
export async function nationalTableFile(
  deps: ApiDeps,
  actor: Actor,
  query: { year?: number | undefined; province?: string | undefined },
): Promise<FileReply> {
  const today = deps.today();
  const year = query.year ?? Number(today.slice(0, 4));
  const revenue = await revenueOf(deps.db, year);
  const table = nationalTable(await certificates(deps, actor, { province: query.province }), { year, today, revenue });
  return { file: { type: CSV, name: `PTNT_OCOP-${year}.csv`, bytes: Buffer.from(table) } };
}

const registrationRegister = route({
  method: 'get',
  path: '/api/registers/registrations.xlsx',
  tag: TAG,
  summary: { vi: 'Danh sách đăng ký kèm nhu cầu hỗ trợ', en: 'Registrations with their support needs' },
  description: {
    vi: 'from, to: ngày đăng ký. Theo xã, có trang tổng hợp.',
    en: 'from, to: the day of registration. By commune, with totals.',
  },
  who: EVERYBODY,
  query: z.strictObject(registerQuestions),
  answer,
  handler: async ({ deps, actor, query }) => await registrationsFile(deps, actor, query),
});

const certificateRegister = route({
  method: 'get',
  path: '/api/registers/certificates.xlsx',
  tag: TAG,
  summary: { vi: 'Sổ giấy chứng nhận', en: 'Register of certificates' },
  description: { vi: 'from, to: ngày cấp.', en: 'from, to: the day of issue.' },
  who: EVERYBODY,
  query: z.strictObject(registerQuestions),
  answer,
  handler: async ({ deps, actor, query }) => await certificatesFile(deps, actor, query),
});

const resultRegister = route({
  method: 'get',
  path: '/api/registers/results.xlsx',
  tag: TAG,
  summary: { vi: 'Bảng kết quả đánh giá, phân hạng', en: 'Table of results' },
  description: { vi: 'from, to: ngày có kết quả Hội đồng.', en: 'from, to: the day of the council’s result.' },
  who: EVERYBODY,
  query: z.strictObject(registerQuestions),
  answer,
  handler: async ({ deps, actor, query }) => await resultsFile(deps, actor, query),
});

const national = route({
  method: 'get',
  path: '/api/registers/ptnt-ocop.csv',
  tag: TAG,
  summary: { vi: 'Bảng PTNT_OCOP của một năm', en: 'The table PTNT_OCOP of a year' },
  description: {
    vi: 'Cột theo Quyết định 5277/QĐ-BNNMT như nguồn thứ cấp ghi lại; hãy đối chiếu trước khi nộp. DoanhThuNam là số xã đã báo, chưa báo thì để trống.',
    en: 'Columns as a secondary source reports Decision 5277/QĐ-BNNMT; check before handing in. Revenue is what communes reported, empty where none was.',
  },
  who: ['administrator', 'provincial_staff', 'manager'],
  query: z.strictObject({ year: wholeNumber(2018, 2100).optional(), province: provinceCode.optional() }),
  answer: { status: 200, files: ['text/csv'], description: { vi: 'Tệp CSV, UTF-8', en: 'A CSV file, UTF-8' } },
  handler: async ({ deps, actor, query }) => await nationalTableFile(deps, actor, query),
});

export const REGISTER_ROUTES: Route[] = [registrationRegister, certificateRegister, resultRegister, national];
