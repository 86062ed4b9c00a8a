/**
 * Re-evaluations prepared for certificates in force (T-200): the commune asks the producer and confirms, which starts the later cycle. That the producer
 * does not wish to continue is recorded by the action `decline-renewal` of the certificate's cycle.
 */
import { z } from 'zod';
import { lastSafeSeason, reevaluationWindow } from '../../domain/certificates';
import type { Actor } from '../../domain/cycle/state';
import { daysBetween, type LocalDate } from '../../domain/dates';
import type { Star } from '../../domain/regimes';
import { Prisma } from '../../prisma/generated/client';
import { inScope } from '../auth/visibility';
import { readCycle, readCycles, stateOf } from '../cycles/read';
import { alreadyExists, registerCycle } from '../cycles/register';
import { cycleView, viewOf } from '../cycles/representation';
import type { ApiDeps } from '../deps';
import { limitOf, pageOf, pageQuery, readCursor, toPage } from '../http/paging';
import { HttpProblem } from '../http/problem';
import { EVERYBODY, route, type Route } from '../http/route';
import { code, communeCode, localDate, provinceCode } from '../http/schemas';

const TAG = 'Đánh giá lại';
export const RENEWAL_STATUSES = ['open', 'started', 'declined'] as const;
export const RENEWAL_KINDS = ['reevaluation', 'upgrade'] as const;

const renewalView = z
  .object({
    /** The cycle of the certificate in force. */
    cycleId: z.string(),
    productCode: z.string(),
    productName: z.string(),
    producerName: z.string(),
    communeCode: z.string(),
    star: z.int(),
    certificate: z.string(),
    decisionNumber: z.string().nullable(),
    validUntil: localDate,
    daysLeft: z.int(),
    step: z.string(),
    preparedOn: localDate,
    /** First and last day to file (T-180…T-120). */
    window: z.object({ opensOn: localDate, closesOn: localDate }).nullable(),
    /** Last day to file so that the result can still be there in time, the commune's and the province's full time counted. */
    fileBy: localDate.nullable(),
    /** What may be started: a re-evaluation, or an upgrade where there is a higher star. */
    kinds: z.array(z.enum(RENEWAL_KINDS)),
    status: z.enum(RENEWAL_STATUSES),
    declinedOn: localDate.nullable(),
    successor: z.string().nullable(),
  })
  .meta({ id: 'Renewal' });

export type RenewalView = z.input<typeof renewalView>;

const CONDITION: Record<(typeof RENEWAL_STATUSES)[number], Prisma.Sql> = {
  open: Prisma.sql`c.state->'successor' = 'null'::jsonb and c.state->'facts'->'renewal'->>'declinedOn' is null`,
  started: Prisma.sql`c.state->'successor' <> 'null'::jsonb`,
  declined: Prisma.sql`c.state->'successor' = 'null'::jsonb and c.state->'facts'->'renewal'->>'declinedOn' is not null`,
};

async function renewalOf(deps: ApiDeps, id: string): Promise<RenewalView | undefined> {
  const [row] = await readCycles(deps, [id]);
  const state = row && (await stateOf(deps, row));
  const renewal = state?.facts.renewal;
  const certificate = state?.certificate;
  if (!row || !certificate || !renewal) return undefined;
  const { procedure, calendar } = state.rules;
  const { successor } = state;
  return {
    cycleId: row.id,
    productCode: row.productCode,
    productName: row.product.name,
    producerName: row.product.producer.name,
    communeCode: row.communeCode,
    star: certificate.star,
    certificate: certificate.code,
    decisionNumber: certificate.decisionNumber,
    validUntil: certificate.validUntil,
    daysLeft: daysBetween(deps.today(), certificate.validUntil),
    step: state.step,
    preparedOn: renewal.preparedOn,
    window: reevaluationWindow(certificate.validUntil, procedure.reevaluationWindow),
    fileBy: lastSafeSeason(certificate.validUntil, procedure, calendar)?.fileBy ?? null,
    kinds: kindsFor(certificate.star),
    status: successor ? 'started' : renewal.declinedOn === undefined ? 'open' : 'declined',
    declinedOn: renewal.declinedOn ?? null,
    successor: successor?.cycleId ?? null,
  };
}

const kindsFor = (star: Star): (typeof RENEWAL_KINDS)[number][] => (star < 5 ? [...RENEWAL_KINDS] : ['reevaluation']);

const questions = z.strictObject({
  status: z.enum(RENEWAL_STATUSES).optional(),
  province: provinceCode.optional(),
  commune: communeCode.optional(),
  ...pageQuery,
});
type Questions = z.output<typeof questions>;

/** A page of the re-evaluations prepared, the first to end first. */
export async function listRenewals(
  deps: ApiDeps,
  actor: Actor,
  query: Questions,
): Promise<{ items: RenewalView[]; nextCursor: string | null }> {
  const limit = limitOf(query.limit);
  const [ends = '', after = ''] = readCursor(query.cursor, 2) ?? [];
  const isOurs = localDate.safeParse(ends).success;
  const condition = Prisma.join(
    [...conditionsOf(actor, query), ...(isOurs ? [Prisma.sql`(c.valid_until, c.id) > (${ends}::date, ${after})`] : [])],
    ' and ',
  );
  const found = await deps.db.$queryRaw<{ id: string; ends: LocalDate }[]>(Prisma.sql`
    select c.id, c.valid_until::text as ends from cycle c where ${condition} order by c.valid_until, c.id limit ${limit + 1}`);
  const page = toPage(found, limit, (row) => [row.ends, row.id]);
  const items = await Promise.all(page.items.map(async ({ id }) => await renewalOf(deps, id)));
  return { items: items.flatMap((one) => one ?? []), nextCursor: page.nextCursor };
}

/** How many there are in all. */
export async function countRenewals(deps: ApiDeps, actor: Actor, query: Questions): Promise<number> {
  const condition = Prisma.join(conditionsOf(actor, query), ' and ');
  const [row] = await deps.db.$queryRaw<{ count: number }[]>(Prisma.sql`select count(*)::int as count from cycle c where ${condition}`);
  return row?.count ?? 0;
}

function conditionsOf(actor: Actor, { status, province, commune }: Questions): Prisma.Sql[] {
  return [
    inScope(actor),
    Prisma.sql`c.stage = 'validity' and c.valid_until is not null and c.state->'facts'->'renewal' is not null`,
    ...(status === undefined ? [] : [CONDITION[status]]),
    ...(province === undefined ? [] : [Prisma.sql`c.province_code = ${province}`]),
    ...(commune === undefined ? [] : [Prisma.sql`c.commune_code = ${commune}`]),
  ];
}

const list = route({
  method: 'get',
  path: '/api/renewals',
  tag: TAG,
  summary: { vi: 'Việc đánh giá lại đã chuẩn bị, chờ xã hỏi chủ thể', en: 'Re-evaluations prepared, to be confirmed with the producer' },
  description: {
    vi: 'Chuẩn bị 200 ngày trước khi giấy chứng nhận hết hạn. Sắp hết hạn đứng trước.',
    en: 'Prepared 200 days before a certificate ends. The first to end first.',
  },
  who: EVERYBODY,
  query: questions,
  answer: { status: 200, schema: pageOf(renewalView), description: { vi: 'Một trang', en: 'A page' } },
  handler: async ({ deps, actor, query }) => ({ body: await listRenewals(deps, actor, query) }),
});

const progress = z.object({ cycleId: z.string() });
const confirmation = z.strictObject({ kind: z.enum(RENEWAL_KINDS).optional(), plan: code.optional(), on: localDate.optional() });

/** What an earlier attempt at the same confirmation left, and where this one leaves it. */
interface Attempt {
  progress?: unknown;
  saveProgress?: (progress: object) => Promise<void>;
}

/**
 * Starts the later cycle of a certificate whose producer goes on; answers its id.
 * @throws HttpProblem where nothing is prepared, or the later cycle is there already
 */
export async function confirmRenewal(
  deps: ApiDeps,
  actor: Actor,
  id: string,
  { kind = 'reevaluation', plan, on }: z.output<typeof confirmation>,
  attempt: Attempt = {},
): Promise<string> {
  const before = progress.safeParse(attempt.progress).data?.cycleId;
  const row = await readCycle(deps, actor, id);
  const renewal = await renewalOf(deps, id);
  if (row.stage !== 'validity' || !renewal) throw NOT_PREPARED;
  if (renewal.successor !== null && before === undefined) throw alreadyExists(renewal.successor);
  const input = { kind, predecessor: { productCode: row.productCode }, productSet: row.productSet };
  const registration = { ...input, ...(plan === undefined ? {} : { plan }), ...(on === undefined ? {} : { registeredOn: on }) };
  const note = async (cycleId: string): Promise<void> => await attempt.saveProgress?.({ cycleId });
  return await registerCycle(deps, actor, registration, note).catch((error: unknown) => {
    if (before !== undefined && error instanceof HttpProblem && error.members['cycleId'] === before) return before;
    throw error;
  });
}

const confirm = route({
  method: 'post',
  path: '/api/renewals/{id}/confirm',
  tag: TAG,
  summary: {
    vi: 'Chủ thể đồng ý: bắt đầu chu trình đánh giá lại hoặc nâng hạng',
    en: 'The producer goes on: start the re-evaluation or upgrade',
  },
  who: ['administrator', 'provincial_staff', 'commune_staff'],
  params: z.object({ id: code }),
  body: confirmation,
  answer: { status: 201, schema: cycleView, description: { vi: 'Chu trình mới', en: 'The new cycle' } },
  refusals: [503],
  async handler({ deps, actor, params: { id }, body, ...attempt }) {
    const started = await confirmRenewal(deps, actor, id, body, attempt);
    const view = await viewOf(deps, actor, await readCycle(deps, actor, started));
    return { body: view, headers: { location: `/api/cycles/${started}` } };
  },
});

const NOT_PREPARED = new HttpProblem('not-allowed-now', {
  vi: 'Giấy chứng nhận này chưa đến lúc chuẩn bị đánh giá lại (200 ngày trước khi hết hạn), hoặc đã kết thúc',
  en: 'This certificate is not at its preparation yet (200 days before it ends), or has ended',
});

export const RENEWAL_ROUTES: Route[] = [list, confirm];
