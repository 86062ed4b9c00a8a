import { EVERYBODY } from '../../../api/http/route';
import { certificateQuery, listCertificates } from '../../../api/managers/certificates';
import { certificateRadar, radarQuery } from '../../../api/managers/radar';
import type { SheetValue } from '../../../documents/workbook';
import { formatVietnamese } from '../../../domain/dates';
import { page } from '../../page';
import { count, date, MOST_ROWS, text, workbook } from '../workbook';
import { ANSWER_WORDS, WINDOW_WORDS } from '../words';
import { CERTIFICATES } from './certificates';
import { RADAR } from './radar';

export const certificatesWorkbook = page({
  path: `${CERTIFICATES}/excel`,
  who: EVERYBODY,
  query: certificateQuery,
  async show({ deps, actor, query: { cursor: _cursor, limit: _limit, ...filter } }) {
    const { items } = await listCertificates(deps, actor, filter, { limit: MOST_ROWS });
    const columns = [
      text('Mã hồ sơ', 24),
      text('Sản phẩm', 34),
      text('Chủ thể', 34),
      text('Xã, phường', 22),
      count('Sao', 6),
      text('Quyết định', 18),
      date('Ngày cấp'),
      text('Cơ quan', 30),
      date('Hết hiệu lực'),
      date('Kéo dài đến'),
      count('Số ngày còn lại'),
      text('Thời gian nộp', 12),
      count('Mùa an toàn cuối'),
      text('Chủ thể trả lời', 22),
      text('Hồ sơ kế tiếp', 24),
    ];
    const rows = items.map((row): SheetValue[] => [
      row.cycleId,
      row.productName,
      row.producerName,
      deps.units.byCode(row.communeCode)?.fullName ?? row.communeCode,
      row.star,
      row.decisionNumber,
      row.issuedOn,
      row.issuedBy,
      row.validUntil,
      row.extendedUntil,
      row.daysLeft,
      WINDOW_WORDS[row.window],
      row.lastSafeSeason,
      ANSWER_WORDS[row.answer],
      row.successorId,
    ]);
    return await workbook('giay-chung-nhan', [{ name: 'Giấy chứng nhận', columns, rows }]);
  },
});

export const radarWorkbook = page({
  path: `${RADAR}/excel`,
  who: EVERYBODY,
  query: radarQuery,
  async show({ deps, actor, query }) {
    const found = await certificateRadar(deps, actor, query);
    const cohorts = found.cohorts.map((one): SheetValue[] => [
      one.decision,
      one.issuedOn,
      one.issuedBy,
      one.validUntil,
      one.total.count,
      one.opensOn,
      one.closesOn,
      WINDOW_WORDS[one.window],
      one.season,
      one.fileBy,
      one.answers.filed.count,
      one.answers.registered.count,
      one.answers.declined.count,
      one.answers.none.count,
    ]);
    const months = found.months.map((one): SheetValue[] => [
      `${one.month.slice(5)}/${one.month.slice(0, 4)}`,
      one.filed.count,
      one.missed.count,
      one.open.count,
      one.ahead.count,
      one.total.count,
    ]);
    return await workbook('ra-soat-36-thang', [
      {
        name: 'Theo quyết định',
        title: `Rà soát 36 tháng, ngày ${formatVietnamese(deps.today())}`,
        columns: [
          text('Quyết định', 18),
          date('Ngày'),
          text('Cơ quan', 30),
          date('Hết hiệu lực'),
          count('Số giấy'),
          date('Nộp từ ngày'),
          date('Nộp đến ngày'),
          text('Thời gian nộp', 14),
          count('Mùa an toàn cuối'),
          date('Nộp chậm nhất'),
          count('Đã nộp'),
          count('Đã đăng ký'),
          count('Không làm lại'),
          count('Chưa trả lời'),
        ],
        rows: cohorts,
      },
      {
        name: 'Theo tháng',
        columns: [text('Tháng', 12), count('Đã nộp'), count('Lỡ hạn nộp'), count('Đang mở'), count('Chưa mở'), count('Tổng')],
        rows: months,
      },
    ]);
  },
});
