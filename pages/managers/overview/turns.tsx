import type { VNode } from 'preact';
import type { Overview } from '../../../api/managers/overview';
import { type Step, STEPS } from '../../../domain/cycle/stages';
import { number } from '../../formats';
import { Panel } from '../../parts/panel';
import { CountTable } from '../count-table';
import { Opens, Said } from '../parts';
import { turnWord } from '../words';

/** Whose turn it is in the season's dossiers, and apart from them what is nobody's delay. */
export function Turns({ found }: { found: Overview }): VNode {
  const { season, turns, unassigned, attention, validityWaiting } = found;
  const sum = [season.lateness.overdue, season.lateness.due_soon, season.total];
  return (
    <Panel
      title="Đang đến lượt ai"
      id="turns"
      bare
      aside={`${number(season.total.count)} hồ sơ trong mùa`}
      foot={
        <>
          <Said counter={unassigned}>hồ sơ chưa phân công cán bộ</Said> · <Said counter={attention}>sự cố kỹ thuật</Said>, không tính là
          chậm của đơn vị nào.
          {validityWaiting.length > 0 && ' Giấy chứng nhận đang cần xử lý: '}
          {validityWaiting.map(({ step, total }, index) => (
            <span key={step}>
              {index > 0 && ', '}
              {STEPS[step as Step].title.vi.toLowerCase()} <Opens counter={total} />
            </span>
          ))}
        </>
      }
    >
      <CountTable
        caption="Số hồ sơ theo bên phải làm tiếp"
        of="Bên phải làm tiếp"
        columns={[{ title: 'Quá hạn', look: 'late' }, { title: 'Sắp đến hạn' }, { title: 'Tổng', look: 'total' }]}
        rows={turns.map(({ party, overdue, dueSoon, total }) => ({
          key: party,
          head: turnWord(party),
          counters: [overdue, dueSoon, total],
        }))}
        sum={{ key: 'sum', head: 'Cộng', counters: sum }}
      />
    </Panel>
  );
}
