/** The ledger of nudges: what was to be sent to whom, and what became of it. */
import { z } from 'zod';
import { Prisma } from '../../prisma/generated/client';
import { inScope, officesInScope } from '../auth/visibility';
import { limitOf, pageOf, pageQuery, readCursor, toPage } from '../http/paging';
import { EVERYBODY, route } from '../http/route';
import { code, instant, localDate } from '../http/schemas';

/** What may be asked for: how a row ended, `planned` while it has not, `late` for those sent or still to be sent after their day. */
const STATUSES = ['planned', 'late', 'sent', 'merged', 'suppressed', 'failed', 'passed_over'] as const;

const nudgeView = z
  .object({
    id: z.string(),
    /** The dossier; null for a report, which an office owes. */
    cycleId: z.string().nullable(),
    office: z.string().nullable(),
    rule: z.string(),
    recipient: z.string(),
    /** The deadline's kind, the step or the reports owed, and the date. */
    subject: z.string(),
    subjectOn: localDate,
    plannedFor: localDate,
    status: z.string(),
    late: z.boolean(),
    reason: z.object({ vi: z.string().nullable(), en: z.string().nullable() }),
    recordedAt: instant,
    settledAt: instant.nullable(),
    /** The digest run that settled it. */
    run: z.string().nullable(),
  })
  .meta({ id: 'Nudge' });

interface Row {
  id: bigint;
  cycleId: string | null;
  office: string | null;
  rule: string;
  recipient: string;
  subject: string;
  subjectOn: string;
  plannedFor: string;
  status: string;
  late: boolean;
  reasonVi: string | null;
  reasonEn: string | null;
  recordedAt: Date;
  settledAt: Date | null;
  run: string | null;
}

/** A commune's office gets what goes to the commune; a province's office everything else of its province. Each also the reports it owes. */
function forOffice(office: string): Prisma.Sql {
  const owed = Prisma.sql`n.office_code = ${office}`;
  return office.length === 5
    ? Prisma.sql`(c.commune_code = ${office} and n.recipient like 'commune%' or ${owed})`
    : Prisma.sql`(c.province_code = ${office} and n.recipient not like 'commune%' or ${owed})`;
}

function withStatus(status: (typeof STATUSES)[number]): Prisma.Sql {
  return status === 'late' ? Prisma.sql`n.late` : Prisma.sql`n.status = ${status}`;
}

/** Such as 37/2026-10-12 */
const runId = z.string().regex(/^\d{2}\/\d{4}-\d{2}-\d{2}$/);

export const nudges = route({
  method: 'get',
  path: '/api/nudges',
  tag: 'Quản lý',
  summary: { vi: 'Sổ nhắc việc', en: 'Ledger of nudges' },
  who: EVERYBODY,
  query: z.strictObject({
    cycle: code.optional(),
    office: code.optional(),
    from: localDate.optional(),
    to: localDate.optional(),
    status: z.enum(STATUSES).optional(),
    run: runId.optional().meta({ description: 'Lần gửi, như 37/2026-10-12. / A digest run.' }),
    ...pageQuery,
  }),
  answer: { status: 200, schema: pageOf(nudgeView), description: { vi: 'Một trang, theo ngày nhắc', en: 'A page, by planned day' } },
  async handler({ deps, actor, query }) {
    const { cycle, office, from, to, status, run } = query;
    const limit = limitOf(query.limit);
    const [day = '', id = ''] = readCursor(query.cursor, 2) ?? [];
    const cursorIsOurs = localDate.safeParse(day).success && /^\d{1,18}$/.test(id);
    const conditions = [
      Prisma.sql`(c.id is not null and ${inScope(actor)} or o.code is not null and ${officesInScope(actor)})`,
      ...(cycle === undefined ? [] : [Prisma.sql`n.cycle_id = ${cycle}`]),
      ...(office === undefined ? [] : [forOffice(office)]),
      ...(from === undefined ? [] : [Prisma.sql`n.planned_for >= ${from}::date`]),
      ...(to === undefined ? [] : [Prisma.sql`n.planned_for <= ${to}::date`]),
      ...(status === undefined ? [] : [withStatus(status)]),
      ...(run === undefined ? [] : [Prisma.sql`n.run_id = ${run}`]),
      ...(cursorIsOurs ? [Prisma.sql`(n.planned_for, n.id) > (${day}::date, ${BigInt(id)})`] : []),
    ];
    const found = await deps.db.$queryRaw<Row[]>(Prisma.sql`
      select n.id, n.cycle_id as "cycleId", n.office_code as office, n.rule_id as rule, n.recipient, n.subject, n.subject_on::text as "subjectOn",
        n.planned_for::text as "plannedFor", n.status, n.late, n.reason_vi as "reasonVi", n.reason_en as "reasonEn",
        n.recorded_at as "recordedAt", n.settled_at as "settledAt", n.run_id as run
      from nudge n left join cycle c on c.id = n.cycle_id left join office o on o.code = n.office_code
      where ${Prisma.join(conditions, ' and ')} order by n.planned_for, n.id limit ${limit + 1}`);
    const page = toPage(found, limit, (row) => [row.plannedFor, String(row.id)]);
    const items = page.items.map(({ reasonVi: vi, reasonEn: en, ...row }) => ({
      ...row,
      id: String(row.id),
      reason: { vi, en },
      recordedAt: row.recordedAt.toISOString(),
      settledAt: row.settledAt?.toISOString() ?? null,
    }));
    return { body: { items, nextCursor: page.nextCursor } };
  },
});
