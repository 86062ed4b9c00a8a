/**
 * The state of one cycle: plain JSON, carried for years, with a schema version. It holds codes and ids only; names and addresses stay in the records.
 */
import type { Instant, LocalDate } from '../dates';
import type { Candidate, Deadline, DeadlineKind, Operator } from '../deadlines';
import type { NationalFallback, RegistrationKind, Star } from '../regimes';
import type { CycleRules } from '../rules';
import type { Outcome, Party, Stage, Step } from './stages';

export const SCHEMA_VERSION = 1;

/** Who may act. Districts no longer exist: their results of earlier seasons are entered by the province. */
export const ROLES = [
  'administrator',
  'provincial_staff',
  'commune_staff',
  'council_secretary',
  'council_member',
  'manager',
  'system',
] as const;
export type Role = (typeof ROLES)[number];

/** Who acts, for which office; ids and codes only. A null code means: not bound to one. */
export interface Actor {
  id: string;
  role: Role;
  office: string;
  provinceCode: string | null;
  communeCode: string | null;
}

export const SYSTEM: Actor = { id: 'system', role: 'system', office: 'system', provinceCode: null, communeCode: null };

/** A council's result, computed once outside the workflow and entered as data. */
export interface Verdict {
  /** Sum of the members' totals and how many members: the mean without rounding. */
  sum: number;
  members: number;
  band: Star;
  /** The star that the council proposes: never above the band. */
  star: Star;
  missedMinimums: { criterion: string; star: Star }[];
  /** Where the result leads under the regime; `human-decides` when a minimum was missed and the rules leave the consequence open. */
  route: 'not-recognised' | 'district' | 'province' | 'national' | 'human-decides' | 'disqualified';
}

export interface Certificate {
  code: string;
  number: string | null;
  star: Star;
  issuedOn: LocalDate;
  validUntil: LocalDate;
  decisionNumber: string | null;
  issuedBy: string | null;
  /** Set when the transitional rule or a decision keeps it valid beyond its end. */
  extendedUntil?: LocalDate;
}

/** A stop of the per-dossier clock: while a supplement is awaited or the cycle is paused. Open while `to` is missing. */
export interface Stop {
  from: LocalDate;
  to?: LocalDate;
}

/** What happened so far, as far as later steps need it. Dates are legal dates. */
export interface Facts {
  acceptedOn?: LocalDate;
  receivedOn?: LocalDate;
  /** Re-evaluation dossier filed after the window had closed. */
  filedLate?: boolean;
  proposedOn?: LocalDate;
  completeOn?: LocalDate;
  returnedOn?: LocalDate;
  returns?: number;
  forwardedOn?: LocalDate;
  district?: Verdict;
  council?: Verdict;
  national?: Verdict;
  nationalFallback?: NationalFallback;
  decision?: { number: string; on: LocalDate; star: Star | null };
  /** When the open supplement was asked for and until when, if a day was set. */
  supplement?: { askedOn: LocalDate; dueOn: LocalDate | null };
  conclusion?: { on: LocalDate; ground: string };
  remedyBy?: LocalDate;
  /** The re-evaluation as it is offered to the producer of a certificate in force: prepared on a day, perhaps not wanted. */
  renewal?: { preparedOn: LocalDate; declinedOn?: LocalDate };
  recalls?: number;
}

/** An extension granted to this dossier: it survives plan changes. */
export interface Granted {
  kind: DeadlineKind;
  date: LocalDate;
  operator: Operator;
  source: string;
  /** The legal limit that the grant passes, kept visible. */
  beyond: Candidate | null;
}

/** A later cycle of the same product. */
export interface Successor {
  cycleId: string;
  kind: RegistrationKind;
  dossierFiled: boolean;
}

export interface CycleState {
  schemaVersion: typeof SCHEMA_VERSION;
  cycleId: string;
  productCode: string;
  cycleNumber: number;
  kind: RegistrationKind;
  productSet: number | null;
  provinceCode: string;
  communeCode: string;
  /**
   * The earlier cycle that this one re-evaluates or upgrades, and its certificate; `holdsUntil` is its last day where a decision made it another than the
   * rules give.
   */
  predecessor: { cycleId: string | null; validUntil: LocalDate; star: Star; holdsUntil?: LocalDate } | null;
  successor: Successor | null;
  rules: CycleRules;
  /** Number of transitions so far; each is recorded under it once. */
  sequence: number;
  stage: Stage;
  step: Step;
  outcome: Outcome | null;
  waitingFor: Party | null;
  stageEnteredAt: Instant;
  stepEnteredAt: Instant;
  /** Latest legal date of an act of the procedure: dates of acts never run backwards. */
  lastOn: LocalDate;
  facts: Facts;
  certificate: Certificate | null;
  stops: Stop[];
  paused: { on: LocalDate; until: LocalDate | null } | null;
  granted: Granted[];
  officers: { commune?: string; province?: string };
  deadlines: Deadline[];
  /** Keys of agenda moments of the present deadlines that were dealt with. */
  handled: string[];
}
