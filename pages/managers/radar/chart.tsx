/** The radar's bars: by month on a wide screen and on paper, by quarter on a phone. Every bar opens its list; hatching and dots stand beside colour. */
import type { VNode } from 'preact';
import type { Radar } from '../../../api/managers/radar';
import { day, number } from '../../formats';
import { pageOf } from '../parts';

type Month = Radar['months'][number];

const PARTS = [
  ['filed', 'Đã nộp hồ sơ đánh giá lại', 'var-accent'],
  ['missed', 'Hết thời gian nộp, chưa nộp', 'hatched'],
  ['open', 'Đang thời gian nộp, chưa nộp', 'dotted'],
  ['ahead', 'Chưa đến thời gian nộp', 'var-pale'],
] as const;

const FILL: Record<(typeof PARTS)[number][2], string> = {
  'var-accent': '#0b5c55',
  hatched: 'url(#hatched)',
  dotted: 'url(#dotted)',
  'var-pale': '#c9d8d5',
};

export function RadarLegend({ radar }: { radar: Radar }): VNode {
  return (
    <ul class="legend">
      {PARTS.map(([part, title, look]) => (
        <li key={part}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <rect x="1" y="1" width="14" height="14" fill={FILL[look]} />
          </svg>
          {title}: <b>{number(radar[part].count)}</b>
        </li>
      ))}
    </ul>
  );
}

const WIDTH = 1240;
const HEIGHT = 290;
const LEFT = 44;
const FLOOR = 232;
const TOP = 34;

const monthName = (month: string): string => `${Number(month.slice(5))}/${month.slice(0, 4)}`;

export function MonthBars({ radar }: { radar: Radar }): VNode {
  const { months } = radar;
  const step = (WIDTH - LEFT) / months.length;
  const most = Math.max(10, ...months.map(({ total }) => total.count));
  const unit = lineEvery(most);
  const y = (count: number): number => FLOOR - ((FLOOR - TOP) * count) / most;
  const lines = Array.from({ length: Math.floor(most / unit) + 1 }, (_, index) => index * unit);
  return (
    <figure class="chart chart--wide">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-labelledby="chart-t chart-d">
        <title id="chart-t">
          Số giấy chứng nhận hết hiệu lực theo tháng, {monthName(months[0]?.month ?? '')} đến {monthName(months.at(-1)?.month ?? '')}
        </title>
        <desc id="chart-d">
          {number(radar.total.count)} giấy: {PARTS.map(([part, title]) => `${number(radar[part].count)} ${title.toLowerCase()}`).join(', ')}
          . Số liệu ở các bảng bên dưới.
        </desc>
        {lines.map((count) => (
          <g key={count}>
            <line x1={LEFT} x2={WIDTH} y1={y(count)} y2={y(count)} stroke={count === 0 ? '#7c8a86' : '#e3e9e7'} />
            <text x={LEFT - 8} y={y(count) + 4} text-anchor="end" font-size="12" fill="#5b6865">
              {count}
            </text>
          </g>
        ))}
        <OpenWindow radar={radar} step={step} />
        {months.map((month, index) => (
          <MonthBar key={month.month} month={month} x={LEFT + index * step} step={step} y={y} isFirst={index === 0} />
        ))}
      </svg>
    </figure>
  );
}

/** The ends of certificates whose window is open now, as a band behind the bars. */
function OpenWindow({ radar: { openEnds, months }, step }: { radar: Radar; step: number }): VNode | null {
  const first = months[0]?.month;
  if (!openEnds || first === undefined) return null;
  const place = (date: string): number => {
    const monthsOn = (Number(date.slice(0, 4)) - Number(first.slice(0, 4))) * 12 + Number(date.slice(5, 7)) - Number(first.slice(5));
    return LEFT + step * (monthsOn + (Number(date.slice(8)) - 1) / 31);
  };
  const [from, to] = [place(openEnds.from), place(openEnds.to)];
  return (
    <g>
      <rect x={from} y={TOP - 16} width={to - from} height={FLOOR - TOP + 16} fill="#fdf3dc" />
      <path d={`M${from} ${FLOOR}V${TOP - 16}M${to} ${FLOOR}V${TOP - 16}`} stroke="#b98a2c" stroke-dasharray="3 3" fill="none" />
      <text x={to + 8} y={TOP - 6} font-size="12.5" font-weight="500" fill="#7a4a00">
        Thời gian nộp đang mở
      </text>
      <text x={to + 8} y={TOP + 10} font-size="12" fill="#7a4a00">
        giấy hết hiệu lực {day(openEnds.from)}–{day(openEnds.to)}
      </text>
    </g>
  );
}

interface MonthBarProps {
  month: Month;
  x: number;
  step: number;
  y: (count: number) => number;
  isFirst: boolean;
}

function MonthBar({ month, x, step, y, isFirst }: MonthBarProps): VNode {
  const name = month.month.slice(5);
  const label = `Tháng ${monthName(month.month)}: ${number(month.total.count)} giấy hết hiệu lực`;
  const width = step - 8;
  let below = 0;
  const beginsYear = isFirst || name === '01';
  return (
    <g>
      <text x={x + step / 2} y={FLOOR + 17} text-anchor="middle" font-size="12" fill="#43514e">
        {Number(name)}
      </text>
      {beginsYear && (
        <text x={x + 2} y={FLOOR + 38} font-size="13" font-weight="600" fill="#16211f">
          {month.month.slice(0, 4)}
        </text>
      )}
      {beginsYear && !isFirst && <line x1={x} x2={x} y1={FLOOR} y2={FLOOR + 42} stroke="#7c8a86" />}
      {month.total.count > 0 && (
        <a href={pageOf(month.total)} aria-label={label}>
          <title>{label}</title>
          {PARTS.map(([part, , look]) => {
            const { count } = month[part];
            if (count === 0) return null;
            const top = y(below + count);
            const height = y(below) - top;
            below += count;
            return <rect key={part} x={x + 4} y={top} width={width} height={height} fill={FILL[look]} stroke="#fff" stroke-width=".8" />;
          })}
          <text
            x={x + step / 2}
            y={y(month.total.count) - 5}
            text-anchor="middle"
            font-size="13"
            font-weight="600"
            fill="#16211f"
            text-decoration="underline"
          >
            {number(month.total.count)}
          </text>
        </a>
      )}
    </g>
  );
}

/** Lines at round numbers, about four of them. */
function lineEvery(most: number): number {
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
  return steps.find((one) => most / one <= 5) ?? 10_000;
}

/** The same by quarter, lying, for a phone. */
export function QuarterBars({ radar }: { radar: Radar }): VNode {
  const quarters = new Map<string, Month[]>();
  for (const month of radar.months) {
    const name = `Quý ${Math.ceil(Number(month.month.slice(5)) / 3)}/${month.month.slice(0, 4)}`;
    quarters.set(name, [...(quarters.get(name) ?? []), month]);
  }
  const rows = [...quarters].map(([name, months]) => ({ name, months, total: sum(months, 'total') })).filter(({ total }) => total > 0);
  const most = Math.max(1, ...rows.map(({ total }) => total));
  return (
    <ul class="qbars">
      {rows.map(({ name, months, total }) => {
        let x = 0;
        return (
          <li key={name}>
            <span>
              {name} <b>{number(total)}</b>
            </span>
            <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              {PARTS.map(([part, , look]) => {
                const width = (100 * sum(months, part)) / most;
                x += width;
                return width > 0 ? <rect key={part} x={x - width} y="0" width={width} height="10" fill={FILL[look]} /> : null;
              })}
            </svg>
            <span class="qbars__m">
              {months
                .filter((month) => month.total.count > 0)
                .map((month) => (
                  <a key={month.month} href={pageOf(month.total)}>
                    tháng {Number(month.month.slice(5))}: {number(month.total.count)}
                  </a>
                ))}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

const sum = (months: readonly Month[], part: 'total' | (typeof PARTS)[number][0]): number =>
  months.reduce((all, month) => all + month[part].count, 0);
