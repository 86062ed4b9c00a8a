/** A plan's targets against the records: each number with what it is counted of, and the list behind it by the same query. */
import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import { earlier, type LocalDate } from '../../domain/dates';
import type { Plan } from '../../domain/plans';
import { PRODUCER_TYPES, producerTypeOf } from '../../domain/producers';
import {
  count,
  type Counted,
  isMetric,
  isReached,
  type Measured,
  type Metric,
  metricFacts,
  METRICS,
  numbersOf,
} from '../../domain/targets';
import type { ApiDeps } from '../deps';
import { invalidInput } from '../http/problem';
import { EVERYBODY, route, type Route } from '../http/route';
import { bothLanguages, code, communeCode, localDate } from '../http/schemas';
import { areaOf, certificatesIn } from './certificates';

const TAG = 'Chỉ tiêu';

const questions = {
  plan: code,
  asOf: localDate.optional(),
  commune: communeCode.optional(),
};
type Questions = { plan: string; asOf?: string | undefined; commune?: string | undefined };

/** The plan and the span that are asked about: the plan's period, as known on a day. */
export function asked({ rules, today }: ApiDeps, { plan: id, asOf }: Questions): { plan: Plan; when: Measured } {
  const plan = rules.plans.find((one) => one.id === id);
  if (!plan) {
    const ids = rules.plans.map((one) => one.id).join(', ');
    throw invalidInput([
      { field: 'plan', message: { vi: `không có kế hoạch này; các kế hoạch: ${ids}`, en: `no such plan; plans: ${ids}` } },
    ]);
  }
  return { plan, when: { ...plan.period, asOf: asOf ?? earlier(today(), plan.period.to) } };
}

/** Counts figures of a plan's area, or of one commune in it, from one reading of the certificates. */
export async function counting(
  deps: ApiDeps,
  actor: Actor,
  plan: Plan,
  when: Measured,
  commune?: string,
): Promise<(metric: Metric) => Counted> {
  const area = areaOf(plan);
  const since = earlier(when.from, when.asOf);
  const certificates = await certificatesIn(deps, actor, { ...area, communeCode: commune ?? area.communeCode }, since);
  return (metric) => count(metric, certificates, when);
}

export interface TargetRow {
  target: Plan['targets'][number];
  metric: Metric | null;
  counted: Counted | null;
}

/** Every target of a plan with its figure, where the records can answer. */
export function targetRows(plan: Plan, counted: (metric: Metric) => Counted): TargetRow[] {
  return plan.targets.map((target) => {
    const metric = target.metric !== null && isMetric(target.metric) ? target.metric : null;
    return { target, metric, counted: metric && counted(metric) };
  });
}

const figure = z.object({
  metric: z.string(),
  title: bothLanguages,
  note: bothLanguages.nullable(),
  numerator: z.int(),
  denominator: z.int().nullable(),
  /** Of the denominator, 0-100. */
  share: z.number().nullable(),
  /** Where the counted are listed. */
  list: z.string(),
  /** Where those that they are counted of are listed. */
  listOf: z.string().nullable(),
});

const targetView = z.object({
  id: z.string(),
  title: bothLanguages,
  line: z.int(),
  quote: z.string(),
  note: z.string().nullable(),
  unit: z.enum(['count', 'percent']),
  op: z.enum(['at-least', 'range', 'exactly', 'about']),
  min: z.number(),
  max: z.number().nullable(),
  measure: z.enum(['stock', 'increment']),
  of: z.string().nullable(),
  /** Null where the records cannot answer. */
  figure: figure.nullable(),
  /** Null also where only a part of the plan's area is asked for or seen: a commune is not measured against its province's targets. */
  reached: z.boolean().nullable(),
});

const targets = route({
  method: 'get',
  path: '/api/targets',
  tag: TAG,
  summary: { vi: 'Chỉ tiêu của kế hoạch và số đạt được', en: 'A plan’s targets and what is reached' },
  description: {
    vi: 'Chỉ tính những gì hồ sơ ghi được; chỉ tiêu không có số liệu thì figure là null, không ước đoán.',
    en: 'Only what the records hold is counted; a target that they cannot answer has no figure.',
  },
  who: EVERYBODY,
  query: z.strictObject(questions),
  answer: {
    status: 200,
    schema: z
      .object({
        plan: z.string(),
        period: z.object({ from: localDate, to: localDate }),
        asOf: localDate,
        targets: z.array(targetView),
        figures: z.array(figure),
        /** Producers with a certificate in force whose legal form neither the records nor their name tell. */
        producersWithoutForm: z.int(),
      })
      .meta({ id: 'Targets' }),
    description: { vi: 'Mỗi số kèm danh sách', en: 'Each number with its list' },
  },
  async handler({ deps, actor, query }) {
    const { plan, when } = asked(deps, query);
    const counted = await counting(deps, actor, plan, when, query.commune);
    const shown = (metric: Metric): z.input<typeof figure> =>
      figureOf(metric, counted(metric), { ...query, plan: plan.id, asOf: when.asOf });
    const isWhole = plan.issuer.communeCode !== null || (query.commune === undefined && actor.communeCode === null);
    const rows = targetRows(plan, counted).map(({ target, metric, counted: found }) => {
      const { metric: _metric, note = null, ...own } = target;
      return { ...own, note, figure: metric && shown(metric), reached: found && isWhole ? isReached(target, found) : null };
    });
    const producers = counted(`producers-${PRODUCER_TYPES[0]}-share`);
    const unknown = producers.about === 'producers' ? producers.of.filter(({ producerType }) => producerType === null).length : 0;
    const { from, to, asOf } = when;
    return {
      body: { plan: plan.id, period: { from, to }, asOf, targets: rows, figures: METRICS.map(shown), producersWithoutForm: unknown },
    };
  },
});

function figureOf(metric: Metric, counted: Counted, asking: Questions & { asOf: LocalDate }): z.input<typeof figure> {
  const { title, note = null } = metricFacts(metric);
  const { numerator, denominator, share } = numbersOf(counted);
  const address = (part: 'counted' | 'of'): string => {
    const query = new URLSearchParams({
      plan: asking.plan,
      asOf: asking.asOf,
      metric,
      part,
      ...(asking.commune ? { commune: asking.commune } : {}),
    });
    return `/api/targets/list?${query}`;
  };
  const listOf = denominator === null ? null : address('of');
  return {
    metric,
    title,
    note,
    numerator,
    denominator,
    share: share === null ? null : Math.floor(share * 10) / 10,
    list: address('counted'),
    listOf,
  };
}

const listed = z.object({
  /** Null for a producer. */
  code: z.string().nullable(),
  cycleId: z.string().nullable(),
  product: z.string(),
  producer: z.string(),
  producerType: z.string().nullable(),
  communeCode: z.string(),
  communeName: z.string().nullable(),
  star: z.int().nullable(),
  issuedOn: localDate.nullable(),
  holdsUntil: localDate.nullable(),
  status: z.string().nullable(),
});

const list = route({
  method: 'get',
  path: '/api/targets/list',
  tag: TAG,
  summary: { vi: 'Danh sách đằng sau một con số', en: 'The list behind a number' },
  who: EVERYBODY,
  query: z.strictObject({ ...questions, metric: z.enum(METRICS), part: z.enum(['counted', 'of']).optional() }),
  answer: {
    status: 200,
    schema: z.object({ metric: z.string(), title: bothLanguages, total: z.int(), items: z.array(listed) }).meta({ id: 'TargetList' }),
    description: { vi: 'Toàn bộ danh sách', en: 'The whole list' },
  },
  async handler({ deps, actor, query }) {
    const { plan, when } = asked(deps, query);
    const found = (await counting(deps, actor, plan, when, query.commune))(query.metric);
    const items = itemsOf(deps, found, query.part ?? 'counted');
    return { body: { metric: query.metric, title: metricFacts(query.metric).title, total: items.length, items } };
  },
});

export function itemsOf({ units }: ApiDeps, found: Counted, part: 'counted' | 'of'): z.input<typeof listed>[] {
  const communeName = (communeOf: string): string | null => units.byCode(communeOf)?.fullName ?? null;
  if (found.about === 'producers')
    return found[part].map(({ producer, producerType, communeCode: commune, products }) => ({
      code: null,
      cycleId: null,
      product: products.join('; '),
      producer,
      producerType,
      communeCode: commune,
      communeName: communeName(commune),
      star: null,
      issuedOn: null,
      holdsUntil: null,
      status: null,
    }));
  return (found[part] ?? []).map((one) => {
    const { code: certificate, cycleId, product, producer, producerForm, communeCode: commune, star, issuedOn, holdsUntil, status } = one;
    const producerType = producerTypeOf({ type: producerForm, name: producer });
    const place = { communeCode: commune, communeName: communeName(commune) };
    return { code: certificate, cycleId, product, producer, producerType, ...place, star, issuedOn, holdsUntil, status };
  });
}

export const TARGET_ROUTES: Route[] = [targets, list];
