/** The time of dossiers by who had them. */
import type { VNode } from 'preact';
import type { LeagueRow } from '../../../api/managers/league';
import { number } from '../../formats';

/** Parts of the time, in the order of the bar. */
const TIME = [
  ['commune', 'Xã'],
  ['producer', 'Chủ thể'],
  ['province', 'Tỉnh'],
  ['paused', 'Tạm dừng'],
] as const;

export function TimeBar({ time }: { time: LeagueRow['time'] }): VNode {
  const all = TIME.reduce((sum, [party]) => sum + time[party], 0);
  if (all === 0) return <span class="muted">–</span>;
  let x = 0;
  const label = TIME.map(([party, title]) => `${title.toLowerCase()} ${number((100 * time[party]) / all)} %`).join(', ');
  return (
    <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label={`Chia thời gian: ${label}`}>
      {TIME.map(([party]) => {
        const width = (100 * time[party]) / all;
        x += width;
        return width > 0 ? (
          <rect key={party} class={`time-${party}`} x={(x - width).toFixed(1)} y="0" width={width.toFixed(1)} height="10" />
        ) : null;
      })}
    </svg>
  );
}

export function TimeLegend(): VNode {
  return (
    <ul class="legend hide-s">
      {TIME.map(([party, title]) => (
        <li key={party}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <rect class={`time-${party}`} x="1" y="1" width="14" height="14" />
          </svg>
          {title}
        </li>
      ))}
    </ul>
  );
}
