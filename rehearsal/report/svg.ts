/** Charts as SVG: readable on screen and in print, told apart by pattern and label as well as by colour. */
import { addDays, daysBetween, formatVietnamese, type LocalDate } from '../../domain/dates';

export const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

const WIDTH = 960;
/** Longer names are cut in charts; the full one is in the tip of each bar. */
const MOST_CHARACTERS = 60;
const CHARACTER = 6.6;
const LEFT = 44;
const RIGHT = 8;

/** A round number not below the largest value, for the top of an axis. */
export function topOf(largest: number): number {
  if (largest <= 5) return 5;
  const power = 10 ** Math.floor(Math.log10(largest));
  return [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((top) => top >= largest) ?? largest;
}

interface Bar {
  label: string;
  value: number;
}

/** Values of weeks from a day on, so that quiet times show as quiet. */
export function weekly(days: readonly { day: LocalDate; value: number }[], from: LocalDate, to: LocalDate): (Bar & { day: LocalDate })[] {
  const weeks = Math.floor(daysBetween(from, to) / 7) + 1;
  const bars = Array.from({ length: weeks }, (_, week) => ({
    day: addDays(from, week * 7),
    label: formatVietnamese(addDays(from, week * 7)),
    value: 0,
  }));
  for (const { day, value } of days) {
    const bar = bars[Math.floor(daysBetween(from, day) / 7)];
    if (bar) bar.value += value;
  }
  return bars;
}

/** Upright bars along a time axis; the first bar of each quarter is named. */
export function columnChart(title: string, bars: readonly (Bar & { day: LocalDate })[], unit: string): string {
  const height = 220;
  const bottom = 34;
  const top = topOf(Math.max(0, ...bars.map((one) => one.value)));
  const room = height - bottom - 12;
  const step = (WIDTH - LEFT - RIGHT) / Math.max(1, bars.length);
  const y = (value: number): number => 12 + room * (1 - value / top);
  const grid = [0, 0.5, 1].map((part) => {
    const at = y(top * part).toFixed(1);
    return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}" class="grid"/><text x="${LEFT - 6}" y="${Number(at) + 4}" text-anchor="end">${top * part}</text>`;
  });
  const drawn = bars.map(({ label, value }, index) => {
    if (value === 0) return '';
    const x = LEFT + index * step;
    return `<rect x="${x.toFixed(1)}" y="${y(value).toFixed(1)}" width="${Math.max(0.8, step - 0.6).toFixed(1)}" height="${(room + 12 - y(value)).toFixed(1)}" class="bar"><title>${escape(label)}: ${value} ${escape(unit)}</title></rect>`;
  });
  const months = new Set(bars.map(({ day }) => day.slice(0, 7))).size;
  const names = bars.flatMap(({ day }, index) => {
    const before = bars[index - 1]?.day;
    const month = Number(day.slice(5, 7));
    const few = months < 15;
    const starts = before === undefined ? few : before.slice(0, 7) !== day.slice(0, 7);
    if (!starts || (!few && ![1, 4, 7, 10].includes(month))) return [];
    const x = (LEFT + index * step).toFixed(1);
    return [
      `<line x1="${x}" x2="${x}" y1="${height - bottom}" y2="${height - bottom + 5}" class="tick"/><text x="${x}" y="${height - bottom + 18}">${month}/${day.slice(0, 4)}</text>`,
    ];
  });
  return svg(title, height, [...grid, ...drawn, ...names]);
}

const cut = (label: string): string => (label.length > MOST_CHARACTERS ? `${label.slice(0, MOST_CHARACTERS - 1)}…` : label);

export interface Part {
  value: number;
  /** 1 to 6: colour and pattern. */
  kind: number;
  name: string;
}

/** Lying bars, each split into parts, with the values written in where they fit. */
export function stackedChart(title: string, rows: readonly { label: string; parts: readonly Part[] }[]): string {
  const bar = 22;
  const gap = 10;
  const characters = Math.min(MOST_CHARACTERS, Math.max(...rows.map((row) => row.label.length), 10));
  const labels = characters * CHARACTER + 16;
  const largest = Math.max(1, ...rows.map((row) => row.parts.reduce((sum, one) => sum + one.value, 0)));
  const scale = (WIDTH - labels - RIGHT - 40) / largest;
  const drawn = rows.map(({ label, parts }, index) => {
    const y = 8 + index * (bar + gap);
    let x = labels;
    const pieces = parts
      .filter((one) => one.value > 0)
      .map(({ value, kind, name }) => {
        const width = value * scale;
        const text =
          width > 22 ? `<text x="${(x + width / 2).toFixed(1)}" y="${y + 15}" text-anchor="middle" class="in">${value}</text>` : '';
        const piece = `<rect x="${x.toFixed(1)}" y="${y}" width="${Math.max(1, width).toFixed(1)}" height="${bar}" class="k${kind}"><title>${escape(label)} – ${escape(name)}: ${value}</title></rect>${text}`;
        x += width;
        return piece;
      });
    const total = parts.reduce((sum, one) => sum + one.value, 0);
    return `<text x="${labels - 8}" y="${y + 15}" text-anchor="end">${escape(cut(label))}</text>${pieces.join('')}<text x="${(x + 6).toFixed(1)}" y="${y + 15}">${total}</text>`;
  });
  return svg(title, 16 + rows.length * (bar + gap), drawn);
}

function svg(title: string, height: number, content: readonly string[]): string {
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escape(title)}"><title>${escape(title)}</title>${content.join('')}</svg>`;
}
