/** What cycles can be found by in Temporal's own pages: codes and the due day only. */
import { defineSearchAttributeKey, type SearchAttributeUpdatePair, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import { dueDeadline } from '../domain/cycle/due';
import type { CycleState } from '../domain/cycle/state';
import { missedFrom } from '../domain/deadlines';

const { KEYWORD, DATETIME } = SearchAttributeType;
const PROVINCE = defineSearchAttributeKey('OcopProvince', KEYWORD);
const COMMUNE = defineSearchAttributeKey('OcopCommune', KEYWORD);
const PLAN = defineSearchAttributeKey('OcopPlan', KEYWORD);
const STAGE = defineSearchAttributeKey('OcopStage', KEYWORD);
const WAITING_FOR = defineSearchAttributeKey('OcopWaitingFor', KEYWORD);
const DUE_ON = defineSearchAttributeKey('OcopDueOn', DATETIME);

/** The search attributes that a cycle in this state must have; null where it must have none. */
export function searchAttributesOf(state: CycleState): SearchAttributeUpdatePair[] {
  const due = dueDeadline(state);
  return [
    { key: PROVINCE, value: state.provinceCode },
    { key: COMMUNE, value: state.communeCode },
    { key: PLAN, value: state.rules.planId },
    { key: STAGE, value: state.stage },
    { key: WAITING_FOR, value: state.waitingFor },
    { key: DUE_ON, value: due ? new Date(missedFrom(due)) : null },
  ];
}

/** The same for the start of a workflow or of its next run. */
export function startedWith(state: CycleState): TypedSearchAttributes {
  return new TypedSearchAttributes().updateCopy(searchAttributesOf(state));
}
