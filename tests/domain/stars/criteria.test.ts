import {
  alternativeCases,
  type Criterion,
  type CriteriaCatalogue,
  catalogueFaults,
  findSet,
  minimumFor,
  offeredPoints,
  partTotals,
  selectableTotals,
} from '../../../domain/stars/criteria';
import { catalogue, setNumber } from './fixtures';

function criterion(set: number, code: string): Criterion {
  const found = setNumber(set).criteria.find((each) => each.code === code);
  if (found === undefined) throw new Error(`no criterion ${code} in set ${set}`);
  return found;
}

describe('the 26 shipped sets', () => {
  const lowest = [15, 16, 16, 15, 15, 15, 16, 16, 15, 15, 14, 14, 14, 14, 14, 14, 14, 15, 12, 13, 14, 14, 17, 17, 15, 31];

  it('are 1 to 26, and no other number is found', () => {
    expect(catalogue.sets.map((set) => set.set)).toEqual(Array.from({ length: 26 }, (_, index) => index + 1));
    expect(findSet(catalogue, 0)).toBeUndefined();
    expect(findSet(catalogue, 27)).toBeUndefined();
    expect(findSet(catalogue, 11)?.name).toBe('Chè tươi, chè chế biến');
  });

  it('have no fault', () => {
    expect(catalogueFaults(catalogue)).toEqual([]);
  });

  it.each(catalogue.sets.map((set) => [set.set, set] as const))('set %i has parts of 40, 25 and 35 points', (_, set) => {
    expect(partTotals(set)).toEqual({ A: 40, B: 25, C: 35 });
  });

  it.each(catalogue.sets.map((set) => [set.set, set] as const))(
    'set %i reaches the lowest and highest totals that its options allow',
    (number, set) => {
      // The transcript of set 7, criterion 7, lacks the option worth 5.
      expect(selectableTotals(set)).toEqual({ lowest: lowest[number - 1], highest: number === 7 ? 98 : 100 });
    },
  );

  it('offer each number of points once, lowest first', () => {
    expect(criterion(7, '3.1').options).toEqual([1, 1, 3]);
    expect(offeredPoints(criterion(7, '3.1'))).toEqual([1, 3]);
    expect(offeredPoints({ ...criterion(1, '1.1'), options: [10, 3, 10, 2] })).toEqual([2, 3, 10]);
  });

  it('have two cases to choose from only in set 26, criteria 8, 9 and 15', () => {
    const withCases = catalogue.sets.flatMap((set) =>
      set.criteria.filter((each) => alternativeCases(each).length > 1).map((each) => [set.set, each.code, alternativeCases(each)]),
    );
    expect(withCases).toEqual([
      [
        26,
        '8',
        [
          [1, 3],
          [1, 3],
        ],
      ],
      [
        26,
        '9',
        [
          [1, 2],
          [1, 2],
        ],
      ],
      [
        26,
        '15',
        [
          [1, 3],
          [1, 3],
        ],
      ],
    ]);
    expect(alternativeCases(criterion(23, '6.2'))).toEqual([[1, 1, 3, 5]]);
  });

  it('say per star level what a criterion needs', () => {
    const distribution = criterion(1, '4.1');
    expect([minimumFor(distribution, 3), minimumFor(distribution, 4), minimumFor(distribution, 5)]).toEqual([2, 3, 5]);
    expect(minimumFor(criterion(1, '1.3'), 4)).toBeUndefined();
    expect(minimumFor(criterion(1, '1.1'), 3)).toBeUndefined();
  });
});

describe('the faults of a catalogue', () => {
  const leaf = (part: 'A' | 'B' | 'C', code: string, more: Partial<Criterion> = {}): Criterion => ({
    part,
    code,
    title: code,
    max: 2,
    options: [0, 2],
    ...more,
  });
  const faultsOf = (criteria: Criterion[]) => {
    const one: CriteriaCatalogue = { source: 'test', parts: { A: 2, B: 2, C: 2 }, sets: [{ set: 3, name: 'x', criteria }] };
    return catalogueFaults(one);
  };

  it('are none when every part, code and option fits', () => {
    expect(faultsOf([leaf('A', '1'), leaf('B', '2'), leaf('C', '3', { starMinimums: { '3': 2 } })])).toEqual([]);
  });

  it('name the part whose maxima add to something else', () => {
    expect(faultsOf([leaf('A', '1'), leaf('B', '2'), leaf('C', '3'), leaf('C', '4')])).toEqual([
      { vi: 'Bộ 3, phần C: tổng điểm tối đa là 4, phải là 2', en: 'Set 3, part C: the maxima add to 4, they must add to 2' },
    ]);
    expect(faultsOf([])).toHaveLength(3);
  });

  it('name a code that is there twice', () => {
    expect(faultsOf([leaf('A', '1'), leaf('B', '1'), leaf('C', '3')])).toEqual([
      { vi: 'Bộ 3, tiêu chí 1: mã bị lặp', en: 'Set 3, criterion 1: the code is there twice' },
    ]);
  });

  it('name a heading among the leaves, and do not take 1 for the heading of 10', () => {
    expect(faultsOf([leaf('A', '1'), leaf('B', '10'), leaf('C', '1.1')])).toEqual([
      {
        vi: 'Bộ 3, tiêu chí 1: là mục lớn, không phải tiêu chí chấm điểm',
        en: 'Set 3, criterion 1: is the heading of others, not a criterion to score',
      },
    ]);
  });

  it('name a minimum that no option is worth', () => {
    expect(faultsOf([leaf('A', '1'), leaf('B', '2'), leaf('C', '3', { starMinimums: { '3': 1, '5': 2 } })])).toEqual([
      {
        vi: 'Bộ 3, tiêu chí 3: mức tối thiểu 1 không có trong các lựa chọn',
        en: 'Set 3, criterion 3: no option is worth the minimum of 1',
      },
    ]);
  });

  it('name an option above the maximum, note or not, and a maximum out of reach unless a note says so', () => {
    const fault = (highest: number) => [
      {
        vi: `Bộ 3, tiêu chí 3: lựa chọn cao nhất ${highest} điểm, tối đa 2`,
        en: `Set 3, criterion 3: the highest option is ${highest}, the maximum 2`,
      },
    ];
    const third = (more: Partial<Criterion>) => faultsOf([leaf('A', '1'), leaf('B', '2'), leaf('C', '3', more)]);
    expect(third({ options: [0, 3] })).toEqual(fault(3));
    expect(third({ options: [0, 3], note: 'unclear' })).toEqual(fault(3));
    expect(third({ options: [0, 1] })).toEqual(fault(1));
    expect(third({ options: [0, 1], note: 'unclear' })).toEqual([]);
    expect(third({ options: [0, 1], starMinimums: { '4': 2 } })).toHaveLength(2);
  });
});
