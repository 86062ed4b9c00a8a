/**
 * Starred minimums: "Dấu sao là yêu cầu tối thiểu phải đạt theo các cấp độ sao" (Decision 26/2026, Appendix II, footnote of the sheets). They are
 * cumulative: 5 stars need the minimums of ***, **** and *****. Set 26 (tourism) has starred options without that footnote; they are read alike. How several members' answers count together is the council's rule.
 */
import type { MinimumPolicy } from '../council-rules';
import type { Star } from '../regimes';
import { type CriteriaSet, minimumFor, STAR_LEVELS, type StarLevel } from './criteria';
import type { ScoredSheet } from './sheets';
import { meanOf, reaches } from './totals';

/** A minimum that the members' answers, taken together under the council's policy, do not meet. */
export interface UnmetMinimum {
  criterion: string;
  title: string;
  level: StarLevel;
  needed: number;
  got: { member: string; points: number }[];
}

/** Every minimum of 3, 4 and 5 stars that is not met, by level and then in the set's order. */
export function unmetMinimums(set: CriteriaSet, sheets: readonly ScoredSheet[], policy: MinimumPolicy): UnmetMinimum[] {
  return STAR_LEVELS.flatMap((level) =>
    set.criteria.flatMap((criterion) => {
      const needed = minimumFor(criterion, level);
      if (needed === undefined) return [];
      const got = sheets.flatMap(({ member, answers }) =>
        answers.filter((answer) => answer.criterion === criterion).map(({ points }) => ({ member, points })),
      );
      const points = got.map((answer) => answer.points);
      return meets(points, needed, policy) ? [] : [{ criterion: criterion.code, title: criterion.title, level, needed, got }];
    }),
  );
}

/** The highest star with every minimum met at its level or below; 1 and 2 stars have no minimums. */
export function highestStarMet(unmet: readonly UnmetMinimum[]): Star {
  const lowestUnmet = STAR_LEVELS.find((level) => unmet.some((minimum) => minimum.level === level));
  return lowestUnmet === undefined ? 5 : STAR_BELOW[lowestUnmet];
}

const STAR_BELOW: Record<StarLevel, Star> = { 3: 2, 4: 3, 5: 4 };

/** `every`: all members gave at least the points needed; `majority`: more than half did; `mean`: their mean did. */
function meets(points: readonly number[], needed: number, policy: MinimumPolicy): boolean {
  const meeting = points.filter((given) => given >= needed).length;
  switch (policy) {
    case 'every':
      return meeting === points.length;
    case 'majority':
      return meeting * 2 > points.length;
    case 'mean':
      return reaches(meanOf(points), needed);
  }
}
