/** Supervision after recognition: the register of inspections, and older certificates that may lapse while a result is pending nationally. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import { daysBetween, type LocalDate } from '../../domain/dates';
import { Prisma } from '../../prisma/generated/client';
import { inScope } from '../auth/visibility';
import type { ApiDeps } from '../deps';
import { EVERYBODY, route, type Route } from '../http/route';
import { communeCode, localDate, provinceCode } from '../http/schemas';
import { inspections, TAG } from './inspections';

const riskView = z
  .object({
    /** The older certificate and its cycle. */
    certificate: z.string(),
    cycleId: z.string(),
    productName: z.string(),
    communeCode: z.string(),
    star: z.int(),
    endsOn: localDate,
    daysLeft: z.int(),
    /** The later cycle, the step in which its result is pending, and the last day on which that is in time, where one binds. */
    pendingCycleId: z.string(),
    pendingStep: z.string(),
    resultBy: localDate.nullable(),
    /** True when the certificate ends before the result need be there, or no day binds it. */
    endsFirst: z.boolean(),
  })
  .meta({ id: 'OlderCertificateAtRisk' });

interface RiskRow extends Omit<z.input<typeof riskView>, 'daysLeft' | 'endsFirst'> {
  endsOn: LocalDate;
}

const riskQuestions = z.strictObject({ province: provinceCode.optional(), commune: communeCode.optional() });
export type OlderCertificateAtRisk = z.input<typeof riskView>;

/** Certificates in force whose later cycle awaits a national result, the first to end first. */
export async function olderCertificatesAtRisk(
  deps: ApiDeps,
  actor: Actor,
  { province, commune }: z.output<typeof riskQuestions>,
): Promise<OlderCertificateAtRisk[]> {
  const conditions = [
    inScope(actor),
    Prisma.sql`f.status = 'in_force'`,
    ...(province === undefined ? [] : [Prisma.sql`c.province_code = ${province}`]),
    ...(commune === undefined ? [] : [Prisma.sql`c.commune_code = ${commune}`]),
  ];
  const rows = await deps.db.$queryRaw<RiskRow[]>(Prisma.sql`
    select f.code as certificate, c.id as "cycleId", p.name as "productName", c.commune_code as "communeCode", f.star,
      coalesce(f.extended_until, f.valid_until)::text as "endsOn", s.id as "pendingCycleId", s.step as "pendingStep",
      s.last_safe_on::text as "resultBy"
    from certificate f join cycle c on c.id = f.cycle_id join cycle s on s.predecessor_id = c.id
        and (s.stage, s.step) in (('national_scoring', 'awaiting_national_result'), ('national_scoring', 'national_below_bar'),
          ('certification', 'awaiting_national_certificate'))
      join product p on p.code = c.product_code
    where ${Prisma.join(conditions, ' and ')} order by coalesce(f.extended_until, f.valid_until), f.code limit 1000`);
  const today = deps.today();
  return rows.map((row) => ({
    ...row,
    daysLeft: daysBetween(today, row.endsOn),
    endsFirst: row.resultBy === null || row.endsOn < row.resultBy || row.resultBy < today,
  }));
}

const olderCertificates = route({
  method: 'get',
  path: '/api/alerts/older-certificates',
  tag: TAG,
  summary: {
    vi: 'Giấy chứng nhận cũ có thể hết hạn khi đang chờ kết quả trung ương',
    en: 'Older certificates that may lapse while a result is pending nationally',
  },
  who: EVERYBODY,
  query: riskQuestions,
  answer: {
    status: 200,
    schema: z.object({ items: z.array(riskView) }),
    description: { vi: 'Sắp hết hạn đứng trước', en: 'The first to end first' },
  },
  handler: async ({ deps, actor, query }) => ({ body: { items: await olderCertificatesAtRisk(deps, actor, query) } }),
});

export const SUPERVISION_ROUTES: Route[] = [inspections, olderCertificates];
