/** Thirty products of six sets, and what nine members give each: one of every case that the rules know. */
import type { Star } from './council';

const SETS = [4, 1, 8, 11, 21, 26];
export const PRODUCTS = SETS.flatMap((set) => [1, 2, 3, 4, 5].map((number) => ({ name: `Sản phẩm ${set}.${number}`, set })));

/** What the members give: nine totals, and which star's minimums the sheets meet. */
interface Wish {
  totals: number[];
  meeting: Star;
}

const nine = (total: number): number[] => Array.from({ length: 9 }, () => total);

export const RECUSED = 0;
export const RESCORED = 1;
export const MINIMUM_MISSED = 2;
export const EDGE = 3;
export const BELOW_EDGE = 4;
export const NINETY = 5;
export const BELOW_FIFTY = 6;

export const wishFor = (index: number): Wish => {
  switch (index) {
    case RECUSED:
      return { totals: nine(74).with(8, 80), meeting: 4 };
    case RESCORED:
      return { totals: nine(76).with(3, 60), meeting: 3 };
    case MINIMUM_MISSED:
      return { totals: nine(78).with(2, 77), meeting: 3 };
    case EDGE:
      return { totals: [66, 67, 68, 69, 70, 71, 72, 73, 74], meeting: 3 };
    case BELOW_EDGE:
      return { totals: nine(70).with(4, 69), meeting: 3 };
    case NINETY:
      return { totals: nine(92).with(1, 95), meeting: 5 };
    case BELOW_FIFTY:
      return { totals: nine(49).with(0, 50), meeting: 2 };
    default:
      return { totals: nine(56 + (index % 12)).map((total, member) => total + (member % 4)), meeting: 3 };
  }
};
