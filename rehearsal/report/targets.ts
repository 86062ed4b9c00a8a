/** The plan's targets against what the rehearsal reached by the plan's end, counted as domain/targets counts, where the records can tell. */
import type { LocalDate } from '../../domain/dates';
import type { Plan, Target } from '../../domain/plans';
import { type CertificateFact, count, isMetric, isReached, numbersOf } from '../../domain/targets';
import type { TargetLine } from './report';

export function targetLines({ targets, period }: Plan, certificates: readonly CertificateFact[]): TargetLine[] {
  return targets.map((target) => {
    const counted = target.metric !== null && isMetric(target.metric) ? count(target.metric, certificates, asAt(period)) : undefined;
    const reached = counted ? numbersOf(counted)[target.unit === 'percent' ? 'share' : 'numerator'] : null;
    return {
      id: target.id,
      title: target.title,
      wanted: wantedOf(target),
      reached: reached === null ? null : Math.round(reached * 10) / 10,
      met: counted ? isReached(target, counted) : null,
    };
  });
}

const asAt = ({ from, to }: Plan['period']): { from: LocalDate; to: LocalDate; asOf: LocalDate } => ({ from, to, asOf: to });

function wantedOf({ op, min, max, unit }: Target): string {
  const sign = unit === 'percent' ? '%' : '';
  if (op === 'range') return `${min}–${max ?? ''}${sign}`;
  return `${op === 'at-least' ? '≥ ' : op === 'about' ? '≈ ' : ''}${min}${sign}`;
}
