/** The season that managers look at: the plan of the province or the decision's own rounds, as they stand on a day. */
import { lastSafeDay } from '../../domain/deadlines';
import { addMonths, earlier, type LocalDate } from '../../domain/dates';
import type { Plan, StageWindow } from '../../domain/plans';
import type { Regime } from '../../domain/regimes';
import { type DatedRound, roundJoinedOn } from '../../domain/rounds';
import { addWorkingDays } from '../../domain/working-days';
import type { ApiDeps } from '../deps';

export type SeasonDeps = Pick<ApiDeps, 'today' | 'calendar' | 'rules'>;

export interface Season {
  year: number;
  regime: Regime;
  /** The province's own plan of the year; null where it has none. */
  plan: Plan | null;
  /** The round that a proposal of today joins. */
  round: DatedRound | null;
  /** Dossiers that communes received from this day on are counted: the year's first, or the day from which the commune's limit applies. */
  countedFrom: LocalDate;
  /** First day of the communes' assessment months: what "since the season began" is compared with. */
  beganOn: LocalDate;
  /** Last day of receipt that leaves a commune its full working days before the round's cut-off; null without a round or a limit. */
  goodTimeUntil: LocalDate | null;
}

/** The regime in force on a day: the latest that has begun. */
export function regimeOn(regimes: readonly Regime[], on: LocalDate): Regime {
  const regime = regimes.findLast((one) => one.inForce.value.from <= on) ?? regimes[0];
  if (!regime) throw new RangeError('the rules hold no regime');
  return regime;
}

/** The season of a province, or of the decision's own rounds where no province is given. */
export function seasonOf({ rules, calendar, today }: SeasonDeps, province: string | undefined): Season {
  const on = today();
  const year = Number(on.slice(0, 4));
  const regime = regimeOn(rules.regimes, on);
  const plan = rules.plans.find((one) => isPlanOf(one, province, on)) ?? null;
  const { rounds, communeLimit } = regime.procedure;
  const round = roundJoinedOn(rounds?.value ?? [], 'province', on) ?? null;
  const window = plan && windowOf(plan, 'commune_assessment');
  const opens = window?.opensOn ?? (round && `${addMonths(round.cutOff.date, -1).slice(0, 7)}-01`) ?? `${year}-01-01`;
  const days = communeLimit?.value.workingDays;
  const closes = [round?.cutOff, window?.closes].flatMap((one) => (one ? [lastSafeDay(one)] : []));
  const [first, ...others] = closes;
  return {
    year,
    regime,
    plan,
    round,
    countedFrom: later(`${year}-01-01`, regime.inForce.value.from),
    beganOn: opens,
    goodTimeUntil: first === undefined || days === undefined ? null : addWorkingDays(calendar, others.reduce(earlier, first), -days),
  };
}

const later = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);

function isPlanOf({ issuer, period }: Plan, province: string | undefined, on: LocalDate): boolean {
  return province !== undefined && issuer.level === 'province' && issuer.provinceCode === province && period.from <= on && on <= period.to;
}

/** The plan's window of a stage; of several the last. */
export function windowOf(plan: Plan, stage: StageWindow['stage']): StageWindow | undefined {
  return plan.windows.findLast((one) => one.stage === stage);
}
