import { z } from 'zod';
import { code } from '../../../api/http/schemas';
import { seasonOf } from '../../../api/managers/season';
import { asked, counting, type TargetRow, targetRows } from '../../../api/targets/routes';
import type { Plan, Target } from '../../../domain/plans';
import { isReached } from '../../../domain/targets';
import { number } from '../../formats';
import type { PageCall } from '../../page';
import { typedDate } from '../typed-date';

export const TARGETS = '/chi-tieu';
export const LIST = '/chi-tieu/danh-sach';

export const query = z.object({ plan: code.optional(), asOf: typedDate.optional() });
export type Call = PageCall<unknown, z.output<typeof query>>;

/** The plan asked for; else the reader's own of this year, else the first. */
export function planOf({ deps, actor, query: { plan: id } }: Call): Plan | undefined {
  const { plans } = deps.rules;
  return (
    plans.find((one) => one.id === id) ??
    seasonOf(deps, actor.provinceCode ?? undefined).plan ??
    plans.find(({ targets }) => targets.length > 0)
  );
}

export interface Found {
  plan: Plan;
  asOf: string;
  rows: TargetRow[];
  isWhole: boolean;
}

/** The plan's targets as of the day asked for; nothing without a plan. */
export async function find(call: Call): Promise<Found | undefined> {
  const { deps, actor } = call;
  const chosen = planOf(call);
  if (!chosen) return undefined;
  const { plan, when } = asked(deps, { plan: chosen.id, asOf: call.query.asOf });
  const counted = await counting(deps, actor, plan, when);
  return {
    plan,
    asOf: when.asOf,
    rows: targetRows(plan, counted),
    isWhole: plan.issuer.communeCode !== null || actor.communeCode === null,
  };
}

/** Whether a target is reached; null where the records or the reader's part of the area cannot tell. */
export function verdict({ isWhole }: Found, { target, counted }: TargetRow): boolean | null {
  return counted && isWhole ? isReached(target, counted) : null;
}

/** What the plan wants, in words. */
export function wanted({ op, min, max, unit, measure }: Target): string {
  const figure = (value: number): string => `${number(value)}${unit === 'percent' ? ' %' : ''}`;
  const words = {
    'at-least': `ít nhất ${figure(min)}`,
    range: `${figure(min)} đến ${figure(max ?? min)}`,
    exactly: figure(min),
    about: `khoảng ${figure(min)}`,
  };
  return `${words[op]}${measure === 'increment' ? ' (tăng thêm)' : ''}`;
}
