/** The plans that cycles run under, and the units in force. */
import { z } from 'zod';
import { accentlessKey } from '../../domain/units/spelling';
import { candidateOf } from '../cycles/place';
import { EVERYBODY, route, type Route } from '../http/route';
import { bothLanguages, code, instant, localDate, provinceCode, text, wholeNumber } from '../http/schemas';
import { HOLIDAY_ROUTES } from './holidays';
import { OFFICE_ROUTES } from './office-routes';
import { enterPlan, moveWindow, planOfVersion, versionsOf } from './plan-versions';

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
  query: z.strictObject({ version: wholeNumber(1, 100_000).optional() }),
  answer: { status: 200, schema: planView, description: { vi: 'Kế hoạch', en: 'The plan' } },
  async handler({ deps, params: { id }, query: { version } }) {
    const plan = await planOfVersion(deps, id, version);
    return { body: JSON.parse(JSON.stringify(plan)) as z.output<typeof planView> };
  },
});

const dates = z
  .object({
    opensOn: localDate.nullable(),
    closes: z.object({ date: localDate, operator: z.enum(['before', 'on_or_before']) }).nullable(),
  })
  .nullable();

const versions = route({
  method: 'get',
  path: '/api/plans/{id}/versions',
  tag,
  summary: { vi: 'Các phiên bản của một kế hoạch', en: 'Versions of a plan' },
  who: EVERYBODY,
  params: z.object({ id: code }),
  answer: {
    status: 200,
    schema: z.object({
      items: z.array(
        z.object({
          version: z.int(),
          enteredAt: instant,
          enteredBy: z.string().nullable(),
          reason: z.string().nullable(),
          changes: z.array(z.object({ window: z.string(), title: bothLanguages, before: dates, after: dates })),
        }),
      ),
    }),
    description: {
      vi: 'Mới trước, mỗi phiên bản khác bản trước ở mốc nào',
      en: 'Newest first, with what dates differ from the one before',
    },
  },
  async handler({ deps, params: { id } }) {
    const items = (await versionsOf(deps, id)).map((one) => ({ ...one, enteredAt: one.enteredAt.toISOString() }));
    return { body: { items } };
  },
});

const enter = route({
  method: 'post',
  path: '/api/plans',
  tag,
  summary: { vi: 'Nhập một kế hoạch hoặc phiên bản mới', en: 'Enter a plan or a new version' },
  description: {
    vi: 'Kế hoạch như trong tệp dữ liệu. Hồ sơ mới theo phiên bản mới; hồ sơ đang chạy giữ phiên bản cũ đến khi áp dụng (adopt-rules, hoặc nhiều hồ sơ một lần).',
    en: 'The plan as a data file holds it. New dossiers come under the new version; running ones keep theirs until it is adopted (adopt-rules, or many at once).',
  },
  who: ['administrator', 'provincial_staff'],
  body: z.strictObject({ plan: z.record(z.string(), z.unknown()), reason: text(2000) }),
  answer: { status: 201, schema: planView, description: { vi: 'Kế hoạch đã nhập', en: 'The plan as entered' } },
  refusals: [409],
  async handler({ deps, actor, body }) {
    const plan = await enterPlan(deps, actor, body.plan, body.reason);
    const headers = { location: `/api/plans/${plan.id}` };
    return { body: JSON.parse(JSON.stringify(plan)) as z.output<typeof planView>, headers };
  },
});

const move = route({
  method: 'post',
  path: '/api/plans/{id}/windows/{window}',
  tag,
  summary: { vi: 'Điều chỉnh một mốc của kế hoạch', en: 'Move one date of a plan' },
  description: { vi: 'Thành phiên bản mới; mọi mục khác giữ nguyên.', en: 'Makes a new version; everything else stays.' },
  who: ['administrator', 'provincial_staff'],
  params: z.object({ id: code, window: code }),
  body: z.strictObject({
    opensOn: localDate.nullable().exactOptional(),
    closes: z.strictObject({ date: localDate, operator: z.enum(['before', 'on_or_before']) }).nullable(),
    quote: text(1000),
    reason: text(2000),
  }),
  answer: { status: 201, schema: planView, description: { vi: 'Phiên bản mới', en: 'The new version' } },
  refusals: [409],
  async handler({ deps, actor, params, body: { reason, ...moved } }) {
    const plan = await moveWindow(deps, actor, { ...params, reason }, moved);
    return { body: JSON.parse(JSON.stringify(plan)) as z.output<typeof planView>, headers: { location: `/api/plans/${plan.id}` } };
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

export const REFERENCE_ROUTES: Route[] = [list, one, versions, enter, move, units, ...HOLIDAY_ROUTES, ...OFFICE_ROUTES];
