/** Whether the process lives, and whether it can do its work. */
import { z } from 'zod';
import type { Database } from '../../clients/database';
import { HttpProblem } from '../http/problem';
import { openRoute, type Route } from '../http/route';
import { lateDigests } from '../nudges/runs';

const DATABASE_WITHIN_MS = 3_000;
const RETRY = { 'retry-after': '5' };

const live = openRoute({
  method: 'get',
  path: '/healthz',
  tag: 'Hệ thống',
  summary: { vi: 'Tiến trình đang chạy', en: 'The process lives' },
  answer: { status: 200, schema: z.object({ status: z.literal('ok') }), description: { vi: 'Đang chạy', en: 'Alive' } },
  handler: async () => ({ body: { status: 'ok' as const } }),
});

const readiness = z.object({
  ready: z.boolean(),
  database: z.boolean(),
  temporal: z.boolean(),
  workerPolling: z.boolean(),
  lateDigests: z.array(z.string()),
});

const ready = openRoute({
  method: 'get',
  path: '/readyz',
  tag: 'Hệ thống',
  summary: { vi: 'Cơ sở dữ liệu, Temporal và worker sẵn sàng', en: 'Database, Temporal and a worker are there' },
  answer: { status: 200, schema: readiness.meta({ id: 'Readiness' }), description: { vi: 'Sẵn sàng', en: 'Ready' } },
  refusals: [503],
  async handler({ deps }) {
    const [database, { reachable: temporal, workerPolling }] = await Promise.all([answers(deps.db), deps.gateway.check()]);
    // Late mail is a detail for administrators, no reason to take the API out of service.
    if (database && temporal && workerPolling)
      return { body: { ready: true, database, temporal, workerPolling, lateDigests: await lateDigests(deps) } };
    const missing = [database ? '' : 'database', temporal ? '' : 'temporal', workerPolling ? '' : 'worker'].filter(Boolean).join(', ');
    const detail = { vi: `Chưa sẵn sàng: ${missing}`, en: `Not ready: ${missing}` };
    throw new HttpProblem('unavailable', detail, { members: { ready: false, database, temporal, workerPolling }, headers: RETRY });
  },
});

async function answers(db: Database): Promise<boolean> {
  const late = new Promise<false>((resolve) => void setTimeout(() => resolve(false), DATABASE_WITHIN_MS).unref());
  const asked = db.$queryRaw`select 1`.then(
    () => true,
    () => false,
  );
  return await Promise.race([asked, late]);
}

export const HEALTH_ROUTES: Route[] = [live, ready];
