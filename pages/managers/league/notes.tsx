/** Beside the table: how it is counted, and the communes with too few dossiers for a rank. */
import type { VNode } from 'preact';
import type { League } from '../../../api/managers/league';
import { day, number } from '../../formats';
import { Facts, Panel } from '../../parts/panel';
import { pageOf } from '../parts';

export function HowCounted({ league: { goodTimeUntil, rankedFrom, seasonStart } }: { league: League }): VNode {
  return (
    <Panel title="Cách tính" id="how" class="c5">
      <Facts
        pairs={[
          [
            'Tỷ lệ quá hạn',
            '(Đã gửi quá hạn + đang quá hạn, trừ hồ sơ nhận muộn) ÷ (tiếp nhận − rút, dừng). Bằng nhau thì xét thời gian của xã.',
          ],
          ['Thời gian của xã', 'Trung vị số ngày làm việc hồ sơ ở tay xã; không tính lúc chờ chủ thể bổ sung, lúc ở tỉnh hay tạm dừng.'],
          [
            'Nhận muộn',
            goodTimeUntil === null
              ? null
              : `Chủ thể nộp sau ${day(goodTimeUntil)}, khi không còn đủ 15 ngày làm việc trước hạn của đợt. Không trừ điểm của xã.`,
          ],
          [`Dưới ${rankedFrom} hồ sơ`, 'Không xếp hạng: một hồ sơ đã làm tỷ lệ đổi hơn 20 điểm.'],
          ['So đầu mùa', `So với tỷ lệ ngày ${day(seasonStart)}. Dấu “–” là khi đó chưa có hồ sơ.`],
        ]}
      />
    </Panel>
  );
}

export function Unranked({ league: { unranked, ranked }, all }: { league: League; all: number }): VNode {
  const without = all - unranked.length - ranked.length;
  return (
    <Panel
      title={`${number(unranked.length)} xã, phường không xếp hạng`}
      id="unranked"
      class="c7"
      aside={`Số hồ sơ tiếp nhận · ${number(without)} đơn vị khác chưa tiếp nhận hồ sơ nào`}
    >
      <ul class="columns">
        {unranked.map(({ commune, communeName, findings }) => {
          const late = findings.late.count + findings.sent_late.count;
          return (
            <li key={commune}>
              <a href={pageOf(findings.received)}>{communeName ?? commune}</a> <span class="muted">{number(findings.received.count)}</span>
              {late > 0 && <span class="t-late nw"> · {number(late)} quá hạn</span>}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
