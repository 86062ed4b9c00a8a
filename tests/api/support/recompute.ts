/**
 * A verdict worked out anew from the criteria file and the articles alone, with none of the product's own code: what a person would get with the file,
 * a pencil and the decision. Every member must meet a minimum; a missed one is for people to decide.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Row {
  code: string;
  options: number[];
  starMinimums?: Record<string, number>;
}

const FILE = path.join(__dirname, '../../../data/criteria-qd26-2026.json');
const SETS = new Map(
  (JSON.parse(readFileSync(FILE, 'utf8')) as { sets: { set: number; criteria: Row[] }[] }).sets.map(({ set, criteria }) => [set, criteria]),
);

export function criteriaOf(set: number): Row[] {
  const rows = SETS.get(set);
  if (!rows) throw new Error(`no set ${set}`);
  return rows;
}

export interface Recomputed {
  sum: number;
  members: number;
  mean: string;
  band: number;
  star: number | null;
  spread: number;
  route: string;
  missedMinimums: { criterion: string; level: number }[];
}

/** The verdict on one product from its complete sheets (points by criterion, one per member). */
export function recompute(set: number, sheets: readonly Record<string, number>[]): Recomputed {
  const rows = criteriaOf(set);
  const totals = sheets.map((sheet) => rows.reduce((sum, { code }) => sum + Number(sheet[code]), 0));
  const sum = totals.reduce((a, b) => a + b, 0);
  const n = totals.length;
  // Article 3.3: 90-100, 70 to below 90, 50 to below 70, 30 to below 50, below 30.
  const band = sum >= 90 * n ? 5 : sum >= 70 * n ? 4 : sum >= 50 * n ? 3 : sum >= 30 * n ? 2 : 1;
  const missed: { criterion: string; level: number }[] = [];
  for (const level of [3, 4, 5])
    for (const { code, starMinimums } of rows) {
      const needed = starMinimums?.[String(level)];
      if (needed !== undefined && level <= band && sheets.some((sheet) => Number(sheet[code]) < needed))
        missed.push({ criterion: code, level });
    }
  const lowest = Math.min(...missed.map(({ level }) => level));
  const star = missed.length === 0 ? band : Math.min(band, lowest - 1);
  const spread = Math.max(...totals) - Math.min(...totals);
  const figures = { sum, members: n, mean: hundredths(sum, n), band, spread, missedMinimums: missed };
  // Tây Ninh's rules: more than ten points apart, the council scores again before there is a star.
  return spread > 10 ? { ...figures, star: null, route: 'rescore' } : { ...figures, star, route: routeOf(band, star) };
}

/** Article 4.1 and 7.3: five stars go to the ministry, three and four are the province's, below that nothing is recognised. */
function routeOf(band: number, star: number): string {
  if (star < 3) return 'not-recognised';
  if (star < band) return 'human-decides';
  return star === 5 ? 'national' : 'province';
}

/** Cut, not rounded. */
function hundredths(sum: number, n: number): string {
  const cut = Math.floor((sum * 100) / n);
  return `${Math.floor(cut / 100)}.${String(cut % 100).padStart(2, '0')}`;
}
