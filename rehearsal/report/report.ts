/** What a rehearsal found: plain data, the same to the byte for the same lists, plan, behaviour and seed. */
import type { Outcome, Party, Stage, Step } from '../../domain/cycle/stages';
import type { LocalDate } from '../../domain/dates';
import type { RegistrationKind, Star } from '../../domain/regimes';
import type { Text } from '../../domain/sources';
import type { ListReport } from '../inputs';
import type { Change } from '../rules';
import type { Refused } from '../world';

export const REPORT_SCHEMA = 1;

/** A dossier as a reader finds it again. */
export interface Named {
  cycleId: string;
  product: string;
  producer: string;
  commune: string;
}

export interface CycleLine extends Named {
  kind: RegistrationKind;
  registeredOn: LocalDate;
  stage: Stage;
  step: Step;
  outcome: Outcome | null;
  star: Star | null;
  validUntil: LocalDate | null;
  lastOn: LocalDate;
}

export interface MailDay {
  day: LocalDate;
  mails: number;
  nudges: number;
}

export interface Reader {
  office: string;
  name: string;
  email: string;
  mails: number;
  nudges: number;
  busiestDay: LocalDate;
  busiestNudges: number;
}

export interface RuleLine {
  rule: string;
  title: Text;
  planned: number;
  sent: number;
  merged: number;
  suppressed: number;
  failed: number;
  passedOver: number;
  waiting: number;
  late: number;
}

/** How a stage went: each visit of a dossier is counted once. */
export interface StageLine {
  stage: Stage;
  visits: number;
  inTime: number;
  late: number;
  /** Left where no limit was set. */
  withoutLimit: number;
  /** Declined, withdrawn or otherwise ended here. */
  endedHere: number;
  /** Still there at the end, within its limit or without one for less than ninety days. */
  waiting: number;
  /** Still there at the end, past its limit, or without one for ninety days and more. */
  stuck: number;
  reasons: StageReason[];
}

export interface StageReason {
  result: 'late' | 'stuck';
  /** Where the dossier was when the limit passed. */
  step: Step;
  waitingFor: Party | null;
  count: number;
}

export interface CannotMeet extends Named {
  /** `from-the-start`: not even when begun on the first day; `filed-late`: fewer days left than the law gives the commune; `season-missed`. */
  kind: 'from-the-start' | 'filed-late' | 'season-missed';
  on: LocalDate;
  /** The date that cannot be met. */
  limit: LocalDate;
  /** The earliest day with everybody's full time; null when nothing was filed. */
  earliest: LocalDate | null;
  source: string;
}

export interface Lapse extends Named {
  star: Star;
  validUntil: LocalDate;
  /** The last safe day to file; null where the regime has neither rounds nor a limit. */
  shouldHaveFiledBy: LocalDate | null;
  windowOpens: LocalDate | null;
  windowCloses: LocalDate | null;
  round: string | null;
  why: Text;
}

export interface UnreachableOffice {
  code: string;
  office: string;
  cycles: number;
  nudgesLost: number;
}

export interface OnDayOff {
  day: LocalDate;
  name: string;
  nudges: number;
  sentOn: LocalDate;
}

export interface TargetLine {
  id: string;
  title: Text;
  wanted: string;
  reached: number | null;
  /** Null where the records cannot tell. */
  met: boolean | null;
}

/** Two ways to count the same thing; they must agree. */
export interface Check {
  id: string;
  title: Text;
  said: number;
  found: number;
  ok: boolean;
}

export interface Report {
  schema: typeof REPORT_SCHEMA;
  plan: { id: string; version: number; title: Text; provinceCode: string | null };
  changes: readonly Change[];
  placed: boolean;
  behaviour: { id: string; title: Text; description: Text };
  seed: string;
  from: LocalDate;
  to: LocalDate;
  contacts: 'given' | 'invented';
  lists: Record<string, ListReport>;
  totals: { cycles: number; products: number; communes: number; events: number; certificates: number };
  ends: { key: string; title: Text; count: number }[];
  cycles: CycleLine[];
  mails: { total: number; days: MailDay[]; peaks: MailDay[]; readers: Reader[] };
  nudges: { total: number; rules: RuleLine[]; silences: { reason: Text; count: number }[] };
  stages: StageLine[];
  cannotMeet: CannotMeet[];
  lapses: Lapse[];
  unreachable: UnreachableOffice[];
  onDaysOff: OnDayOff[];
  targets: TargetLine[];
  refusedActs: readonly Refused[];
  checks: Check[];
}
