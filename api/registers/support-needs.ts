/** What support a producer asks for with a registration: written by the commune, put together in the register (Ninh Bình’s plan, line 89). */
import { z } from 'zod';
import { readCycle } from '../cycles/read';
import { CYCLE_ID } from '../cycles/routes';
import { keepSupportNeeds } from '../cycles/support-needs';
import { EVERYBODY, route, type Route } from '../http/route';
import { instant } from '../http/schemas';

const TAG = 'Chu trình';
const PATH = '/api/cycles/{id}/support-needs';
const MOST_CHARACTERS = 2000;
const view = z.object({ needs: z.string().nullable(), writtenAt: instant.nullable() }).meta({ id: 'SupportNeeds' });

const read = route({
  method: 'get',
  path: PATH,
  tag: TAG,
  summary: { vi: 'Nhu cầu hỗ trợ của chủ thể', en: 'Support that the producer asks for' },
  who: EVERYBODY,
  params: CYCLE_ID,
  answer: { status: 200, schema: view, description: { vi: 'Nhu cầu, hoặc null', en: 'The needs, or null' } },
  async handler({ deps, actor, params }) {
    const { id } = await readCycle(deps, actor, params.id);
    const row = await deps.db.supportNeed.findUnique({ where: { cycleId: id } });
    return { body: { needs: row?.text ?? null, writtenAt: row?.writtenAt.toISOString() ?? null } };
  },
});

const write = route({
  method: 'post',
  path: PATH,
  tag: TAG,
  summary: { vi: 'Ghi nhu cầu hỗ trợ', en: 'Write down what support is asked for' },
  description: { vi: 'Để trống là xóa.', en: 'Empty takes it away.' },
  who: ['administrator', 'provincial_staff', 'commune_staff'],
  params: CYCLE_ID,
  body: z.strictObject({
    needs: z
      .string()
      .max(MOST_CHARACTERS)
      .transform((value) => value.normalize('NFC').trim()),
  }),
  answer: { status: 200, schema: view, description: { vi: 'Đã ghi', en: 'Written' } },
  async handler({ deps, actor, params, body }) {
    const { id } = await readCycle(deps, actor, params.id);
    const at = new Date(deps.clock.now());
    if (body.needs === '') {
      await deps.db.supportNeed.deleteMany({ where: { cycleId: id } });
      return { body: { needs: null, writtenAt: null } };
    }
    await keepSupportNeeds(deps.db, { cycleId: id, needs: body.needs, actorId: actor.id, at });
    return { body: { needs: body.needs, writtenAt: at.toISOString() } };
  },
});

export const SUPPORT_NEED_ROUTES: Route[] = [read, write];
