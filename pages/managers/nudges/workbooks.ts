import { EVERYBODY } from '../../../api/http/route';
import { listNudges } from '../../../api/managers/nudges';
import { titleOfRule } from '../../../api/nudges/titles';
import type { SheetValue } from '../../../documents/workbook';
import { page } from '../../page';
import { count, date, MOST_ROWS, text, workbook } from '../workbook';
import { recipientWord } from '../words';
import { ledgerQuery } from './ledger';
import { latestRuns, RUN_READERS } from './runs';
import { LEDGER, RUNS, STATUS_WORDS } from './shared';

export const runsWorkbook = page({
  path: `${RUNS}/excel`,
  who: RUN_READERS,
  async show({ deps, actor }) {
    const found = await latestRuns(deps, actor);
    const columns = [
      date('Ngày'),
      text('Tỉnh', 8),
      ...['Đến lượt', 'Thư', 'Đã gửi', 'Gửi gộp', 'Không cần nữa', 'Không gửi được', 'Còn chờ', 'Gửi muộn', 'Hộp thư vướng'].map((title) =>
        count(title),
      ),
    ];
    const rows = found.map((run): SheetValue[] => [
      run.day,
      run.province,
      run.planned,
      run.mails,
      run.sent,
      run.merged,
      run.suppressed,
      run.failed,
      run.waiting,
      run.late,
      run.troubles.length,
    ]);
    return await workbook('nhac-viec', [{ name: 'Nhắc việc', columns, rows }]);
  },
});

export const ledgerWorkbook = page({
  path: `${LEDGER}/excel`,
  who: EVERYBODY,
  query: ledgerQuery,
  async show({ deps, actor, query: { cursor: _cursor, ...query } }) {
    const { items } = await listNudges(deps, actor, { ...query, limit: MOST_ROWS }, 'desc');
    const columns = [
      text('Mã hồ sơ', 24),
      text('Sản phẩm', 34),
      text('Nhắc việc gì', 44),
      date('Hạn'),
      text('Nhắc ai', 18),
      date('Ngày nhắc'),
      text('Kết quả', 22),
      text('Lý do', 44),
      text('Lần gửi', 16),
    ];
    const rows = items.map((row): SheetValue[] => [
      row.cycleId,
      row.productName,
      titleOfRule(deps.rules, row.rule).vi,
      row.subjectOn,
      recipientWord(row.recipient),
      row.plannedFor,
      STATUS_WORDS[row.status] ?? row.status,
      row.reason.vi,
      row.run,
    ]);
    return await workbook('so-nhac-viec', [{ name: 'Sổ nhắc việc', columns, rows }]);
  },
});
