/** What falls due in the next ten working days, by day and by whose turn it is. */
import type { VNode } from 'preact';
import type { Counter } from '../../../api/managers/counter';
import type { Overview } from '../../../api/managers/overview';
import { day, longDay, number, weekday } from '../../formats';
import { Panel } from '../../parts/panel';
import { CountTable } from '../count-table';
import { pageOf } from '../parts';

const PARTIES = [
  ['commune', 'Xã'],
  ['producer', 'Chủ thể'],
  ['province', 'Tỉnh'],
  ['ministry', 'Bộ'],
] as const;

export function DueDays({ due }: { due: Overview['due'] }): VNode {
  const shown = PARTIES.filter(([party]) => party !== 'ministry' || due.parties.ministry.count > 0);
  const counters = ({ parties, total }: Pick<Overview['due'], 'parties' | 'total'>): Counter[] => [
    ...shown.map(([party]) => parties[party]),
    total,
  ];
  const rows = due.days.map(({ on, ...counts }) => ({
    key: on,
    head: (
      <span class="nw">
        {day(on).slice(0, 5)} <span class="muted">{on === due.from ? 'hôm nay' : weekday(on)}</span>
      </span>
    ),
    counters: counters(counts),
  }));
  const head = (
    <span class="nw">
      {day(due.from).slice(0, 5)}–{day(due.to).slice(0, 5)}
    </span>
  );
  return (
    <Panel
      title="Đến hạn trong 10 ngày làm việc tới"
      id="due"
      class="c4"
      bare
      aside="Theo bên đang phải làm"
      foot={
        due.peak && (
          <>
            Sau đó: <a href={pageOf(due.peak.total)}>{number(due.peak.total.count)} hồ sơ</a> cùng có ngày an toàn cuối là{' '}
            {longDay(due.peak.on)}.
          </>
        )
      }
    >
      <CountTable
        caption="Số hồ sơ đến hạn theo ngày và bên phải làm"
        of="Ngày an toàn cuối"
        columns={[...shown.map(([, title]) => ({ title })), { title: 'Tổng', look: 'total' }]}
        rows={rows}
        sum={{ key: 'sum', head, counters: counters(due) }}
      />
    </Panel>
  );
}
