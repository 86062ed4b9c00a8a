/** Where dossiers are stuck: open steps that wait for somebody, those that wait longest first. */
import { z } from 'zod';
import { PARTIES, cycleSummary, summaryOf } from '../cycles/representation';
import { readCycles } from '../cycles/read';
import { daysBetween, localDateAt } from '../../domain/dates';
import { Prisma } from '../../prisma/generated/client';
import { inScope } from '../auth/visibility';
import { limitOf, pageOf, pageQuery, readCursor, toPage } from '../http/paging';
import { EVERYBODY, route } from '../http/route';
import { communeCode, provinceCode } from '../http/schemas';

const stuckView = cycleSummary
  .extend({
    daysInStep: z.int(),
    /** Who follows the product on the side whose turn it is. */
    officer: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
    /** Calendar days left to the last day in time; negative when over. */
    daysLeft: z.int().nullable(),
  })
  .meta({ id: 'StuckCycle' });

const ISO_INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z$/;

export const stuck = route({
  method: 'get',
  path: '/api/stuck',
  tag: 'Quản lý',
  summary: { vi: 'Hồ sơ đang đứng ở đâu, lâu nhất trước', en: 'Where dossiers stand, longest first' },
  who: EVERYBODY,
  query: z.strictObject({
    province: provinceCode.optional(),
    commune: communeCode.optional(),
    waitingFor: z.enum(PARTIES).optional(),
    ...pageQuery,
  }),
  answer: { status: 200, schema: pageOf(stuckView), description: { vi: 'Một trang', en: 'A page' } },
  async handler({ deps, actor, query }) {
    const { province, commune, waitingFor } = query;
    const limit = limitOf(query.limit);
    const [since, after] = readCursor(query.cursor, 2) ?? [];
    const conditions = [
      inScope(actor),
      Prisma.sql`c.waiting_for is not null`,
      ...(province === undefined ? [] : [Prisma.sql`c.province_code = ${province}`]),
      ...(commune === undefined ? [] : [Prisma.sql`c.commune_code = ${commune}`]),
      ...(waitingFor === undefined ? [] : [Prisma.sql`c.waiting_for = ${waitingFor}`]),
      ...(since !== undefined && ISO_INSTANT.test(since) ? [Prisma.sql`(c.step_entered_at, c.id) > (${new Date(since)}, ${after})`] : []),
    ];
    const found = await deps.db.$queryRaw<{ id: string; since: Date }[]>(Prisma.sql`
      select c.id, c.step_entered_at as since from cycle c
      where ${Prisma.join(conditions, ' and ')} order by c.step_entered_at, c.id limit ${limit + 1}`);
    const page = toPage(found, limit, (row) => [row.since.toISOString(), row.id]);
    const rows = await readCycles(
      deps,
      page.items.map(({ id }) => id),
    );
    const officerOf = (row: (typeof rows)[number]): string | null =>
      row.waitingFor === 'commune' || row.waitingFor === 'producer' ? row.communeOfficerId : row.provinceOfficerId;
    const people = await deps.db.person.findMany({ where: { id: { in: rows.flatMap((row) => officerOf(row) ?? []) } } });
    const today = deps.today();
    const items = rows.map((row) => {
      const officerId = officerOf(row);
      const lastSafeOn = row.lastSafeOn?.toISOString().slice(0, 10);
      return {
        ...summaryOf(deps, row),
        daysInStep: Math.max(0, daysBetween(localDateAt(row.stepEnteredAt.getTime()), today)),
        officer: officerId === null ? null : { id: officerId, name: people.find(({ id }) => id === officerId)?.name ?? null },
        daysLeft: lastSafeOn === undefined ? null : daysBetween(today, lastSafeOn),
      };
    });
    return { body: { items, nextCursor: page.nextCursor } };
  },
});
