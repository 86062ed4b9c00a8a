import type { VNode } from 'preact';
import type { Changes as ChangesSince } from '../../../api/managers/changes';
import { longDay } from '../../formats';
import { Panel } from '../../parts/panel';
import { Opens } from '../parts';
import { CHANGE_WORDS } from '../words';

/** What became late or was recorded since the working day before. */
export function Changes({ changes }: { changes: ChangesSince }): VNode {
  return (
    <Panel title="Thay đổi so với hôm qua" id="changes" aside={`Từ ${longDay(changes.since)}`}>
      <ul class="chg">
        {changes.items.map(({ kind, total }) => (
          <li key={kind}>
            <span class={kind === 'became-overdue' && total.count > 0 ? 'k t-late' : kind === 'became-due-soon' ? 'k t-soon' : 'k'}>
              <Opens counter={total} label={CHANGE_WORDS[kind]} />
            </span>
            <span>{CHANGE_WORDS[kind]}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
