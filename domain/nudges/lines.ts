/**
 * The lines of a digest: every dossier that the reader holds, in the bucket of its lateness, and beside them those that wait elsewhere and that the
 * reader is asked to urge or to watch. Only a dossier whose turn is the reader's is ever called overdue.
 */
import type { Step } from '../cycle/stages';
import { daysBetween, type LocalDate } from '../dates';
import type { Text } from '../sources';
import { type WorkingCalendar, workingDayOnOrAfter, workingDaysBetween } from '../working-days';

/** Worst first. `elsewhere` holds what is not the reader's turn. */
export const BUCKETS = ['overdue', 'soon', 'unassigned', 'coming', 'elsewhere'] as const;
export type Bucket = (typeof BUCKETS)[number];

/** "Sắp đến hạn": so many working days or fewer are left. */
export const SOON_WORKING_DAYS = 3;

/** A dossier as a mail shows it. Names come from the records; `ownTurn` says whether the reader holds it. */
export interface Dossier {
  cycleId: string;
  product: string;
  producer: string;
  commune: string;
  step: Step;
  waitingFor: string | null;
  /** The last day in time; null where no limit binds. */
  lastSafeOn: LocalDate | null;
  stepEnteredOn: LocalDate;
  ownTurn: boolean;
  unassigned: boolean;
}

/** A ledger row that is due. */
export interface DueNudge {
  id: string;
  cycleId: string;
  title: Text;
  plannedFor: LocalDate;
  /** About a follow-up task, which a line names beside its step. */
  task?: true;
}

export interface Line extends Dossier {
  bucket: Bucket;
  /** Working days left to the last safe day, negative when it has passed; null without one. */
  workingDays: number | null;
  /** The same in calendar days, as the law counts a certificate's time. */
  days: number | null;
  /** Working days since the step was entered: an age also where there is no limit. */
  age: number;
  nudges: (DueNudge & { late: boolean })[];
}

/** A report that the reader's office owes: it belongs to no dossier and is counted apart. */
export interface ReportLine {
  subject: string;
  title: Text;
  source: Text;
  lastSafeOn: LocalDate;
  /** Working days left to the last safe day, negative when it has passed. */
  workingDays: number;
  nudges: { id: string; plannedFor: LocalDate; late: boolean }[];
}

export interface Digest {
  day: LocalDate;
  /** All lines, worst first. */
  lines: Line[];
  /** Reports owed, the earliest first. */
  reports: ReportLine[];
  /** Every bucket's true count, whatever is shown. */
  totals: Record<Bucket, number>;
}

/** True when a working day's digest has gone by since the day a nudge was planned for. */
export function isLateOn(plannedFor: LocalDate, day: LocalDate, calendar: WorkingCalendar): boolean {
  return workingDayOnOrAfter(calendar, plannedFor) < day;
}

/** The digest of one reader on a day. */
export function digestOf(
  day: LocalDate,
  dossiers: readonly Dossier[],
  nudges: readonly DueNudge[],
  calendar: WorkingCalendar,
  reports: readonly ReportLine[] = [],
): Digest {
  const byCycle = new Map<string, DueNudge[]>();
  for (const one of nudges) byCycle.set(one.cycleId, [...(byCycle.get(one.cycleId) ?? []), one]);
  const lines = dossiers.map((dossier) => lineOf(dossier, byCycle.get(dossier.cycleId) ?? [], day, calendar)).sort(worstFirst);
  const count = (bucket: Bucket): number => lines.filter((line) => line.bucket === bucket).length;
  return {
    day,
    lines,
    reports: [...reports].sort((a, b) => compare(`${a.lastSafeOn} ${a.subject}`, `${b.lastSafeOn} ${b.subject}`)),
    totals: {
      overdue: count('overdue'),
      soon: count('soon'),
      unassigned: count('unassigned'),
      coming: count('coming'),
      elsewhere: count('elsewhere'),
    },
  };
}

/** One dossier's line. */
export function lineOf(dossier: Dossier, nudges: readonly DueNudge[], day: LocalDate, calendar: WorkingCalendar): Line {
  const workingDays = dossier.lastSafeOn === null ? null : workingDaysLeft(day, dossier.lastSafeOn, calendar);
  return {
    ...dossier,
    workingDays,
    days: dossier.lastSafeOn === null ? null : daysBetween(day, dossier.lastSafeOn),
    age: Math.max(0, workingDaysBetween(calendar, dossier.stepEnteredOn, day)),
    bucket: bucketOf(dossier, day, workingDays),
    nudges: nudges.map((one) => ({ ...one, late: isLateOn(one.plannedFor, day, calendar) })),
  };
}

/** Working days left to the last safe day. A limit that passed on a day off is overdue by none yet, but overdue all the same: at least one. */
export function workingDaysLeft(day: LocalDate, lastSafeOn: LocalDate, calendar: WorkingCalendar): number {
  const left = workingDaysBetween(calendar, day, lastSafeOn);
  return lastSafeOn < day ? Math.min(left, -1) : left;
}

function bucketOf({ ownTurn, unassigned, lastSafeOn }: Dossier, day: LocalDate, workingDays: number | null): Bucket {
  if (!ownTurn) return 'elsewhere';
  if (lastSafeOn !== null && lastSafeOn < day) return 'overdue';
  if (workingDays !== null && workingDays <= SOON_WORKING_DAYS) return 'soon';
  return unassigned ? 'unassigned' : 'coming';
}

/** By bucket, then the earliest limit, then what has waited longest, then a stable order. */
function worstFirst(a: Line, b: Line): number {
  return (
    BUCKETS.indexOf(a.bucket) - BUCKETS.indexOf(b.bucket) ||
    compare(a.lastSafeOn ?? '9999', b.lastSafeOn ?? '9999') ||
    b.age - a.age ||
    compare(a.cycleId, b.cycleId)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Most dossiers of the reader's own that a mail lists one by one, and most of those elsewhere. */
export const MOST_SHOWN = 25;
export const MOST_ELSEWHERE = 10;

export interface Section {
  bucket: Bucket;
  total: number;
  shown: Line[];
  /** "và N hồ sơ khác" */
  more: number;
}

/** The buckets that hold something, with the lines that are shown and how many are not. Totals do not depend on the cap. */
export function sectionsOf({ lines, totals }: Digest, most = MOST_SHOWN, mostElsewhere = MOST_ELSEWHERE): Section[] {
  let room = most;
  return BUCKETS.filter((bucket) => totals[bucket] > 0).map((bucket) => {
    const all = lines.filter((line) => line.bucket === bucket);
    const shown = all.slice(0, bucket === 'elsewhere' ? mostElsewhere : room);
    if (bucket !== 'elsewhere') room -= shown.length;
    return { bucket, total: all.length, shown, more: all.length - shown.length };
  });
}

/** How many dossiers are the reader's own turn. */
export function heldTotal({ totals }: Digest): number {
  return totals.overdue + totals.soon + totals.unassigned + totals.coming;
}
