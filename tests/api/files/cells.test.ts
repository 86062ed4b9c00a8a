import { parseKind, parseProductSet, parseStars, parseVietnameseDate } from '../../../api/files/cells';
import { type CriteriaCatalogue } from '../../../domain/stars/criteria';
import criteria from '../../../data/criteria-qd26-2026.json';

const SETS = criteria.sets satisfies readonly Pick<CriteriaCatalogue['sets'][number], 'set' | 'name'>[];

describe('a date in a cell', () => {
  it.each([
    ['05/08/2026', '2026-08-05'],
    ['5-8-2026', '2026-08-05'],
    [' 5.8.2026 ', '2026-08-05'],
    ['2026-08-05', '2026-08-05'],
    ['29/02/2024', '2024-02-29'],
  ])('%j is %s', (written, date) => {
    expect(parseVietnameseDate(written)).toEqual({ ok: true, value: date });
  });

  it.each([
    ['31/02/2026', 'Không có ngày “31/02/2026”'],
    ['08/25/2026', 'ngày trước, tháng sau'],
    ['2026-02-30', 'Không có ngày'],
    ['5/8/26', 'hai chữ số'],
    ['46239', 'số của Excel'],
    ['', 'Chưa ghi ngày'],
    ['2026/08/05', 'không phải là một ngày'],
    ['5-8/2026', 'không phải là một ngày'],
    ['08/2026', 'không phải là một ngày'],
    ['hôm qua', 'không phải là một ngày'],
  ])('%j is refused: %s', (written, words) => {
    expect(parseVietnameseDate(written)).toMatchObject({
      ok: false,
      problem: { value: written, reason: { vi: expect.stringContaining(words) }, allowed: ['dd/mm/yyyy', 'yyyy-mm-dd'] },
    });
  });
});

describe('a kind of registration in a cell', () => {
  it.each([
    ['mới', 'new'],
    ['Lần đầu', 'new'],
    ['đánh giá lại', 'reevaluation'],
    ['Danh gia lai', 'reevaluation'],
    ['NÂNG HẠNG', 'upgrade'],
    ['new', 'new'],
    ['upgrade', 'upgrade'],
    ['reevaluation', 'reevaluation'],
  ])('%j is %s', (written, kind) => {
    expect(parseKind(written)).toEqual({ ok: true, value: kind });
  });

  it.each(['', 'khác'])('%j is refused with the three there are', (written) => {
    expect(parseKind(written)).toMatchObject({ ok: false, problem: { value: written, allowed: ['Lần đầu', 'Đánh giá lại', 'Nâng hạng'] } });
  });
});

describe('a product set in a cell', () => {
  it('is recognised by every number and every whole name', () => {
    for (const { set, name } of SETS) {
      for (const written of [String(set), `Bộ ${set}`, `bộ số ${set}`, name, name.toUpperCase(), name.normalize('NFD')]) {
        expect(parseProductSet(written, SETS)).toEqual({ ok: true, value: set });
      }
    }
  });

  it.each(['0', '27', '', 'Cà phê', 'Thực phẩm', '1.5'])('%j is refused with the sets there are', (written) => {
    const result = parseProductSet(written, SETS);
    expect(result).toMatchObject({ ok: false, problem: { value: written } });
    expect(!result.ok && result.problem.allowed).toContain('13 (Cà phê, ca cao)');
  });
});

describe('stars in a cell', () => {
  it.each([
    ['3', 3],
    ['4 sao', 4],
    ['5*', 5],
    ['★★★', 3],
    ['OCOP 4 sao', 4],
    ['4 stars', 4],
    [' 4 ', 4],
  ])('%j is %i', (written, stars) => {
    expect(parseStars(written)).toEqual({ ok: true, value: stars });
  });

  it.each(['', '2', '6', '34', '3.5', 'bốn', '★'])('%j is refused', (written) => {
    expect(parseStars(written)).toMatchObject({ ok: false, problem: { value: written, allowed: ['3', '4', '5'] } });
  });
});
