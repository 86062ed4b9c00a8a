/** Supervision after recognition: the register of inspections, and older certificates that may lapse while a result is pending nationally. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import { daysBetween, type LocalDate } from '../../domain/dates';
import { Prisma } from '../../prisma/generated/client';
import { inScope } from '../auth/visibility';
import type { ApiDeps } from '../deps';
import { limitOf, pageOf, pageQuery, readCursor, toPage } from '../http/paging';
import { EVERYBODY, route, type Route } from '../http/route';
import { code, communeCode, localDate, provinceCode } from '../http/schemas';

const TAG = 'Kiểm tra, giám sát';
const KINDS = ['periodic', 'ad-hoc'] as const;
const FINDINGS = ['compliant', 'remediation', 'violation'] as const;

const inspectionView = z
  .object({
    id: z.string(),
    cycleId: z.string(),
    productName: z.string(),
    producerName: z.string(),
    communeCode: z.string(),
    star: z.int().nullable(),
    on: localDate,
    kind: z.enum(KINDS),
    finding: z.enum(FINDINGS),
    remedyBy: localDate.nullable(),
    ground: z.string().nullable(),
    /** What was found, as it was written; number of the report. */
    note: z.string().nullable(),
    sourceDocument: z.string().nullable(),
    actor: z.object({ id: z.string(), office: z.string() }),
    /** Where the certificate's cycle stands today. */
    step: z.string(),
    outcome: z.string().nullable(),
  })
  .meta({ id: 'Inspection' });

type InspectionRow = Omit<z.input<typeof inspectionView>, 'id' | 'actor'> & { id: bigint; actorId: string; office: string };

const inspections = route({
  method: 'get',
  path: '/api/inspections',
  tag: TAG,
  summary: { vi: 'Sổ kiểm tra, giám sát sau công nhận', en: 'Register of inspections after recognition' },
  who: EVERYBODY,
  query: z.strictObject({
    cycle: code.optional(),
    province: provinceCode.optional(),
    commune: communeCode.optional(),
    kind: z.enum(KINDS).optional(),
    finding: z.enum(FINDINGS).optional(),
    from: localDate.optional(),
    to: localDate.optional(),
    ...pageQuery,
  }),
  answer: { status: 200, schema: pageOf(inspectionView), description: { vi: 'Một trang, mới trước', en: 'A page, newest first' } },
  async handler({ deps, actor, query }) {
    const { cycle, province, commune, kind, finding, from, to } = query;
    const limit = limitOf(query.limit);
    const [day = '', id = ''] = readCursor(query.cursor, 2) ?? [];
    const cursorIsOurs = localDate.safeParse(day).success && /^\d{1,18}$/.test(id);
    const conditions = [
      inScope(actor),
      Prisma.sql`e.name = 'record-inspection'`,
      ...(cycle === undefined ? [] : [Prisma.sql`e.cycle_id = ${cycle}`]),
      ...(province === undefined ? [] : [Prisma.sql`c.province_code = ${province}`]),
      ...(commune === undefined ? [] : [Prisma.sql`c.commune_code = ${commune}`]),
      ...(kind === undefined ? [] : [Prisma.sql`e.payload->>'kind' = ${kind}`]),
      ...(finding === undefined ? [] : [Prisma.sql`e.payload->>'finding' = ${finding}`]),
      ...(from === undefined ? [] : [Prisma.sql`e.legal_on >= ${from}::date`]),
      ...(to === undefined ? [] : [Prisma.sql`e.legal_on <= ${to}::date`]),
      ...(cursorIsOurs ? [Prisma.sql`(e.legal_on, e.id) < (${day}::date, ${BigInt(id)})`] : []),
    ];
    const rows = await deps.db.$queryRaw<InspectionRow[]>(Prisma.sql`
      select e.id, e.cycle_id as "cycleId", p.name as "productName", r.name as "producerName", c.commune_code as "communeCode", c.star,
        e.legal_on::text as "on", e.payload->>'kind' as kind, e.payload->>'finding' as finding, e.payload->>'remedyBy' as "remedyBy",
        e.payload->>'ground' as ground, n.text as note, e.source_document as "sourceDocument", e.actor_id as "actorId", e.office_code as office,
        c.step, c.outcome
      from cycle_event e join cycle c on c.id = e.cycle_id join product p on p.code = c.product_code join producer r on r.id = p.producer_id
        left join note n on n.id = e.note_id
      where ${Prisma.join(conditions, ' and ')} order by e.legal_on desc, e.id desc limit ${limit + 1}`);
    const page = toPage(rows, limit, (row) => [row.on, String(row.id)]);
    const items = page.items.map(({ id: row, actorId, office, ...facts }) => ({
      ...facts,
      id: String(row),
      actor: { id: actorId, office },
    }));
    return { body: { items, nextCursor: page.nextCursor } };
  },
});

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
    Prisma.sql`f.status = 'in_force' and s.step in ('awaiting_national_result', 'national_below_bar', 'awaiting_national_certificate')`,
    ...(province === undefined ? [] : [Prisma.sql`c.province_code = ${province}`]),
    ...(commune === undefined ? [] : [Prisma.sql`c.commune_code = ${commune}`]),
  ];
  const rows = await deps.db.$queryRaw<RiskRow[]>(Prisma.sql`
    select f.code as certificate, c.id as "cycleId", p.name as "productName", c.commune_code as "communeCode", f.star,
      coalesce(f.extended_until, f.valid_until)::text as "endsOn", s.id as "pendingCycleId", s.step as "pendingStep",
      s.last_safe_on::text as "resultBy"
    from certificate f join cycle c on c.id = f.cycle_id join cycle s on s.predecessor_id = c.id and s.stage <> 'closed'
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
