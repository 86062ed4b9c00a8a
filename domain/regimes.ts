/**
 * A legal regime: the prime-ministerial decision under which a dossier is assessed. Regimes are data (plans/regimes); this is their shape.
 * R0 Decision 1048/2019, R1 148/2023 with districts, R2 148 + 1489/2025 without, R3 26/2026.
 */
import type { LocalDate } from './dates';
import type { Sourced, Text } from './sources';

export type Level = 'district' | 'province' | 'national';
export type RegistrationKind = 'new' | 'upgrade' | 'reevaluation';
export type Star = 1 | 2 | 3 | 4 | 5;

/** `MM-DD`, a day of any year. */
export type MonthDay = string;

/** A yearly evaluation round: proposals made before one day are concluded before another (R3: article 5). */
export interface EvaluationRound {
  id: string;
  level: 'province' | 'national';
  proposedBefore: MonthDay;
  concludedBefore: MonthDay;
}

/** What the cycle needs of a regime: who decides what, and every limit. A parameter that the regime does not have is null. */
export interface Procedure {
  levels: Sourced<Level[]>;
  /** Lowest mean of each star; the highest band whose `from` is reached counts. */
  bands: Sourced<{ star: Star; from: number }[]>;
  /** Which level recognises and certifies a star, and who signs. */
  recognises: Sourced<{ star: Star; level: Level; signer: string }[]>;
  /** Means from which a level passes the product on instead of certifying it. */
  forwards: Sourced<{ from: Level; to: Level; atLeast: number }[]>;
  commune: Sourced<{ receivesDossier: boolean; meeting: 'standard' | 'when-needed' | 'none' }>;
  /** The commune's limit per dossier, from receipt. */
  communeLimit: Sourced<{ workingDays: number }> | null;
  rounds: Sourced<EvaluationRound[]> | null;
  samples: Sourced<{ count: number; exceptSets: number[] }> | null;
  /** Months from the certificate's issue, and whether the certificate still holds on its end date (the texts differ; Civil Code 148 says yes). */
  validity: Sourced<{ months: number; lastDayInclusive: boolean }>;
  /** Days before expiry between which a re-evaluation dossier must be filed. */
  reevaluationWindow: Sourced<{ opensDaysBefore: number; closesDaysBefore: number }> | null;
  /** Limit per level for a re-evaluation, in days from the complete dossier. */
  reevaluationLimit: Sourced<{ days: number }> | null;
  reevaluationMethod: Sourced<'full' | 'written-opinions'>;
  /** Duty of the issuing body to give notice before a certificate ends. */
  expiryNotice: Sourced<{ daysBefore: number }> | null;
  /** Certificates that stay valid after their end because the window could not be met. */
  extension: Sourced<{ onlyExpiringBefore: LocalDate; maxDays: number }> | null;
  revocationGrounds: Sourced<string[]>;
  revocationAuthority: Sourced<{ stars: Star[]; authority: string }[]>;
  revocationLimit: Sourced<{ days: number }> | null;
  /** What happens below the lowest recognised star. */
  belowRecognition: Sourced<{ writtenNotice: boolean }> | null;
  /** What a province may do when the national result is below the national bar. */
  nationalBelowBar: Sourced<NationalFallback[]> | null;
  /** Whether waiting for a supplement stops a per-dossier limit. No regime says; ours to configure. */
  supplementStopsClock: Sourced<boolean>;
  /** Whether the day of receipt counts. No regime says; the Civil Code starts on the next day. */
  counting: Sourced<'next-day' | 'same-day'>;
}

export type NationalFallback = 'use-national-result' | 'own-evaluation';

/** A further parameter of the comparison table that is shown but decides nothing in the cycle. */
export interface RegimeFact {
  id: string;
  title: Text;
  value: string | number | boolean | string[] | Record<string, number> | null;
  source: string;
  certainty: Sourced<unknown>['certainty'];
  note?: string;
}

export interface Regime {
  /** For instance `qd-26-2026`. */
  id: string;
  /** `R0` … `R3`. */
  code: string;
  title: Text;
  /** First day in force and first day no longer in force (null: open). */
  inForce: Sourced<{ from: LocalDate; until: LocalDate | null }>;
  /** Part totals of the criteria: A product and community, B marketing, C quality. */
  points: Sourced<{ A: number; B: number; C: number }>;
  /**
   * How a dossier comes under this regime: submitted in force, or (for a regime that amends another one's procedure) assessed from a day on.
   */
  selection: Sourced<{ submittedFrom?: LocalDate; assessedFrom?: LocalDate }>;
  /** Dossiers of earlier regimes still undecided when this one began must be finished by these dates, inclusive. */
  transition: Sourced<{ undecidedOn: LocalDate; finishBy: Record<RegistrationKind, LocalDate> }> | null;
  procedure: Procedure;
  facts: RegimeFact[];
}
