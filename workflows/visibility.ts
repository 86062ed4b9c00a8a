/**
 * What an operator sees of a cycle in Temporal's own pages: search attributes and the current details. Codes and dates only.
 */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { nextMoment } from '../domain/cycle/agenda';
import { dueDeadline } from '../domain/cycle/due';
import { OUTCOME_TITLES, STAGE_TITLES, STEPS } from '../domain/cycle/stages';
import type { CycleState } from '../domain/cycle/state';
import { formatVietnamese, localDateAt } from '../domain/dates';
import { lastSafeDay, missedFrom } from '../domain/deadlines';

const STAGE = defineSearchAttributeKey('OcopStage', SearchAttributeType.KEYWORD);
const WAITING_FOR = defineSearchAttributeKey('OcopWaitingFor', SearchAttributeType.KEYWORD);
const DUE_ON = defineSearchAttributeKey('OcopDueOn', SearchAttributeType.DATETIME);
const PLAN = defineSearchAttributeKey('OcopPlan', SearchAttributeType.KEYWORD);

/** Keeps the searchable facts current; writes an event only when one of them changed. */
export class Visibility {
  private shown = '';

  /** A run that follows another: its search attributes came along, only the details are new. */
  carryOver(state: CycleState): void {
    setCurrentDetails(detailsOf(state, null));
    this.shown = factsOf(state);
  }

  show(state: CycleState, attention: string | null): void {
    setCurrentDetails(detailsOf(state, attention));
    const facts = factsOf(state);
    if (facts === this.shown) return;
    this.shown = facts;
    const dueAt = dueAtOf(state);
    upsertSearchAttributes([
      { key: STAGE, value: state.stage },
      { key: WAITING_FOR, value: state.waitingFor },
      { key: DUE_ON, value: dueAt === null ? null : new Date(dueAt) },
      { key: PLAN, value: state.rules.planId },
    ]);
  }
}

function dueAtOf(state: CycleState): number | null {
  const due = dueDeadline(state);
  return due ? missedFrom(due) : null;
}

function factsOf(state: CycleState): string {
  return JSON.stringify([state.stage, state.waitingFor, dueAtOf(state), state.rules.planId]);
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
