/** The ledger of nudges: what was to be sent to whom, and what became of it. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import { Prisma } from '../../prisma/generated/client';
import { isCycleWithin, officesInScope, seesEverything } from '../auth/visibility';
import type { ApiDeps } from '../deps';
import { limitOf, type Page, pageOf, pageQuery, readCursor, toPage } from '../http/paging';
import { EVERYBODY, route } from '../http/route';
import { code, instant, localDate } from '../http/schemas';

/** What may be asked for: how a row ended, `planned` while it has not, `late` for those sent or still to be sent after their day. */
export const NUDGE_STATUSES = ['planned', 'late', 'sent', 'merged', 'suppressed', 'failed', 'passed_over'] as const;

const nudgeView = z
  .object({
    id: z.string(),
    /** The dossier; null for a report, which an office owes. */
    cycleId: z.string().nullable(),
    productName: z.string().nullable(),
    communeCode: z.string().nullable(),
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

export type NudgeView = z.input<typeof nudgeView>;

interface Row {
  id: bigint;
  cycleId: string | null;
  productName: string | null;
  communeCode: string | null;
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

/** A commune's office gets what goes to the commune; a province's office everything else of its province. */
function heardBy(actor: Actor, office: string): Prisma.Sql {
  const cycle = Prisma.sql`n.cycle_id`;
  return office.length === 5
    ? Prisma.sql`${isCycleWithin(cycle, actor, { commune: office })} and n.recipient like 'commune%'`
    : Prisma.sql`${isCycleWithin(cycle, actor, { province: office })} and n.recipient not like 'commune%'`;
}

function withStatus(status: (typeof NUDGE_STATUSES)[number]): Prisma.Sql {
  return status === 'late' ? Prisma.sql`n.late` : Prisma.sql`n.status = ${status}`;
}

/** Such as 37/2026-10-12 */
const runId = z.string().regex(/^\d{2}\/\d{4}-\d{2}-\d{2}$/);

/** The questions of the ledger, as API and pages take them. */
export const nudgeQuery = z.strictObject({
  cycle: code.optional(),
  office: code.optional(),
  from: localDate.optional(),
  to: localDate.optional(),
  status: z.enum(NUDGE_STATUSES).optional(),
  run: runId.optional().meta({ description: 'Lần gửi, như 37/2026-10-12. / A digest run.' }),
  ...pageQuery,
});
export type NudgeQuery = z.output<typeof nudgeQuery>;

/** Conditions on the ledger, called n: rows about dossiers that the actor may see, rows about reports that offices in their scope owe, and what is asked of both. */
function asked(actor: Actor, { cycle, office, from, to, status, run }: NudgeQuery): Record<'about' | 'owed' | 'both', Prisma.Sql> {
  const heard = office === undefined ? isCycleWithin(Prisma.sql`n.cycle_id`, actor) : heardBy(actor, office);
  const whose = office === undefined ? Prisma.sql`true` : Prisma.sql`o.code = ${office}`;
  // Every row is about a dossier or owed by an office: whoever sees all of both is asked nothing.
  const isAll = office === undefined && seesEverything(actor);
  return {
    about: isAll ? Prisma.sql`true` : Prisma.sql`n.cycle_id is not null and ${heard}`,
    owed: isAll
      ? Prisma.sql`false`
      : Prisma.sql`n.office_code in (select o.code from office o where ${officesInScope(actor)} and ${whose})`,
    both: Prisma.join(
      [
        Prisma.sql`true`,
        ...(cycle === undefined ? [] : [Prisma.sql`n.cycle_id = ${cycle}`]),
        ...(from === undefined ? [] : [Prisma.sql`n.planned_for >= ${from}::date`]),
        ...(to === undefined ? [] : [Prisma.sql`n.planned_for <= ${to}::date`]),
        ...(status === undefined ? [] : [withStatus(status)]),
        ...(run === undefined ? [] : [Prisma.sql`n.run_id = ${run}`]),
      ],
      ' and ',
    ),
  };
}

/** One page of the ledger by the planned day, the first first or the last first. */
export async function listNudges(deps: ApiDeps, actor: Actor, query: NudgeQuery, order: 'asc' | 'desc' = 'asc'): Promise<Page<NudgeView>> {
  const limit = limitOf(query.limit);
  const { about, owed, both } = asked(actor, query);
  const [day = '', id = ''] = readCursor(query.cursor, 2) ?? [];
  const cursorIsOurs = localDate.safeParse(day).success && /^\d{1,18}$/.test(id);
  const [after, direction] = order === 'asc' ? [Prisma.sql`>`, Prisma.sql`asc`] : [Prisma.sql`<`, Prisma.sql`desc`];
  const onwards = cursorIsOurs ? Prisma.sql`(n.planned_for, n.id) ${after} (${day}::date, ${BigInt(id)})` : Prisma.sql`true`;
  const found = await deps.db.$queryRaw<Row[]>(Prisma.sql`
    with n as (
      select n.* from nudge n where (${about} or ${owed}) and ${both} and ${onwards} order by n.planned_for ${direction}, n.id ${direction} limit ${limit + 1}
    )
    select n.id, n.cycle_id as "cycleId", p.name as "productName", c.commune_code as "communeCode", n.office_code as office, n.rule_id as rule,
      n.recipient, n.subject, n.subject_on::text as "subjectOn", n.planned_for::text as "plannedFor", n.status, n.late, n.reason_vi as "reasonVi",
      n.reason_en as "reasonEn", n.recorded_at as "recordedAt", n.settled_at as "settledAt", n.run_id as run
    from n left join cycle c on c.id = n.cycle_id left join product p on p.code = c.product_code
    order by n.planned_for ${direction}, n.id ${direction}`);
  const page = toPage(found, limit, (row) => [row.plannedFor, String(row.id)]);
  const items = page.items.map(({ reasonVi: vi, reasonEn: en, ...row }) => ({
    ...row,
    id: String(row.id),
    reason: { vi, en },
    recordedAt: row.recordedAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
  }));
  return { items, nextCursor: page.nextCursor };
}

/** How many rows of the ledger the question finds. A row is about a dossier or a report: each kind is counted by its own index. */
export async function countNudges(deps: ApiDeps, actor: Actor, query: NudgeQuery): Promise<number> {
  const { about, owed, both } = asked(actor, query);
  const [row] = await deps.db.$queryRaw<{ count: number }[]>(Prisma.sql`
    select ((select count(*) from nudge n where ${about} and ${both}) + (select count(*) from nudge n where ${owed} and ${both}))::int as count`);
  return row?.count ?? 0;
}

export const nudges = route({
  method: 'get',
  path: '/api/nudges',
  tag: 'Quản lý',
  summary: { vi: 'Sổ nhắc việc', en: 'Ledger of nudges' },
  who: EVERYBODY,
  query: nudgeQuery,
  answer: { status: 200, schema: pageOf(nudgeView), description: { vi: 'Một trang, theo ngày nhắc', en: 'A page, by planned day' } },
  handler: async ({ deps, actor, query }) => ({ body: await listNudges(deps, actor, query) }),
});
