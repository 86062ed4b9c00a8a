/** Decisions that end many certificates: revocations (article 8) and withdrawals of a recognition (article 10.1b), with their register. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import type { Prisma } from '../../prisma/generated/client';
import { scopeOf } from '../auth/visibility';
import { dateOf } from '../cycles/representation';
import type { ApiDeps } from '../deps';
import { limitOf, type Page, pageOf, pageQuery, readCursor, toPage } from '../http/paging';
import { HttpProblem, notFound } from '../http/problem';
import { route, type Route } from '../http/route';
import { bothLanguages, code, instant, localDate } from '../http/schemas';
import { type Foreseen, foresee } from './foresee';
import { candidates } from './candidates';
import { ENDERS, endingInput, type EndingInput, FORESEEN, OUTCOMES, TAG } from './input';
import { carryOut, enterDecision } from './run';

const PATH = '/api/ending-decisions';

const answer = z
  .object({
    id: z.string(),
    dryRun: z.boolean(),
    counts: z.record(z.string(), z.int()),
    items: z.array(
      z.object({
        code: z.string(),
        cycleId: z.string().nullable(),
        productName: z.string().nullable(),
        outcome: z.enum([...FORESEEN, ...OUTCOMES]),
        reason: bothLanguages.nullable(),
      }),
    ),
  })
  .meta({ id: 'EndingAnswer' });

function answerOf(
  id: string,
  dryRun: boolean,
  list: readonly Foreseen[],
  outcomes: Pick<z.input<typeof answer>['items'][number], 'outcome' | 'reason'>[],
) {
  const counts: Record<string, number> = { total: list.length };
  for (const { outcome } of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  const items = list.map(({ code: certificate, row }, index) => ({
    code: certificate,
    cycleId: row?.id ?? null,
    productName: row?.product.name ?? null,
    outcome: outcomes[index]?.outcome ?? ('refused' as const),
    reason: outcomes[index]?.reason ?? null,
  }));
  return { id, dryRun, counts, items };
}

const create = route({
  method: 'post',
  path: PATH,
  tag: TAG,
  summary: { vi: 'Thu hồi nhiều giấy chứng nhận bằng một quyết định', en: 'End many certificates by one decision' },
  description: {
    vi: 'dryRun=true chỉ cho biết kết quả từng giấy. mode=all (mặc định): có giấy bị từ chối thì không làm giấy nào; mode=good: làm các giấy được. Gửi lại cùng quyết định thì làm tiếp phần còn lại.',
    en: 'dryRun=true only tells what each would become. mode=all (the default): nothing is done when one is refused; mode=good: those that can be. The same decision sent again goes on where it stopped.',
  },
  who: ENDERS,
  query: z.strictObject({ dryRun: z.enum(['true', 'false']).optional(), mode: z.enum(['all', 'good']).optional() }),
  body: endingInput,
  answer: { status: 200, schema: answer, description: { vi: 'Kết quả từng giấy chứng nhận', en: 'What became of each certificate' } },
  refusals: [503],
  async handler({ deps, actor, body, query: { dryRun, mode } }) {
    return { body: dryRun === 'true' ? await tryEnding(deps, actor, body) : await endCertificates(deps, actor, body, mode) };
  },
});

export type EndingAnswer = z.input<typeof answer>;

/** What a decision would do to each of its certificates; nothing is done. */
export async function tryEnding(deps: ApiDeps, actor: Actor, input: EndingInput): Promise<EndingAnswer> {
  const { id, list } = await foresee(deps, actor, input);
  const outcomes = list.map(({ would, reason }) => ({ outcome: would, reason }));
  return answerOf(id, true, list, outcomes);
}

/**
 * Enters the decision and ends its certificates; the same decision sent again goes on where it stopped. With `all` nothing is done when one certificate is
 * refused, with `good` those that can be are ended. Throws what is refused.
 */
export async function endCertificates(
  deps: ApiDeps,
  actor: Actor,
  input: EndingInput,
  mode: 'all' | 'good' = 'all',
): Promise<EndingAnswer> {
  const { id, provinceCode, list } = await foresee(deps, actor, input);
  const refused = list.filter((one) => one.would === 'refused');
  if (refused.length > 0 && (mode === 'all' || refused.length === list.length)) throw nothingDone(list);
  await enterDecision(deps, actor, id, provinceCode, input);
  return answerOf(id, false, list, await carryOut(deps, actor, id, input, list));
}

function nothingDone(list: readonly Foreseen[]): HttpProblem {
  const refused = list.filter((one) => one.would === 'refused');
  const before = list.filter((one) => one.would === 'unchanged').length;
  const some = { vi: `${refused.length}/${list.length} giấy bị từ chối`, en: `${refused.length} of ${list.length} are refused` };
  const detail =
    before === 0
      ? { vi: `Chưa thu hồi giấy nào: ${some.vi}`, en: `No certificate was ended: ${some.en}` }
      : {
          vi: `Không làm thêm giấy nào (${before} giấy đã thu hồi trước đó theo quyết định này): ${some.vi}`,
          en: `Nothing more was done (${before} were ended by this decision before): ${some.en}`,
        };
  const problems = refused.map(({ code: field, reason }) => ({ field: `certificates.${field}`, message: reason ?? { vi: '', en: '' } }));
  return new HttpProblem('invalid-input', detail, { problems });
}

/** Read the register of these decisions. */
export const ENDING_READERS = ['administrator', 'provincial_staff', 'council_secretary', 'manager'] as const;

const entry = z
  .object({
    id: z.string(),
    kind: z.string(),
    number: z.string(),
    signedOn: localDate,
    provinceCode: z.string(),
    ground: z.string().nullable(),
    actor: z.object({ id: z.string(), office: z.string() }),
    recordedAt: instant,
    counts: z.record(z.string(), z.int()),
  })
  .meta({ id: 'EndingDecision' });

const entryWithItems = entry
  .extend({
    reason: z.string().nullable(),
    items: z.array(
      z.object({
        code: z.string(),
        cycleId: z.string(),
        ground: z.string().nullable(),
        outcome: z.string(),
        reason: bothLanguages.nullable(),
      }),
    ),
  })
  .meta({ id: 'EndingDecisionWithItems' });

const withItems = { items: { orderBy: { certificateCode: 'asc' } } } satisfies Prisma.EndingDecisionInclude;
type Row = Prisma.EndingDecisionGetPayload<{ include: typeof withItems }>;

function seenBy(actor: Actor): Prisma.EndingDecisionWhereInput {
  const scope = scopeOf(actor);
  return scope === null || scope.communeCode !== undefined
    ? { id: '' }
    : scope.provinceCode === undefined
      ? {}
      : { provinceCode: scope.provinceCode };
}

function entryOf(row: Row): z.input<typeof entry> {
  const counts: Record<string, number> = { total: row.items.length };
  for (const { outcome } of row.items) counts[outcome] = (counts[outcome] ?? 0) + 1;
  const { id, kind, number, provinceCode, ground, actorId, officeCode } = row;
  const who = { id: actorId, office: officeCode };
  return {
    id,
    kind,
    number,
    signedOn: dateOf(row.signedOn),
    provinceCode,
    ground,
    actor: who,
    recordedAt: row.recordedAt.toISOString(),
    counts,
  };
}

const list = route({
  method: 'get',
  path: PATH,
  tag: TAG,
  summary: { vi: 'Sổ quyết định thu hồi', en: 'Register of decisions that ended certificates' },
  who: ENDING_READERS,
  query: z.strictObject(pageQuery),
  answer: { status: 200, schema: pageOf(entry), description: { vi: 'Một trang, mới trước', en: 'A page, newest first' } },
  handler: async ({ deps, actor, query }) => ({ body: await listEndings(deps, actor, query) }),
});

/** A page of the register, newest first. */
export async function listEndings(
  deps: ApiDeps,
  actor: Actor,
  { limit: asked, cursor }: { limit?: number | undefined; cursor?: string | undefined },
): Promise<Page<z.input<typeof entry>>> {
  const limit = limitOf(asked);
  const [day = '', after = ''] = readCursor(cursor, 2) ?? [];
  const before = localDate.safeParse(day).success ? new Date(day) : undefined;
  const rows = await deps.db.endingDecision.findMany({
    where: {
      AND: [seenBy(actor), before ? { OR: [{ signedOn: { lt: before } }, { signedOn: before, id: { gt: after } }] } : {}],
    },
    include: withItems,
    orderBy: [{ signedOn: 'desc' }, { id: 'asc' }],
    take: limit + 1,
  });
  const page = toPage(rows, limit, (row) => [dateOf(row.signedOn), row.id]);
  return { items: page.items.map(entryOf), nextCursor: page.nextCursor };
}

export const endingParams = z.object({ id: code });

const one = route({
  method: 'get',
  path: `${PATH}/{id}`,
  tag: TAG,
  summary: { vi: 'Một quyết định thu hồi với từng giấy chứng nhận', en: 'One such decision with its certificates' },
  who: ENDING_READERS,
  params: endingParams,
  answer: { status: 200, schema: entryWithItems, description: { vi: 'Quyết định', en: 'The decision' } },
  async handler({ deps, actor, params: { id } }) {
    return { body: await readEnding(deps, actor, id) };
  },
});

export type EndingDecision = z.input<typeof entryWithItems>;

/** One decision with its certificates. Throws "not found" for others, known or not. */
export async function readEnding({ db }: ApiDeps, actor: Actor, id: string): Promise<EndingDecision> {
  const row = await db.endingDecision.findFirst({ where: { AND: [seenBy(actor), { id }] }, include: withItems });
  if (!row) throw notFound({ vi: `Không có quyết định ${id}`, en: `There is no decision ${id}` });
  const note = await db.note.findUnique({ where: { id: row.noteId } });
  const items = row.items.map(({ certificateCode, cycleId, ground, outcome, reasonVi, reasonEn }) => {
    const reason = reasonVi === null || reasonEn === null ? null : { vi: reasonVi, en: reasonEn };
    return { code: certificateCode, cycleId, ground, outcome, reason };
  });
  return { ...entryOf(row), reason: note?.text ?? null, items };
}

export const ENDING_ROUTES: Route[] = [create, list, one, candidates];
