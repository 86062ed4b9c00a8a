/** The communes in their order. */
import type { VNode } from 'preact';
import type { WorkFinding } from '../../../api/managers/commune-work';
import type { Counter } from '../../../api/managers/counter';
import type { League, LeagueRow } from '../../../api/managers/league';
import { number, percent } from '../../formats';
import { Icon } from '../../parts/icons';
import { Panel } from '../../parts/panel';
import { pageOf } from '../parts';
import { TimeBar, TimeLegend } from './time';

/** Findings in the order of the columns. */
const COUNTS: readonly WorkFinding[] = ['sent_in_time', 'sent_late', 'in_time', 'late', 'withdrawn', 'returned'];

export function Table({ league }: { league: League }): VNode {
  const { ranked, total, unranked, rankedFrom, lastMonthEnd } = league;
  return (
    <Panel
      title={`${number(ranked.length)} xã, phường có từ ${rankedFrom} hồ sơ, xếp theo tỷ lệ quá hạn`}
      id="league"
      bare
      aside={<TimeLegend />}
    >
      <div class="tw">
        <table class="matrix league">
          <caption class="vh">Xã, phường theo tỷ lệ quá hạn rồi thời gian của xã</caption>
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                Hạng
              </th>
              <th scope="col" rowSpan={2}>
                Xã, phường
              </th>
              <th scope="col" rowSpan={2} class="n">
                Tiếp
                <br />
                nhận
              </th>
              <th scope="colgroup" colSpan={2} class="hide-s grp-h">
                Đã gửi tỉnh
              </th>
              <th scope="colgroup" colSpan={2} class="hide-s grp-h">
                Đang xử lý
              </th>
              <th scope="col" rowSpan={2} class="n hide-s">
                Rút,
                <br />
                dừng
              </th>
              <th scope="col" rowSpan={2} class="n hide-s">
                Tỉnh
                <br />
                trả lại
              </th>
              <th scope="col" rowSpan={2} class="n" aria-sort="ascending">
                Tỷ lệ
                <br />
                quá hạn
              </th>
              <th scope="colgroup" colSpan={2} class="hide-s grp-h">
                Thay đổi, điểm %
              </th>
              <th scope="col" rowSpan={2} class="n">
                Thời gian
                <br />
                của xã
              </th>
              <th scope="col" rowSpan={2} class="n hide-s">
                Nhận
                <br />
                muộn
              </th>
              <th scope="col" rowSpan={2} class="hide-s time-col">
                Chia thời gian
              </th>
            </tr>
            <tr class="hide-s">
              <th scope="col" class="n">
                sớm, đúng hạn
              </th>
              <th scope="col" class="n">
                quá hạn
              </th>
              <th scope="col" class="n">
                còn hạn
              </th>
              <th scope="col" class="n">
                quá hạn
              </th>
              <th scope="col" class="n">
                so tháng {Number(lastMonthEnd.slice(5, 7))}
              </th>
              <th scope="col" class="n">
                so đầu mùa
              </th>
            </tr>
          </thead>
          <tbody>
            {ranked.map((row) => (
              <tr key={row.commune}>
                <td class="rank">{row.rank}</td>
                <th scope="row">
                  <a href={pageOf(row.findings.received)}>{row.communeName ?? row.commune}</a>
                </th>
                <Cells row={row} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            {unranked.length > 0 && (
              <tr>
                <td />
                <th scope="row">
                  {number(unranked.length)} xã, phường dưới {rankedFrom} hồ sơ
                </th>
                <td class="n">{number(unranked.reduce((sum, { findings }) => sum + findings.received.count, 0))}</td>
                {COUNTS.map((finding) => (
                  <td key={finding} class="n hide-s">
                    {number(unranked.reduce((sum, { findings }) => sum + findings[finding].count, 0))}
                  </td>
                ))}
                <td class="n muted">không xếp</td>
                <td class="hide-s" colSpan={2} />
                <td class="n" />
                <td class="hide-s" colSpan={2} />
              </tr>
            )}
            <tr class="whole">
              <td />
              <th scope="row">Toàn tỉnh</th>
              <Cells row={total} />
            </tr>
          </tfoot>
        </table>
      </div>
    </Panel>
  );
}

/** The figures of a row. Which of them a phone leaves out stands in the style: a province has two thousand of these cells. */
function Cells({ row }: { row: LeagueRow }): VNode {
  const { findings, lateShare, ownDays } = row;
  return (
    <>
      <Cell counter={findings.received} />
      {COUNTS.map((finding) => (
        <Cell key={finding} counter={findings[finding]} isLate={finding === 'late'} />
      ))}
      <td>{lateShare === null ? '–' : <b>{percent(lateShare)}</b>}</td>
      <td>
        <Change points={row.againstLastMonth} />
      </td>
      <td>
        <Change points={row.againstSeasonStart} />
      </td>
      <td>{ownDays === null ? '–' : `${number(ownDays, ownDays % 1 === 0 ? 0 : 1)} ngày`}</td>
      <Cell counter={findings.late_arrival} />
      <td class="time-col">
        <TimeBar time={row.time} />
      </td>
    </>
  );
}

function Cell({ counter, isLate = false }: { counter: Counter; isLate?: boolean }): VNode {
  if (counter.count === 0) return <td class="z">0</td>;
  return (
    <td class={isLate ? 't-late' : undefined}>
      <a href={pageOf(counter)}>{number(counter.count)}</a>
    </td>
  );
}

function Change({ points }: { points: number | null }): VNode {
  if (points === null) return <span class="muted">–</span>;
  if (Math.abs(points) < 0.05) return <span class="muted">0</span>;
  const worse = points > 0;
  return (
    <span class={worse ? 't-late change' : 't-ok change'}>
      <Icon name={worse ? 'up' : 'dn'} /> {worse ? 'tăng' : 'giảm'} {number(Math.abs(points), 1)}
    </span>
  );
}
