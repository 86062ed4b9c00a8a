/** Draft decisions with their lists: of dossiers that await one, or of a decision in the register. */
import { DECISION_WORDINGS, letterOf } from '../../documents/letter-text';
import { type Annex, letterDocx } from '../../documents/letter';
import type { CycleState } from '../../domain/cycle/state';
import type { LocalDate } from '../../domain/dates';
import type { Star } from '../../domain/regimes';
import { communeOf } from '../certificates/issuer';
import type { CycleRow } from '../cycles/read';
import type { DecisionKind } from '../decisions/input';
import type { ApiDeps } from '../deps';
import { written } from './facts';
import { writersOf } from './parties';

export interface Listed {
  row: CycleRow;
  state: CycleState;
  /** The star that the decision gives, or that the points reach. */
  star: Star | null;
}

/**
 * The decision as a Word document with its products in an annex across the page.
 * @throws RangeError without any product
 */
export async function decisionDocx(deps: ApiDeps, kind: DecisionKind, list: readonly Listed[], on: LocalDate | null): Promise<Buffer> {
  const [first] = list;
  if (!first) throw new RangeError('a decision without products');
  const writers = writersOf(deps, first.row.provinceCode, first.state.rules);
  const { province, agency } = writers;
  const regimes = new Set(list.map(({ row, state }) => writersOf(deps, row.provinceCode, state.rules).regime));
  const facts = {
    values: {
      province: province.name,
      provinceCapitals: province.name.toLocaleUpperCase('vi'),
      agency,
      count: counted(list.length),
      producers: counted(new Set(list.map(({ row }) => row.product.producer.id)).size),
      byStar: byStar(list),
      months: String(first.state.rules.procedure.validity.value.months),
    },
    flags: {},
    lists: {
      regimes: [...regimes].map(
        (regime) =>
          `Căn cứ ${regime} của Thủ tướng Chính phủ ban hành Bộ tiêu chí và quy trình đánh giá, phân hạng sản phẩm Mỗi xã một sản phẩm;`,
      ),
    },
    tables: {},
  };
  const text = DECISION_WORDINGS[kind];
  const annexes = [annexOf(deps, text.annex ?? text.about, list, `${province.committee}`)];
  return await letterDocx(letterOf(text, facts, { committee: province.committee, agency, place: province.place, on, annexes }));
}

/** Two digits at least, as official texts count. */
export const counted = (count: number): string => String(count).padStart(2, '0');

/** `02 sản phẩm hạng 4 sao, 01 sản phẩm hạng 3 sao`. */
export function byStar(list: readonly Pick<Listed, 'star'>[]): string {
  const stars = [5, 4, 3].map((star) => ({ star, count: list.filter((one) => one.star === star).length }));
  return stars
    .filter(({ count }) => count > 0)
    .map(({ star, count }) => `${counted(count)} sản phẩm hạng ${star} sao`)
    .join(', ');
}

function annexOf(deps: ApiDeps, title: string, list: readonly Listed[], committee: string): Annex {
  const inOrder = list.toSorted((a, b) => (b.star ?? 0) - (a.star ?? 0));
  return {
    title,
    about: `(Kèm theo Quyết định số         /QĐ-UBND ngày       tháng       năm 20... của Chủ tịch ${committee})`,
    landscape: true,
    columns: [
      { header: 'STT', width: 12 },
      { header: 'Tên sản phẩm', width: 62 },
      { header: 'Chủ thể', width: 72 },
      { header: 'Xã, phường, đặc khu', width: 45 },
      { header: 'Bộ tiêu chí', width: 18 },
      { header: 'Điểm trung bình', width: 23 },
      { header: 'Hạng sao', width: 20 },
    ],
    rows: inOrder.map(({ row, state, star }, index) => {
      const { national, council, nationalFallback } = state.facts;
      const verdict = nationalFallback === 'use-national-result' || state.step === 'national_below_bar' ? national : council;
      return [
        String(index + 1),
        row.product.name,
        row.product.producer.name,
        communeOf(deps, row.communeCode).name,
        state.productSet === null ? '' : String(state.productSet),
        verdict ? written(verdict) : '',
        star === null ? '' : `${star} sao`,
      ];
    }),
  };
}
