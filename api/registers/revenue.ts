/**
 * What a product brought in a year, as its producer tells the commune: the column DoanhThuNam of the national table (Decision 5277/QĐ-BNNMT, as a secondary
 * source reports it). Nobody has to report it; a later entry puts an earlier one right, and both stay.
 */
import { z } from 'zod';
import type { Database } from '../../clients/database';
import type { Actor } from '../../domain/cycle/state';
import { readCycle } from '../cycles/read';
import { CYCLE_ID } from '../cycles/routes';
import type { ApiDeps } from '../deps';
import { invalidInput } from '../http/problem';
import { EVERYBODY, route, type Route } from '../http/route';
import { documentNumber, instant } from '../http/schemas';

const TAG = 'Sổ và báo cáo';
const PATH = '/api/cycles/{id}/revenue';
/** As the national table has it: 12 digits, two of them decimals. */
const MOST_MILLION_VND = 9_999_999_999.99;
/** The programme began in 2018 (Decision 490/QĐ-TTg). */
const FIRST_YEAR = 2018;

export const millionVnd = z
  .number()
  .min(0)
  .max(MOST_MILLION_VND)
  .refine((value) => Number(value.toFixed(2)) === value, { error: 'tối đa hai chữ số thập phân / at most two decimals' });

const entry = z
  .object({
    year: z.int(),
    millionVnd: z.number().meta({ description: 'Triệu đồng. / Million đồng.' }),
    sourceDocument: z.string().nullable(),
    actor: z.object({ id: z.string(), office: z.string() }),
    recordedAt: instant,
  })
  .meta({ id: 'RevenueReport' });

const read = route({
  method: 'get',
  path: PATH,
  tag: TAG,
  summary: { vi: 'Doanh thu từng năm của sản phẩm', en: 'Revenue of the product by year' },
  description: {
    vi: 'Mọi lần báo, mới nhất đứng trước; số mới nhất của một năm là số được dùng.',
    en: 'Every entry, the newest first; a year’s newest one holds.',
  },
  who: EVERYBODY,
  params: CYCLE_ID,
  answer: { status: 200, schema: z.object({ items: z.array(entry) }), description: { vi: 'Các lần báo', en: 'Entries' } },
  async handler({ deps, actor, params }) {
    const { productCode } = await readCycle(deps, actor, params.id);
    const rows = await deps.db.revenueReport.findMany({ where: { productCode }, orderBy: { id: 'desc' } });
    return { body: { items: rows.map(viewOf) } };
  },
});

const write = route({
  method: 'post',
  path: PATH,
  tag: TAG,
  summary: { vi: 'Báo doanh thu một năm của sản phẩm', en: 'Report the revenue of a product in a year' },
  description: {
    vi: 'Triệu đồng, tối đa hai chữ số thập phân. Báo lại là sửa số cũ; số cũ vẫn được giữ.',
    en: 'Million đồng with at most two decimals. Reporting again puts the figure right; the old one is kept.',
  },
  who: ['administrator', 'provincial_staff', 'commune_staff'],
  params: CYCLE_ID,
  body: z.strictObject({
    year: z.int(),
    millionVnd,
    sourceDocument: documentNumber.optional(),
  }),
  answer: { status: 200, schema: entry, description: { vi: 'Đã ghi', en: 'Written' } },
  async handler({ deps, actor, params, body: { year, ...given } }) {
    const { productCode } = await readCycle(deps, actor, params.id);
    const [row] = await reportRevenue(deps, actor, year, [{ productCode, ...given }]);
    if (!row) throw new Error(`no revenue was entered for ${productCode}`);
    return { body: viewOf(row) };
  },
});

export interface Revenue {
  productCode: string;
  millionVnd: number;
  sourceDocument?: string | undefined;
}

/** Enters the revenue of products in a year; the products are the actor's to see. Throws what is wrong with the year. */
export async function reportRevenue(deps: ApiDeps, actor: Actor, year: number, revenues: readonly Revenue[]): Promise<Row[]> {
  const thisYear = Number(deps.today().slice(0, 4));
  if (year < FIRST_YEAR || year > thisYear) {
    const message = { vi: `từ ${FIRST_YEAR} đến ${thisYear}`, en: `from ${FIRST_YEAR} to ${thisYear}` };
    throw invalidInput([{ field: 'year', message }]);
  }
  const who = { year, actorId: actor.id, officeCode: actor.office, recordedAt: new Date(deps.clock.now()) };
  return await deps.db.revenueReport.createManyAndReturn({
    data: revenues.map(({ productCode, millionVnd, sourceDocument = null }) => ({ productCode, millionVnd, sourceDocument, ...who })),
  });
}

type Row = Awaited<ReturnType<Database['revenueReport']['findMany']>>[number];

const viewOf = ({ year, millionVnd, sourceDocument, actorId, officeCode, recordedAt }: Row): z.input<typeof entry> => ({
  year,
  millionVnd: Number(millionVnd),
  sourceDocument,
  actor: { id: actorId, office: officeCode },
  recordedAt: recordedAt.toISOString(),
});

/** The figure that holds for each product in a year, as it is written in the national table: million đồng with two decimals. */
export async function revenueOf(db: Pick<Database, 'revenueReport'>, year: number): Promise<Map<string, string>> {
  const rows = await db.revenueReport.findMany({ where: { year }, orderBy: { id: 'asc' } });
  return new Map(rows.map(({ productCode, millionVnd }) => [productCode, millionVnd.toFixed(2)]));
}

export const REVENUE_ROUTES: Route[] = [read, write];
