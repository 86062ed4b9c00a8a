/** The mails of a rehearsal over its months. */
import type { VNode } from 'preact';
import type { LocalDate } from '../../domain/dates';
import type { Report } from '../../rehearsal/report/report';
import { day, number } from '../formats';

const WIDTH = 1240;
const HEIGHT = 210;
const LEFT = 44;
const FLOOR = 168;
const TOP = 24;
const WIDEST_BAR = 56;

/** Mails by month, as bars; on a phone the table of the busiest days stands for it. */
export function MailMonths({ report: { mails, from, to } }: { report: Report }): VNode {
  const months = monthsBetween(from, to).map((month) => ({
    month,
    count: mails.days.reduce((sum, one) => sum + (one.day.startsWith(month) ? one.mails : 0), 0),
  }));
  const most = Math.max(1, ...months.map(({ count }) => count));
  const step = (WIDTH - LEFT) / months.length;
  const width = Math.min(step - 4, WIDEST_BAR);
  const busiest = months.find(({ count }) => count === most);
  return (
    <figure class="chart chart--wide">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby="thu-t">
        <title id="thu-t">
          Thư mỗi tháng từ {day(from)} đến {day(to)}; nhiều nhất {number(most)} thư, tháng {busiest ? monthName(busiest.month) : ''}
        </title>
        {[0, most].map((count) => (
          <g key={count}>
            <line x1={LEFT} x2={WIDTH} y1={heightOf(count, most)} y2={heightOf(count, most)} stroke={count === 0 ? '#7c8a86' : '#e3e9e7'} />
            <text x={LEFT - 8} y={heightOf(count, most) + 4} text-anchor="end" font-size="12" fill="#5b6865">
              {number(count)}
            </text>
          </g>
        ))}
        {months.map(({ month, count }, index) => {
          const x = LEFT + index * step;
          const beginsYear = index === 0 || month.endsWith('-01');
          return (
            <g key={month}>
              {count > 0 && (
                <rect
                  x={x + (step - width) / 2}
                  y={heightOf(count, most)}
                  width={width}
                  height={FLOOR - heightOf(count, most)}
                  fill="#0b5c55"
                >
                  <title>{`Tháng ${monthName(month)}: ${number(count)} thư`}</title>
                </rect>
              )}
              <text x={x + step / 2} y={FLOOR + 16} text-anchor="middle" font-size="11" fill="#43514e">
                {Number(month.slice(5))}
              </text>
              {beginsYear && (
                <text x={x + 2} y={FLOOR + 36} font-size="13" font-weight="600" fill="#16211f">
                  {month.slice(0, 4)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

const heightOf = (count: number, most: number): number => FLOOR - ((FLOOR - TOP) * count) / most;
const monthName = (month: string): string => `${Number(month.slice(5))}/${month.slice(0, 4)}`;

function monthsBetween(from: LocalDate, to: LocalDate): string[] {
  const [first, last] = [from, to].map((date) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1);
  return Array.from({ length: (last ?? 0) - (first ?? 0) + 1 }, (_, index) => {
    const month = (first ?? 0) + index;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
}
