/** Reports of the digest runs, and which run has not finished when it should have. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import { type LocalDate, startOfDay } from '../../domain/dates';
import { isWorkingDay } from '../../domain/working-days';
import { scopeOf } from '../auth/visibility';
import type { ApiDeps } from '../deps';
import { route } from '../http/route';
import { instant, localDate, provinceCode } from '../http/schemas';

const run = z
  .object({
    id: z.string(),
    province: z.string(),
    day: localDate,
    startedAt: instant,
    finishedAt: instant.nullable(),
    planned: z.number(),
    sent: z.number(),
    merged: z.number(),
    suppressed: z.number(),
    failed: z.number(),
    waiting: z.number(),
    late: z.number(),
    mails: z.number(),
    repeats: z.number(),
    troubles: z.array(z.object({ about: z.string(), kind: z.string() })),
  })
  .meta({ id: 'NudgeRun' });

const MOST = 400;

export const runs = route({
  method: 'get',
  path: '/api/nudges/runs',
  tag: 'Nhắc việc',
  summary: { vi: 'Báo cáo các lần gửi thư tổng hợp', en: 'Reports of the digest runs' },
  who: ['administrator', 'provincial_staff', 'council_secretary', 'manager'],
  query: z.strictObject({ from: localDate.optional(), to: localDate.optional(), province: provinceCode.optional() }),
  answer: { status: 200, schema: z.object({ items: z.array(run) }), description: { vi: 'Mới nhất trước', en: 'The latest first' } },
  handler: async ({ deps, actor, query }) => ({ body: { items: await listRuns(deps, actor, query) } }),
});

export type RunView = z.input<typeof run>;

interface RunQuestion {
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
  province?: string | undefined;
}

/** The runs of the provinces that the actor may see, the latest first. */
export async function listRuns({ db }: Pick<ApiDeps, 'db'>, actor: Actor, { from, to, province }: RunQuestion): Promise<RunView[]> {
  const scope = scopeOf(actor);
  const own = scope?.provinceCode ?? province;
  if (scope === null || scope.communeCode !== undefined || (province !== undefined && province !== own)) return [];
  const day = { ...(from ? { gte: new Date(from) } : {}), ...(to ? { lte: new Date(to) } : {}) };
  const rows = await db.nudgeRun.findMany({
    where: { day, ...(own === undefined ? {} : { provinceCode: own }) },
    orderBy: [{ day: 'desc' }, { provinceCode: 'asc' }],
    take: MOST,
  });
  return rows.map(({ provinceCode, day: on, startedAt, finishedAt, troubles, ...counts }) => ({
    ...counts,
    province: provinceCode,
    day: on.toISOString().slice(0, 10),
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    troubles: troubles as { about: string; kind: string }[],
  }));
}

/** A run must have finished by half past eight. */
const DONE_BY_MS = 8.5 * 3_600_000;

type DigestDeps = Pick<ApiDeps, 'db' | 'clock' | 'calendar' | 'today' | 'units'>;

/** Provinces whose digest of today has not finished although it should have; none before 08:30 and on days off. */
export async function lateDigests({ db, clock, calendar, today, units }: DigestDeps): Promise<string[]> {
  const day: LocalDate = today();
  if (!isWorkingDay(calendar, day) || clock.now() < startOfDay(day) + DONE_BY_MS) return [];
  // Province by province, so that each asks for one of its cycles and nobody reads them all.
  const rows = await db.$queryRaw<{ province: string }[]>`
    select p.code as province from unnest(${units.provinces.map(({ code }) => code)}::text[]) p(code)
    where not exists (select from nudge_run r where r.province_code = p.code and r.day = ${day}::date and r.finished_at is not null)
      and exists (select from cycle c where c.province_code = p.code and c.updated_at < ${new Date(startOfDay(day))})
    order by 1`;
  return rows.map(({ province }) => province);
}

const EVERY_MS = 60_000;

/** Logs an error for each province whose digest is late, once a day. Returns what stops it. */
export function watchDigests(deps: DigestDeps & Pick<ApiDeps, 'log'>, everyMs = EVERY_MS): () => void {
  const told = new Set<string>();
  const look = async (): Promise<void> => {
    for (const province of await lateDigests(deps)) {
      const key = `${province}/${deps.today()}`;
      if (!told.has(key)) deps.log.error({ province, day: deps.today() }, 'the digest has not finished by 08:30');
      told.add(key);
    }
  };
  const timer = setInterval(
    () => void look().catch((error: unknown) => deps.log.warn({ err: error }, 'digests could not be checked')),
    everyMs,
  );
  timer.unref();
  return () => clearInterval(timer);
}
