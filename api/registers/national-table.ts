/**
 * The table PTNT_OCOP of the sector's database (Decision 5277/QĐ-BNNMT), as a secondary source reports its columns: to be checked against the decision
 * before use. Revenue stands where it was reported (api/registers/revenue) and is empty elsewhere: no 0 is made up.
 */
import type { LocalDate } from '../../domain/dates';
import type { CertificateRow } from './rows';

const COLUMNS = [
  'MA_OCOP',
  'Ma_DonViHanhChinh',
  'Ma_ThoiGian',
  'Ma_SanPham',
  'TenSanPham',
  'XepHang',
  'ChuTheSXKD',
  'DoanhThuNam',
  'TrangThai',
] as const;

/** One line per certificate that held on some day of the year, with the product's revenue in it where known; HIEULUC when it still held at the year's end, or today in the present year. */
export function nationalTable(
  certificates: readonly CertificateRow[],
  { year, today, revenue }: { year: number; today: LocalDate; revenue: ReadonlyMap<string, string> },
): string {
  const on = lastDayOf(year, today);
  const rows = heldIn(certificates, year, today);
  const lines = rows.map((one) => [
    one.code,
    one.communeCode,
    String(year),
    one.productCode,
    one.product,
    `${one.star}*`,
    one.producer,
    revenue.get(one.productCode) ?? '',
    endOf(one) >= on ? 'HIEULUC' : 'HETHAN',
  ]);
  return [COLUMNS, ...lines].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

/** Certificates that held on some day of the year, as far as it has gone. */
export function heldIn(certificates: readonly CertificateRow[], year: number, today: LocalDate): CertificateRow[] {
  return certificates.filter((one) => one.issuedOn <= lastDayOf(year, today) && endOf(one) >= `${year}-01-01`);
}

const lastDayOf = (year: number, today: LocalDate): LocalDate => (today < `${year}-12-31` ? today : `${year}-12-31`);

/** The last day on which a certificate held: its term's, or the day before it was ended. */
function endOf({ validUntil, extendedUntil, endedOn, status }: CertificateRow): LocalDate {
  const term = extendedUntil ?? validUntil;
  return endedOn !== null && status !== 'in_force' && status !== 'expired' && endedOn < term ? endedOn : term;
}

/** RFC 4180; text that a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
