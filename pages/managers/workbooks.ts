/** The managers' lists as Excel: exactly the rows that the page's questions find, all of them. */
import { LATENESS } from '../../api/cycles/lateness';
import { EVERYBODY } from '../../api/http/route';
import { certificateQuery, listCertificates } from '../../api/managers/certificates';
import type { WorkFinding } from '../../api/managers/commune-work';
import { listDossiers } from '../../api/managers/dossiers';
import { communeLeague, LEAGUE_READERS, leagueQuery, type LeagueRow, provinceAsked } from '../../api/managers/league';
import { listNudges } from '../../api/managers/nudges';
import { overview, overviewQuery } from '../../api/managers/overview';
import { certificateRadar, radarQuery } from '../../api/managers/radar';
import { filterOf, stuckQuery } from '../../api/managers/stuck';
import { listRuns } from '../../api/nudges/runs';
import { titleOfRule } from '../../api/nudges/titles';
import { type Sheet, type SheetColumn, type SheetValue, workbookXlsx } from '../../documents/workbook';
import { addDays, formatVietnamese } from '../../domain/dates';
import { type FileAnswer, page, type Page } from '../page';
import { LATENESS_WORDS } from '../parts/lateness';
import { KIND_TITLES } from '../words';
import { CERTIFICATES } from './certificate-list';
import { LEAGUE } from './league';
import { LEDGER, ledgerQuery, RUNS, STATUS_WORDS } from './nudges';
import { RADAR } from './radar';
import { STUCK } from './stuck';
import { ANSWER_WORDS, marginWord, officerWord, recipientWord, STAGE_WORDS, turnWord, WINDOW_WORDS } from './words';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** More rows than a province has; a list of the country is cut here. */
const MOST_ROWS = 20_000;
const RUN_DAYS = 30;

async function file(name: string, sheets: Sheet[]): Promise<FileAnswer> {
  return { file: { name: `${name}.xlsx`, type: XLSX, bytes: await workbookXlsx(sheets) } };
}

const text = (header: string, width: number): SheetColumn => ({ header, width, type: 'text' });
const count = (header: string, width = 12): SheetColumn => ({ header, width, type: 'number' });
const date = (header: string): SheetColumn => ({ header, width: 13, type: 'date' });

const stuck = page({
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
      marginWord(row.margin),
      row.lastSafeOn,
      row.due?.source ?? null,
      row.lastEvent?.on ?? null,
      row.lastEvent?.title.vi ?? null,
      row.lastNudge?.on ?? null,
      row.lastNudge?.count ?? 0,
      row.attention,
    ]);
    return await file('dang-tac', [{ name: 'Đang tắc', title: `Đang tắc ở đâu, ngày ${formatVietnamese(deps.today())}`, columns, rows }]);
  },
});

const certificates = page({
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
      text('Cửa sổ nộp', 12),
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
    return await file('giay-chung-nhan', [{ name: 'Giấy chứng nhận', columns, rows }]);
  },
});

const radar = page({
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
    return await file('ra-soat-36-thang', [
      {
        name: 'Theo quyết định',
        title: `Rà soát 36 tháng, ngày ${formatVietnamese(deps.today())}`,
        columns: [
          text('Quyết định', 18),
          date('Ngày'),
          text('Cơ quan', 30),
          date('Hết hiệu lực'),
          count('Số giấy'),
          date('Mở cửa sổ'),
          date('Đóng cửa sổ'),
          text('Cửa sổ', 12),
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
        columns: [text('Tháng', 12), count('Đã nộp'), count('Lỡ cửa sổ'), count('Đang mở'), count('Chưa mở'), count('Tổng')],
        rows: months,
      },
    ]);
  },
});

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

const league = page({
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
    return await file('theo-xa', [
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

const summary = page({
  path: '/tong-quan/excel',
  who: EVERYBODY,
  query: overviewQuery,
  async show({ deps, actor, query }) {
    const found = await overview(deps, actor, query);
    const parties = ['commune', 'producer', 'province', 'ministry', 'district', 'nobody'] as const;
    return await file('tong-quan', [
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

const runs = page({
  path: `${RUNS}/excel`,
  who: ['administrator', 'provincial_staff', 'council_secretary', 'manager'],
  async show({ deps, actor }) {
    const found = await listRuns(deps, actor, { from: addDays(deps.today(), -RUN_DAYS) });
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
    return await file('nhac-viec', [{ name: 'Nhắc việc', columns, rows }]);
  },
});

const ledger = page({
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
    return await file('so-nhac-viec', [{ name: 'Sổ nhắc việc', columns, rows }]);
  },
});

export const MANAGER_WORKBOOKS: readonly Page[] = [stuck, certificates, radar, league, summary, runs, ledger];
