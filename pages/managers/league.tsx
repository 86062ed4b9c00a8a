/** Communes compared by what is theirs. */
import type { VNode } from 'preact';
import { communeLeague, type League, LEAGUE_READERS, leagueQuery, type LeagueRow, provinceAsked } from '../../api/managers/league';
import type { WorkFinding } from '../../api/managers/commune-work';
import { day, number, percent } from '../formats';
import { type PageCall, page, type View } from '../page';
import { FilterBar, SelectField } from '../parts/forms';
import { Icon } from '../parts/icons';
import { Facts, Panel } from '../parts/panel';
import { excelOf, Opens, pageOf, Tools } from './parts';

type Call = PageCall<unknown, { province?: string | undefined }>;
export const LEAGUE = '/theo-xa';

/** Parts of the time, in the order of the bar. */
const TIME = [
  ['commune', 'Xã'],
  ['producer', 'Chủ thể'],
  ['province', 'Tỉnh'],
  ['paused', 'Tạm dừng'],
] as const;

async function show(call: Call): Promise<View> {
  const { deps, actor, query } = call;
  const province = provinceAsked(actor, query.province);
  if (province === undefined) return whichProvince(call);
  const league = await communeLeague(deps, actor, province);
  return {
    title: 'Kết quả theo xã, phường',
    lead: (
      <>
        {lead(league)} Hồ sơ xã, phường tiếp nhận từ {day(league.from)} đến {day(league.on)}; chỉ tính thời gian thuộc trách nhiệm của xã.
      </>
    ),
    tools: <Tools call={call} excel={excelOf(LEAGUE, call.url)} />,
    signatures: true,
    body: (
      <>
        {actor.provinceCode === null && <Provinces call={call} chosen={province} />}
        <Table league={league} />
        <div class="grid below">
          <HowCounted league={league} />
          <Unranked league={league} all={deps.units.communesOf(province).length} />
        </div>
      </>
    ),
  };
}

function lead({ ranked, total }: League): string {
  const late = total.findings.late.count + total.findings.sent_late.count;
  if (total.findings.received.count === 0) return 'Chưa xã, phường nào tiếp nhận hồ sơ trong mùa này.';
  const communes = ranked.filter(({ lateShare }) => (lateShare ?? 0) > 0).length;
  if (late === 0) return `Không xã, phường nào quá hạn trên ${number(total.findings.received.count)} hồ sơ đã tiếp nhận.`;
  return `${number(late)} trên ${number(total.findings.received.count)} hồ sơ quá hạn của xã; ${number(communes)} trong ${number(ranked.length)} xã, phường được xếp hạng có hồ sơ quá hạn.`;
}

function whichProvince(call: Call): View {
  return { title: 'Kết quả theo xã, phường', lead: 'Chọn tỉnh để xem các xã, phường.', body: <Provinces call={call} chosen={undefined} /> };
}

function Provinces({ call: { deps }, chosen }: { call: Call; chosen: string | undefined }): VNode {
  return (
    <div class="panel gap-b">
      <FilterBar action={LEAGUE}>
        <SelectField
          name="province"
          label="Tỉnh"
          value={chosen}
          options={deps.units.provinces.map(({ code, fullName }) => ({ value: code, title: fullName }))}
        />
      </FilterBar>
    </div>
  );
}

/** Findings in the order of the columns. */
const COUNTS: readonly WorkFinding[] = ['sent_in_time', 'sent_late', 'in_time', 'late', 'withdrawn', 'returned'];

function Table({ league }: { league: League }): VNode {
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
            <tr>
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

function Cells({ row }: { row: LeagueRow }): VNode {
  const { findings, lateShare, ownDays } = row;
  return (
    <>
      <td class="n">
        <Opens counter={findings.received} />
      </td>
      {COUNTS.map((finding) => (
        <td key={finding} class={finding === 'late' && findings.late.count > 0 ? 'n hide-s t-late' : 'n hide-s'}>
          <Opens counter={findings[finding]} />
        </td>
      ))}
      <td class="n">{lateShare === null ? '–' : <b>{percent(lateShare)}</b>}</td>
      <td class="n hide-s">
        <Change points={row.againstLastMonth} />
      </td>
      <td class="n hide-s">
        <Change points={row.againstSeasonStart} />
      </td>
      <td class="n nw">{ownDays === null ? '–' : `${number(ownDays, ownDays % 1 === 0 ? 0 : 1)} ngày`}</td>
      <td class="n hide-s">
        <Opens counter={findings.late_arrival} />
      </td>
      <td class="hide-s time-col">
        <TimeBar time={row.time} />
      </td>
    </>
  );
}

function Change({ points }: { points: number | null }): VNode {
  if (points === null) return <span class="muted">–</span>;
  if (Math.abs(points) < 0.05) return <span class="muted">0</span>;
  const worse = points > 0;
  return (
    <span class={worse ? 'nw t-late change' : 'nw t-ok change'}>
      <Icon name={worse ? 'up' : 'dn'} /> {worse ? 'tăng' : 'giảm'} {number(Math.abs(points), 1)}
    </span>
  );
}

function TimeBar({ time }: { time: LeagueRow['time'] }): VNode {
  const all = TIME.reduce((sum, [party]) => sum + time[party], 0);
  if (all === 0) return <span class="muted">–</span>;
  let x = 0;
  const label = TIME.map(([party, title]) => `${title.toLowerCase()} ${number((100 * time[party]) / all)} %`).join(', ');
  return (
    <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label={`Chia thời gian: ${label}`}>
      {TIME.map(([party]) => {
        const width = (100 * time[party]) / all;
        x += width;
        return width > 0 ? <rect key={party} class={`time-${party}`} x={x - width} y="0" width={width} height="10" /> : null;
      })}
    </svg>
  );
}

function TimeLegend(): VNode {
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

function HowCounted({ league: { goodTimeUntil, rankedFrom, seasonStart } }: { league: League }): VNode {
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

function Unranked({ league: { unranked, ranked }, all }: { league: League; all: number }): VNode {
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

export const leaguePage = page({ path: LEAGUE, who: LEAGUE_READERS, query: leagueQuery, show });
