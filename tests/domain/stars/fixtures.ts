/** Shipped criteria, regimes and council rules for the star tests, and sheets made to measure. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CouncilRules } from '../../../domain/council-rules';
import type { Procedure, Regime } from '../../../domain/regimes';
import type { Sourced } from '../../../domain/sources';
import { type CriteriaCatalogue, type CriteriaSet, findSet, minimumFor, offeredPoints, STAR_LEVELS } from '../../../domain/stars/criteria';
import { readSheets, type ScoredSheet, type ScoreSheet } from '../../../domain/stars/sheets';

export const catalogue = JSON.parse(
  readFileSync(path.join(__dirname, '../../../data/criteria-qd26-2026.json'), 'utf8'),
) as CriteriaCatalogue;

export function setNumber(number: number): CriteriaSet {
  const set = findSet(catalogue, number);
  if (set === undefined) throw new Error(`no set ${number}`);
  return set;
}

export function sourced<T>(value: T, source = 'test'): Sourced<T> {
  return { value, source, certainty: 'primary' };
}

/** The procedure of a shipped regime. */
export function procedureOf(regime: string): Procedure {
  const file = path.join(__dirname, `../../../plans/regimes/${regime}.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as Regime).procedure;
}

/** Two-tier: the province recognises 3 and 4 stars and passes on from 90. */
export const r3 = procedureOf('qd-26-2026');

/** Three-tier: the district recognises 3 stars and passes on from 70. */
export const r1 = procedureOf('qd-148-2023');

/** The values of Tây Ninh's published rules, each with a source of its own, so that a wrong source shows. */
export const rules: CouncilRules = {
  id: 'test',
  title: { vi: 'Quy chế', en: 'Rules' },
  source: 'Quy chế',
  quorum: sourced({ members: { numerator: 3, denominator: 4 }, chairMustAttend: true }, 'Quy chế, số thành viên'),
  maxSpread: sourced<number | null>(10, 'Quy chế, chênh lệch'),
  onSpread: sourced('rescore', 'Quy chế, chấm lại'),
  mean: sourced('arithmetic', 'Quy chế, điểm trung bình'),
  published: sourced({ decimals: 2, method: 'truncate' }, 'Quy chế, công bố'),
  minimumPolicy: sourced('every', 'Quy chế, yêu cầu tối thiểu'),
  onMissedMinimum: sourced('human-decides', 'Quy chế, thiếu yêu cầu tối thiểu'),
  conflictOfInterest: sourced('recuse'),
  handoverWorkingDays: sourced(null),
};

export interface SheetWish {
  member?: string;
  /** Every minimum up to this star is met. */
  meeting?: 2 | 3 | 4 | 5;
  /** Points fixed beforehand, by code, whatever the minimums. */
  fixed?: Record<string, number>;
}

/** A complete sheet of exactly that total, found by trying every reachable total criterion by criterion. */
export function sheetOf(set: CriteriaSet, total: number, { member = 'M1', meeting = 2, fixed = {} }: SheetWish = {}): ScoreSheet {
  let reachable = new Map<number, Record<string, number>>([[0, {}]]);
  for (const criterion of set.criteria) {
    const floor = Math.max(0, ...STAR_LEVELS.filter((level) => level <= meeting).map((level) => minimumFor(criterion, level) ?? 0));
    const fixedPoints = fixed[criterion.code];
    const choices = fixedPoints === undefined ? offeredPoints(criterion).filter((points) => points >= floor) : [fixedPoints];
    const next = new Map<number, Record<string, number>>();
    for (const [sum, options] of reachable) {
      for (const points of choices) next.set(sum + points, { ...options, [criterion.code]: points });
    }
    reachable = next;
  }
  const options = reachable.get(total);
  if (options === undefined) throw new Error(`set ${set.set} cannot reach ${total} with ${JSON.stringify({ meeting, fixed })}`);
  return { member, options };
}

/** One sheet per total, by M1, M2, … */
export function sheetsOf(set: CriteriaSet, totals: readonly number[], wish: SheetWish = {}): ScoreSheet[] {
  const byTotal = new Map([...new Set(totals)].map((total) => [total, sheetOf(set, total, wish).options]));
  return totals.map((total, position) => ({ member: `M${position + 1}`, options: byTotal.get(total) ?? {} }));
}

export function scoredOf(set: CriteriaSet, sheets: ScoreSheet[]): ScoredSheet[] {
  return readSheets(set, sheets).scored;
}
