import type { WorkFinding } from '../../../api/managers/commune-work';
import { communeLeague, LEAGUE_READERS, leagueQuery, type LeagueRow, provinceAsked } from '../../../api/managers/league';
import type { SheetColumn, SheetValue } from '../../../documents/workbook';
import { formatVietnamese } from '../../../domain/dates';
import { page } from '../../page';
import { count, text, workbook } from '../workbook';
import { LEAGUE } from './league';

const FINDINGS: [WorkFinding, string][] = [
  ['received', 'Tiếp nhận'],
  ['sent_in_time', 'Gửi sớm, đúng hạn'],
  ['sent_late', 'Gửi quá hạn'],
  ['in_time', 'Đang xử lý, còn hạn'],
  ['late', 'Đang xử lý, quá hạn'],
  ['withdrawn', 'Rút, dừng'],
  ['returned', 'Tỉnh trả lại'],
  ['late_arrival', 'Nhận muộn'],
];

export const leagueWorkbook = page({
  path: `${LEAGUE}/excel`,
  who: LEAGUE_READERS,
  query: leagueQuery,
  async show({ deps, actor, query }) {
    const province = provinceAsked(actor, query.province);
    if (province === undefined) return { redirect: LEAGUE, notice: 'Hãy chọn tỉnh trước khi tải Excel.' };
    const found = await communeLeague(deps, actor, province);
    const row = (one: LeagueRow, name: string): SheetValue[] => [
      one.rank,
      name,
      ...FINDINGS.map(([finding]) => one.findings[finding].count),
      one.lateShare,
      one.againstLastMonth === null ? null : one.againstLastMonth / 100,
      one.againstSeasonStart === null ? null : one.againstSeasonStart / 100,
      one.ownDays,
      one.time.commune,
      one.time.producer,
      one.time.province,
      one.time.paused,
    ];
    const columns: SheetColumn[] = [
      count('Hạng', 8),
      text('Xã, phường', 26),
      ...FINDINGS.map(([, title]) => count(title)),
      { header: 'Tỷ lệ quá hạn', width: 12, type: 'percent' },
      { header: 'So tháng trước', width: 12, type: 'percent' },
      { header: 'So đầu mùa', width: 12, type: 'percent' },
      ...['Thời gian của xã (trung vị)', 'Ngày ở xã', 'Ngày chờ chủ thể', 'Ngày ở tỉnh', 'Ngày tạm dừng'].map((title) => count(title)),
    ];
    const rows = [...found.ranked, ...found.unranked].map((one) => row(one, one.communeName ?? one.commune));
    return await workbook('theo-xa', [
      {
        name: 'Theo xã',
        title: `Kết quả theo xã, phường, ${formatVietnamese(found.from)} đến ${formatVietnamese(found.on)}`,
        columns,
        rows,
        totals: row(found.total, 'Toàn tỉnh'),
      },
    ]);
  },
});
