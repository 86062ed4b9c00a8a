import { EVERYBODY } from '../../../api/http/route';
import { listDossiers } from '../../../api/managers/dossiers';
import { filterOf, stuckQuery } from '../../../api/managers/stuck';
import type { SheetValue } from '../../../documents/workbook';
import { formatVietnamese } from '../../../domain/dates';
import { page } from '../../page';
import { LATENESS_WORDS, marginWords } from '../../parts/lateness';
import { KIND_TITLES } from '../../words';
import { count, date, MOST_ROWS, text, workbook } from '../workbook';
import { officerWord, turnWord } from '../words';
import { STUCK } from './shared';

export const stuckWorkbook = page({
  path: `${STUCK}/excel`,
  who: EVERYBODY,
  query: stuckQuery,
  async show({ deps, actor, query }) {
    const { items } = await listDossiers(deps, actor, filterOf(query), { order: query.order ?? 'stage', limit: MOST_ROWS });
    const columns = [
      text('Mã hồ sơ', 24),
      text('Sản phẩm', 34),
      text('Chủ thể', 34),
      text('Xã, phường', 22),
      text('Loại đăng ký', 14),
      text('Giai đoạn', 24),
      text('Bước', 34),
      text('Đến lượt', 22),
      text('Cán bộ', 24),
      count('Số ngày ở giai đoạn'),
      count('Số ngày ở bước'),
      text('Tình trạng', 14),
      text('Còn hoặc quá', 20),
      date('Ngày an toàn cuối'),
      text('Căn cứ', 40),
      date('Sự kiện gần nhất'),
      text('Sự kiện', 28),
      date('Nhắc gần nhất'),
      count('Số lần nhắc'),
      date('Giấy cũ hết hạn khi chờ kết quả trung ương'),
      text('Sự cố kỹ thuật', 24),
    ];
    const rows = items.map((row): SheetValue[] => [
      row.id,
      row.productName,
      row.producerName,
      row.communeName ?? row.communeCode,
      KIND_TITLES[row.kind],
      row.stageTitle.vi,
      row.stepTitle.vi,
      turnWord(row.waitingFor ?? 'nobody'),
      officerWord(row),
      row.daysInStage,
      row.daysInStep,
      LATENESS_WORDS[row.lateness],
      row.margin && marginWords(row.margin),
      row.lastSafeOn,
      row.due?.source ?? null,
      row.lastEvent?.on ?? null,
      row.lastEvent?.title.vi ?? null,
      row.lastNudge?.on ?? null,
      row.lastNudge?.count ?? 0,
      row.olderCertificateEnds,
      row.attention,
    ]);
    return await workbook('dang-tac', [
      { name: 'Đang tắc', title: `Đang tắc ở đâu, ngày ${formatVietnamese(deps.today())}`, columns, rows },
    ]);
  },
});
