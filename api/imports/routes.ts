/** Lists as files: registrations, certificates in force, contacts. Safe to send twice; a preview first with dryRun=true. */
import { z } from 'zod';
import { LEGACY_ENCODINGS } from '../files/legacy-encodings';
import { notFound } from '../http/problem';
import { type Call, type Reply, route, type Route } from '../http/route';
import { bothLanguages, code, provinceCode, text } from '../http/schemas';
import { type Counts, jobView, type Progress, sha256Of } from './jobs';
import { beginImport, nothingWentIn, previewImport } from './run';
import { TABLE_TYPES } from './upload';
import { type FileWork, IMPORT_KINDS, workOf } from './work-of';

const TAG = 'Nhập danh sách';
/** Larger imports go on after the answer. */
const AT_ONCE_ROWS = 500;

const options = z.object({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true')
    .meta({ override: { type: 'boolean', default: false } }),
  mode: z.enum(['good', 'all']).default('good'),
  encoding: z.enum(LEGACY_ENCODINGS).optional(),
  sheet: text(100).optional(),
});
const productOptions = options.extend({ plan: code.optional(), province: provinceCode.optional() });
type Options = z.output<typeof options>;

const rowNote = z.object({ row: z.int(), column: z.string().nullable(), value: z.string().nullable(), reason: bothLanguages });
const candidate = z.object({ code: z.string(), name: z.string(), provinceCode: z.string().nullable() });
const counts = z.object({
  total: z.int(),
  done: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  refused: z.int(),
}) satisfies z.ZodType<Counts>;
const result = z.object({
  kind: z.enum(IMPORT_KINDS),
  plan: z.string().nullable(),
  status: z.enum(['preview', 'running', 'done', 'refused', 'interrupted']),
  counts,
  refused: z.array(rowNote.extend({ about: z.string(), allowed: z.array(z.string()), candidates: z.array(candidate) })),
  warnings: z.array(rowNote),
});
const job = result.extend({ id: z.string(), startedAt: z.string(), finishedAt: z.string().nullable() }).meta({ id: 'Import' });
const answer = result
  .extend({
    /** Null for a preview: nothing is written then. */
    id: z.string().nullable(),
    dryRun: z.boolean(),
    mode: z.enum(['good', 'all']),
    encoding: z.string(),
    notes: z.array(bothLanguages),
    ignoredColumns: z.array(z.string()),
    /** What every row would become; of a preview only. */
    rows: z.array(z.looseObject({ row: z.int(), outcome: z.enum(['create', 'update', 'unchanged', 'refused']) })).optional(),
  })
  .meta({ id: 'ImportAnswer' });
type Answer = z.output<typeof answer>;

type ImportCall<Query extends Options> = Call<undefined, Query, undefined>;

async function carryOut(call: ImportCall<Options>, { work, encoding, ignoredColumns }: FileWork): Promise<Reply<Answer>> {
  const { deps, actor, query, upload } = call;
  const { dryRun, mode } = query;
  const about = { kind: work.kind, plan: work.planId, dryRun, mode, encoding, notes: work.notes, ignoredColumns };
  const told = ({ counts: soFar, refused, warnings }: Progress) => ({ counts: soFar, refused, warnings });
  if (dryRun) {
    const { rows, ...progress } = await previewImport(work);
    return { body: { ...about, id: null, status: 'preview', ...told(progress), rows: rows.map((row) => ({ ...row })) } };
  }
  const file = { sha256: sha256Of(upload.bytes), actorId: actor.id, asked: JSON.stringify(query) };
  const { id, progress, finished } = await beginImport(deps, work, { mode, ...file });
  const headers = { location: `/api/imports/${id}` };
  if (progress.counts.total > AT_ONCE_ROWS) {
    finished.catch((error: unknown) => deps.log.error({ err: error, importId: id }, 'import stopped'));
    return { status: 202, headers, body: { ...about, id, status: 'running', ...told(progress) } };
  }
  await finished;
  if (mode === 'all' && progress.counts.refused > 0) throw nothingWentIn(progress, id);
  return { headers, body: { ...about, id, status: 'done', ...told(progress) } };
}

const shared = {
  method: 'post',
  tag: TAG,
  uploads: TABLE_TYPES,
  answer: {
    status: 200,
    schema: answer,
    description: {
      vi: 'Kết quả từng dòng; tệp trên 500 dòng: 202, xem tiến độ ở Location',
      en: 'What became of the rows; for more than 500 rows 202, with the progress under Location',
    },
  },
  refusals: [503],
} as const;

const registrations = route({
  ...shared,
  path: '/api/imports/registrations',
  who: ['administrator', 'provincial_staff', 'commune_staff'],
  summary: { vi: 'Nhập danh sách đăng ký', en: 'Import registrations' },
  description: {
    vi: 'Mỗi dòng thành một sản phẩm, chủ thể và chu trình. Cột: Tên sản phẩm, Chủ thể, Xã/phường hoặc Mã xã; tùy chọn: Bộ sản phẩm, Hình thức, Ngày đăng ký, Điện thoại, Mã sản phẩm, Nhu cầu hỗ trợ, Tỉnh.',
    en: 'Every row becomes a product, its producer and a cycle. Columns: product, producer, commune or commune_code; optional: product_set, kind, registered_on, phone, product_code, support_needs, province.',
  },
  query: productOptions,
  async handler(call: ImportCall<z.output<typeof productOptions>>) {
    return await carryOut(call, await workOf(call.deps, call.actor, 'registrations', call.upload, call.query));
  },
});

const certificates = route({
  ...shared,
  path: '/api/imports/certificates',
  who: ['administrator', 'provincial_staff'],
  summary: { vi: 'Nhập giấy chứng nhận còn hiệu lực', en: 'Import certificates in force' },
  description: {
    vi: 'Mỗi dòng thành một chu trình bắt đầu ở giai đoạn còn hiệu lực. Thêm các cột: Số sao, Số quyết định, Ngày cấp, Cơ quan cấp; tùy chọn: Ngày hết hạn (nếu thiếu thì tính).',
    en: 'Every row becomes a cycle that enters at validity. Further columns: stars, decision_no, issued_on, issued_by; optional: valid_until (computed when missing).',
  },
  query: productOptions,
  async handler(call: ImportCall<z.output<typeof productOptions>>) {
    return await carryOut(call, await workOf(call.deps, call.actor, 'certificates', call.upload, call.query));
  },
});

const contacts = route({
  ...shared,
  path: '/api/imports/contacts',
  who: ['administrator', 'provincial_staff'],
  summary: { vi: 'Nhập danh bạ đơn vị', en: 'Import contacts' },
  description: {
    vi: 'Mỗi dòng là một người ở một đơn vị. Cột: Mã đơn vị (mã xã hoặc mã tỉnh), Họ tên; tùy chọn: Email, Vai trò, Điện thoại.',
    en: 'Every row is a person in an office. Columns: office_code (of a commune or a province), name; optional: email, role, phone.',
  },
  query: options,
  async handler(call: ImportCall<Options>) {
    return await carryOut(call, await workOf(call.deps, call.actor, 'contacts', call.upload, call.query));
  },
});

const progressOf = route({
  method: 'get',
  path: '/api/imports/{id}',
  tag: TAG,
  who: ['administrator', 'provincial_staff', 'commune_staff'],
  summary: { vi: 'Tiến độ một lần nhập', en: 'The progress of an import' },
  params: z.object({ id: z.uuid() }),
  answer: { status: 200, schema: job, description: { vi: 'Đã làm đến đâu', en: 'How far it is' } },
  async handler({ deps, actor, params }) {
    const row = await deps.db.importJob.findUnique({ where: { id: params.id } });
    if (!row || (row.actorId !== actor.id && actor.role !== 'administrator')) throw notFound();
    return { body: jobView(row, deps.clock.now()) };
  },
});

export const IMPORT_ROUTES: Route[] = [registrations, certificates, contacts, progressOf];
