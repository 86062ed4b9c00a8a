/** The registers as workbooks. */
import { formatVietnamese, type LocalDate } from '../../domain/dates';
import type { Sheet, SheetColumn, SheetValue } from '../../documents/workbook';
import { type CertificateRow, formOf, KIND_TITLES, type RegistrationRow, type ResultRow, shownMean, standing } from './rows';

/** What the sheets say above their tables, and how units are named. */
export interface SheetFacts {
  /** `tỉnh Ninh Bình`, `xã Nam Hồng` */
  area: string;
  on: LocalDate;
  communeName: (code: string) => string;
}

type Column<Row> = SheetColumn & { value: (row: Row, index: number) => SheetValue };

const text = <Row>(header: string, width: number, value: (row: Row) => string | null): Column<Row> => ({
  header,
  width,
  type: 'text',
  value,
});
const number = <Row>(header: string, width: number, value: (row: Row, index: number) => number | null): Column<Row> => ({
  header,
  width,
  type: 'number',
  value,
});
const date = <Row>(header: string, value: (row: Row) => LocalDate | null): Column<Row> => ({ header, width: 13, type: 'date', value });

function sheet<Row>(name: string, title: string, columns: readonly Column<Row>[], rows: readonly Row[], totals?: SheetValue[]): Sheet {
  return {
    name,
    title,
    columns: columns.map(({ header, width, type }) => ({ header, width, type })),
    rows: rows.map((row, index) => columns.map(({ value }) => value(row, index))),
    ...(totals ? { totals } : {}),
  };
}

const productColumns = <Row extends RegistrationRow | CertificateRow | ResultRow>({ communeName }: SheetFacts): Column<Row>[] => [
  number('TT', 6, (_row, index) => index + 1),
  text('Sản phẩm', 30, ({ product }) => product),
  text('Chủ thể', 30, ({ producer }) => producer),
  text('Loại hình', 18, formOf),
  text('Xã, phường', 20, ({ communeCode }) => communeName(communeCode)),
  number('Bộ sản phẩm', 11, ({ productSet }) => productSet),
  text('Hình thức', 14, ({ kind }) => KIND_TITLES[kind] ?? kind),
];

/** Registrations, what support is asked for, and how many each commune has. */
export function registrationSheets(rows: readonly RegistrationRow[], facts: SheetFacts): Sheet[] {
  const title = `Danh sách sản phẩm đăng ký tham gia OCOP, ${facts.area} (đến ${formatVietnamese(facts.on)})`;
  const columns: Column<RegistrationRow>[] = [
    ...productColumns<RegistrationRow>(facts),
    date('Ngày đăng ký', ({ registeredOn }) => registeredOn),
    text('Tình trạng', 30, standing),
    date('Chậm nhất', ({ lastSafeOn }) => lastSafeOn),
    text('Nhu cầu hỗ trợ', 36, ({ needs }) => needs),
    text('Mã hồ sơ', 22, ({ cycleId }) => cycleId),
  ];
  const communes = [...new Set(rows.map(({ communeCode }) => communeCode))].map((code) =>
    rows.filter(({ communeCode }) => communeCode === code),
  );
  const kindCount = (of: readonly RegistrationRow[], wanted: string): number => of.filter(({ kind }) => kind === wanted).length;
  const withNeeds = (of: readonly RegistrationRow[]): number => of.filter(({ needs }) => needs !== null).length;
  const perCommune: Column<readonly RegistrationRow[]>[] = [
    number('TT', 6, (_row, index) => index + 1),
    text('Xã, phường', 30, (of) => facts.communeName(of[0]?.communeCode ?? '')),
    number('Đăng ký', 12, (of) => of.length),
    number('Sản phẩm mới', 14, (of) => kindCount(of, 'new')),
    number('Đánh giá lại', 14, (of) => kindCount(of, 'reevaluation')),
    number('Nâng hạng', 14, (of) => kindCount(of, 'upgrade')),
    number('Có nhu cầu hỗ trợ', 18, withNeeds),
  ];
  const sums = [rows.length, ...['new', 'reevaluation', 'upgrade'].map((kind) => kindCount(rows, kind)), withNeeds(rows)];
  return [
    sheet('Đăng ký', title, columns, rows),
    sheet('Theo xã, phường', title, perCommune, communes, [null, 'Tổng cộng', ...sums]),
    sheet(
      'Nhu cầu hỗ trợ',
      `Nhu cầu hỗ trợ của chủ thể, ${facts.area}`,
      needsColumns(facts),
      rows.filter(({ needs }) => needs !== null),
    ),
  ];
}

const needsColumns = (facts: SheetFacts): Column<RegistrationRow>[] => [
  number('TT', 6, (_row, index) => index + 1),
  text('Xã, phường', 20, ({ communeCode }) => facts.communeName(communeCode)),
  text('Chủ thể', 30, ({ producer }) => producer),
  text('Sản phẩm', 30, ({ product }) => product),
  text('Nhu cầu hỗ trợ', 60, ({ needs }) => needs),
];

const STATUSES: Record<string, string> = {
  in_force: 'Còn hiệu lực',
  expired: 'Hết thời hạn',
  revoked: 'Bị thu hồi',
  decision_withdrawn: 'Bị thu hồi quyết định',
  superseded: 'Được thay bằng giấy mới',
};

/** A certificate on a day: the records tell how it ended, its dates whether it still holds. */
function statusOn({ status, validUntil, extendedUntil }: CertificateRow, on: LocalDate): string {
  return status === 'in_force' && (extendedUntil ?? validUntil) < on ? 'expired' : status;
}

export function certificateSheets(rows: readonly CertificateRow[], facts: SheetFacts): Sheet[] {
  const title = `Sổ giấy chứng nhận sản phẩm OCOP, ${facts.area} (đến ${formatVietnamese(facts.on)})`;
  const columns: Column<CertificateRow>[] = [
    ...productColumns<CertificateRow>(facts),
    number('Hạng sao', 9, ({ star }) => star),
    text('Số giấy chứng nhận', 20, (row) => row.number ?? row.code),
    text('Số quyết định', 20, ({ decisionNumber }) => decisionNumber),
    text('Cơ quan cấp', 24, ({ issuedBy }) => issuedBy),
    date('Ngày cấp', ({ issuedOn }) => issuedOn),
    date('Có giá trị đến', ({ validUntil }) => validUntil),
    date('Kéo dài đến', ({ extendedUntil }) => extendedUntil),
    text('Tình trạng', 22, (row) => STATUSES[statusOn(row, facts.on)] ?? row.status),
    date('Ngày hết hiệu lực', ({ endedOn }) => endedOn),
  ];
  return [sheet('Giấy chứng nhận', title, columns, rows)];
}

export function resultSheets(rows: readonly ResultRow[], facts: SheetFacts): Sheet[] {
  const title = `Kết quả đánh giá, phân hạng sản phẩm OCOP, ${facts.area} (đến ${formatVietnamese(facts.on)})`;
  const columns: Column<ResultRow>[] = [
    ...productColumns<ResultRow>(facts),
    date('Ngày có kết quả', ({ scoredOn }) => scoredOn),
    number('Số thành viên chấm', 12, ({ council }) => council.members),
    number('Điểm trung bình', 11, ({ council }) => shownMean(council)),
    number('Hạng đề xuất', 10, ({ council }) => council.star),
    text('Yêu cầu tối thiểu chưa đạt', 24, ({ council }) =>
      council.missedMinimums.map(({ criterion, star }) => `${criterion} (${star} sao)`).join('; '),
    ),
    number('Điểm trung ương', 11, ({ national }) => national && shownMean(national)),
    text('Số quyết định', 18, ({ decision }) => decision?.number ?? null),
    date('Ngày quyết định', ({ decision }) => decision?.on ?? null),
    number('Hạng công nhận', 10, ({ decision }) => decision?.star ?? null),
    text('Tình trạng', 28, standing),
  ];
  return [sheet('Kết quả', title, columns, rows)];
}
