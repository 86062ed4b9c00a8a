import fc from 'fast-check';
import { type CriteriaSet, offeredPoints } from '../../../domain/stars/criteria';
import type { ScoreSheet } from '../../../domain/stars/sheets';
import { catalogue } from './fixtures';

/** Any of the 26 sets with 1-9 complete sheets; from poor to excellent products, so that every band and minimum is met and missed. */
export function sheets(): fc.Arbitrary<{ set: CriteriaSet; sheets: ScoreSheet[] }> {
  return fc
    .record({
      set: fc.constantFrom(...catalogue.sets),
      /** Chance in ten of the highest option. */
      quality: fc.nat(10),
      picks: fc.array(fc.array(fc.nat(99), { minLength: 34, maxLength: 34 }), { minLength: 1, maxLength: 9 }),
    })
    .map(({ set, quality, picks }) => ({
      set,
      sheets: picks.map((pick, index) => ({ member: `M${index + 1}`, options: optionsFrom(set, pick, quality) })),
    }));
}

function optionsFrom(set: CriteriaSet, picks: number[], quality: number): Record<string, number> {
  return Object.fromEntries(
    set.criteria.map((criterion, index) => {
      const offered = offeredPoints(criterion);
      const pick = picks[index] ?? 0;
      const chosen = pick % 10 < quality ? offered.at(-1) : offered[Math.floor(pick / 10) % offered.length];
      return [criterion.code, chosen ?? 0];
    }),
  );
}
