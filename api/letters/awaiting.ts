/** Dossiers that await a decision of one kind. */
import type { Actor } from '../../domain/cycle/state';
import { sees } from '../auth/visibility';
import { readCycles, stateOf } from '../cycles/read';
import { proposedStar } from '../decisions/foresee';
import type { DecisionKind } from '../decisions/input';
import type { ApiDeps } from '../deps';
import type { Listed } from './decision-drafts';

/** Recognised by the province, or approved and sent to the ministry; a national result below 90 leads to recognition too. */
export function isFor(kind: DecisionKind, { state, star }: Listed): boolean {
  if (state.step === 'national_below_bar') return kind === 'recognition';
  if (state.step !== 'awaiting_decision') return false;
  const route = state.facts.council?.route;
  return kind === 'approval'
    ? route === 'national'
    : route !== 'national' && route !== 'not-recognised' && route !== 'disqualified' && (star ?? 0) >= 3;
}

/** Every dossier within the actor's area that a decision of the kind may be made for, in the order of their ids. */
export async function awaitingDecision(deps: ApiDeps, actor: Actor, kind: DecisionKind): Promise<Listed[]> {
  const found = await deps.db.cycle.findMany({
    where: { step: { in: ['awaiting_decision', 'national_below_bar'] } },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  const rows = await readCycles(
    deps,
    found.map(({ id }) => id),
  );
  const list: Listed[] = [];
  for (const row of rows.filter((one) => sees(actor, one))) {
    const state = await stateOf(deps, row);
    list.push({ row, state, star: proposedStar(state) });
  }
  return list.filter((one) => isFor(kind, one));
}
