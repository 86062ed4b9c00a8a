/** Cycles: register, find, read. What is done in them is in actions.ts. */
import { z } from 'zod';
import { pageOf, limitOf, pageQuery, readCursor, toPage } from '../http/paging';
import { HttpProblem } from '../http/problem';
import { EVERYBODY, route, type Route } from '../http/route';
import { cycleFilters, listCycles } from './list';
import { outOfStep, readCycle } from './read';
import { registerCycle } from './register';
import { registrationInput } from './registration-input';
import { cycleSummary, cycleView, eventView, eventViews, summaryOf, viewOf } from './representation';

const TAG = 'Chu trình';
/** The cycle that an address names. */
export const CYCLE_ID = z.object({
  id: z
    .string()
    .max(80)
    .regex(/^[A-Za-z0-9-]+\.\d{1,4}$/),
});
const progress = z.object({ cycleId: z.string() });

const register = route({
  method: 'post',
  path: '/api/cycles',
  tag: TAG,
  summary: { vi: 'Đăng ký một sản phẩm', en: 'Register a product' },
  description: {
    vi: 'Bắt đầu chu trình của một sản phẩm: ý tưởng mới, đánh giá lại, nâng hạng, hoặc giấy chứng nhận đang có hiệu lực cần theo dõi.',
    en: 'Starts the cycle of a product: a new idea, a re-evaluation, an upgrade, or a certificate in force to be watched.',
  },
  who: ['administrator', 'provincial_staff', 'commune_staff'],
  body: registrationInput,
  answer: { status: 201, schema: cycleView, description: { vi: 'Chu trình đã bắt đầu', en: 'The cycle has begun' } },
  refusals: [503],
  async handler({ deps, actor, body, ...call }) {
    const before = progress.safeParse(call.progress).data?.cycleId;
    const note = async (id: string): Promise<void> => await call.saveProgress({ cycleId: id });
    const id = await registerCycle(deps, actor, body, note).catch((error: unknown) => {
      // What the first attempt with this key started before it was cut off.
      if (before !== undefined && error instanceof HttpProblem && error.members['cycleId'] === before) return before;
      throw error;
    });
    const view = await viewOf(deps, actor, await readCycle(deps, actor, id));
    return { body: view, headers: { location: `/api/cycles/${id}` } };
  },
});

const list = route({
  method: 'get',
  path: '/api/cycles',
  tag: TAG,
  summary: { vi: 'Danh sách chu trình', en: 'List cycles' },
  who: EVERYBODY,
  query: cycleFilters,
  answer: { status: 200, schema: pageOf(cycleSummary), description: { vi: 'Một trang', en: 'A page' } },
  async handler({ deps, actor, query }) {
    const { items, nextCursor } = await listCycles(deps, actor, query);
    return { body: { items: items.map((row) => summaryOf(deps, row)), nextCursor } };
  },
});

const one = route({
  method: 'get',
  path: '/api/cycles/{id}',
  tag: TAG,
  summary: { vi: 'Một chu trình', en: 'One cycle' },
  who: EVERYBODY,
  params: CYCLE_ID,
  answer: { status: 200, schema: cycleView, description: { vi: 'Chu trình', en: 'The cycle' } },
  async handler({ deps, actor, params }) {
    return { body: await viewOf(deps, actor, await readCycle(deps, actor, params.id)) };
  },
});

const events = route({
  method: 'get',
  path: '/api/cycles/{id}/events',
  tag: TAG,
  summary: { vi: 'Lịch sử của một chu trình', en: 'History of a cycle' },
  who: EVERYBODY,
  params: CYCLE_ID,
  query: z.strictObject(pageQuery),
  answer: { status: 200, schema: pageOf(eventView), description: { vi: 'Một trang, cũ trước', en: 'A page, oldest first' } },
  async handler({ deps, actor, params, query }) {
    const { id } = await readCycle(deps, actor, params.id);
    const limit = limitOf(query.limit);
    const [after = '0'] = readCursor(query.cursor, 1) ?? [];
    const rows = await deps.db.cycleEvent.findMany({
      where: { cycleId: id, sequence: { gt: /^\d{1,9}$/.test(after) ? Number(after) : 0 } },
      orderBy: { sequence: 'asc' },
      take: limit + 1,
    });
    const page = toPage(rows, limit, ({ sequence }) => [String(sequence)]);
    return { body: { items: await eventViews(deps, page.items), nextCursor: page.nextCursor } };
  },
});

const retry = route({
  method: 'post',
  path: '/api/cycles/{id}/retry',
  tag: TAG,
  summary: { vi: 'Thử ghi lại ngay', en: 'Record again now' },
  description: {
    vi: 'Dành cho chu trình đang báo “cần xử lý kỹ thuật”: nguyên nhân đã khắc phục.',
    en: 'For a cycle that needs attention: the cause has been mended.',
  },
  who: ['administrator', 'provincial_staff'],
  params: CYCLE_ID,
  answer: { status: 202, description: { vi: 'Đã báo', en: 'Told' } },
  refusals: [503],
  async handler({ deps, actor, params }) {
    const { id } = await readCycle(deps, actor, params.id);
    const { kind } = await deps.gateway.retry(id);
    if (kind !== 'told') throw outOfStep(id);
    return {};
  },
});

export const CYCLE_ROUTES: Route[] = [register, list, one, events, retry];
