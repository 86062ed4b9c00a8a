/**
 * A plan of a province, district or commune as data (plans/*.json): what it promises, by when, who does it. Every item carries the line and a
 * short quote of the plan's text. Only `windows`, `belowFifty`, `nudges` and the tasks of
 * `followUps` reach a cycle; the rest is shown, reported on and nudged about.
 */
import type { Operator } from './deadlines';
import type { LocalDate } from './dates';
import type { NudgeRecipient, NudgeRule } from './nudge-rules';
import type { RegistrationKind } from './regimes';
import type { Quote, Text } from './sources';

export type PlanStage =
  | 'idea_registration'
  | 'product_completion'
  | 'commune_assessment'
  | 'district_scoring'
  | 'provincial_scoring'
  | 'national_scoring'
  | 'certification'
  | 'validity';

/** A dated window of a stage: opens on a day (if said), closes by a date with its operator (if said). */
export interface StageWindow extends Quote {
  id: string;
  stage: PlanStage;
  title: Text;
  opensOn: LocalDate | null;
  closes: { date: LocalDate; operator: Operator } | null;
  /** Only for these kinds; absent = all. */
  kinds?: RegistrationKind[];
}

/** A period that is no stage of a dossier: training, supervision, the councils' renewal, year-round work. */
export interface ActivityWindow extends Quote {
  id: string;
  activity: string;
  title: Text;
  opensOn: LocalDate | null;
  closes: { date: LocalDate; operator: Operator } | null;
}

/** One target as the plan writes it, inconsistent ones included. Ranges have min and max; percentages are 0-100. */
export interface Target extends Quote {
  id: string;
  title: Text;
  unit: 'count' | 'percent';
  /** `at-least` keeps only min; `range` both; `exactly` min = max; `about` is no bound but a figure. */
  op: 'at-least' | 'range' | 'exactly' | 'about';
  min: number;
  max: number | null;
  /** `stock` = the state to reach, `increment` = on top of what there is. */
  measure: 'stock' | 'increment';
  /** What 100 % is, for percentages. */
  of: string | null;
  /** Which computed figure answers it, where the records can answer. */
  metric: string | null;
  note?: string;
}

/** A duty to report: who, to whom, how often, by which day of the period. */
export interface ReportDuty extends Quote {
  id: string;
  title: Text;
  from: string;
  to: string;
  cadence: 'monthly' | 'quarterly' | 'yearly' | 'period-end' | 'periodic' | 'ad-hoc' | 'on-event';
  /** Due day where the plan says one: day of the month, in the period's last month (or the named month of a year). */
  due: { day: number; month: number | null; operator: Operator } | null;
  /** Whose inbox hears of a report with a due day. */
  owner?: NudgeRecipient;
}

/** Who has which part, in the plan's own words. `roles` may repeat an office. */
export interface Role extends Quote {
  id: string;
  office: string;
  level: 'national' | 'province' | 'district' | 'commune' | 'producer';
  role: string;
  title: Text;
}

/** What a plan attaches to an event of a cycle. */
export interface FollowUp extends Quote {
  id: string;
  on:
    | 'idea-accepted'
    | 'recognised'
    | 'certificate-issued'
    | 'not-recognised'
    | 'expired'
    | 'violation'
    | 'season-end'
    | 'recognised-again'
    | 'in-force';
  kind: 'support' | 'logo' | 'reward' | 'field-check' | 'officer' | 'notice' | 'sampling' | 'other';
  owner: string;
  title: Text;
  /**
   * Whose task it becomes, and how long after the event it is due. `in-force` comes round once in every year in force; `season-end` is owed by the office itself,
   * once, so many plain days after the last day of the plan's period. Without it the duty has no moment and is only shown.
   */
  task?: FollowUpTask;
}

export interface FollowUpTask {
  /** Whose inbox: the commune's office or the province's, which passes it on where `owner` names a department. */
  office: 'province' | 'commune';
  due: { days: number; unit: 'working' | 'calendar' };
  /** Where the date comes from; plans seldom say one. */
  dueSource: string;
}

/** A condition on taking part, for the kinds it names. */
export interface Gate extends Quote {
  id: string;
  kinds: RegistrationKind[];
  title: Text;
  evidence: boolean;
}

/** Any other statement of the plan worth keeping: data systems, coordination, legal basis. */
export interface Provision extends Quote {
  id: string;
  topic: 'legal-basis' | 'data-system' | 'supervision' | 'coordination' | 'eligibility' | 'cycle-step' | 'food-safety' | 'other';
  title: Text;
}

/** What the plan adds to the law below 50 points. */
export interface BelowFifty extends Quote {
  returnsDossier: boolean;
  resubmit: 'following-year' | 'next-round';
  title: Text;
}

export interface Plan {
  id: string;
  /** Raised by one with every change of the file; cycles pin it. */
  version: number;
  title: Text;
  issuer: {
    level: 'national' | 'province' | 'district' | 'commune';
    name: string;
    provinceCode: string | null;
    communeCode: string | null;
    /** Where the unit named is not today's, how its codes were found. */
    note?: string;
  };
  /** Plans are often unsigned copies: number and date may be missing. */
  document: { number: string | null; issuedOn: LocalDate | null; note?: string };
  /** Stored text that the lines and quotes refer to; null for the decision's own rounds, whose quotes come from the decision's articles. */
  text: string | null;
  period: { from: LocalDate; to: LocalDate };
  /** The regime that the plan cites. A dossier's own regime is chosen by its dates. */
  regime: string;
  kinds: ({ kind: RegistrationKind } & Quote)[];
  /** Where communes send dossiers and where they report; two different offices in some provinces. */
  intakeOffice: ({ name: string } & Quote) | null;
  reportOffice: ({ name: string } & Quote) | null;
  gates: Gate[];
  windows: StageWindow[];
  activities: ActivityWindow[];
  targets: Target[];
  reports: ReportDuty[];
  roles: Role[];
  followUps: FollowUp[];
  provisions: Provision[];
  belowFifty: BelowFifty | null;
  /** Nudge rules that the plan itself orders, on top of the shipped set. */
  nudges: NudgeRule[];
}
