/**
 * Means of whole-point sheets and their bands. "Tổng điểm trung bình" decides the star (Decision 26/2026, article 3.3) and no text rounds it, so a
 * mean is kept as sum and count and compared in whole numbers; decimals exist only for display, and are cut, never rounded.
 */
import type { Procedure, Star } from '../regimes';

/** The mean of `count` sheet totals (count ≥ 1) whose points add to `sum`. */
export interface Mean {
  sum: number;
  count: number;
}

/** The mean of at least one sheet total. */
export function meanOf(totals: readonly number[]): Mean {
  return { sum: totals.reduce((sum, total) => sum + total, 0), count: totals.length };
}

/** Whether the exact mean reaches a number of points: `sum >= points × count`, without a division. */
export function reaches(mean: Mean, points: number): boolean {
  return mean.sum >= points * mean.count;
}

/** The highest star whose band the exact mean reaches (half-open bands: 69.67 is 3 stars, 89.996 is 4). Below every band: 1 star. */
export function bandOf(mean: Mean, bands: Procedure['bands']['value']): Star {
  return bands.filter((band) => reaches(mean, band.from)).reduce<Star>((best, band) => (band.star > best ? band.star : best), 1);
}

/** The mean cut (not rounded) to a number of decimals, with a decimal point: 89.996 is shown as `89.99`. */
export function truncatedMean(mean: Mean, decimals: number): string {
  const scaled = mean.sum * 10 ** decimals;
  const digits = String((scaled - (scaled % mean.count)) / mean.count).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
}

/** A decimal as Vietnamese text writes it, with a comma: `89.99` becomes `89,99`. */
export function vietnameseDecimal(decimal: string): string {
  return decimal.replace('.', ',');
}
