/** Rehearsals that are started from a page: what is asked for, how each one stands, and who keeps them (rehearsal/desk.ts). */
import type { Actor } from '../../domain/cycle/state';
import type { LocalDate } from '../../domain/dates';
import type { HolidayRow } from '../../domain/holidays';
import type { Plan } from '../../domain/plans';
import type { Text } from '../../domain/sources';
import type { Report } from '../../rehearsal/report/report';

/** Lists, as imports take them. */
export const LISTS = ['registrations', 'certificates', 'contacts'] as const;
export type ListName = (typeof LISTS)[number];

/** The real list that ships with the product. */
export const SHIPPED_LIST = 'products-lam-dong.csv';

export interface ListFile {
  name: string;
  bytes: Buffer;
}

/** What somebody wants rehearsed. */
export interface Wanted {
  /** As it stands in the records now, with the changes that were entered. */
  plan: Plan;
  /** The holiday table with the days that were entered. */
  calendar: readonly HolidayRow[];
  lists: Partial<Record<ListName, ListFile>>;
  /** Puts the products into communes of the plan's province. */
  place: boolean;
  /** Code of the lists' province where neither plan nor rows name one. */
  province: string | undefined;
  from: LocalDate | undefined;
  until: LocalDate | undefined;
  behaviour: string;
  seed: string;
  /** Windows of the plan that are tried on another date. */
  changes: readonly { window: string; date: LocalDate }[];
  /** Id of an earlier rehearsal. */
  compareWith: string | undefined;
}

/** The same as it is kept: names instead of files. */
export interface Asked extends Omit<Wanted, 'plan' | 'calendar' | 'lists'> {
  plan: { id: string; version: number; title: string };
  lists: Partial<Record<ListName, string>>;
}

/** Whoever started or stopped one. */
export type By = Pick<Actor, 'id' | 'role' | 'office' | 'provinceCode' | 'communeCode'> & { name: string };

/** `interrupted`: the program that ran it ended. */
export type RunStatus = 'running' | 'done' | 'failed' | 'stopped' | 'interrupted';

export interface RunProgress {
  /** What it does in words, where it does not go through the calendar yet or any more. */
  step: Text | null;
  /** The day at which it stands, and what happened up to it. */
  calendar: { day: LocalDate; from: LocalDate; to: LocalDate; cycles: number; open: number; mails: number } | null;
}

export interface Run {
  id: string;
  /** Names the filling-in of the form that started it. */
  key: string;
  asked: Asked;
  startedBy: By;
  /** ISO 8601 */
  startedAt: string;
  status: RunStatus;
  endedAt: string | null;
  stoppedBy: By | null;
  /** Why it failed, where that can be told. */
  problem: Text | null;
  progress: RunProgress;
}

/** What a rehearsal writes, by the name under which it is downloaded. */
export const RESULTS = {
  'bao-cao.html': { file: 'report.html', type: 'text/html; charset=utf-8' },
  'bao-cao.xlsx': { file: 'report.xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  'bao-cao.json': { file: 'report.json', type: 'application/json' },
  'so-sanh.html': { file: 'comparison.html', type: 'text/html; charset=utf-8' },
  'so-sanh.xlsx': { file: 'comparison.xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
} as const;
export type ResultName = keyof typeof RESULTS;

export interface Behaviour {
  id: string;
  title: Text;
  description: Text;
}

export interface RehearsalDesk {
  /** Empty where they are not part of the installation. */
  behaviours: readonly Behaviour[];
  /** The real list that ships. */
  shippedList(): Promise<ListFile>;
  /** Why this installation cannot rehearse; undefined when it can. */
  hindrance(): Promise<Text | undefined>;
  /**
   * Starts one; asked again with the same key it answers the first.
   * @throws HttpProblem when another is running here
   */
  start(key: string, by: By, wanted: Wanted): Promise<Run>;
  /** Asks one to stop that runs here; it ends within seconds. False when it does not run here. */
  stop(id: string, by: By): Promise<boolean>;
  /** Every one that is kept, the newest first. */
  runs(): Promise<Run[]>;
  /** The lists of an earlier one. */
  listsOf(run: Run): Promise<Partial<Record<ListName, ListFile>>>;
  reportOf(run: Run): Promise<Report | undefined>;
  resultOf(run: Run, name: ResultName): Promise<Buffer | undefined>;
  /** Names of the results that there are. */
  resultsOf(run: Run): Promise<ResultName[]>;
  /** Ends the one that runs. */
  close(): Promise<void>;
}
