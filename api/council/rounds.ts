/** Rounds of evaluation in a year: of the regime in force, beside the plan's own window of the provincial stage. */
import { z } from 'zod';
import type { LocalDate } from '../../domain/dates';
import type { Regime } from '../../domain/regimes';
import { type DatedRound, roundsOf } from '../../domain/rounds';
import { defaultPlan } from '../cycles/pinning';
import type { ApiDeps } from '../deps';
import { type FieldProblem, invalidInput } from '../http/problem';
import { route } from '../http/route';
import { code, localDate } from '../http/schemas';
import { READERS } from './access';
import { idParams, readCouncil } from './councils';
import { TAG } from './shared';

const dated = z.object({ date: localDate, operator: z.enum(['before', 'on_or_before']) });

/** The regime in force on a day. */
function regimeOn({ rules }: ApiDeps, on: LocalDate): Regime | undefined {
  return rules.regimes.findLast(({ inForce: { value } }) => value.from <= on && (value.until === null || on < value.until));
}

/** The provincial rounds around a day, from the year before to the year after. */
export function roundsAround(deps: ApiDeps, on: LocalDate): DatedRound[] {
  const year = Number(on.slice(0, 4));
  const rounds = regimeOn(deps, on)?.procedure.rounds?.value ?? [];
  return roundsOf(rounds, 'province', year - 1, year + 1);
}

/** The round of that id, seen from a day. */
export function roundById(deps: ApiDeps, id: string, on: LocalDate): DatedRound | undefined {
  return roundsAround(deps, on).find((round) => round.id === id);
}

/** The round that a meeting of that day belongs to: the first that is not concluded before it. */
export function roundHeldOn(deps: ApiDeps, on: LocalDate): DatedRound | undefined {
  return roundsAround(deps, on).find(({ conclusion }) => on < conclusion.date);
}

/** The plan asked for, or the province's own on that day. Throws the problem of one that there is not. */
export function planFor({ rules }: ApiDeps, asked: string | undefined, provinceCode: string, on: LocalDate): string {
  const id = asked ?? defaultPlan(rules.plans, { provinceCode, communeCode: '' }, on);
  if (rules.plans.some((plan) => plan.id === id)) return id;
  const ids = rules.plans.map((plan) => plan.id).join(', ');
  const problem: FieldProblem = {
    field: 'plan',
    message: { vi: `không có kế hoạch này; các kế hoạch: ${ids}`, en: `there is no such plan; plans: ${ids}` },
  };
  throw invalidInput([problem]);
}

export const rounds = route({
  method: 'get',
  path: '/api/councils/{id}/rounds',
  tag: TAG,
  summary: { vi: 'Các đợt đánh giá và thời gian theo kế hoạch', en: 'Evaluation rounds and the plan’s window' },
  who: READERS,
  params: idParams,
  query: z.strictObject({ plan: code.optional(), on: localDate.optional() }),
  answer: {
    status: 200,
    schema: z.object({
      plan: z.string(),
      rounds: z.array(z.object({ id: z.string(), cutOff: dated, conclusion: dated, current: z.boolean() })),
      windows: z.array(z.object({ opensOn: localDate.nullable(), closes: dated.nullable(), line: z.number(), quote: z.string() })),
    }),
    description: { vi: 'Đợt của năm trước đến năm sau', en: 'From the year before to the year after' },
  },
  async handler({ deps, actor, params, query }) {
    const { provinceCode } = await readCouncil(deps.db, actor, params.id);
    const on = query.on ?? deps.today();
    const plan = planFor(deps, query.plan, provinceCode, on);
    const windows = deps.rules.plans.find(({ id }) => id === plan)?.windows.filter(({ stage }) => stage === 'provincial_scoring') ?? [];
    const current = roundHeldOn(deps, on)?.id;
    return {
      body: {
        plan,
        rounds: roundsAround(deps, on).map(({ id, cutOff, conclusion }) => ({ id, cutOff, conclusion, current: id === current })),
        windows: windows.map(({ opensOn, closes, line, quote }) => ({ opensOn, closes, line, quote })),
      },
    };
  },
});
