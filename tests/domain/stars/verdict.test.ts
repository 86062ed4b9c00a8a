import fc from 'fast-check';
import type { CouncilRules } from '../../../domain/council-rules';
import type { Star } from '../../../domain/regimes';
import { minimumFor, offeredPoints, STAR_LEVELS } from '../../../domain/stars/criteria';
import type { ScoreSheet } from '../../../domain/stars/sheets';
import { type Award, award, type AwardInput } from '../../../domain/stars/verdict';
import { sheets } from './arbitraries';
import { r1, r3, rules, setNumber, sheetOf, sheetsOf, sourced } from './fixtures';

const set = setNumber(1);
const anyDistance: CouncilRules = { ...rules, maxSpread: sourced<number | null>(null) };

function awardOf(given: ScoreSheet[], more: Partial<AwardInput> = {}): Award {
  return award({ level: 'province', procedure: r3, set, rules, sheets: given, ...more });
}

/** As many sheet totals as there are members, adding to `sum`, as even as whole points allow. */
function evenTotals(sum: number, members: number): number[] {
  return Array.from({ length: members }, (_, index) => Math.floor((sum + index) / members));
}

describe('the cases of the domain, at the province under Decision 26/2026', () => {
  it.each([
    // totals, minimums met up to, mean shown, band, star, route
    [[70, 70, 69], 3, '69.66', 3, 3, 'province'],
    [[90, 90, 89], 4, '89.66', 4, 4, 'province'],
    [[90, 90, 90], 5, '90.00', 5, 5, 'national'],
    [[90], 5, '90.00', 5, 5, 'national'],
    [evenTotals(22_499, 250), 5, '89.99', 4, 4, 'province'], // 89.996
    [evenTotals(4999, 100), 2, '49.99', 2, 2, 'not-recognised'],
    [[50], 3, '50.00', 3, 3, 'province'],
    [[30], 2, '30.00', 2, 2, 'not-recognised'],
    [evenTotals(2999, 100), 2, '29.99', 1, 1, 'not-recognised'],
  ] as const)('%j with minimums met up to %i: mean %s, band %i, %i stars, %s', (totals, meeting, mean, band, star, route) => {
    const result = awardOf(sheetsOf(set, totals, { meeting }));
    expect(result).toMatchObject({ mean, band, star, route, missedMinimums: [], alternatives: [], problems: [] });
    expect(result.sum).toBe(totals.reduce((sum, total) => sum + total, 0));
    expect(result.members).toBe(totals.length);
  });

  it('92 with one ***** minimum missed is no potential 5 stars: a person confirms 4', () => {
    const result = awardOf([sheetOf(set, 92, { meeting: 5, fixed: { '1.3': 2 } })]);
    expect(result).toMatchObject({ mean: '92.00', band: 5, star: 4, route: 'human-decides' });
    expect(result.missedMinimums).toEqual([
      { criterion: '1.3', title: 'Gia tăng giá trị', level: 5, needed: 3, got: [{ member: 'M1', points: 2 }] },
    ]);
    expect(result.alternatives.map(({ star, route }) => [star, route])).toEqual([
      [4, 'province'],
      [null, 'not-recognised'],
    ]);
  });

  it('85 with a **** minimum missed and all *** met: 3 stars proposed, a person decides', () => {
    const given = [sheetOf(set, 85, { meeting: 4, fixed: { '5.1': 3 } })];
    const result = awardOf(given);
    expect(result).toMatchObject({ mean: '85.00', band: 4, star: 3, route: 'human-decides' });
    expect(result.missedMinimums.map(({ criterion, level, needed }) => [criterion, level, needed])).toEqual([['5.1', 4, 5]]);

    const lowered = awardOf(given, { rules: { ...rules, onMissedMinimum: sourced('one-star-lower') } });
    expect(lowered).toMatchObject({ star: 3, route: 'province', alternatives: [] });
    const refused = awardOf(given, { rules: { ...rules, onMissedMinimum: sourced('not-recognised') } });
    expect(refused).toMatchObject({ star: null, route: 'not-recognised', alternatives: [] });
  });

  it('60 with a *** minimum missed is not recognised in any reading', () => {
    const result = awardOf([sheetOf(set, 60, { fixed: { '2.2': 1 } })]);
    expect(result).toMatchObject({ band: 3, star: 2, route: 'not-recognised', alternatives: [] });
    expect(result.missedMinimums.map(({ criterion }) => criterion)).toContain('2.2');
  });

  it('minimums above the band are not reported as missed', () => {
    const result = awardOf([sheetOf(set, 60, { meeting: 3 })]);
    expect(result).toMatchObject({ star: 3, route: 'province', missedMinimums: [] });
  });

  it('88 and 74 are too far apart: figures, but no star before the council scores again', () => {
    const result = awardOf(sheetsOf(set, [88, 74], { meeting: 4 }));
    expect(result).toMatchObject({
      sum: 162,
      members: 2,
      mean: '81.00',
      band: 4,
      star: null,
      spread: 14,
      route: 'rescore',
      alternatives: [],
    });
    expect(awardOf(sheetsOf(set, [84, 74], { meeting: 4 }))).toMatchObject({ spread: 10, star: 4, route: 'province' });
  });

  it('set 26 is scored like the others', () => {
    const tourism = setNumber(26);
    expect(awardOf([sheetOf(tourism, 80, { meeting: 4 })], { set: tourism })).toMatchObject({ star: 4, route: 'province' });
  });

  it('92 at the province, then 88 at the ministry: the province has two ways', () => {
    const result = awardOf([sheetOf(set, 88, { meeting: 5 })], { level: 'national' });
    expect(result).toMatchObject({ band: 4, star: 4, route: 'human-decides' });
    expect(result.alternatives.map(({ choice }) => choice)).toEqual(['use-national-result', 'own-evaluation']);
  });
});

describe('the three-tier regime', () => {
  it.each([
    ['district', [70], 4, 4, 'province'],
    ['district', [60], 3, 3, 'district'],
    ['province', [60], 3, 3, 'human-decides'],
    ['province', [75], 4, 4, 'province'],
    ['province', [92], 5, 5, 'national'],
  ] as const)('at the %s, %j with minimums met up to %i: %i stars, %s', (level, totals, meeting, star, route) => {
    expect(awardOf(sheetsOf(set, totals, { meeting }), { level, procedure: r1 })).toMatchObject({ star, route });
  });
});

describe('exclusion', () => {
  const noFigures = { sum: null, mean: null, band: null, star: null, missedMinimums: [], spread: null, problems: [] };

  it('is apart from any score, even of a product with 100 points', () => {
    expect(awardOf([sheetOf(set, 100)], { disqualified: { reason: 'Hồ sơ giả mạo' } })).toEqual({
      ...noFigures,
      members: 1,
      route: 'disqualified',
      alternatives: [],
      steps: [
        {
          vi: 'Hồ sơ bị loại: Hồ sơ giả mạo. Đây không phải là điểm 0; không tính điểm và không xếp hạng',
          en: 'The dossier is excluded: Hồ sơ giả mạo. This is not a score of 0; nothing is added up and no star is given',
          source: 'Quyết định 26/2026/QĐ-TTg, Phụ lục II (“Hồ sơ bị loại khi …”)',
        },
      ],
    });
  });

  it('proposed on a sheet is for the council to settle before anything is added up', () => {
    const stopped = { member: 'M2', options: {}, disqualified: { reason: 'Thiếu giấy chứng nhận an toàn thực phẩm' } };
    const result = awardOf([sheetOf(set, 80), stopped]);
    expect(result).toMatchObject({ ...noFigures, members: 2, route: 'human-decides' });
    expect(result.alternatives.map(({ route }) => route)).toEqual(['disqualified', 'rescore']);
    expect(result.steps).toEqual([
      {
        vi: 'Thành viên M2 đề nghị loại hồ sơ: Thiếu giấy chứng nhận an toàn thực phẩm. Hội đồng phải kết luận trước khi tính điểm',
        en: 'Member M2 proposes exclusion: Thiếu giấy chứng nhận an toàn thực phẩm. The council must settle this before points are added up',
        source: 'Quyết định 26/2026/QĐ-TTg, Phụ lục II (“Hồ sơ bị loại khi …”)',
      },
    ]);
  });
});

describe('a session that cannot be concluded', () => {
  const members = ['M1', 'M2', 'M3', 'M4'];

  it('has no figures and no route but every problem of sheets and session', () => {
    const result = awardOf([{ member: 'M2', options: { ...sheetOf(set, 80).options, '1.1': 9 } }], { session: { members, chair: 'M1' } });
    expect(result).toMatchObject({ sum: null, members: 1, mean: null, band: null, star: null, spread: null, route: null, steps: [] });
    expect(result.problems.map((problem) => problem.kind)).toEqual(['not-offered', 'quorum', 'chair-absent']);
  });

  it('without a sheet says so', () => {
    expect(awardOf([])).toMatchObject({ members: 0, route: null });
    expect(awardOf([]).problems.map((problem) => problem.kind)).toEqual(['no-sheets']);
  });

  it('is one with a membership to check; without membership the steps say that nothing was checked', () => {
    const three = sheetsOf(set, [70, 70, 70], { meeting: 4 });
    const checked = awardOf(three, { session: { members, chair: 'M1' } });
    expect(checked).toMatchObject({ route: 'province', problems: [] });
    expect(checked.steps[0]).toEqual({
      vi: '3/4 thành viên chấm; cần ít nhất 3',
      en: '3 of 4 members scored; at least 3 are needed',
      source: 'Quy chế, số thành viên',
    });
    expect(awardOf(three).steps[0]).toEqual({
      vi: '3 phiếu chấm; chưa kiểm tra số thành viên dự họp vì không có danh sách Hội đồng',
      en: "3 sheets; the quorum is not checked because the council's membership was not given",
      source: 'Quy chế, số thành viên',
    });
  });
});

describe('the reasoning', () => {
  const words = (result: Award) => result.steps.slice(1).map(({ vi, en, source }) => [vi, en, source]);

  it('explains mean, spread, band, minimums and who decides, each with its source', () => {
    expect(words(awardOf(sheetsOf(set, [90, 90, 89], { meeting: 4 })))).toEqual([
      [
        'Điểm trung bình: (90 + 90 + 89) / 3 = 89,66 (cắt bớt phần lẻ để hiển thị, không làm tròn)',
        'Mean: (90 + 90 + 89) / 3 = 89.66 (cut for display, not rounded)',
        'Quy chế, điểm trung bình',
      ],
      [
        'Chênh lệch giữa các thành viên: 1 điểm; tối đa 10 điểm',
        'Difference between the members: 1 points; at most 10 points',
        'Quy chế, chênh lệch',
      ],
      ['89,66 điểm thuộc khung 4 sao', '89.66 points are in the band of 4 stars', r3.bands.source],
      [
        'Đạt mọi yêu cầu tối thiểu đến hạng 4 sao',
        'Every minimum up to 4 stars is met',
        'Quyết định 26/2026/QĐ-TTg, Phụ lục II, bộ 1; Quy chế, yêu cầu tối thiểu',
      ],
      [
        'Hạng 4 sao: cấp tỉnh quyết định công nhận và cấp giấy chứng nhận',
        '4 stars: the province decides on recognition and issues the certificate',
        r3.recognises.source,
      ],
    ]);
  });

  it('explains to the producer why 85 points are 3 stars', () => {
    expect(words(awardOf([sheetOf(set, 85, { meeting: 4, fixed: { '5.1': 3 } })])).slice(3, 5)).toEqual([
      [
        'Tiêu chí 5.1 “Câu chuyện sản phẩm”: hạng 4 sao cần ít nhất 5 điểm (M1: 3)',
        'Criterion 5.1 “Câu chuyện sản phẩm”: 4 stars need at least 5 points (M1: 3)',
        'Quyết định 26/2026/QĐ-TTg, Phụ lục II, bộ 1; Quy chế, yêu cầu tối thiểu',
      ],
      [
        'Điểm ở khung 4 sao nhưng chỉ đạt yêu cầu tối thiểu đến hạng 3 sao. Văn bản không quy định hệ quả: người có thẩm quyền quyết định',
        'The points are in the band of 4 stars, but the minimums are met only up to 3. The text does not say what follows: the person in charge decides',
        'Quy chế, thiếu yêu cầu tối thiểu',
      ],
    ]);
  });

  it('gives what each member gave on a missed minimum, and the rule of a council that has one', () => {
    const given = sheetsOf(set, [85, 85], { meeting: 4, fixed: { '5.1': 3 } });
    const under = (rule: 'one-star-lower' | 'not-recognised') => awardOf(given, { rules: { ...rules, onMissedMinimum: sourced(rule) } });
    const lowered = words(under('one-star-lower'));
    expect(lowered[3]?.[0]).toContain('(M1: 3, M2: 3)');
    expect(lowered[4]?.slice(0, 2)).toEqual([
      'Điểm ở khung 4 sao nhưng chỉ đạt yêu cầu tối thiểu đến hạng 3 sao. Quy chế Hội đồng: xếp hạng sao cao nhất còn đạt',
      "The points are in the band of 4 stars, but the minimums are met only up to 3. The council's rules: the highest star still met is given",
    ]);
    expect(words(under('not-recognised'))[4]?.slice(0, 2)).toEqual([
      'Điểm ở khung 4 sao nhưng chỉ đạt yêu cầu tối thiểu đến hạng 3 sao. Quy chế Hội đồng: không đạt',
      "The points are in the band of 4 stars, but the minimums are met only up to 3. The council's rules: not passed",
    ]);
  });

  it('below 50 has no minimums to speak of, and a written notice where the regime orders one', () => {
    const low = [sheetOf(set, 40)];
    const notice = [
      'Thông báo bằng văn bản cho UBND cấp xã và chủ thể OCOP',
      'Written notice to the commune and the producer',
      r3.belowRecognition?.source,
    ];
    expect(words(awardOf(low)).slice(3)).toEqual([
      [
        'Hạng 2 sao: không ban hành quyết định công nhận, không cấp giấy chứng nhận',
        'Rank of 2: no decision of recognition, no certificate',
        r3.recognises.source,
      ],
      notice,
    ]);
    expect(words(awardOf(low, { procedure: r1 }))).toHaveLength(4);
    expect(words(awardOf(low, { procedure: { ...r3, belowRecognition: sourced({ writtenNotice: false }) } }))).toHaveLength(4);
    const open = awardOf([sheetOf(set, 85, { meeting: 4, fixed: { '5.1': 3 } })]);
    expect(words(open)).not.toContainEqual(notice);
    expect(words(awardOf([sheetOf(set, 80, { meeting: 4 })]))).not.toContainEqual(notice);
  });

  it('says that the members must score again, or that there is no limit', () => {
    const given = sheetsOf(set, [88, 74], { meeting: 4 });
    expect(words(awardOf(given)).at(-1)).toEqual([
      'Chênh lệch vượt quy định: Hội đồng thảo luận để thống nhất cho điểm lại; giữ các phiếu cũ',
      'The difference is too large: the council discusses, agrees and scores again; the earlier sheets are kept',
      'Quy chế, chấm lại',
    ]);
    expect(words(awardOf(given, { rules: anyDistance }))[1]?.slice(0, 2)).toEqual([
      'Chênh lệch giữa các thành viên: 14 điểm; không có giới hạn',
      'Difference between the members: 14 points; no limit',
    ]);
  });
});

describe('for any sheets of any set', () => {
  const policies = fc.constantFrom('every' as const, 'majority' as const, 'mean' as const);
  const underRules = (policy: 'every' | 'majority' | 'mean'): CouncilRules => ({ ...anyDistance, minimumPolicy: sourced(policy) });
  const starOf = (result: Award): Star | 0 => result.star ?? 0;

  it('the star is never above the band, and 5 stars go to the ministry with no minimum missed', () => {
    fc.assert(
      fc.property(sheets(), policies, ({ set: any, sheets: given }, policy) => {
        const result = awardOf(given, { set: any, rules: underRules(policy) });
        expect(starOf(result)).toBeLessThanOrEqual(result.band ?? 0);
        expect(result.route === 'national').toBe((result.sum ?? 0) >= 90 * given.length && result.missedMinimums.length === 0);
        expect(result.missedMinimums.every((missed) => missed.level <= (result.band ?? 0))).toBe(true);
        expect(result.alternatives.length > 1).toBe(result.route === 'human-decides');
      }),
    );
  });

  it('a starred criterion dropped below its minimum never raises the star', () => {
    fc.assert(
      fc.property(sheets(), policies, fc.nat(), fc.nat(), ({ set: any, sheets: given }, policy, who, which) => {
        const starred = any.criteria.filter((criterion) => STAR_LEVELS.some((level) => minimumFor(criterion, level) !== undefined));
        const criterion = starred[which % starred.length];
        fc.pre(criterion !== undefined);
        const lowest = offeredPoints(criterion)[0] ?? 0;
        const dropped = given.map((sheet, index) =>
          index === who % given.length ? { ...sheet, options: { ...sheet.options, [criterion.code]: lowest } } : sheet,
        );
        const before = awardOf(given, { set: any, rules: underRules(policy) });
        const after = awardOf(dropped, { set: any, rules: underRules(policy) });
        expect(starOf(after)).toBeLessThanOrEqual(starOf(before));
      }),
    );
  });

  it('the order of the members does not matter', () => {
    fc.assert(
      fc.property(sheets(), policies, ({ set: any, sheets: given }, policy) => {
        const facts = (result: Award) => ({
          ...result,
          steps: [],
          missedMinimums: result.missedMinimums.map(({ got, ...minimum }) => ({
            ...minimum,
            got: new Set(got.map((each) => `${each.member} ${each.points}`)),
          })),
        });
        const forward = awardOf(given, { set: any, rules: underRules(policy) });
        const backward = awardOf(given.toReversed(), { set: any, rules: underRules(policy) });
        expect(facts(backward)).toEqual(facts(forward));
      }),
    );
  });
});
