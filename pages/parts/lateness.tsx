/** How a deadline stands: shape, word and colour. */
import type { VNode } from 'preact';
import type { Lateness } from '../../api/cycles/lateness';
import type { Margin } from '../../api/managers/dossiers';
import type { DeadlineDate } from '../../domain/deadlines';
import { due, number } from '../formats';
import { Icon, type IconName } from './icons';

export const LATENESS_WORDS: Record<Lateness, string> = {
  overdue: 'Quá hạn',
  due_soon: 'Sắp đến hạn',
  on_time: 'Còn hạn',
  paused: 'Tạm dừng',
  none: 'Chưa có hạn',
};

/** Icon and the ending of the classes `is-…`, `t-…`, `hl-…`. */
export const LATENESS_LOOKS = {
  overdue: 'late',
  due_soon: 'soon',
  on_time: 'ok',
  paused: 'pause',
  none: 'none',
} as const satisfies Record<Lateness, IconName>;

/** The chip; `more` follows the word, such as "6 ngày làm việc". */
export function LatenessChip({ lateness, more }: { lateness: Lateness; more?: string | undefined }): VNode {
  return (
    <Chip look={LATENESS_LOOKS[lateness]}>
      {LATENESS_WORDS[lateness]}
      {more && ` ${more}`}
    </Chip>
  );
}

/** Technical trouble: nobody's lateness, in a colour of its own. */
export function TroubleChip(): VNode {
  return <Chip look="tech">Sự cố kỹ thuật</Chip>;
}

interface ChipProps {
  look: 'late' | 'soon' | 'ok' | 'pause' | 'none' | 'tech' | 'plain';
  icon?: IconName;
  children: preact.ComponentChildren;
}

/** Any chip: a look, its own icon or another, and words. */
export function Chip({ look, icon, children }: ChipProps): VNode {
  const shape = icon ?? (look === 'plain' ? undefined : look);
  return (
    <span class={`chip is-${look}`}>
      {shape && <Icon name={shape} />}
      <span>{children}</span>
    </span>
  );
}

/** A deadline with its operator, and its source beneath. */
export function DueDate({ deadline }: { deadline: (DeadlineDate & { source: string }) | null }): VNode {
  if (!deadline) return <span class="muted">chưa có hạn</span>;
  return (
    <span>
      <span class="nw">{due(deadline)}</span>
      <small class="sub">{deadline.source}</small>
    </span>
  );
}

/** "quá 6 ngày làm việc", "còn 13 ngày làm việc"; `bare` leaves the first word out, for a chip that says it already. */
export function marginWords({ over, days, unit }: Margin, bare = false): string {
  // Over since Friday, read on Sunday: no working day has gone by yet.
  const words = over && days === 0 ? 'chưa đến 1 ngày làm việc' : `${number(days)} ngày${unit === 'working' ? ' làm việc' : ''}`;
  if (over) return bare ? words : `quá ${words}`;
  return days === 0 ? 'hôm nay là ngày cuối' : `còn ${words}`;
}
