/** Every refusal is kept: who wanted what, and why not. Fields are named, their values are not. */
import type { ApiDeps } from '../deps';
import type { Caller } from '../auth/callers';
import type { HttpProblem } from './problem';

export interface Refused {
  caller: Caller | undefined;
  /** The action of a cycle, or method and path of the route. */
  action: string;
  cycleId: string | undefined;
  problem: HttpProblem;
}

const KEPT: readonly number[] = [401, 403, 409, 422];

/** Whether a refusal is kept: of what would have changed something, and of every attempt without right. */
export function isKept(problem: HttpProblem, method: string): boolean {
  return KEPT.includes(problem.status) && (method !== 'GET' || problem.status < 404);
}

/** Writes a refusal into the records. */
export async function keepRefusal({ db, clock }: Pick<ApiDeps, 'db' | 'clock'>, refused: Refused): Promise<void> {
  const { caller, action, cycleId, problem } = refused;
  await db.refusal.create({
    data: {
      cycleId: cycleId ?? null,
      action,
      actorId: caller?.actor.id ?? 'unknown',
      actorRole: caller?.role ?? 'none',
      officeCode: caller?.actor.office ?? null,
      problem: problem.type,
      detailVi: problem.detail.vi,
      detailEn: problem.detail.en,
      refusedAt: new Date(clock.now()),
    },
  });
}
