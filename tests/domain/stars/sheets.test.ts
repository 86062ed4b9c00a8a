import fc from 'fast-check';
import { readSheets, sheetTotal } from '../../../domain/stars/sheets';
import { catalogue, scoredOf, setNumber, sheetOf } from './fixtures';
import { sheets } from './arbitraries';

const honey = setNumber(4);
const tourism = setNumber(26);

function without(options: Readonly<Record<string, number>>, code: string): Record<string, number> {
  return Object.fromEntries(Object.entries(options).filter(([each]) => each !== code));
}

describe('a complete sheet', () => {
  it('has no problem and one answer per criterion, in the order of the set', () => {
    const sheet = sheetOf(honey, 77, { member: 'Sở Công Thương' });
    const { scored, problems } = readSheets(honey, [sheet]);
    expect(problems).toEqual([]);
    expect(scored.map((each) => each.member)).toEqual(['Sở Công Thương']);
    expect(scored[0]?.answers.map((answer) => answer.criterion)).toEqual(honey.criteria);
    expect(scored.map(sheetTotal)).toEqual([77]);
  });

  it('adds to the independent sum of its options, in every set', () => {
    fc.assert(
      fc.property(sheets(), ({ set, sheets: given }) => {
        const { scored, problems } = readSheets(set, given);
        expect(problems).toEqual([]);
        expect(scored.map(sheetTotal)).toEqual(given.map((sheet) => Object.values(sheet.options).reduce((sum, points) => sum + points, 0)));
      }),
    );
  });

  it('of tourism may take its points from either of two cases', () => {
    for (const points of [1, 3]) {
      expect(readSheets(tourism, [sheetOf(tourism, 80, { fixed: { '8': points, '15': points } })]).problems).toEqual([]);
    }
  });
});

describe('a sheet with problems', () => {
  it('does not count an unanswered criterion as 0 but names it, with what is allowed', () => {
    const sheet = { member: 'An', options: without(sheetOf(honey, 70).options, '1.1') };
    expect(readSheets(honey, [sheet]).problems).toEqual([
      {
        kind: 'missing-answer',
        member: 'An',
        criterion: '1.1',
        given: null,
        allowed: [1, 2, 3],
        text: {
          vi: 'Phiếu của An: chưa chấm tiêu chí 1.1 “Nguồn gốc sản phẩm” (bộ 4); chọn 1, 2, 3 điểm',
          en: 'Sheet of An: criterion 1.1 “Nguồn gốc sản phẩm” (set 4) has no answer; choose 1, 2, 3 points',
        },
      },
    ]);
  });

  it('refuses points that no option is worth, between the options as well as beyond them', () => {
    const refused = (given: number) =>
      readSheets(tourism, [{ member: 'An', options: { ...sheetOf(tourism, 80).options, '8': given } }]).problems;
    expect(refused(2)).toEqual([
      {
        kind: 'not-offered',
        member: 'An',
        criterion: '8',
        given: 2,
        allowed: [1, 3],
        text: {
          vi: 'Phiếu của An: tiêu chí 8 “Đáp ứng điều kiện kinh doanh dịch vụ” (bộ 26) không có lựa chọn 2 điểm; chọn 1, 3 điểm (trường hợp một) hoặc 1, 3 điểm (trường hợp hai)',
          en: 'Sheet of An: criterion 8 “Đáp ứng điều kiện kinh doanh dịch vụ” (set 26) has no option of 2 points; choose 1, 3 points (first case) or 1, 3 points (second case)',
        },
      },
    ]);
    for (const given of [0, 4, -1, 1.5, Number.NaN]) expect(refused(given)).toHaveLength(1);
  });

  it('says what the transcript left in doubt where an option may be missing from it', () => {
    const fried = setNumber(7);
    const [problem] = readSheets(fried, [{ member: 'An', options: { ...sheetOf(fried, 80).options, '7': 5 } }]).problems;
    expect(problem?.text.vi).toBe(
      'Phiếu của An: tiêu chí 7 “TÍNH ĐỘC ĐÁO” (bộ 7) không có lựa chọn 5 điểm; chọn 0, 1, 3 điểm [transcript: max 5 but highest option 3 - verify against signed PDF]',
    );
    expect(problem?.text.en).toContain('choose 0, 1, 3 points [transcript: max 5');
  });

  it('names a criterion that the set does not have', () => {
    const options = { ...sheetOf(honey, 70).options, '99': 3 };
    expect(readSheets(honey, [{ member: 'An', options }]).problems).toEqual([
      {
        kind: 'unknown-criterion',
        member: 'An',
        criterion: '99',
        given: 3,
        allowed: honey.criteria.map((criterion) => criterion.code),
        text: { vi: 'Phiếu của An: bộ 4 không có tiêu chí 99', en: 'Sheet of An: set 4 has no criterion 99' },
      },
    ]);
  });

  it('is reported with every other problem of every member at once', () => {
    const first = { member: 'An', options: { ...without(sheetOf(honey, 70).options, '1.1'), '1.3': 9 } };
    const second = { member: 'Bình', options: { ...sheetOf(honey, 70).options, x: 1 } };
    expect(readSheets(honey, [first, second]).problems.map(({ kind, member, criterion }) => [kind, member, criterion])).toEqual([
      ['missing-answer', 'An', '1.1'],
      ['not-offered', 'An', '1.3'],
      ['unknown-criterion', 'Bình', 'x'],
    ]);
  });

  it('may stop early when its member holds that the dossier is excluded, but still chooses only what is offered', () => {
    const stopped = { member: 'An', options: { '1.1': 1 }, disqualified: { reason: 'Hồ sơ giả' } };
    expect(readSheets(honey, [stopped]).problems).toEqual([]);
    expect(scoredOf(honey, [stopped])[0]?.answers).toHaveLength(1);
    expect(readSheets(honey, [{ ...stopped, options: { '1.1': 7 } }]).problems.map((problem) => problem.kind)).toEqual(['not-offered']);
  });

  it('names everything when it is empty, in every set', () => {
    for (const set of catalogue.sets) expect(readSheets(set, [{ member: 'An', options: {} }]).problems).toHaveLength(set.criteria.length);
  });
});

describe('the sheets of a session', () => {
  it('must be at least one', () => {
    expect(readSheets(honey, [])).toEqual({
      scored: [],
      problems: [
        {
          kind: 'no-sheets',
          member: null,
          criterion: null,
          given: 0,
          allowed: [],
          text: { vi: 'Chưa có phiếu chấm nào; cần ít nhất một phiếu', en: 'There is no scoring sheet; at least one is needed' },
        },
      ],
    });
  });

  it('are one per member: a member with three is named once', () => {
    const an = sheetOf(honey, 70, { member: 'An' });
    const binh = sheetOf(honey, 70, { member: 'Bình' });
    expect(readSheets(honey, [an, binh, an, an]).problems).toEqual([
      {
        kind: 'several-sheets',
        member: 'An',
        criterion: null,
        given: 3,
        allowed: [1],
        text: {
          vi: 'Thành viên An có 3 phiếu chấm; mỗi thành viên chỉ được một phiếu',
          en: 'Member An has 3 sheets; a member has one sheet',
        },
      },
    ]);
  });
});
