/**
 * Checks on a council's result as it enters a cycle. The result itself is computed once, by domain/stars, before it gets here.
 */
import type { Procedure } from '../regimes';
import { bandOf } from '../stars/totals';
import { type Problem, problem } from './action';
import type { Verdict } from './state';

/** What contradicts itself in an entered verdict. */
export function verdictProblems(field: string, verdict: Verdict, procedure: Procedure): Problem[] {
  const { sum, members, band, star } = verdict;
  if (!Number.isInteger(sum) || !Number.isInteger(members) || members < 1 || sum < 0 || sum > 100 * members)
    return [problem(field, 'tổng điểm và số thành viên không hợp lệ', 'sum and number of members are not valid')];
  const problems: Problem[] = [];
  const actual = bandOf({ sum, count: members }, procedure.bands.value);
  if (band !== actual)
    problems.push(
      problem(
        `${field}.band`,
        `điểm trung bình thuộc hạng ${actual} sao, không phải ${band} sao`,
        `the mean is in the ${actual}-star band, not ${band}`,
      ),
    );
  if (star > actual)
    problems.push(
      problem(
        `${field}.star`,
        `hạng đề xuất không được cao hơn hạng theo điểm (${actual} sao)`,
        `the star cannot be above the band (${actual})`,
      ),
    );
  return problems;
}
