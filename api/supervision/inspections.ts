/** The register of inspections after recognition (article 9): what each found, what was to be remedied by when, and what came of it. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import type { LocalDate } from '../../domain/dates';
import { Prisma } from '../../prisma/generated/client';
import { inScope } from '../auth/visibility';
import { searched } from '../cycles/filter';
import type { ApiDeps } from '../deps';
import { limitOf, type Page, pageOf, pageQuery, readCursor, toPage } from '../http/paging';
import { EVERYBODY, route } from '../http/route';
import { code, communeCode, localDate, provinceCode } from '../http/schemas';

export const TAG = 'Kiểm tra, giám sát';
export const INSPECTION_KINDS = ['periodic', 'ad-hoc'] as const;
export const FINDINGS = ['compliant', 'remediation', 'violation'] as const;

/** What an inspection still waits for: a remedy whose day is to come, one whose day is past, or the decision to revoke. */
export const WAITS = ['remedy', 'remedy-overdue', 'revocation'] as const;

const inspectionView = z
  .object({
    id: z.string(),
    cycleId: z.string(),
    certificate: z.string().nullable(),
    productName: z.string(),
    producerName: z.string(),
    communeCode: z.string(),
    star: z.int().nullable(),
    on: localDate,
    kind: z.enum(INSPECTION_KINDS),
    finding: z.enum(FINDINGS),
    remedyBy: localDate.nullable(),
    ground: z.string().nullable(),
    /** What was found, as it was written; number of the report. */
    note: z.string().nullable(),
    sourceDocument: z.string().nullable(),
    actor: z.object({ id: z.string(), office: z.string() }),
    /** What the next inspection of the certificate found: the result of a remedy. */
    followedBy: z.object({ on: localDate, finding: z.enum(FINDINGS) }).nullable(),
    waits: z.enum(WAITS).nullable(),
    /** Last day for the decision to revoke (article 8.4), while it is awaited. */
    decideBy: localDate.nullable(),
    /** Where the certificate's cycle stands today. */
    step: z.string(),
    outcome: z.string().nullable(),
  })
  .meta({ id: 'Inspection' });

export type InspectionView = z.input<typeof inspectionView>;

type InspectionRow = Omit<InspectionView, 'id' | 'actor' | 'followedBy'> & {
  id: bigint;
  actorId: string;
  office: string;
  nextOn: string | null;
  nextFinding: (typeof FINDINGS)[number] | null;
};

const questions = z.strictObject({
  cycle: code.optional(),
  province: provinceCode.optional(),
  commune: communeCode.optional(),
  kind: z.enum(INSPECTION_KINDS).optional(),
  finding: z.enum(FINDINGS).optional(),
  waits: z.enum(WAITS).optional().meta({ description: 'Còn chờ gì. / What it still waits for.' }),
  from: localDate.optional(),
  to: localDate.optional(),
});

export type InspectionQuestions = z.output<typeof questions>;

export const inspections = route({
  method: 'get',
  path: '/api/inspections',
  tag: TAG,
  summary: { vi: 'Sổ kiểm tra, giám sát sau công nhận', en: 'Register of inspections after recognition' },
  who: EVERYBODY,
  query: questions.extend(pageQuery),
  answer: { status: 200, schema: pageOf(inspectionView), description: { vi: 'Một trang, mới trước', en: 'A page, newest first' } },
  handler: async ({ deps, actor, query: { cursor, limit, ...asked } }) => ({
    body: await listInspections(deps, actor, asked, { cursor, limit: limitOf(limit) }),
  }),
});

const FROM = Prisma.sql`
  from cycle_event e join cycle c on c.id = e.cycle_id join product p on p.code = c.product_code join producer r on r.id = p.producer_id
    left join note n on n.id = e.note_id
    left join lateral (
      select f.legal_on::text as "on", f.payload->>'finding' as finding from cycle_event f
      where f.cycle_id = e.cycle_id and f.name = 'record-inspection' and f.sequence > e.sequence order by f.sequence limit 1
    ) next on true`;

/** Only the latest inspection of a certificate waits for something. */
const waitsOn = ({ today }: ApiDeps): Prisma.Sql => Prisma.sql`case
  when next.finding is not null then null
  when c.step = 'remediation' then case when (e.payload->>'remedyBy')::date < ${today()}::date then 'remedy-overdue' else 'remedy' end
  when c.step = 'revocation_pending' then 'revocation' end`;

function conditionsOf(deps: ApiDeps, actor: Actor, asked: InspectionQuestions): Prisma.Sql[] {
  const { cycle, province, commune, kind, finding, waits, from, to } = asked;
  return [
    inScope(actor),
    Prisma.sql`e.name = 'record-inspection'`,
    ...(cycle === undefined ? [] : [Prisma.sql`e.cycle_id = ${cycle}`]),
    ...(province === undefined ? [] : [Prisma.sql`c.province_code = ${province}`]),
    ...(commune === undefined ? [] : [Prisma.sql`c.commune_code = ${commune}`]),
    ...(kind === undefined ? [] : [Prisma.sql`e.payload->>'kind' = ${kind}`]),
    ...(finding === undefined ? [] : [Prisma.sql`e.payload->>'finding' = ${finding}`]),
    ...(waits === undefined ? [] : [Prisma.sql`${waitsOn(deps)} = ${waits}`]),
    ...(from === undefined ? [] : [Prisma.sql`e.legal_on >= ${from}::date`]),
    ...(to === undefined ? [] : [Prisma.sql`e.legal_on <= ${to}::date`]),
  ];
}

/** A page of the register, newest first. */
export async function listInspections(
  deps: ApiDeps,
  actor: Actor,
  asked: InspectionQuestions,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<InspectionView>> {
  const [day = '', id = ''] = readCursor(cursor, 2) ?? [];
  const cursorIsOurs = localDate.safeParse(day).success && /^\d{1,18}$/.test(id);
  const conditions = [
    ...conditionsOf(deps, actor, asked),
    ...(cursorIsOurs ? [Prisma.sql`(e.legal_on, e.id) < (${day}::date, ${BigInt(id)})`] : []),
  ];
  const rows = await deps.db.$queryRaw<InspectionRow[]>(Prisma.sql`
    select e.id, e.cycle_id as "cycleId", c.certificate_code as certificate, p.name as "productName", r.name as "producerName",
      c.commune_code as "communeCode", c.star, e.legal_on::text as "on", e.payload->>'kind' as kind, e.payload->>'finding' as finding,
      e.payload->>'remedyBy' as "remedyBy", e.payload->>'ground' as ground, n.text as note, e.source_document as "sourceDocument",
      e.actor_id as "actorId", e.office_code as office, next."on" as "nextOn", next.finding as "nextFinding", ${waitsOn(deps)} as waits,
      case when ${waitsOn(deps)} = 'revocation' then c.last_safe_on::text end as "decideBy", c.step, c.outcome
    ${FROM} where ${Prisma.join(conditions, ' and ')} order by e.legal_on desc, e.id desc limit ${limit + 1}`);
  const page = toPage(rows, limit, (row) => [row.on, String(row.id)]);
  const items = page.items.map(({ id: row, actorId, office, nextOn, nextFinding, ...facts }) => ({
    ...facts,
    id: String(row),
    actor: { id: actorId, office },
    followedBy: nextOn === null || nextFinding === null ? null : { on: nextOn, finding: nextFinding },
  }));
  return { items, nextCursor: page.nextCursor };
}

/** How many inspections the question finds. */
export async function countInspections(deps: ApiDeps, actor: Actor, asked: InspectionQuestions): Promise<number> {
  const [row] = await deps.db.$queryRaw<{ count: number }[]>(
    Prisma.sql`select count(*)::int as count ${FROM} where ${Prisma.join(conditionsOf(deps, actor, asked), ' and ')}`,
  );
  return row?.count ?? 0;
}

export interface Inspected {
  code: string;
  cycleId: string;
  productName: string;
  producerName: string;
  communeCode: string;
  star: number;
  endsOn: LocalDate;
  lastOn: LocalDate | null;
}

/** Certificates in force that an inspection may be recorded for, those never inspected or longest ago first; words narrow them by name, producer or code. */
export async function certificatesToInspect(deps: ApiDeps, actor: Actor, words: string | undefined, most: number): Promise<Inspected[]> {
  const named =
    words === undefined || words.trim() === ''
      ? Prisma.sql`true`
      : Prisma.sql`(${searched(words)} or position(${words.trim().toLowerCase()} in lower(f.code)) > 0)`;
  return await deps.db.$queryRaw<Inspected[]>(Prisma.sql`
    select f.code, f.cycle_id as "cycleId", p.name as "productName", r.name as "producerName", c.commune_code as "communeCode", f.star,
      coalesce(f.extended_until, f.valid_until)::text as "endsOn", last."on" as "lastOn"
    from certificate f join cycle c on c.id = f.cycle_id join product p on p.code = c.product_code join producer r on r.id = p.producer_id
      left join lateral (
        select max(e.legal_on)::text as "on" from cycle_event e where e.cycle_id = c.id and e.name = 'record-inspection'
      ) last on true
    where ${inScope(actor)} and f.status = 'in_force' and c.stage = 'validity' and ${named}
    order by last."on" nulls first, f.code limit ${most}`);
}
