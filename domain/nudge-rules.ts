/**
 * When whom to remind of what: rules are data (plans/nudges.json and a plan's own), the cycle's agenda turns them into moments.
 */
import type { DeadlineKind } from './deadlines';
import type { Text } from './sources';
import type { Step } from './cycle/stages';

/** Whose inbox: the officer in charge, or the leadership above, at the commune or the province; council secretary; the district of old. */
export type NudgeRecipient =
  | 'commune_officer'
  | 'commune_leadership'
  | 'provincial_officer'
  | 'provincial_leadership'
  | 'council_secretary'
  | 'district_officer';

/**
 * A rule fires at an offset from a deadline's last safe day, or from the day a step was entered. Negative offsets come before. An offset in
 * working days counts on the holiday table of the cycle.
 */
export interface NudgeRule {
  id: string;
  on: { deadline: DeadlineKind } | { step: Step };
  offset: { days: number; unit: 'working' | 'calendar' };
  to: NudgeRecipient;
  title: Text;
  /** Article or plan line, or "Mặc định của hệ thống" where the rule is ours. */
  source: string;
}
