/** The plans that cycles run under, and the units in force. */
import { z } from 'zod';
import { accentlessKey } from '../../domain/units/spelling';
import { candidateOf } from '../cycles/place';
import { notFound } from '../http/problem';
import { EVERYBODY, route, type Route } from '../http/route';
import { bothLanguages, code, localDate, provinceCode } from '../http/schemas';

const planSummary = z.object({
  id: z.string(),
  version: z.int(),
  title: bothLanguages,
  issuer: z.object({ level: z.string(), name: z.string(), provinceCode: z.string().nullable(), communeCode: z.string().nullable() }),
  document: z.object({ number: z.string().nullable(), issuedOn: localDate.nullable() }),
  period: z.object({ from: localDate, to: localDate }),
  regime: z.string(),
});

const tag = 'Kế hoạch';

const list = route({
  method: 'get',
  path: '/api/plans',
  tag,
  summary: { vi: 'Các kế hoạch', en: 'List plans' },
  who: EVERYBODY,
  answer: {
    status: 200,
    schema: z.object({ items: z.array(planSummary.meta({ id: 'PlanSummary' })) }),
    description: { vi: 'Mọi kế hoạch', en: 'Every plan' },
  },
  handler: async ({ deps }) => ({
    body: {
      items: deps.rules.plans.map(({ id, version, title, issuer, document, period, regime }) => {
        const { level, name, provinceCode: province, communeCode } = issuer;
        const { number, issuedOn } = document;
        return {
          id,
          version,
          title,
          issuer: { level, name, provinceCode: province, communeCode },
          document: { number, issuedOn },
          period,
          regime,
        };
      }),
    },
  }),
});

const quoted = z.array(z.looseObject({ line: z.int(), quote: z.string() }));

const planView = z
  .looseObject({
    id: z.string(),
    version: z.int(),
    title: bothLanguages,
    period: z.object({ from: localDate, to: localDate }),
    regime: z.string(),
    windows: quoted,
    activities: quoted,
    targets: quoted,
    reports: quoted,
    roles: quoted,
    followUps: quoted,
    gates: quoted,
    provisions: quoted,
  })
  .meta({ id: 'Plan', description: 'Mỗi mục kèm dòng và trích dẫn của kế hoạch. / Every item with its line and quote.' });

const one = route({
  method: 'get',
  path: '/api/plans/{id}',
  tag,
  summary: { vi: 'Một kế hoạch với mọi mục và nguồn', en: 'One plan with every item and its source' },
  who: EVERYBODY,
  params: z.object({ id: code }),
  answer: { status: 200, schema: planView, description: { vi: 'Kế hoạch', en: 'The plan' } },
  async handler({ deps, params: { id } }) {
    const plan = deps.rules.plans.find((candidate) => candidate.id === id);
    if (!plan) {
      const ids = deps.rules.plans.map((candidate) => candidate.id).join(', ');
      throw notFound({ vi: `Không có kế hoạch ${id}; các kế hoạch: ${ids}`, en: `There is no plan ${id}; plans: ${ids}` });
    }
    return { body: JSON.parse(JSON.stringify(plan)) as z.output<typeof planView> };
  },
});

const UNITS_SHOWN = 50;

const units = route({
  method: 'get',
  path: '/api/units',
  tag: 'Danh mục',
  summary: { vi: 'Tìm xã, phường, đặc khu, tỉnh', en: 'Find communes, wards, special zones, provinces' },
  who: EVERYBODY,
  query: z.strictObject({ q: z.string().max(100).optional(), province: provinceCode.optional() }),
  answer: {
    status: 200,
    schema: z.object({
      items: z.array(z.object({ code: z.string(), name: z.string(), provinceCode: z.string().nullable() }).meta({ id: 'Unit' })),
    }),
    description: { vi: 'Tối đa 50 đơn vị', en: 'At most 50 units' },
  },
  async handler({ deps, query: { q = '', province } }) {
    const wanted = accentlessKey(q);
    const found = deps.rules.units.filter(
      (unit) =>
        (province === undefined || unit.provinceCode === province || unit.code === province) &&
        (unit.code.startsWith(q.trim()) || accentlessKey(unit.fullName).includes(wanted)),
    );
    return { body: { items: found.slice(0, UNITS_SHOWN).map(candidateOf) } };
  },
});

export const REFERENCE_ROUTES: Route[] = [list, one, units];
