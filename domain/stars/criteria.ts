/**
 * The scoring sets of Decision 26/2026/QĐ-TTg, Appendix II (data/criteria-qd26-2026.json): leaf criteria, the points of their options and the
 * starred minimums. Points are whole numbers; a sheet chooses one option of every leaf criterion.
 */
import type { Text } from '../sources';

/** What the sheets, their options and their starred minimums stand on. */
export const SHEETS_SOURCE = 'Quyết định 26/2026/QĐ-TTg, Phụ lục II';

export type Part = 'A' | 'B' | 'C';

/** The star levels that have starred options (***, ****, *****). */
export type StarLevel = 3 | 4 | 5;

export const STAR_LEVELS: readonly StarLevel[] = [3, 4, 5];

export interface Criterion {
  part: Part;
  /** Unique within its set: `1.1`, `6.1.1`, `7`. */
  code: string;
  title: string;
  max: number;
  /** Points of the options as printed, top to bottom. Two options may be worth the same; set 26 prints two cases to choose one from. */
  options: number[];
  group?: string;
  /** Fewest points that a star level needs here. */
  starMinimums?: { '3'?: number; '4'?: number; '5'?: number };
  /** What was unclear in the transcript; to be checked against the signed decision. */
  note?: string;
}

export interface CriteriaSet {
  /** 1-26. */
  set: number;
  name: string;
  criteria: Criterion[];
}

export interface CriteriaCatalogue {
  source: string;
  /** What the maxima of each part add to: 40, 25, 35 under Decision 26/2026, article 3.1. */
  parts: Record<Part, number>;
  sets: CriteriaSet[];
}

/** The set of that number (1-26), or undefined when the catalogue has none. */
export function findSet(catalogue: CriteriaCatalogue, number: number): CriteriaSet | undefined {
  return catalogue.sets.find((set) => set.set === number);
}

/** The different points that a member may give, lowest first. */
export function offeredPoints(criterion: Criterion): number[] {
  return [...new Set(criterion.options)].sort((a, b) => a - b);
}

/**
 * The cases of which one is assessed ("lựa chọn một trong hai trường hợp": set 26, criteria 8, 9 and 15), each with the points of its options.
 * A new case begins where the printed points fall again; every other criterion has one case.
 */
export function alternativeCases(criterion: Criterion): number[][] {
  const cases: number[][] = [];
  let previous = Number.POSITIVE_INFINITY;
  for (const points of criterion.options) {
    if (points < previous) cases.push([]);
    cases.at(-1)?.push(points);
    previous = points;
  }
  return cases;
}

/** The fewest points that a star level needs on a criterion, or undefined when the level asks nothing there. */
export function minimumFor(criterion: Criterion, level: StarLevel): number | undefined {
  return criterion.starMinimums?.[level];
}

/** The lowest and the highest total that a sheet of this set can reach. The lowest is not 0: most criteria start at 1 point. */
export function selectableTotals(set: CriteriaSet): { lowest: number; highest: number } {
  const sum = (pick: (...points: number[]) => number) => set.criteria.reduce((total, criterion) => total + pick(...criterion.options), 0);
  return { lowest: sum(Math.min), highest: sum(Math.max) };
}

/** What the maxima of each part of a set add to. */
export function partTotals(set: CriteriaSet): Record<Part, number> {
  const totals = { A: 0, B: 0, C: 0 };
  for (const criterion of set.criteria) totals[criterion.part] += criterion.max;
  return totals;
}

/**
 * What is wrong with a catalogue, set by set: part totals, codes that repeat or are headings of others, options above or (without a note) below the
 * maximum, minimums that no option offers. Empty when it can be scored with.
 */
export function catalogueFaults(catalogue: CriteriaCatalogue): Text[] {
  return catalogue.sets.flatMap((set) => [...partFaults(set, catalogue.parts), ...codeFaults(set), ...optionFaults(set)]);
}

function partFaults(set: CriteriaSet, expected: Record<Part, number>): Text[] {
  const totals = partTotals(set);
  const parts: Part[] = ['A', 'B', 'C'];
  return parts
    .filter((part) => totals[part] !== expected[part])
    .map((part) => ({
      vi: `Bộ ${set.set}, phần ${part}: tổng điểm tối đa là ${totals[part]}, phải là ${expected[part]}`,
      en: `Set ${set.set}, part ${part}: the maxima add to ${totals[part]}, they must add to ${expected[part]}`,
    }));
}

function codeFaults(set: CriteriaSet): Text[] {
  const codes = set.criteria.map((criterion) => criterion.code);
  const repeated = codes.filter((code, position) => codes.indexOf(code) !== position);
  const headings = codes.filter((code) => codes.some((other) => other.startsWith(`${code}.`)));
  return [
    ...repeated.map((code) => ({
      vi: `Bộ ${set.set}, tiêu chí ${code}: mã bị lặp`,
      en: `Set ${set.set}, criterion ${code}: the code is there twice`,
    })),
    ...headings.map((code) => ({
      vi: `Bộ ${set.set}, tiêu chí ${code}: là mục lớn, không phải tiêu chí chấm điểm`,
      en: `Set ${set.set}, criterion ${code}: is the heading of others, not a criterion to score`,
    })),
  ];
}

function optionFaults(set: CriteriaSet): Text[] {
  return set.criteria.flatMap((criterion) => {
    const highest = Math.max(...criterion.options);
    const unexplained = highest > criterion.max || (highest < criterion.max && criterion.note === undefined);
    const minimums = STAR_LEVELS.flatMap((level) => minimumFor(criterion, level) ?? []);
    const faults: Text[] = minimums
      .filter((needed) => !criterion.options.includes(needed))
      .map((needed) => ({
        vi: `Bộ ${set.set}, tiêu chí ${criterion.code}: mức tối thiểu ${needed} không có trong các lựa chọn`,
        en: `Set ${set.set}, criterion ${criterion.code}: no option is worth the minimum of ${needed}`,
      }));
    return unexplained
      ? [
          ...faults,
          {
            vi: `Bộ ${set.set}, tiêu chí ${criterion.code}: lựa chọn cao nhất ${highest} điểm, tối đa ${criterion.max}`,
            en: `Set ${set.set}, criterion ${criterion.code}: the highest option is ${highest}, the maximum ${criterion.max}`,
          },
        ]
      : faults;
  });
}
