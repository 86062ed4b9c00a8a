/** A council's verdict as the records keep it. */
import type { Level } from '../../domain/regimes';
import type { CriteriaSet } from '../../domain/stars/criteria';
import type { Award } from '../../domain/stars/verdict';
import type { Prisma } from '../../prisma/generated/client';

/** The figures, minimums, route and reasoning of an award. */
export function resultRow(award: Award, { level, rulesId, set }: { level: Level; rulesId: string; set: CriteriaSet }) {
  const { sum, members, mean, band, star, spread, route, missedMinimums, steps } = award;
  return {
    level,
    rulesId,
    criteriaSet: set.set,
    sum,
    members,
    mean,
    band,
    star,
    spread,
    route: route ?? 'rescore',
    missedMinimums: missedMinimums.map(({ criterion, title, level: forStar, needed }) => ({ criterion, title, level: forStar, needed })),
    steps: steps as unknown as Prisma.InputJsonArray,
  };
}
