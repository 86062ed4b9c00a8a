/** Numbers, dates and times as Vietnamese officials write them. */
import { formatVietnamese, type Instant, isoWeekday, type LocalDate, localDateAt } from '../domain/dates';
import type { DeadlineDate } from '../domain/deadlines';

/** 12/10/2026 */
export const day = (date: LocalDate): string => formatVietnamese(date);

/** 12/10 */
export const dayMonth = (date: LocalDate): string => day(date).slice(0, 5);

const WEEKDAYS = ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'];

/** thứ Hai, 12/10/2026 */
export const longDay = (date: LocalDate): string => `${weekday(date)}, ${day(date)}`;
export const weekday = (date: LocalDate): string => WEEKDAYS[isoWeekday(date) - 1] ?? '';

const VIETNAM_MS = 7 * 3_600_000;

/** 09:00, Vietnamese time */
export const timeOfDay = (at: Instant): string => new Date(at + VIETNAM_MS).toISOString().slice(11, 16);

/** 09:00, 12/10/2026 */
export const moment = (at: Instant): string => `${timeOfDay(at)}, ${day(localDateAt(at))}`;

/** ngày 12 tháng 10 năm 2026: two figures for days under ten and for January and February, as Decree 30/2020 has it */
export function wordyDay(date: LocalDate): string {
  const [year = '', month = '', dayOfMonth = ''] = date.split('-');
  return `ngày ${dayOfMonth} tháng ${Number(month) > 2 ? Number(month) : month} năm ${year}`;
}

/** A day that somebody typed as dd/mm/yyyy, also d-m-yyyy or yyyy-mm-dd; anything else comes back as it is, for the schema to refuse. */
export function typedDay(written: string): string {
  const [, d = '', m = '', y = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(written.trim()) ?? [];
  return y ? `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` : written.trim();
}

const OPERATORS: Record<DeadlineDate['operator'], string> = { before: 'trước', on_or_before: 'chậm nhất' };

/** trước 30/10/2026, chậm nhất 02/10/2026 */
export const due = ({ date, operator }: DeadlineDate): string => `${OPERATORS[operator]} ${day(date)}`;

const MINUS = '−';

/** 1.234,5: a full stop for thousands, a decimal comma, a true minus. */
export function number(value: number, decimals = 0): string {
  const [whole = '0', part] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, '.');
  const isNegative = value < 0 && Number(value.toFixed(decimals)) !== 0;
  return `${isNegative ? MINUS : ''}${grouped}${part === undefined ? '' : `,${part}`}`;
}

/** 14,3 %: of a share between 0 and 1. */
export const percent = (share: number, decimals = 1): string => `${number(share * 100, decimals)} %`;

/** 2,4 MB */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${number(bytes)} B`;
  return bytes < 1024 * 1024 ? `${number(bytes / 1024)} kB` : `${number(bytes / (1024 * 1024), 1)} MB`;
}
