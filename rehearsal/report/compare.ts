/** Two rehearsals side by side: what if the date moved, what if people behaved otherwise. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { workbookXlsx } from '../../documents/workbook';
import { OUTCOME_TITLES, STAGE_TITLES, STEPS } from '../../domain/cycle/stages';
import { formatVietnamese } from '../../domain/dates';
import { StartProblem } from '../../local/start-problem';
import { figure, page, section, tableHtml } from './html';
import { type CycleLine, type Report, REPORT_SCHEMA } from './report';
import { escape } from './svg';
import type { Table } from './tables';
import { whole } from './write';

/**
 * Compares the reports of two folders.
 * @returns path of the page that was written; a workbook stands beside it
 * @throws StartProblem when a folder holds no report
 */
export async function compareFolders(a: string, b: string, out: string): Promise<string> {
  const [first, second] = [await reportIn(a), await reportIn(b)];
  const tables = comparison(first, second);
  const file = join(out, 'comparison.html');
  await whole(file, comparisonHtml(first, second, tables));
  await whole(join(out, 'comparison.xlsx'), await workbookXlsx(tables));
  return file;
}

async function reportIn(folder: string): Promise<Report> {
  const file = join(folder, 'report.json');
  try {
    const report = JSON.parse(await readFile(file, 'utf8')) as Report;
    if (report.schema === REPORT_SCHEMA) return report;
  } catch {
    // Said below: whatever is there is no report.
  }
  throw new StartProblem({
    vi: `${file} không phải báo cáo diễn tập của phiên bản này. Hãy chạy lại diễn tập vào thư mục đó.`,
    en: `${file} is no rehearsal report of this version. Rehearse into that folder again.`,
  });
}

type Line = readonly [vi: string, a: number, b: number];

/** The tables of a comparison: totals, stages, ends, and the products that fare otherwise. */
export function comparison(a: Report, b: Report): Table[] {
  return [totals(a, b), stages(a, b), ends(a, b), otherwise(a, b)];
}

const NUMBERS = [
  ['Lần A', 12, 'number'],
  ['Lần B', 12, 'number'],
  ['B so với A', 14, 'number'],
] as const;

function numbers(id: string, [name, title, english]: readonly [string, string, string], lines: readonly Line[]): Table {
  const columns = [['', 56, 'text'] as const, ...NUMBERS].map(([header, width, type]) => ({ header, width, type }));
  return { id, name, title, english, columns, rows: lines.map(([vi, x, y]) => [vi, x, y, y - x]) };
}

function totals(a: Report, b: Report): Table {
  const of = (vi: string, pick: (report: Report) => number): Line => [vi, pick(a), pick(b)];
  const visits = (report: Report, pick: (one: Report['stages'][number]) => number): number =>
    report.stages.reduce((sum, one) => sum + pick(one), 0);
  return numbers(
    'totals',
    ['Tổng', 'Tổng số', 'Totals'],
    [
      of('Chu trình', (one) => one.totals.cycles),
      of('Giấy chứng nhận', (one) => one.totals.certificates),
      of('Thư nhắc', (one) => one.mails.total),
      of('Thư trong ngày nhiều nhất', (one) => one.mails.peaks[0]?.mails ?? 0),
      of('Nhắc việc', (one) => one.nudges.total),
      of('Lượt đúng hạn', (one) => visits(one, (stage) => stage.inTime)),
      of('Lượt trễ hạn', (one) => visits(one, (stage) => stage.late)),
      of('Lượt còn kẹt', (one) => visits(one, (stage) => stage.stuck)),
      of('Nộp khi xã không còn đủ ngày làm việc', (one) => one.cannotMeet.filter(({ kind }) => kind === 'filed-late').length),
      of('Lỡ mùa', (one) => one.cannotMeet.filter(({ kind }) => kind === 'season-missed').length),
      of('Giấy chứng nhận hết hạn', (one) => one.lapses.length),
      of('Nhắc việc rơi vào ngày nghỉ', (one) => one.onDaysOff.reduce((sum, day) => sum + day.nudges, 0)),
    ],
  );
}

function stages(a: Report, b: Report): Table {
  const keys = [...new Set([...a.stages, ...b.stages].map((one) => one.stage))];
  const lines = keys.flatMap((stage): Line[] => {
    const of = (report: Report) => report.stages.find((one) => one.stage === stage);
    const line = (vi: string, pick: (one: Report['stages'][number]) => number): Line => {
      const [x, y] = [of(a), of(b)];
      return [`${STAGE_TITLES[stage].vi}: ${vi}`, x ? pick(x) : 0, y ? pick(y) : 0];
    };
    return [line('đúng hạn', (one) => one.inTime), line('trễ hạn', (one) => one.late), line('còn kẹt', (one) => one.stuck)];
  });
  return numbers('stages', ['Giai đoạn', 'Từng giai đoạn', 'Stages'], lines);
}

function ends(a: Report, b: Report): Table {
  const titles = new Map([...a.ends, ...b.ends].map((one) => [one.key, one.title.vi]));
  const count = (report: Report, key: string): number => report.ends.find((one) => one.key === key)?.count ?? 0;
  return numbers(
    'ends',
    ['Kết thúc', 'Chu trình đang ở đâu khi hết diễn tập', 'Ends'],
    [...titles].map(([key, vi]): Line => [vi, count(a, key), count(b, key)]),
  );
}

const standing = (one: CycleLine | undefined): string =>
  one === undefined ? 'không có' : one.outcome ? OUTCOME_TITLES[one.outcome].vi : STEPS[one.step].title.vi;

/** First cycles of the same product that end otherwise, or whose certificate begins another day. */
function otherwise(a: Report, b: Report): Table {
  const keyOf = (one: CycleLine): string => [one.product, one.producer, one.cycleId.split('.').at(-1)].join('|');
  const first = (report: Report) => new Map(report.cycles.map((one) => [keyOf(one), one]));
  const [inA, inB] = [first(a), first(b)];
  const columns = (
    [
      ['Sản phẩm', 36, 'text'],
      ['Chủ thể', 36, 'text'],
      ['Chu trình', 10, 'text'],
      ['Lần A', 40, 'text'],
      ['Lần B', 40, 'text'],
      ['Hết hạn ở A', 14, 'date'],
      ['Hết hạn ở B', 14, 'date'],
    ] as const
  ).map(([header, width, type]) => ({ header, width, type }));
  const rows = [...new Set([...inA.keys(), ...inB.keys()])].flatMap((key) => {
    const [x, y] = [inA.get(key), inB.get(key)];
    if (standing(x) === standing(y) && x?.validUntil === y?.validUntil) return [];
    const [product = '', producer = '', number = ''] = key.split('|');
    return [[product, producer, number, standing(x), standing(y), x?.validUntil ?? null, y?.validUntil ?? null]];
  });
  return {
    id: 'otherwise',
    name: 'Sản phẩm khác đi',
    title: 'Sản phẩm có kết quả khác',
    english: 'Products that fare otherwise',
    columns,
    rows,
  };
}

function comparisonHtml(a: Report, b: Report, tables: readonly Table[]): string {
  const told = (letter: string, { plan, behaviour, from, changes, seed }: Report): string => {
    const changed = changes.map(({ window, date }) => `; ${window} → ${formatVietnamese(date)}`).join('');
    return `<li><b>Lần ${letter}</b>: ${escape(`${plan.title.vi} (${plan.id})${changed}; ${behaviour.title.vi}; từ ${formatVietnamese(from)}; hạt giống ${seed}`)}</li>`;
  };
  const [first] = tables;
  const picked = ['Thư nhắc', 'Lượt trễ hạn', 'Lượt còn kẹt', 'Lỡ mùa', 'Giấy chứng nhận hết hạn'];
  const figures = (first?.rows ?? [])
    .filter(([vi]) => picked.includes(String(vi)))
    .map(([vi, x, y]) => figure(`${x ?? 0} → ${y ?? 0}`, String(vi), ''));
  return page('So sánh hai lần diễn tập', [
    `<header><p class="eyebrow">Diễn tập mùa OCOP · Season rehearsal</p><h1>So sánh hai lần diễn tập <span lang="en">Two rehearsals compared</span></h1><ul class="facts">${told('A', a)}${told('B', b)}</ul></header>`,
    `<div class="figures">${figures.join('')}</div>`,
    section('So sánh', 'Comparison', tables.map(tableHtml)),
  ]);
}
