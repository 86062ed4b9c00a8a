/** The register of decisions: one decision, many products, then their certificates. */
import { z } from 'zod';
import { certificatePdf } from '../../documents/certificate';
import type { Actor } from '../../domain/cycle/state';
import type { Star } from '../../domain/regimes';
import { draftPage, issuedPage } from '../certificates/pages';
import { PDF } from '../certificates/pdf';
import { readCycles } from '../cycles/read';
import { dateOf } from '../cycles/representation';
import type { ApiDeps } from '../deps';
import { limitOf, pageOf, pageQuery, readCursor, toPage } from '../http/paging';
import { EVERYBODY, type FileReply, route, type Route } from '../http/route';
import { provinceCode } from '../http/schemas';
import { HttpProblem } from '../http/problem';
import { enterDecision } from './enter';
import { foresee } from './foresee';
import { DECISION_KINDS, dryRunQuery, newCertificates, newDecision } from './input';
import { foreseeIssue, issueCertificates } from './issue';
import {
  certificatesOf,
  decisionSummary,
  type DecisionSummary,
  decisionView,
  dryRunOf,
  dryRunView,
  readDecision,
  summaryOfDecision,
  viewOfDecision,
  visible,
} from './view';

const TAG = 'Quyết định';
const PROVINCE = ['administrator', 'provincial_staff'] as const;
export const decisionParams = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) });

const create = route({
  method: 'post',
  path: '/api/decisions',
  tag: TAG,
  summary: { vi: 'Ghi một quyết định cho nhiều sản phẩm', en: 'Enter one decision for many products' },
  description: {
    vi: 'dryRun=true chỉ cho biết sản phẩm nào nhận được quyết định. Có sản phẩm không nhận được thì không ghi gì. Gửi lại cùng số, ngày và danh sách thì làm tiếp phần còn lại.',
    en: 'dryRun=true only tells which products could take it. When one cannot, nothing is done. The same number, day and list sent again goes on where it stopped.',
  },
  who: PROVINCE,
  query: dryRunQuery,
  body: newDecision,
  answer: { status: 201, dryRun: 200, schema: z.union([decisionView, dryRunView]), description: { vi: 'Quyết định', en: 'The decision' } },
  refusals: [503],
  async handler({ deps, actor, body, query }) {
    const list = await foresee(deps, actor, body);
    if (query.dryRun === 'true') return { status: 200, body: dryRunOf(list) };
    const { id, refused } = await enterDecision(deps, actor, body, list);
    return {
      body: await viewOfDecision(deps, actor, await readDecision(deps, actor, id), refused),
      headers: { location: `/api/decisions/${id}` },
    };
  },
});

const issue = route({
  method: 'post',
  path: '/api/decisions/{id}/certificates',
  tag: TAG,
  summary: { vi: 'Cấp giấy chứng nhận cho mọi sản phẩm của quyết định', en: 'Issue the certificates of a decision' },
  description: {
    vi: 'Số giấy chứng nhận do cơ quan ghi (numbers) hoặc đánh số theo thứ tự danh sách (numbering). dryRun=true chỉ cho xem trước.',
    en: 'Numbers are given (numbers) or allotted in the order of the list (numbering). dryRun=true only shows them.',
  },
  who: PROVINCE,
  params: decisionParams,
  query: dryRunQuery,
  body: newCertificates,
  answer: { status: 200, schema: z.union([decisionView, dryRunView]), description: { vi: 'Quyết định', en: 'The decision' } },
  refusals: [503],
  async handler({ deps, actor, params, body, query }) {
    const decision = await readDecision(deps, actor, params.id);
    const list = await foreseeIssue(deps, actor, decision, body);
    if (query.dryRun === 'true') return { body: dryRunOf(list) };
    const refused = await issueCertificates(deps, actor, { decision, input: body, list });
    return { body: await viewOfDecision(deps, actor, decision, refused) };
  },
});

const questions = z.strictObject({ kind: z.enum(DECISION_KINDS).optional(), province: provinceCode.optional(), ...pageQuery });

/** A page of the register, the latest first. */
export async function listDecisions(
  deps: ApiDeps,
  actor: Actor,
  query: z.output<typeof questions>,
): Promise<{ items: DecisionSummary[]; nextCursor: string | null }> {
  const limit = limitOf(query.limit);
  const [signedOn, id] = readCursor(query.cursor, 2) ?? [];
  const after = signedOn === undefined ? undefined : new Date(signedOn);
  const wanted = {
    ...(query.kind === undefined ? {} : { kind: query.kind }),
    ...(query.province === undefined ? {} : { provinceCode: query.province }),
  };
  const beyond =
    after && !Number.isNaN(after.getTime()) && id !== undefined
      ? { OR: [{ signedOn: { lt: after } }, { signedOn: after, id: { lt: id } }] }
      : {};
  const rows = await deps.db.decision.findMany({
    where: { AND: [await visible(deps, actor), wanted, beyond] },
    orderBy: [{ signedOn: 'desc' }, { id: 'desc' }],
    take: limit + 1,
    include: { products: { orderBy: { place: 'asc' } } },
  });
  const page = toPage(rows, limit, (row) => [dateOf(row.signedOn), row.id]);
  const items = await Promise.all(page.items.map(async (row) => summaryOfDecision(row, (await certificatesOf(deps, row)).size)));
  return { items, nextCursor: page.nextCursor };
}

const list = route({
  method: 'get',
  path: '/api/decisions',
  tag: TAG,
  summary: { vi: 'Sổ quyết định, mới nhất trước', en: 'The register of decisions, the latest first' },
  who: EVERYBODY,
  query: questions,
  answer: { status: 200, schema: pageOf(decisionSummary), description: { vi: 'Một trang', en: 'A page' } },
  handler: async ({ deps, actor, query }) => ({ body: await listDecisions(deps, actor, query) }),
});

const one = route({
  method: 'get',
  path: '/api/decisions/{id}',
  tag: TAG,
  summary: { vi: 'Một quyết định với các sản phẩm', en: 'One decision with its products' },
  who: EVERYBODY,
  params: decisionParams,
  answer: { status: 200, schema: decisionView, description: { vi: 'Quyết định', en: 'The decision' } },
  handler: async ({ deps, actor, params }) => ({ body: await viewOfDecision(deps, actor, await readDecision(deps, actor, params.id)) }),
});

/** The certificates of a recognition decision in one PDF; drafts for those that are not issued. Throws where the decision gives none. */
export async function certificatesPdfFile(deps: ApiDeps, actor: Actor, id: string): Promise<FileReply> {
  const decision = await readDecision(deps, actor, id);
  if (decision.kind !== 'recognition')
    throw new HttpProblem('not-allowed-now', {
      vi: 'Quyết định phê duyệt kết quả không có giấy chứng nhận',
      en: 'A decision that approves results has no certificates',
    });
  const stars = new Map(decision.products.map(({ cycleId, star }) => [cycleId, star]));
  const issued = await certificatesOf(deps, decision);
  const recognition = { number: decision.number, signedOn: dateOf(decision.signedOn) };
  const pages = (await readCycles(deps, [...stars.keys()])).map((cycle) => {
    const row = issued.get(cycle.id);
    return row ? issuedPage(deps, row, cycle, recognition) : draftPage(deps, cycle, (stars.get(cycle.id) ?? 3) as Star, recognition);
  });
  const bytes = await certificatePdf(pages, deps.clock.now());
  return { file: { type: PDF, name: `Giấy chứng nhận, Quyết định ${decision.number.replaceAll('/', '-')}.pdf`, bytes } };
}

const pdf = route({
  method: 'get',
  path: '/api/decisions/{id}/certificates/pdf',
  tag: 'Văn bản',
  summary: { vi: 'Giấy chứng nhận của cả quyết định trong một tệp PDF', en: 'All certificates of a decision in one PDF' },
  description: {
    vi: 'Sản phẩm chưa được cấp giấy chứng nhận có trang dự thảo.',
    en: 'A product without its certificate has a draft page.',
  },
  who: PROVINCE,
  params: decisionParams,
  answer: { status: 200, files: [PDF], description: { vi: 'Các giấy chứng nhận', en: 'The certificates' } },
  refusals: [409],
  handler: async ({ deps, actor, params }) => await certificatesPdfFile(deps, actor, params.id),
});

export const DECISION_ROUTES: Route[] = [create, issue, list, one, pdf];
