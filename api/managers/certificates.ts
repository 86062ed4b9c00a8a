/** Certificates in force, those that end first first. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import { daysBetween, type LocalDate } from '../../domain/dates';
import { Prisma } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { limitOf, type Page, pageOf, pageQuery, readCursor, toPage } from '../http/paging';
import { EVERYBODY, route } from '../http/route';
import { localDate } from '../http/schemas';
import {
  ANSWER,
  ANSWERS,
  type CertificateFilter,
  certificateQuestions,
  ENDS,
  isCertificateAskedFor,
  seasonYear,
  WINDOWS,
  windowState,
} from './certificate-filter';

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
    answer: z.enum(ANSWERS),
    window: z.enum(WINDOWS),
    lastSafeSeason: z.int().nullable(),
    successorId: z.string().nullable(),
  })
  .meta({ id: 'Certificate' });

export type CertificateRow = z.output<typeof certificateView>;

export const certificateQuery = z.strictObject({ ...certificateQuestions, ...pageQuery });

export interface CertificatePaging {
  limit: number;
  cursor?: string | undefined;
}

/** One page of the certificates asked for. */
export async function listCertificates(
  deps: ApiDeps,
  actor: Actor,
  filter: CertificateFilter,
  paging: CertificatePaging,
): Promise<Page<CertificateRow>> {
  const { limit } = paging;
  const [ends = '', after = ''] = readCursor(paging.cursor, 2) ?? [];
  const onwards = localDate.safeParse(ends).success ? Prisma.sql`(${ENDS}, f.code) > (${ends}::date, ${after})` : Prisma.sql`true`;
  const found = await deps.db.$queryRaw<(Omit<CertificateRow, 'daysLeft' | 'lastSafeSeason'> & { ends: LocalDate })[]>(Prisma.sql`
    with f as (
      select f.* from certificate f where ${isCertificateAskedFor(deps, actor, filter)} and ${onwards} order by ${ENDS}, f.code limit ${limit + 1}
    )
    select f.code, f.cycle_id as "cycleId", f.product_code as "productCode", p.name as "productName", r.name as "producerName",
      c.province_code as "provinceCode", c.commune_code as "communeCode", f.number, f.star, f.issued_on::text as "issuedOn",
      f.valid_until::text as "validUntil", f.extended_until::text as "extendedUntil", f.decision_number as "decisionNumber",
      f.issued_by as "issuedBy", c.step, ${ENDS}::text as ends, ${ANSWER} as answer, ${windowState(deps)} as window,
      (select s.id from cycle s where s.predecessor_id = f.cycle_id and s.stage <> 'closed' order by s.cycle_number desc limit 1) as "successorId"
    from f join cycle c on c.id = f.cycle_id join product p on p.code = c.product_code join producer r on r.id = p.producer_id
    order by ${ENDS}, f.code`);
  const page = toPage(found, limit, (row) => [row.ends, row.code]);
  const today = deps.today();
  const items = page.items.map(({ ends: until, ...row }) => ({
    ...row,
    daysLeft: daysBetween(today, until),
    lastSafeSeason: seasonYear(deps, row.validUntil),
  }));
  return { items, nextCursor: page.nextCursor };
}

/** How many certificates the question finds. */
export async function countCertificates(deps: ApiDeps, actor: Actor, filter: CertificateFilter): Promise<number> {
  const [row] = await deps.db.$queryRaw<{ count: number }[]>(Prisma.sql`
    select count(*)::int as count from certificate f where ${isCertificateAskedFor(deps, actor, filter)}`);
  return row?.count ?? 0;
}

export const certificates = route({
  method: 'get',
  path: '/api/certificates',
  tag: 'Quản lý',
  summary: { vi: 'Giấy chứng nhận đang có hiệu lực, sắp hết hạn trước', en: 'Certificates in force, the first to end first' },
  who: EVERYBODY,
  query: certificateQuery,
  answer: { status: 200, schema: pageOf(certificateView), description: { vi: 'Một trang', en: 'A page' } },
  async handler({ deps, actor, query: { cursor, limit, ...filter } }) {
    return { body: await listCertificates(deps, actor, filter, { cursor, limit: limitOf(limit) }) };
  },
});
