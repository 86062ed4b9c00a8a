/**
 * Years in force: what a plan asks for while a certificate holds (checks, samples, support) comes round once in each of them. Plans say "định kỳ" or "thường
 * xuyên" and no day; once a year from the day on which the cycle enters validity, told a month ahead, is the system's own reading.
 */
import { addMonths, type LocalDate, localDateAt } from '../dates';
import type { CycleState } from './state';

const YEAR = 12;
const MONTHS_AHEAD = 1;

/**
 * The day, a month before a year in force is over, on which the plan's yearly duties become tasks; undefined where the plan has none and when the
 * certificate ends before. An extension is no further year.
 */
export function yearInForce({ stage, certificate, stageEnteredAt, rules, handled }: CycleState): LocalDate | undefined {
  if (stage !== 'validity' || !certificate || !rules.followUps.some((one) => one.on === 'in-force')) return undefined;
  const entered = localDateAt(stageEnteredAt);
  for (let months = YEAR - MONTHS_AHEAD; addMonths(entered, months) < certificate.validUntil; months += YEAR) {
    const day = addMonths(entered, months);
    if (!handled.includes(yearKey(day))) return day;
  }
  return undefined;
}

/** How the agenda knows that a year's duties were opened. */
export const yearKey = (day: LocalDate): string => `year-in-force@${day}`;
