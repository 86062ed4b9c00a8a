/** Working days counted on the holiday table, with every day that was left out and why. */
import type { z } from 'zod';
import { formatVietnamese, isoWeekday, type LocalDate } from '../../domain/dates';
import { type HolidayRow, workingCalendar } from '../../domain/holidays';
import { addWorkingDays, type Counting } from '../../domain/working-days';
import type { Rules } from '../../plans/load';
import { provinceAsked } from './rules-asked';
import type { workingDaysQuery, WorkingDaysAnswer } from './schemas';
import { countingWords, OWN_SOURCE, type Step } from './words';

/** The table's rows that a count from one day to another passes; the first day itself only when it counts. */
export function tableRowsBetween(table: readonly HolidayRow[], from: LocalDate, to: LocalDate, counting: Counting): HolidayRow[] {
  const [first, last] = from <= to ? [from, to] : [to, from];
  return table.filter((row) => row.date >= first && row.date <= last && (row.date !== from || counting === 'same-day'));
}

/** Days off of the table that fall on Monday to Friday: what makes a count longer. */
export function skippedDays(rows: readonly HolidayRow[]): HolidayRow[] {
  return rows.filter((row) => row.kind !== 'working_day_in_lieu' && isoWeekday(row.date) <= 5);
}

/**
 * The n-th working day after a day (before it when negative). A result beyond the last announced holidays is a forecast.
 * @throws HttpProblem for an unknown province
 */
export function calculateWorkingDays(rules: Rules, question: z.output<typeof workingDaysQuery>): WorkingDaysAnswer {
  const { from, days } = question;
  const province = provinceAsked(rules, question.province);
  const calendar = workingCalendar(rules.calendar);
  const counting = question.counting ?? rules.regimes.at(-1)?.procedure.counting.value ?? 'next-day';
  const result = addWorkingDays(calendar, from, days, counting);
  const rows = tableRowsBetween(rules.calendar, from, result, counting);
  const skipped = skippedDays(rows);
  const workedSaturdays = rows.filter((row) => row.kind === 'working_day_in_lieu');
  const forecast = result > calendar.announcedTo || from > calendar.announcedTo;
  return {
    from,
    days,
    result,
    counting,
    province: province?.code ?? null,
    skipped: skipped.map(tableDay),
    workedSaturdays: workedSaturdays.map(tableDay),
    forecast,
    steps: [
      start(from, counting, rules),
      ...skipped.map(skippedStep),
      ...workedSaturdays.map(workedStep),
      reached(result, days),
      ...(forecast ? [forecastStep(calendar.announcedTo)] : []),
      ...beforeTable(rules.calendar, from < result ? from : result),
      ...(province ? [noOwnDays(province.name)] : []),
    ],
  };
}

function tableDay({ date, name, notice }: HolidayRow): WorkingDaysAnswer['skipped'][number] {
  return { date, name, notice };
}

function start(from: LocalDate, counting: Counting, rules: Rules): Step {
  const words = countingWords(counting);
  return {
    vi: `Bắt đầu từ ngày ${formatVietnamese(from)}, ${words.vi}; thứ Bảy, Chủ nhật và ngày nghỉ trong danh mục không tính`,
    en: `From ${from}, ${words.en}; Saturdays, Sundays and the table's days off do not count`,
    source: rules.regimes.at(-1)?.procedure.counting.source ?? OWN_SOURCE,
  };
}

export function skippedStep({ date, name, notice }: HolidayRow): Step {
  return { vi: `Không tính ngày ${formatVietnamese(date)}: ${name}`, en: `${date} does not count: ${name}`, source: notice };
}

export function workedStep({ date, name, notice }: HolidayRow): Step {
  return {
    vi: `Tính thứ Bảy ${formatVietnamese(date)} là ngày làm việc: ${name}`,
    en: `Saturday ${date} is worked: ${name}`,
    source: notice,
  };
}

function reached(result: LocalDate, days: number): Step {
  const [count, back] = [Math.abs(days), days < 0 ? { vi: ' tính ngược', en: ' counted back' } : { vi: '', en: '' }];
  return {
    vi: `Ngày làm việc thứ ${count}${back.vi}: ${formatVietnamese(result)}`,
    en: `Working day ${count}${back.en}: ${result}`,
    source: 'Bộ luật Lao động 45/2019/QH14, Điều 112; data/holidays-vn.csv',
  };
}

export function forecastStep(announcedTo: LocalDate): Step {
  return {
    vi: `Dự báo: lịch nghỉ mới được thông báo đến hết ngày ${formatVietnamese(announcedTo)}; các năm sau có thể thay đổi`,
    en: `A forecast: holidays have been announced up to ${announcedTo}; later years may change`,
    source: 'data/holidays-vn.csv',
  };
}

function beforeTable(table: readonly HolidayRow[], day: LocalDate): Step[] {
  const first = table.map((row) => row.date).sort()[0];
  const year = first?.slice(0, 4) ?? '';
  if (day >= `${year}-01-01`) return [];
  return [
    {
      vi: `Danh mục ngày nghỉ bắt đầu từ năm ${year}: trước đó chỉ trừ thứ Bảy, Chủ nhật`,
      en: `The table of holidays begins in ${year}: before it only weekends are left out`,
      source: 'data/holidays-vn.csv',
    },
  ];
}

function noOwnDays(province: string): Step {
  return {
    vi: `${province}: danh mục không có ngày nghỉ riêng của tỉnh, dùng lịch chung cả nước`,
    en: `${province}: the table has no days off of the province's own; the national calendar is used`,
    source: 'data/holidays-vn.csv',
  };
}
