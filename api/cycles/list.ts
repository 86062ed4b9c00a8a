/** Cycles found by what managers and staff ask for. */
import { z } from 'zod';
import { STAGES } from '../../domain/cycle/stages';
import type { Actor } from '../../domain/cycle/state';
import { accentlessKey } from '../../domain/units/spelling';
import { Prisma } from '../../prisma/generated/client';
import { inScope } from '../auth/visibility';
import type { ApiDeps } from '../deps';
import { limitOf, type Page, pageQuery, readCursor, toPage } from '../http/paging';
import { code, communeCode, provinceCode } from '../http/schemas';
import { isLateness, LATENESS } from './lateness';
import { type CycleRow, readCycles } from './read';
import { PARTIES } from './representation';

export const cycleFilters = z.strictObject({
  plan: code.optional(),
  province: provinceCode.optional(),
  commune: communeCode.optional(),
  stage: z.enum(STAGES).optional(),
  waitingFor: z.enum(PARTIES).optional(),
  lateness: z.enum(LATENESS).optional(),
  q: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'Tên sản phẩm, tên chủ thể hoặc mã, có dấu hay không. / Product, producer or code, with or without accents.' }),
  ...pageQuery,
});

export type CycleFilters = z.output<typeof cycleFilters>;

const MARKED = 'áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ';
const PLAIN = 'aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd';

/** A column without case and Vietnamese marks. */
export const plain = (column: Prisma.Sql): Prisma.Sql => Prisma.sql`translate(lower(${column}), ${MARKED}, ${PLAIN})`;

const containing = (written: string): string => `%${written.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

function searched(q: string): Prisma.Sql {
  const words = containing(accentlessKey(q));
  return Prisma.sql`(${plain(Prisma.sql`p.name`)} like ${words} or ${plain(Prisma.sql`r.name`)} like ${words}
    or lower(c.id) like ${containing(q.trim().toLowerCase())})`;
}

/** One page of the cycles that the actor may see, by id. */
export async function listCycles(deps: ApiDeps, actor: Actor, filters: CycleFilters): Promise<Page<CycleRow>> {
  const { plan, province, commune, stage, waitingFor, lateness, q } = filters;
  const limit = limitOf(filters.limit);
  const [after] = readCursor(filters.cursor, 1) ?? [];
  const conditions = [
    inScope(actor),
    ...(plan === undefined ? [] : [Prisma.sql`c.plan_id = ${plan}`]),
    ...(province === undefined ? [] : [Prisma.sql`c.province_code = ${province}`]),
    ...(commune === undefined ? [] : [Prisma.sql`c.commune_code = ${commune}`]),
    ...(stage === undefined ? [] : [Prisma.sql`c.stage = ${stage}`]),
    ...(waitingFor === undefined ? [] : [Prisma.sql`c.waiting_for = ${waitingFor}`]),
    ...(lateness === undefined ? [] : [isLateness(lateness, deps.today(), deps.calendar)]),
    ...(q === undefined || q.trim() === '' ? [] : [searched(q)]),
    ...(after === undefined ? [] : [Prisma.sql`c.id > ${after}`]),
  ];
  const found = await deps.db.$queryRaw<{ id: string }[]>(Prisma.sql`
    select c.id from cycle c join product p on p.code = c.product_code join producer r on r.id = p.producer_id
    where ${Prisma.join(conditions, ' and ')} order by c.id limit ${limit + 1}`);
  const { items, nextCursor } = toPage(found, limit, ({ id }) => [id]);
  return {
    items: await readCycles(
      deps,
      items.map(({ id }) => id),
    ),
    nextCursor,
  };
}
