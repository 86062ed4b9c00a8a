/** Dossiers by stage and by how they stand, each number with its list. */
import type { ComponentChildren, VNode } from 'preact';
import type { Lateness } from '../../../api/cycles/lateness';
import type { Overview } from '../../../api/managers/overview';
import { Icon } from '../../parts/icons';
import { LATENESS_LOOKS, LATENESS_WORDS } from '../../parts/lateness';
import { Panel } from '../../parts/panel';
import { Bar, Opens } from '../parts';
import { STAGE_WORDS } from '../words';

/** In the order of urgency. */
const COLUMNS = ['overdue', 'due_soon', 'on_time', 'paused', 'none'] as const satisfies Lateness[];

export function Matrix({ found }: { found: Overview }): VNode {
  const cells = (lateness: Overview['season']['lateness']): VNode[] =>
    COLUMNS.map((one) => (
      <td key={one} class={one === 'overdue' && lateness[one].count > 0 ? 'n t-late' : 'n'}>
        <Opens counter={lateness[one]} />
      </td>
    ));
  const total = (title: ComponentChildren, counter: Overview['open']): VNode => (
    <tr>
      <th scope="row" colSpan={COLUMNS.length + 1}>
        {title}
      </th>
      <td class="n tot">
        <Opens counter={counter} />
      </td>
      <td class="hide-s" />
    </tr>
  );
  return (
    <Panel
      title="Hồ sơ theo giai đoạn và tình trạng hạn"
      id="matrix"
      class="c8"
      bare
      aside="Mỗi con số mở đúng danh sách tương ứng"
      foot="Sắp đến hạn: còn từ 0 đến 3 ngày làm việc. Chưa có hạn: quyết định và kế hoạch không đặt ngày cho bước này; số ngày chờ vẫn được tính."
    >
      <div class="tw">
        <table class="matrix matrix--stage">
          <caption class="vh">Số hồ sơ theo giai đoạn và tình trạng hạn</caption>
          <thead>
            <tr>
              <th scope="col">Giai đoạn</th>
              {COLUMNS.map((one) => (
                <th key={one} scope="col" class={`n hl hl-${LATENESS_LOOKS[one]}`}>
                  <span>
                    <Icon name={LATENESS_LOOKS[one]} />
                    {LATENESS_WORDS[one]}
                  </span>
                </th>
              ))}
              <th scope="col" class="n">
                Tổng
              </th>
              <th scope="col" class="hide-s bar-col">
                <span class="vh">Tỷ lệ</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {found.stages.map(({ stage, lateness, total: all }) => (
              <tr key={stage}>
                <th scope="row">
                  <span class="lg">{STAGE_WORDS[stage][0]}</span>
                  <span class="sm">{STAGE_WORDS[stage][1]}</span>
                </th>
                {cells(lateness)}
                <td class="n tot">
                  <Opens counter={all} />
                </td>
                <td class="hide-s bar-col">
                  <Bar parts={COLUMNS.map((one) => ({ share: lateness[one].count, look: LATENESS_LOOKS[one] }))} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Đang trong mùa</th>
              {cells(found.season.lateness)}
              <td class="n tot">
                <Opens counter={found.season.total} />
              </td>
              <td class="hide-s" />
            </tr>
            {total(STAGE_WORDS.validity[0], found.validity)}
            {total('Đang theo dõi', found.open)}
            {total(`Đã kết thúc năm ${found.on.slice(0, 4)}`, found.ended)}
          </tfoot>
        </table>
      </div>
    </Panel>
  );
}
