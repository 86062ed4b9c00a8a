import type { Regime, RegistrationKind } from '../../domain/regimes';
import { NoRegimeError, selectRegime } from '../../domain/regime-selection';
import { loadRules } from '../../plans/load';

const { regimes } = loadRules();

function chosen(submittedOn: string, assessedOn: string, kind: RegistrationKind = 'new'): [string, string | null] {
  const { regime, finishBy } = selectRegime(regimes, { submittedOn, assessedOn, kind });
  return [regime.code, finishBy?.date ?? null];
}

describe('the regime of a dossier', () => {
  it.each([
    ['2019-08-21', '2019-08-21', 'R0'],
    ['2023-01-10', '2023-02-23', 'R0'],
    ['2023-02-23', '2023-02-24', 'R1'],
    ['2024-09-01', '2024-10-29', 'R1'],
    ['2025-07-05', '2025-07-05', 'R1'],
    ['2025-07-05', '2025-07-06', 'R2'],
    ['2026-05-21', '2026-05-21', 'R2'],
    ['2026-05-22', '2026-05-22', 'R3'],
    ['2027-03-01', '2027-06-01', 'R3'],
  ])('filed on %s and assessed on %s comes under %s, with no date to finish by', (submittedOn, assessedOn, code) => {
    expect(chosen(submittedOn, assessedOn)).toEqual([code, null]);
  });

  it.each([
    ['new', '2026-05-22', '2026-07-21'],
    ['upgrade', '2026-05-22', '2026-07-21'],
    ['reevaluation', '2026-05-22', '2026-06-21'],
    ['new', '2026-07-22', '2026-07-21'],
  ] as const)(
    'filed before 22/05/2026 as %s and undecided on %s must be finished by %s under the old rules',
    (kind, assessedOn, finishBy) => {
      expect(chosen('2026-05-20', assessedOn, kind)).toEqual(['R2', finishBy]);
    },
  );

  it('gives the transitional date as a limit that the date itself still meets, with the article', () => {
    const { finishBy } = selectRegime(regimes, { submittedOn: '2026-05-20', assessedOn: '2026-06-01', kind: 'new' });
    expect(finishBy).toEqual({
      date: '2026-07-21',
      operator: 'on_or_before',
      basis: 'transition',
      source: 'Quyết định 26/2026/QĐ-TTg, Điều 12 khoản 2',
    });
  });

  it('explains the choice step by step, with sources, in both languages', () => {
    const { steps } = selectRegime(regimes, { submittedOn: '2026-05-20', assessedOn: '2026-06-01', kind: 'reevaluation' });
    const vi = steps.map((step) => step.vi).join('\n');
    expect(vi).toContain('Đánh giá ngày 01/06/2026, từ 06/07/2025 trở đi');
    expect(vi).toContain('hồ sơ đánh giá lại phải hoàn thành chậm nhất ngày 21/06/2026 (Quyết định 26/2026/QĐ-TTg, Điều 12 khoản 2)');
    expect(steps.every((step) => step.en.length > 0)).toBe(true);
    expect(vi).not.toContain('Đã quá ngày đó');
  });

  it('says that a person decides once the transitional date has passed, and not on that date itself', () => {
    const reasoning = (assessedOn: string) =>
      selectRegime(regimes, { submittedOn: '2026-05-20', assessedOn, kind: 'new' })
        .steps.map((step) => step.vi)
        .join('\n');
    expect(reasoning('2026-07-21')).not.toContain('người có thẩm quyền quyết định');
    expect(reasoning('2026-07-22')).toContain('người có thẩm quyền quyết định');
  });

  it('does not depend on the order in which regimes are given', () => {
    const backwards = [...regimes].reverse();
    expect(selectRegime(backwards, { submittedOn: '2024-01-01', assessedOn: '2024-05-01', kind: 'new' }).regime.code).toBe('R1');
  });

  it('refuses a dossier filed before the first regime, even when it is assessed later', () => {
    for (const assessedOn of ['2019-08-20', '2024-01-01']) expect(() => chosen('2019-08-20', assessedOn)).toThrow(NoRegimeError);
    expect(() => chosen('2019-08-20', '2019-08-20')).toThrow('quy định đầu tiên có hiệu lực từ 21/08/2019');
  });

  it('refuses a dossier assessed before it was filed', () => {
    expect(() => chosen('2026-06-02', '2026-06-01')).toThrow('Ngày đánh giá 01/06/2026 trước ngày nộp hồ sơ 02/06/2026');
  });

  it('refuses every dossier when there are no regimes', () => {
    expect(() => selectRegime([], { submittedOn: '2026-06-01', assessedOn: '2026-06-01', kind: 'new' })).toThrow(NoRegimeError);
  });

  it('follows a later regime as data, with its own transitional dates', () => {
    const last = regimes.at(-1);
    if (!last) throw new Error('no regimes');
    const next: Regime = {
      ...last,
      id: 'qd-99-2030',
      code: 'R4',
      inForce: { ...last.inForce, value: { from: '2030-01-01', until: null } },
      selection: { ...last.selection, value: { submittedFrom: '2030-01-01' } },
      transition: {
        value: { undecidedOn: '2030-01-01', finishBy: { new: '2030-03-31', upgrade: '2030-03-31', reevaluation: '2030-02-28' } },
        source: 'Quyết định 99/2030/QĐ-TTg, Điều 9',
        certainty: 'unverified',
      },
    };
    const filed = (submittedOn: string) => selectRegime([...regimes, next], { submittedOn, assessedOn: '2030-01-05', kind: 'upgrade' });
    expect(filed('2030-01-01').regime.code).toBe('R4');
    expect(filed('2029-12-31').regime.code).toBe('R3');
    expect(filed('2029-12-31').finishBy?.date).toBe('2030-03-31');
  });
});
