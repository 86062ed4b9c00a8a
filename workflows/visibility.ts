/**
 * What an operator sees of a cycle in Temporal's own pages: search attributes and the current details. Codes and dates only.
 */
import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { nextMoment } from '../domain/cycle/agenda';
import { dueDeadline } from '../domain/cycle/due';
import { OUTCOME_TITLES, STAGE_TITLES, STEPS } from '../domain/cycle/stages';
import type { CycleState } from '../domain/cycle/state';
import { formatVietnamese, localDateAt } from '../domain/dates';
import { lastSafeDay } from '../domain/deadlines';
import { searchAttributesOf } from './search-attributes';

/** Describes the state and what hinders it, if anything. */
export function showDetails(state: CycleState, attention: string | null): void {
  setCurrentDetails(detailsOf(state, attention));
}

/** Keeps the search attributes current; writes an event only when one of them changed. */
export function showSearchAttributes(state: CycleState): void {
  const present = workflowInfo().typedSearchAttributes;
  const wanted = searchAttributesOf(state);
  if (JSON.stringify(present.updateCopy(wanted)) !== JSON.stringify(present)) upsertSearchAttributes(wanted);
}

function detailsOf(state: CycleState, attention: string | null): string {
  const due = dueDeadline(state);
  const next = nextMoment(state);
  const lines = [
    `**${STAGE_TITLES[state.stage].vi}** – ${state.outcome ? OUTCOME_TITLES[state.outcome].vi : STEPS[state.step].title.vi}`,
    state.paused ? 'Tạm dừng' : '',
    due ? `Hạn: ${formatVietnamese(lastSafeDay(due))} (${due.source})` : '',
    next ? `Mốc tiếp theo: ${formatVietnamese(localDateAt(next.at))} ${next.name}` : '',
    attention ? `**Cần xử lý kỹ thuật:** ${attention}` : '',
  ];
  return lines.filter(Boolean).join('\n\n');
}
