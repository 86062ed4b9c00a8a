import { LATENESS } from '../../../api/cycles/lateness';
import { EVERYBODY } from '../../../api/http/route';
import { overview, overviewQuery } from '../../../api/managers/overview';
import { formatVietnamese } from '../../../domain/dates';
import { page } from '../../page';
import { LATENESS_WORDS } from '../../parts/lateness';
import { count, date, text, workbook } from '../workbook';
import { STAGE_WORDS, turnWord } from '../words';

export const overviewWorkbook = page({
  path: '/tong-quan/excel',
  who: EVERYBODY,
  query: overviewQuery,
  async show({ deps, actor, query }) {
    const found = await overview(deps, actor, query);
    const parties = ['commune', 'producer', 'province', 'ministry', 'district', 'nobody'] as const;
    return await workbook('tong-quan', [
      {
        name: 'Giai đoạn',
        title: `Tổng quan mùa OCOP, ngày ${formatVietnamese(found.on)}`,
        columns: [text('Giai đoạn', 30), ...LATENESS.map((one) => count(LATENESS_WORDS[one])), count('Tổng')],
        rows: found.stages.map(({ stage, lateness, total }) => [
          STAGE_WORDS[stage][0],
          ...LATENESS.map((one) => lateness[one].count),
          total.count,
        ]),
        totals: ['Đang trong mùa', ...LATENESS.map((one) => found.season.lateness[one].count), found.season.total.count],
      },
      {
        name: 'Đến hạn',
        columns: [date('Ngày an toàn cuối'), ...parties.map((party) => count(turnWord(party))), count('Tổng')],
        rows: found.due.days.map(({ on, parties: by, total }) => [on, ...parties.map((party) => by[party].count), total.count]),
      },
      {
        name: 'Đến lượt ai',
        columns: [text('Bên phải làm tiếp', 30), count('Quá hạn'), count('Sắp đến hạn'), count('Tổng')],
        rows: found.turns.map(({ party, overdue, dueSoon, total }) => [turnWord(party), overdue.count, dueSoon.count, total.count]),
      },
    ]);
  },
});
