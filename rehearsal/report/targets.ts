/** The plan's targets against what the rehearsal reached, where the records can tell. */
import type { Star } from '../../domain/regimes';
import type { LocalDate } from '../../domain/dates';
import type { Plan, Target } from '../../domain/plans';
import type { TargetLine } from './report';

export interface Recognition {
  kind: string;
  star: Star;
  issuedOn: LocalDate;
  endedOn: LocalDate | null;
}

export function targetLines({ targets, period }: Plan, certificates: readonly Recognition[]): TargetLine[] {
  return targets.map((target) => {
    const reached = measured(target.metric, period, certificates);
    return { id: target.id, title: target.title, wanted: wantedOf(target), reached, met: reached === null ? null : metBy(target, reached) };
  });
}

function measured(metric: string | null, { from, to }: Plan['period'], certificates: readonly Recognition[]): number | null {
  const [, fresh, , star] = /^(new-)?recognised-((\d)-star-)?in-(year|period)$/.exec(metric ?? '') ?? [];
  const of = (atLeast: string | undefined) => (one: Recognition) => one.star >= Number(atLeast ?? 3);
  if (/^(new-)?recognised-/.test(metric ?? ''))
    return certificates.filter((one) => one.issuedOn >= from && one.issuedOn <= to && of(star)(one) && (!fresh || one.kind === 'new'))
      .length;
  const inForce = /^certificates-in-force(?:-(\d)-star)?$/.exec(metric ?? '');
  if (!inForce) return null;
  return certificates.filter((one) => one.issuedOn <= to && (one.endedOn === null || one.endedOn > to) && of(inForce[1])(one)).length;
}

function wantedOf({ op, min, max, unit }: Target): string {
  const sign = unit === 'percent' ? '%' : '';
  if (op === 'range') return `${min}–${max ?? ''}${sign}`;
  return `${op === 'at-least' ? '≥ ' : op === 'about' ? '≈ ' : ''}${min}${sign}`;
}

function metBy({ op, min, max }: Target, reached: number): boolean | null {
  switch (op) {
    case 'at-least':
      return reached >= min;
    case 'range':
      return reached >= min && (max === null || reached <= max);
    case 'exactly':
      return reached === min;
    case 'about':
      return null;
  }
}
