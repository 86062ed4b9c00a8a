/**
 * Checks on a council's result as it enters a cycle. The result itself is computed once, by domain/stars, before it gets here.
 */
import type { Procedure, Star } from '../regimes';
import { type Problem, problem } from './action';
import type { Verdict } from './state';

/** The highest band whose lower bound the mean reaches, compared without rounding. */
export function bandOf(sum: number, members: number, bands: Procedure['bands']): Star {
  const reached = bands.value.filter((band) => sum >= band.from * members).map((band) => band.star);
  return reached.reduce<Star>((best, star) => (star > best ? star : best), 1);
}

/** What contradicts itself in an entered verdict. */
export function verdictProblems(field: string, verdict: Verdict, procedure: Procedure): Problem[] {
  const { sum, members, band, star } = verdict;
  if (!Number.isInteger(sum) || !Number.isInteger(members) || members < 1 || sum < 0 || sum > 100 * members)
    return [problem(field, 'tổng điểm và số thành viên không hợp lệ', 'sum and number of members are not valid')];
  const problems: Problem[] = [];
  const actual = bandOf(sum, members, procedure.bands);
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
