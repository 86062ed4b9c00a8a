import { EVERYBODY } from '../../../api/http/route';
import { formatVietnamese } from '../../../domain/dates';
import { numbersOf } from '../../../domain/targets';
import { page } from '../../page';
import { count, date, text, workbook } from '../workbook';
import { type ListCall, listed, listQuery } from './list';
import { type Call, find, LIST, query, TARGETS, verdict, wanted } from './shared';

export const targetsWorkbook = page({
  path: `${TARGETS}/excel`,
  who: EVERYBODY,
  query,
  async show(call: Call) {
    const found = await find(call);
    if (!found) return { redirect: TARGETS };
    const rows = found.rows.map((row) => {
      const { target, counted } = row;
      const numbers = counted && numbersOf(counted);
      const reached = verdict(found, row);
      const words = counted === null ? 'không có số liệu' : reached === null ? '' : reached ? 'đã đạt' : 'chưa đạt';
      return [target.title.vi, wanted(target), numbers?.numerator ?? null, numbers?.denominator ?? null, words, target.line, target.quote];
    });
    return await workbook('chi-tieu', [
      {
        name: 'Chỉ tiêu',
        title: `${found.plan.title.vi}, tính đến ${formatVietnamese(found.asOf)}`,
        columns: [
          text('Chỉ tiêu', 60),
          text('Phải đạt', 22),
          count('Đã có', 10),
          count('Trên', 10),
          text('Kết quả', 18),
          count('Dòng', 8),
          text('Nguyên văn', 60),
        ],
        rows,
      },
    ]);
  },
});

export const targetListWorkbook = page({
  path: `${LIST}/excel`,
  who: EVERYBODY,
  query: listQuery,
  async show(call: ListCall) {
    const { items } = await listed(call);
    return await workbook('chi-tieu-danh-sach', [
      {
        name: 'Danh sách',
        columns: [
          text('Mã hồ sơ', 24),
          text('Sản phẩm', 36),
          text('Chủ thể', 36),
          text('Xã, phường', 24),
          count('Sao', 8),
          date('Ngày cấp'),
          date('Hiệu lực đến'),
        ],
        rows: items.map((row) => [
          row.cycleId,
          row.product,
          row.producer,
          row.communeName ?? row.communeCode,
          row.star,
          row.issuedOn,
          row.holdsUntil,
        ]),
      },
    ]);
  },
});
