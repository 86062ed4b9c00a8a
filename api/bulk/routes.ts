/** Changes of many dossiers at once: a dry run, a proposal, a second person's approval, the work, and taking it back. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import type { BulkChange } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { limitOf, pageOf, pageQuery, readCursor, toPage } from '../http/paging';
import { route, type Route } from '../http/route';
import { text } from '../http/schemas';
import { proposal } from './change';
import { approve, propose, reject, tryProposal, undo } from './proposals';
import { changesSeenBy, type Counts, countsOf, ITEM_STATUSES, readChange, STATUSES } from './store';
import { changeView, type ChangeView, itemView, namesOf, viewOfChange, viewsOfDryRun, viewsOfItems } from './views';

const TAG = 'Nhiều hồ sơ';
const PATH = '/api/bulk-changes';
const who = ['administrator', 'provincial_staff'] as const;
const params = z.object({ id: z.uuid() });
const why = z.strictObject({ reason: text(4000) });

/** Changes as an actor reads them. */
export async function viewsOfChanges(deps: ApiDeps, actor: Actor, rows: readonly BulkChange[]): Promise<ChangeView[]> {
  const counts = await countsOf(
    deps,
    rows.map(({ id }) => id),
  );
  const names = await namesOf(
    deps,
    rows.flatMap((row) => [row.proposedBy, row.decidedBy, row.undoneBy]),
  );
  return rows.map((row) => viewOfChange(row, counts.get(row.id) ?? NONE, names, actor));
}

const NONE: Counts = { total: 0, planned: 0, unchanged: 0, refused: 0, done: 0, undone: 0, kept: 0 };

/** One change as an actor reads it. */
export async function viewOfOne(deps: ApiDeps, actor: Actor, row: BulkChange): Promise<ChangeView> {
  const [view] = await viewsOfChanges(deps, actor, [row]);
  if (!view) throw new Error('a change without a view');
  return view;
}

const SHOWN = 500;

const create = route({
  method: 'post',
  path: PATH,
  tag: TAG,
  summary: { vi: 'Đề xuất thay đổi nhiều hồ sơ', en: 'Propose a change of many dossiers' },
  description: {
    vi: 'Với dryRun=true chỉ cho biết sẽ thay đổi gì. Đề xuất chờ người thứ hai duyệt rồi mới thực hiện.',
    en: 'With dryRun=true it only tells what would change. A proposal waits for a second person’s approval.',
  },
  who,
  body: proposal,
  answer: {
    status: 201,
    schema: z.object({ change: changeView.nullable(), items: z.array(itemView), itemsTotal: z.int() }).meta({ id: 'BulkProposalAnswer' }),
    description: { vi: 'Đề xuất với kết quả chạy thử (tối đa 500 dòng)', en: 'The proposal with its dry run (at most 500 rows)' },
  },
  async handler({ deps, actor, body, key }) {
    if (body.dryRun) {
      const { items } = await tryProposal(deps, actor, body);
      return { status: 200, body: { change: null, items: viewsOfDryRun(deps, items.slice(0, SHOWN)), itemsTotal: items.length } };
    }
    const { id, items } = await propose(deps, actor, body, key);
    const change = await viewOfOne(deps, actor, await readChange(deps, actor, id));
    const answer = { change, items: viewsOfDryRun(deps, items.slice(0, SHOWN)), itemsTotal: items.length };
    return { body: answer, headers: { location: `${PATH}/${id}` } };
  },
});

const list = route({
  method: 'get',
  path: PATH,
  tag: TAG,
  summary: { vi: 'Các đề xuất thay đổi nhiều hồ sơ', en: 'List changes of many dossiers' },
  who,
  query: z.strictObject({ status: z.enum(STATUSES).optional(), ...pageQuery }),
  answer: { status: 200, schema: pageOf(changeView), description: { vi: 'Một trang, mới trước', en: 'A page, newest first' } },
  async handler({ deps, actor, query }) {
    const limit = limitOf(query.limit);
    const [at, after] = readCursor(query.cursor, 2) ?? [];
    const since = at === undefined || Number.isNaN(Date.parse(at)) ? undefined : new Date(at);
    const rows = await deps.db.bulkChange.findMany({
      where: {
        ...changesSeenBy(actor),
        ...(query.status === undefined ? {} : { status: query.status }),
        ...(since ? { OR: [{ proposedAt: { lt: since } }, { proposedAt: since, id: { gt: after ?? '' } }] } : {}),
      },
      orderBy: [{ proposedAt: 'desc' }, { id: 'asc' }],
      take: limit + 1,
    });
    const page = toPage(rows, limit, (row) => [row.proposedAt.toISOString(), row.id]);
    return { body: { items: await viewsOfChanges(deps, actor, page.items), nextCursor: page.nextCursor } };
  },
});

const one = route({
  method: 'get',
  path: `${PATH}/{id}`,
  tag: TAG,
  summary: { vi: 'Một đề xuất và tiến độ', en: 'One change and its progress' },
  who,
  params,
  answer: { status: 200, schema: changeView, description: { vi: 'Đề xuất', en: 'The change' } },
  handler: async ({ deps, actor, params: { id } }) => ({ body: await viewOfOne(deps, actor, await readChange(deps, actor, id)) }),
});

const items = route({
  method: 'get',
  path: `${PATH}/{id}/items`,
  tag: TAG,
  summary: { vi: 'Từng hồ sơ của một đề xuất', en: 'The dossiers of a change' },
  who,
  params,
  query: z.strictObject({ status: z.enum(ITEM_STATUSES).optional(), ...pageQuery }),
  answer: { status: 200, schema: pageOf(itemView), description: { vi: 'Một trang', en: 'A page' } },
  async handler({ deps, actor, params: { id }, query }) {
    const change = await readChange(deps, actor, id);
    const limit = limitOf(query.limit);
    const [after = '-1'] = readCursor(query.cursor, 1) ?? [];
    const rows = await deps.db.bulkChangeItem.findMany({
      where: {
        changeId: change.id,
        position: { gt: /^\d{1,6}$/.test(after) ? Number(after) : -1 },
        ...(query.status === undefined ? {} : { status: query.status }),
      },
      orderBy: { position: 'asc' },
      take: limit + 1,
    });
    const page = toPage(rows, limit, ({ position }) => [String(position)]);
    return { body: { items: await viewsOfItems(deps, page.items), nextCursor: page.nextCursor } };
  },
});

const approval = route({
  method: 'post',
  path: `${PATH}/{id}/approve`,
  tag: TAG,
  summary: { vi: 'Duyệt một đề xuất', en: 'Approve a change' },
  description: { vi: 'Người duyệt phải khác người đề xuất.', en: 'By somebody else than who proposed it.' },
  who,
  params,
  answer: { status: 202, schema: changeView, description: { vi: 'Bắt đầu thực hiện', en: 'The work begins' } },
  refusals: [409],
  handler: async ({ deps, actor, params: { id } }) => ({ body: await viewOfOne(deps, actor, await approve(deps, actor, id)) }),
});

const rejection = route({
  method: 'post',
  path: `${PATH}/{id}/reject`,
  tag: TAG,
  summary: { vi: 'Không duyệt hoặc rút một đề xuất', en: 'Reject or withdraw a change' },
  who,
  params,
  body: why,
  answer: { status: 200, schema: changeView, description: { vi: 'Không thực hiện', en: 'Nothing is done' } },
  refusals: [409],
  handler: async ({ deps, actor, params: { id }, body }) => ({
    body: await viewOfOne(deps, actor, await reject(deps, actor, id, body.reason)),
  }),
});

const undoing = route({
  method: 'post',
  path: `${PATH}/{id}/undo`,
  tag: TAG,
  summary: { vi: 'Hoàn tác một thay đổi nhiều hồ sơ', en: 'Take a change back' },
  description: {
    vi: 'Từng hồ sơ, cho đến khi thư đầu tiên nói về hồ sơ ấy đã gửi hoặc hồ sơ đã đi tiếp; ghi vào lịch sử như mọi thao tác.',
    en: 'Dossier by dossier, until the first mail about it went out or it moved on; recorded like any other act.',
  },
  who,
  params,
  body: why,
  answer: { status: 202, schema: changeView, description: { vi: 'Bắt đầu hoàn tác', en: 'The work begins' } },
  refusals: [409],
  handler: async ({ deps, actor, params: { id }, body }) => ({
    body: await viewOfOne(deps, actor, await undo(deps, actor, id, body.reason)),
  }),
});

export const BULK_ROUTES: Route[] = [create, list, one, items, approval, rejection, undoing];
