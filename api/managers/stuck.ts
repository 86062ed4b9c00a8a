/** Where dossiers are stuck: those longest in their stage first, whether or not a date exists. */
import { z } from 'zod';
import { dossierQuestions, SCOPES, type DossierFilter } from '../cycles/filter';
import { cycleSummary } from '../cycles/representation';
import { limitOf, pageOf, pageQuery } from '../http/paging';
import { EVERYBODY, route } from '../http/route';
import { bothLanguages, localDate } from '../http/schemas';
import { listDossiers, ORDERS } from './dossiers';

const stuckView = cycleSummary
  .extend({
    daysInStage: z.int(),
    daysInStep: z.int(),
    officer: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
    daysLeft: z.int().nullable(),
    margin: z.object({ over: z.boolean(), days: z.int(), unit: z.enum(['working', 'calendar']) }).nullable(),
    lastSafeOn: localDate.nullable(),
    olderCertificateEnds: localDate.nullable(),
    attention: z.string().nullable(),
    lastEvent: z.object({ name: z.string(), title: bothLanguages, on: localDate }).nullable(),
    lastNudge: z.object({ on: localDate, recipient: z.string(), count: z.int() }).nullable(),
  })
  .meta({ id: 'StuckCycle' });

/** The questions of the list, as API and pages take them. */
export const stuckQuery = z.strictObject({
  ...dossierQuestions,
  scope: z.enum(SCOPES).optional(),
  order: z.enum(ORDERS).optional(),
  ...pageQuery,
});
export type StuckQuery = z.output<typeof stuckQuery>;

/** The filter in a query: dossiers of the season unless told otherwise, all of them where a finding of the communes' table is asked for. */
export function filterOf({ cursor: _cursor, limit: _limit, order: _order, scope, ...questions }: StuckQuery): DossierFilter {
  return { ...questions, scope: scope ?? (questions.work === undefined ? 'season' : 'all') };
}

export const stuck = route({
  method: 'get',
  path: '/api/stuck',
  tag: 'Quản lý',
  summary: { vi: 'Hồ sơ đang đứng ở đâu, lâu nhất trước', en: 'Where dossiers stand, longest first' },
  who: EVERYBODY,
  query: stuckQuery,
  answer: { status: 200, schema: pageOf(stuckView), description: { vi: 'Một trang', en: 'A page' } },
  async handler({ deps, actor, query }) {
    const paging = { order: query.order ?? 'stage', limit: limitOf(query.limit), cursor: query.cursor } as const;
    return { body: await listDossiers(deps, actor, filterOf(query), paging) };
  },
});
