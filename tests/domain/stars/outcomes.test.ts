import type { Level, Procedure, Star } from '../../../domain/regimes';
import { exclusionOutcomes, outcomesOf } from '../../../domain/stars/outcomes';
import { bandOf } from '../../../domain/stars/totals';
import { procedureOf, r1, r3, rules, sourced } from './fixtures';

const humanDecides = rules.onMissedMinimum;

function outcomes(procedure: Procedure, level: Level, points: number, starsMet: Star = 5, onMissed = humanDecides) {
  const mean = { sum: points * 2, count: 2 };
  const band = bandOf(mean, procedure.bands.value);
  const star = band < starsMet ? band : starsMet;
  return outcomesOf({ level, mean, band, star }, procedure, onMissed);
}

function brief(...given: Parameters<typeof outcomes>) {
  return outcomes(...given).map(({ choice, star, route }) => `${choice} ${star} ${route}`);
}

describe('under Decision 26/2026 the province', () => {
  it.each([
    [100, ['pass-on 5 national']],
    [90, ['pass-on 5 national']],
    [89.5, ['recognise 4 province']],
    [70, ['recognise 4 province']],
    [69.5, ['recognise 3 province']],
    [50, ['recognise 3 province']],
    [49.5, ['not-recognised 2 not-recognised']],
    [30, ['not-recognised 2 not-recognised']],
    [29.5, ['not-recognised 1 not-recognised']],
  ])('with a mean of %d: %j', (points, expected) => {
    expect(brief(r3, 'province', points)).toEqual(expected);
  });

  it('leaves it to a person when a minimum of the band is missed', () => {
    expect(brief(r3, 'province', 92, 4)).toEqual(['recognise 4 province', 'not-recognised null not-recognised']);
    expect(brief(r3, 'province', 92, 3)).toEqual(['recognise 3 province', 'not-recognised null not-recognised']);
    expect(brief(r3, 'province', 85, 3)).toEqual(['recognise 3 province', 'not-recognised null not-recognised']);
  });

  it('has nothing to choose when both readings end without recognition', () => {
    expect(brief(r3, 'province', 85, 2)).toEqual(['not-recognised 2 not-recognised']);
    expect(brief(r3, 'province', 55, 2)).toEqual(['not-recognised 2 not-recognised']);
  });

  it('follows the council rules where they say what a missed minimum costs', () => {
    expect(brief(r3, 'province', 92, 4, sourced('one-star-lower'))).toEqual(['recognise 4 province']);
    expect(brief(r3, 'province', 85, 3, sourced('not-recognised'))).toEqual(['not-recognised null not-recognised']);
    expect(brief(r3, 'province', 85, 4, sourced('not-recognised'))).toEqual(['recognise 4 province']);
  });
});

describe('under Decision 26/2026 the ministry', () => {
  it('recognises 5 stars', () => {
    expect(brief(r3, 'national', 90)).toEqual(['recognise 5 national']);
  });

  it('leaves the province two ways with a result below 90, never one by itself', () => {
    expect(brief(r3, 'national', 88)).toEqual(['use-national-result 4 province', 'own-evaluation null province']);
    expect(brief(r3, 'national', 60)).toEqual(['use-national-result 3 province', 'own-evaluation null province']);
  });

  it('below 50 leaves the province its own evaluation or no recognition', () => {
    expect(brief(r3, 'national', 40)).toEqual(['use-national-result 2 not-recognised', 'own-evaluation null province']);
  });

  it('with 92 points and a minimum missed: the two ways, or not recognised', () => {
    expect(brief(r3, 'national', 92, 4)).toEqual([
      'use-national-result 4 province',
      'own-evaluation null province',
      'not-recognised null not-recognised',
    ]);
  });
});

describe('in the three-tier regime', () => {
  it.each([
    [95, ['pass-on 5 province']],
    [70, ['pass-on 4 province']],
    [69.5, ['recognise 3 district']],
    [50, ['recognise 3 district']],
    [49.5, ['not-recognised 2 not-recognised']],
  ])('the district with a mean of %d: %j', (points, expected) => {
    expect(brief(r1, 'district', points)).toEqual(expected);
  });

  it('the district does not pass on a product with 70 points that misses a **** minimum', () => {
    expect(brief(r1, 'district', 75, 3)).toEqual(['recognise 3 district', 'not-recognised null not-recognised']);
  });

  it('the district still passes on 92 points that miss a ***** minimum, if the product is taken for 4 stars', () => {
    expect(brief(r1, 'district', 92, 4)).toEqual(['pass-on 4 province', 'not-recognised null not-recognised']);
  });

  it('the province recognises 4 stars and passes on from 90', () => {
    expect(brief(r1, 'province', 80)).toEqual(['recognise 4 province']);
    expect(brief(r1, 'province', 90)).toEqual(['pass-on 5 national']);
  });

  it('nobody is named for a product that the district passed on and the province finds worth 3 stars: a person decides', () => {
    expect(brief(r1, 'province', 60)).toEqual(['recognise 3 district', 'recognise 3 province']);
  });

  it('the ministry has no rule below 90: a person decides', () => {
    expect(brief(r1, 'national', 80)).toEqual(['recognise 4 province', 'recognise 4 national']);
    expect(brief(r1, 'national', 40)).toEqual(['not-recognised 2 not-recognised']);
  });
});

it('under Decision 1048/2019 the district recognises nothing and passes on from 50', () => {
  const r0 = procedureOf('qd-1048-2019');
  expect(brief(r0, 'district', 55)).toEqual(['pass-on 3 province']);
  expect(brief(r0, 'province', 55)).toEqual(['recognise 3 province']);
});

it('a bar above its band is not reached by the band alone: the star goes to the level that recognises it', () => {
  const strict: Procedure = { ...r3, forwards: sourced([{ from: 'province', to: 'national', atLeast: 95 }]) };
  expect(brief(strict, 'province', 92)).toEqual(['recognise 5 national']);
  expect(brief(strict, 'province', 95)).toEqual(['pass-on 5 national']);
});

it('every outcome says in words what follows and where that stands', () => {
  const all = [
    ...outcomes(r3, 'province', 80),
    ...outcomes(r3, 'province', 92),
    ...outcomes(r3, 'province', 40),
    ...outcomes(r3, 'province', 85, 3).slice(1),
    ...outcomes(r3, 'national', 88),
    ...outcomes(r3, 'national', 40).slice(0, 1),
    ...outcomes(r1, 'district', 60),
    ...outcomes(r1, 'district', 80),
    ...exclusionOutcomes(),
  ];
  expect(all.map(({ text, source }) => [text.vi, text.en, source])).toEqual([
    [
      'Hạng 4 sao: cấp tỉnh quyết định công nhận và cấp giấy chứng nhận',
      '4 stars: the province decides on recognition and issues the certificate',
      r3.recognises.source,
    ],
    [
      'Tiềm năng 5 sao: chuyển hồ sơ lên cấp trung ương đánh giá; chưa cấp giấy chứng nhận',
      'Potential 5 stars: passed on to the national level for assessment; no certificate yet',
      r3.forwards.source,
    ],
    [
      'Hạng 2 sao: không ban hành quyết định công nhận, không cấp giấy chứng nhận',
      'Rank of 2: no decision of recognition, no certificate',
      r3.recognises.source,
    ],
    [
      'Không đạt yêu cầu tối thiểu của hạng sao theo điểm: không công nhận',
      'A minimum of the star that the points reach is missed: not recognised',
      'Quy chế, thiếu yêu cầu tối thiểu',
    ],
    [
      'Căn cứ kết quả của Hội đồng cấp trung ương, cấp tỉnh công nhận 4 sao',
      "On the national council's result, the province recognises 4 stars",
      r3.nationalBelowBar?.source,
    ],
    ['Cấp tỉnh tự tổ chức đánh giá, phân hạng theo thẩm quyền', 'The province runs its own evaluation', r3.nationalBelowBar?.source],
    [
      'Hạng 2 sao: không ban hành quyết định công nhận, không cấp giấy chứng nhận',
      'Rank of 2: no decision of recognition, no certificate',
      r3.nationalBelowBar?.source,
    ],
    [
      'Hạng 3 sao: cấp huyện quyết định công nhận và cấp giấy chứng nhận',
      '3 stars: the district decides on recognition and issues the certificate',
      r1.recognises.source,
    ],
    [
      'Tiềm năng 4 sao: chuyển hồ sơ lên cấp tỉnh đánh giá; chưa cấp giấy chứng nhận',
      'Potential 4 stars: passed on to the province for assessment; no certificate yet',
      r1.forwards.source,
    ],
    [
      'Hội đồng thống nhất loại hồ sơ và ghi lý do',
      'The council agrees to exclude the dossier and records the reason',
      'Quyết định 26/2026/QĐ-TTg, Phụ lục II (“Hồ sơ bị loại khi …”)',
    ],
    [
      'Hội đồng không loại hồ sơ; thành viên chấm lại đủ tiêu chí',
      'The dossier stays in; the member scores every criterion',
      'Quyết định 26/2026/QĐ-TTg, Phụ lục II (“Hồ sơ bị loại khi …”)',
    ],
  ]);
  expect(exclusionOutcomes().map(({ choice, star, route }) => `${choice} ${star} ${route}`)).toEqual([
    'exclude null disqualified',
    'rescore null rescore',
  ]);
});
