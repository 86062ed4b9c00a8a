/** Certificates in force, those that end first first. */
import { z } from 'zod';
import { daysBetween, type LocalDate } from '../../domain/dates';
import { Prisma } from '../../prisma/generated/client';
import { inScope } from '../auth/visibility';
import { limitOf, pageOf, pageQuery, readCursor, toPage } from '../http/paging';
import { EVERYBODY, route } from '../http/route';
import { communeCode, localDate, provinceCode } from '../http/schemas';

const certificateView = z
  .object({
    code: z.string(),
    cycleId: z.string(),
    productCode: z.string(),
    productName: z.string(),
    producerName: z.string(),
    provinceCode: z.string(),
    communeCode: z.string(),
    number: z.string().nullable(),
    star: z.int(),
    issuedOn: localDate,
    validUntil: localDate,
    extendedUntil: localDate.nullable(),
    decisionNumber: z.string().nullable(),
    issuedBy: z.string().nullable(),
    step: z.string(),
    daysLeft: z.int(),
  })
  .meta({ id: 'Certificate' });

type Row = Omit<z.input<typeof certificateView>, 'daysLeft'>;

export const certificates = route({
  method: 'get',
  path: '/api/certificates',
  tag: 'Quản lý',
  summary: { vi: 'Giấy chứng nhận đang có hiệu lực, sắp hết hạn trước', en: 'Certificates in force, the first to end first' },
  who: EVERYBODY,
  query: z.strictObject({
    expiringBefore: localDate.optional(),
    province: provinceCode.optional(),
    commune: communeCode.optional(),
    ...pageQuery,
  }),
  answer: { status: 200, schema: pageOf(certificateView), description: { vi: 'Một trang', en: 'A page' } },
  async handler({ deps, actor, query }) {
    const { expiringBefore, province, commune } = query;
    const limit = limitOf(query.limit);
    const [ends, after] = readCursor(query.cursor, 2) ?? [];
    const last = Prisma.sql`coalesce(f.extended_until, f.valid_until)`;
    const conditions = [
      inScope(actor),
      Prisma.sql`f.status = 'in_force'`,
      ...(expiringBefore === undefined ? [] : [Prisma.sql`${last} < ${expiringBefore}::date`]),
      ...(province === undefined ? [] : [Prisma.sql`c.province_code = ${province}`]),
      ...(commune === undefined ? [] : [Prisma.sql`c.commune_code = ${commune}`]),
      ...(ends !== undefined && localDate.safeParse(ends).success ? [Prisma.sql`(${last}, f.code) > (${ends}::date, ${after})`] : []),
    ];
    const found = await deps.db.$queryRaw<(Row & { ends: LocalDate })[]>(Prisma.sql`
      select f.code, f.cycle_id as "cycleId", f.product_code as "productCode", p.name as "productName", r.name as "producerName",
        c.province_code as "provinceCode", c.commune_code as "communeCode", f.number, f.star, f.issued_on::text as "issuedOn",
        f.valid_until::text as "validUntil", f.extended_until::text as "extendedUntil", f.decision_number as "decisionNumber",
        f.issued_by as "issuedBy", c.step, ${last}::text as ends
      from certificate f join cycle c on c.id = f.cycle_id join product p on p.code = c.product_code join producer r on r.id = p.producer_id
      where ${Prisma.join(conditions, ' and ')} order by ${last}, f.code limit ${limit + 1}`);
    const page = toPage(found, limit, (row) => [row.ends, row.code]);
    const today = deps.today();
    const items = page.items.map(({ ends: until, ...row }) => ({ ...row, daysLeft: daysBetween(today, until) }));
    return { body: { items, nextCursor: page.nextCursor } };
  },
});
