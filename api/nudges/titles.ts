import { taskReminderTitle } from '../../domain/follow-ups';
import type { NudgeRecipient } from '../../domain/nudge-rules';
import type { Text } from '../../domain/sources';
import type { Rules } from '../../plans/load';

/** Wording of a nudge rule; the rule's own name where no file has it any more. */
export function titleOfRule({ nudges, reportNudges, plans }: Rules, ruleId: string): Text {
  const all = [...nudges, ...reportNudges, ...plans.flatMap((plan) => plan.nudges)];
  return all.find((rule) => rule.id === ruleId)?.title ?? taskReminderTitle(plans, ruleId) ?? { vi: ruleId, en: ruleId };
}

/** A commune's office hears what goes to the commune; a province's everything else of its province. */
export function hears(office: string, recipient: string, cycle: { provinceCode: string; communeCode: string }): boolean {
  const toCommune = (recipient as NudgeRecipient).startsWith('commune');
  return toCommune ? cycle.communeCode === office : cycle.provinceCode === office;
}
