/** Communes compared by what is theirs. */
import type { VNode } from 'preact';
import { communeLeague, type League, LEAGUE_READERS, leagueQuery, provinceAsked } from '../../../api/managers/league';
import { day, number } from '../../formats';
import { type PageCall, page, type View } from '../../page';
import { FilterBar, SelectField } from '../../parts/forms';
import { excelOf, Tools } from '../parts';
import { HowCounted, Unranked } from './notes';
import { Table } from './table';

type Call = PageCall<unknown, { province?: string | undefined }>;
export const LEAGUE = '/theo-xa';

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

export const leaguePage = page({ path: LEAGUE, who: LEAGUE_READERS, query: leagueQuery, show });
