/** The report as one page: figures, charts and tables, without anything to load, readable in print. */
import type { SheetColumn, SheetValue } from '../../documents/workbook';
import { STAGE_TITLES } from '../../domain/cycle/stages';
import { addDays, formatVietnamese, isLocalDate, type LocalDate } from '../../domain/dates';
import { PAGE_STYLE } from './page-style';
import type { Report } from './report';
import { columnChart, escape, type Part, stackedChart, weekly } from './svg';
import { type Table, tablesOf } from './tables';

/** A season's charts show its first months day by day, the whole time week by week. */
const SEASON_DAYS = 240;
/** Longer tables are cut on the page; the workbook has them whole. */
const MOST_ROWS = 60;

/** Colours and patterns (1 to 6) that suit what the parts say. */
const KIND_LOOKS = [1, 2, 3, 4, 5, 6];
const RESULT_LOOKS = [1, 4, 3, 2, 5, 6];
const KIND_NAMES = ['Đúng hạn', 'Trễ hạn', 'Không có hạn', 'Dừng ở đây', 'Đang chờ', 'Còn kẹt'];
const RESULT_NAMES = ['Đứng đầu thư', 'Gộp vào thư', 'Thôi gửi', 'Không gửi được', 'Lần sau thay', 'Còn chờ'];

/** The whole page. */
export function reportHtml(report: Report): string {
  const { plan, behaviour, seed, from, to, changes, placed } = report;
  const tables = new Map(tablesOf(report).map((one) => [one.id, one]));
  const shown = (...ids: string[]): string => ids.map((id) => tableHtml(tables.get(id))).join('');
  const facts = [
    `Kế hoạch: <b>${escape(plan.title.vi)}</b> (${escape(plan.id)})`,
    ...changes.map(({ window, date }) => `Thử đổi mốc <b>${escape(window)}</b> thành <b>${formatVietnamese(date)}</b>`),
    ...(placed ? ['Sản phẩm được đặt vào các xã của tỉnh để diễn tập'] : []),
    `Từ ${formatVietnamese(from)} đến ${formatVietnamese(to)}`,
    `Ứng xử: <b>${escape(behaviour.title.vi)}</b> – ${escape(behaviour.description.vi)} Hạt giống: ${escape(seed)}`,
  ];
  return page(`Diễn tập mùa OCOP – ${plan.title.vi}`, [
    `<header><p class="eyebrow">Diễn tập mùa OCOP · Season rehearsal</p><h1>${escape(plan.title.vi)}</h1><ul class="facts">${facts.map((one) => `<li>${one}</li>`).join('')}</ul></header>`,
    figures(report),
    section('Thư nhắc', 'Mails', [mailCharts(report), shown('peaks', 'readers')]),
    section('Nhắc việc', 'Nudges', [nudgeChart(report), shown('rules', 'silences', 'days-off', 'unreachable')]),
    section('Từng giai đoạn', 'Stages', [stageChart(report), shown('stages', 'reasons', 'cannot')]),
    section('Giấy chứng nhận', 'Certificates', [shown('lapses')]),
    section('Chỉ tiêu và kết quả', 'Targets and ends', [shown('targets', 'ends')]),
    section('Đối chiếu', 'Checks', [shown('checks', 'refused-rows', 'refused-acts')]),
    section('Từng chu trình', 'Every cycle', [shown('cycles')]),
  ]);
}

export function page(title: string, parts: readonly string[]): string {
  return `<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title><style>${PAGE_STYLE}</style></head><body><main>${parts.join('\n')}</main></body></html>\n`;
}

export const section = (vi: string, en: string, parts: readonly string[]): string =>
  `<section><h2>${escape(vi)} <span lang="en">${escape(en)}</span></h2>${parts.join('')}</section>`;

export const figure = (value: string, vi: string, en: string): string =>
  `<div class="figure"><b>${escape(value)}</b><span>${escape(vi)}</span><span lang="en">${escape(en)}</span></div>`;

function figures({ totals, mails, lapses, stages, unreachable, checks, cannotMeet }: Report): string {
  const peak = mails.peaks[0];
  const count = (pick: (one: Report['stages'][number]) => number): string => String(stages.reduce((sum, one) => sum + pick(one), 0));
  return `<div class="figures">${[
    figure(String(totals.products), 'sản phẩm', 'products'),
    figure(String(totals.cycles), 'chu trình', 'cycles'),
    figure(String(mails.total), 'thư nhắc', 'mails'),
    figure(peak ? String(peak.mails) : '0', peak ? `thư nhiều nhất, ngày ${formatVietnamese(peak.day)}` : 'không có thư', 'busiest day'),
    figure(
      count((one) => one.late),
      'lượt trễ hạn',
      'late',
    ),
    figure(
      count((one) => one.stuck),
      'lượt còn kẹt',
      'stuck',
    ),
    figure(String(cannotMeet.length), 'lần không thể kịp hạn', 'dates that could not be met'),
    figure(String(lapses.length), 'giấy chứng nhận hết hạn', 'certificates lapsed'),
    figure(String(unreachable.length), 'đơn vị chưa có địa chỉ', 'offices without address'),
    figure(`${checks.filter((one) => one.ok).length}/${checks.length}`, 'đối chiếu khớp', 'checks agree'),
  ].join('')}</div>`;
}

function mailCharts({ mails, from, to }: Report): string {
  const days = mails.days.map(({ day, mails: value }) => ({ day, value }));
  const season: LocalDate = addDays(from, SEASON_DAYS) < to ? addDays(from, SEASON_DAYS) : to;
  const daily = Array.from({ length: Math.max(1, dayCount(from, season)) }, (_, index) => {
    const day = addDays(from, index);
    return { day, label: formatVietnamese(day), value: days.find((one) => one.day === day)?.value ?? 0 };
  });
  return [
    caption('Thư mỗi ngày trong mùa đầu', 'Mails a day in the first season', columnChart('Thư mỗi ngày', daily, 'thư')),
    caption(
      'Thư mỗi tuần trong cả thời gian',
      'Mails a week over the whole time',
      columnChart('Thư mỗi tuần', weekly(days, from, to), 'thư'),
    ),
  ].join('');
}

const dayCount = (from: LocalDate, to: LocalDate): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;

function nudgeChart({ nudges }: Report): string {
  const rows = nudges.rules
    .toSorted((a, b) => b.planned - a.planned || (a.rule < b.rule ? -1 : 1))
    .slice(0, 20)
    .map((one) => ({
      label: one.title.vi,
      parts: parts([one.sent, one.merged, one.suppressed, one.failed, one.passedOver, one.waiting], RESULT_NAMES, RESULT_LOOKS),
    }));
  return caption(
    'Kết quả theo quy tắc (20 quy tắc nhiều nhất)',
    'Results by rule (20 busiest)',
    legend(RESULT_NAMES, RESULT_LOOKS) + stackedChart('Nhắc việc theo quy tắc', rows),
  );
}

function stageChart({ stages }: Report): string {
  const rows = stages.map((one) => ({
    label: STAGE_TITLES[one.stage].vi,
    parts: parts([one.inTime, one.late, one.withoutLimit, one.endedHere, one.waiting, one.stuck], KIND_NAMES, KIND_LOOKS),
  }));
  return caption('Lượt hồ sơ ở từng giai đoạn', 'Visits by stage', legend(KIND_NAMES, KIND_LOOKS) + stackedChart('Từng giai đoạn', rows));
}

const parts = (values: readonly number[], names: readonly string[], looks: readonly number[]): Part[] =>
  values.map((value, index) => ({ value, kind: looks[index] ?? 3, name: names[index] ?? '' }));

const legend = (names: readonly string[], looks: readonly number[]): string =>
  `<ul class="legend">${names.map((name, index) => `<li><svg viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12" class="k${looks[index] ?? 3}"/></svg>${escape(name)}</li>`).join('')}</ul>`;

const caption = (vi: string, en: string, chart: string): string =>
  `<figure><figcaption>${escape(vi)} <span lang="en">${escape(en)}</span></figcaption>${chart}</figure>`;

/** A table; nothing to show is said, and a long one is cut with a word about it. */
export function tableHtml(table: Table | undefined): string {
  if (!table) return '';
  const { title, english, columns, rows, note } = table;
  const head = `<h3>${escape(title)} <span lang="en">${escape(english)}</span></h3>`;
  const words = note === undefined ? '' : `<p class="note">${escape(note)}</p>`;
  if (rows.length === 0) return `${head}${words}<p class="none">Không có. <span lang="en">None.</span></p>`;
  const cells = (row: readonly SheetValue[]): string => columns.map((column, index) => cell(row[index] ?? null, column)).join('');
  const body = rows.slice(0, MOST_ROWS).map((row) => `<tr>${cells(row)}</tr>`);
  const rest = rows.length - MOST_ROWS;
  const cut =
    rest > 0
      ? `<p class="note">Còn ${rest} dòng nữa, xem trong report.xlsx. <span lang="en">${rest} more rows in report.xlsx.</span></p>`
      : '';
  const headers = columns
    .map(({ header, type }) => `<th scope="col"${type === 'text' ? '' : ' class="number"'}>${escape(header)}</th>`)
    .join('');
  return `${head}${words}<div class="wide"><table><thead><tr>${headers}</tr></thead><tbody>${body.join('')}</tbody></table></div>${cut}`;
}

function cell(value: SheetValue, { type }: SheetColumn): string {
  if (value === null) return '<td></td>';
  const text = type === 'date' && typeof value === 'string' && isLocalDate(value) ? formatVietnamese(value) : String(value);
  return `<td${type === 'text' ? '' : ' class="number"'}>${escape(text)}</td>`;
}
