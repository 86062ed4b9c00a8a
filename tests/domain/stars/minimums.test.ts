import fc from 'fast-check';
import { type CriteriaSet, minimumFor, STAR_LEVELS } from '../../../domain/stars/criteria';
import { highestStarMet, unmetMinimums } from '../../../domain/stars/minimums';
import { sheets } from './arbitraries';
import { scoredOf, setNumber, sheetOf } from './fixtures';

const set = setNumber(1);

/** Three members whose answer to 4.1 (main market: 2 for 3 stars, 3 for 4, 5 for 5) differs; all else is at its best. */
function market(...points: number[]) {
  return scoredOf(
    set,
    points.map((given, index) => sheetOf(set, 95 + given, { member: `M${index + 1}`, meeting: 5, fixed: { '4.1': given } })),
  );
}

describe('starred minimums', () => {
  it('are all met by a sheet of full marks, in every set that offers them', () => {
    expect(unmetMinimums(set, scoredOf(set, [sheetOf(set, 100)]), 'every')).toEqual([]);
    expect(highestStarMet([])).toBe(5);
  });

  it('are listed with criterion, level, what was needed and what each member gave', () => {
    expect(unmetMinimums(set, market(5, 2, 3), 'every')).toEqual([
      {
        criterion: '4.1',
        title: 'Khu vực phân phối chính',
        level: 4,
        needed: 3,
        got: [
          { member: 'M1', points: 5 },
          { member: 'M2', points: 2 },
          { member: 'M3', points: 3 },
        ],
      },
      {
        criterion: '4.1',
        title: 'Khu vực phân phối chính',
        level: 5,
        needed: 5,
        got: [
          { member: 'M1', points: 5 },
          { member: 'M2', points: 2 },
          { member: 'M3', points: 3 },
        ],
      },
    ]);
  });

  it.each([
    // policy, points of the members, levels missed
    ['every', [5, 5, 5], []],
    ['every', [5, 5, 3], [5]],
    ['every', [1, 5, 5], [3, 4, 5]],
    ['majority', [5, 5, 3], []],
    ['majority', [5, 3, 3], [5]],
    ['majority', [5, 3], [5]], // half is not a majority
    ['majority', [2, 2, 1], [4, 5]],
    ['mean', [5, 3, 1], [5]], // mean 3
    ['mean', [5, 5, 3], [5]], // mean 4.33
    ['mean', [3, 3, 2], [4, 5]], // mean 2.67 is not 3
    ['mean', [1, 1, 5], [4, 5]], // mean 2.33
  ] as const)('under the policy %s, points %j miss the levels %j', (policy, points, levels) => {
    expect(unmetMinimums(set, market(...points), policy).map((unmet) => unmet.level)).toEqual(levels);
  });

  it('are cumulative: a missed *** minimum keeps a product at 2 stars even when **** and ***** are met', () => {
    const odd: CriteriaSet = {
      set: 99,
      name: 'x',
      criteria: [
        { part: 'A', code: '1', title: 'một', max: 2, options: [0, 2], starMinimums: { '3': 2 } },
        { part: 'A', code: '2', title: 'hai', max: 2, options: [0, 2], starMinimums: { '5': 2 } },
      ],
    };
    const unmet = (one: number, two: number) =>
      unmetMinimums(odd, scoredOf(odd, [{ member: 'M1', options: { '1': one, '2': two } }]), 'every');
    expect(highestStarMet(unmet(0, 2))).toBe(2);
    expect(highestStarMet(unmet(2, 0))).toBe(4);
    expect(highestStarMet(unmet(0, 0))).toBe(2);
    expect(highestStarMet(unmet(2, 2))).toBe(5);
  });

  it('leave 3 stars when only **** is missed', () => {
    expect(highestStarMet(unmetMinimums(set, market(2), 'every'))).toBe(3);
  });

  it('are missed under the policy every exactly when some member gave less', () => {
    fc.assert(
      fc.property(sheets(), ({ set: any, sheets: given }) => {
        const expected = STAR_LEVELS.flatMap((level) =>
          any.criteria
            .filter((criterion) => given.some((sheet) => (sheet.options[criterion.code] ?? 0) < (minimumFor(criterion, level) ?? 0)))
            .map((criterion) => `${level} ${criterion.code}`),
        );
        expect(unmetMinimums(any, scoredOf(any, given), 'every').map((unmet) => `${unmet.level} ${unmet.criterion}`)).toEqual(expected);
      }),
    );
  });

  it('are the same under every policy for a single sheet', () => {
    fc.assert(
      fc.property(sheets(), ({ set: any, sheets: given }) => {
        const one = scoredOf(any, given.slice(0, 1));
        const every = unmetMinimums(any, one, 'every');
        expect(unmetMinimums(any, one, 'majority')).toEqual(every);
        expect(unmetMinimums(any, one, 'mean')).toEqual(every);
      }),
    );
  });
});
