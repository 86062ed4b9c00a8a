/** The report's tables, the same on the page and in the workbook. */
import type { Sheet, SheetColumn, SheetValue } from '../../documents/workbook';
import { STAGE_TITLES, STEPS } from '../../domain/cycle/stages';
import { OUTCOME_TITLES } from '../../domain/cycle/stages';
import type { Report } from './report';
import { CANNOT, KINDS, LISTS, partyName, RESULTS } from './words';

/** A table with the words above it; `note` says what it means, or that there is nothing to show. */
export interface Table extends Sheet {
  id: string;
  title: string;
  english: string;
  note?: string;
}

type Column = readonly [header: string, width: number, type?: SheetColumn['type']];

function table(
  id: string,
  [name, title, english]: readonly [string, string, string],
  columns: readonly Column[],
  rows: SheetValue[][],
  note?: string,
): Table {
  const all = columns.map(([header, width, type = 'text']) => ({ header, width, type }));
  return { id, name, title, english, columns: all, rows, ...(note === undefined ? {} : { note }) };
}

const PRODUCT: readonly Column[] = [
  ['Mã chu trình', 24],
  ['Sản phẩm', 34],
  ['Chủ thể', 34],
  ['Xã, phường', 24],
];

const named = ({
  cycleId,
  product,
  producer,
  commune,
}: {
  cycleId: string;
  product: string;
  producer: string;
  commune: string;
}): SheetValue[] => [cycleId, product, producer, commune];

/** Every table of the report, in the order of reading. */
export function tablesOf(report: Report): Table[] {
  return [
    ends(report),
    peaks(report),
    readers(report),
    mailDays(report),
    rules(report),
    silences(report),
    stages(report),
    reasons(report),
    cannot(report),
    lapses(report),
    unreachable(report),
    daysOff(report),
    targets(report),
    refusedRows(report),
    refusedActs(report),
    checks(report),
    cycles(report),
  ];
}

const ends = ({ ends: all }: Report): Table => {
  const rows = all.map(({ title, count }) => [title.vi, title.en, count]);
  return table(
    'ends',
    ['Kết thúc', 'Chu trình đang ở đâu khi hết diễn tập', 'Where every cycle stands at the end'],
    [
      ['Kết quả', 40],
      ['', 40],
      ['Số chu trình', 14, 'number'],
    ],
    rows,
  );
};

const peaks = ({ mails }: Report): Table =>
  table(
    'peaks',
    ['Ngày cao điểm', 'Ngày nhiều thư nhất', 'Busiest days'],
    [
      ['Ngày', 14, 'date'],
      ['Thư', 10, 'number'],
      ['Nhắc việc trong thư', 18, 'number'],
    ],
    mails.peaks.map(({ day, mails: count, nudges }) => [day, count, nudges]),
  );

const readers = ({ mails, contacts }: Report): Table =>
  table(
    'readers',
    ['Người nhận', 'Thư theo người nhận', 'Mails by reader'],
    [
      ['Đơn vị', 30],
      ['Người nhận', 34],
      ['Thư điện tử', 34],
      ['Thư', 8, 'number'],
      ['Nhắc việc', 11, 'number'],
      ['Ngày nhiều nhất', 16, 'date'],
      ['Nhắc việc ngày đó', 16, 'number'],
    ],
    mails.readers.map((one) => [one.office, one.name, one.email, one.mails, one.nudges, one.busiestDay, one.busiestNudges]),
    contacts === 'invented'
      ? 'Không có danh bạ: người nhận là giả định, mỗi đơn vị một cán bộ và một lãnh đạo. Thêm --contacts để thấy đơn vị nào chưa có địa chỉ.'
      : undefined,
  );

const mailDays = ({ mails }: Report): Table =>
  table(
    'mail-days',
    ['Thư từng ngày', 'Thư từng ngày', 'Mails by day'],
    [
      ['Ngày', 14, 'date'],
      ['Thư', 10, 'number'],
      ['Nhắc việc', 12, 'number'],
    ],
    mails.days.map(({ day, mails: count, nudges }) => [day, count, nudges]),
  );

const rules = ({ nudges }: Report): Table =>
  table(
    'rules',
    ['Quy tắc nhắc', 'Nhắc việc theo quy tắc và kết quả', 'Nudges by rule and result'],
    [
      ['Quy tắc', 60],
      ['Đã lập', 10, 'number'],
      ['Đứng đầu thư', 10, 'number'],
      ['Gộp vào thư', 10, 'number'],
      ['Thôi gửi', 10, 'number'],
      ['Không gửi được', 10, 'number'],
      ['Lần sau thay', 10, 'number'],
      ['Còn chờ', 10, 'number'],
      ['Trong đó muộn', 10, 'number'],
    ],
    nudges.rules.map((one) => [
      one.title.vi,
      one.planned,
      one.sent,
      one.merged,
      one.suppressed,
      one.failed,
      one.passedOver,
      one.waiting,
      one.late,
    ]),
  );

const silences = ({ nudges }: Report): Table =>
  table(
    'silences',
    ['Vì sao không nhắc', 'Vì sao một lần nhắc không thành thư riêng', 'Why a nudge became no mail of its own'],
    [
      ['Lý do', 60],
      ['', 50],
      ['Số lần', 10, 'number'],
    ],
    nudges.silences.map(({ reason, count }) => [reason.vi, reason.en, count]),
  );

const stages = ({ stages: all }: Report): Table =>
  table(
    'stages',
    ['Giai đoạn', 'Từng giai đoạn: đúng hạn, trễ hạn, còn kẹt', 'Stages: in time, late, stuck'],
    [
      ['Giai đoạn', 30],
      ['Lượt', 10, 'number'],
      ['Đúng hạn', 10, 'number'],
      ['Trễ hạn', 10, 'number'],
      ['Không có hạn', 10, 'number'],
      ['Dừng ở đây', 10, 'number'],
      ['Đang chờ', 10, 'number'],
      ['Còn kẹt', 10, 'number'],
    ],
    all.map((one) => [
      STAGE_TITLES[one.stage].vi,
      one.visits,
      one.inTime,
      one.late,
      one.withoutLimit,
      one.endedHere,
      one.waiting,
      one.stuck,
    ]),
  );

const reasons = ({ stages: all }: Report): Table =>
  table(
    'reasons',
    ['Vướng ở đâu', 'Trễ hạn và còn kẹt: đang ở bước nào khi hết hạn', 'Late and stuck: the step when the limit passed'],
    [
      ['Giai đoạn', 28],
      ['Kết quả', 12],
      ['Bước', 44],
      ['Đang chờ', 16],
      ['Số lượt', 10, 'number'],
    ],
    all.flatMap((stage) =>
      stage.reasons.map(({ result, step, waitingFor, count }) => [
        STAGE_TITLES[stage.stage].vi,
        RESULTS[result].vi,
        STEPS[step].title.vi,
        partyName(waitingFor),
        count,
      ]),
    ),
  );

const cannot = ({ cannotMeet }: Report): Table =>
  table(
    'cannot',
    ['Không kịp hạn', 'Hồ sơ không thể kịp hạn', 'Dossiers that cannot meet a date'],
    [...PRODUCT, ['Vì sao', 36], ['Ngày', 12, 'date'], ['Hạn', 12, 'date'], ['Sớm nhất nếu đủ ngày luật định', 16, 'date'], ['Căn cứ', 44]],
    cannotMeet.map((one) => [...named(one), CANNOT[one.kind].vi, one.on, one.limit, one.earliest, one.source]),
  );

const lapses = ({ lapses: all }: Report): Table =>
  table(
    'lapses',
    ['Hết hạn', 'Giấy chứng nhận hết hạn và ngày lẽ ra phải nộp', 'Certificates that lapse, and when they should have joined'],
    [
      ...PRODUCT,
      ['Sao', 6, 'number'],
      ['Hết hạn', 12, 'date'],
      ['Nộp chậm nhất', 12, 'date'],
      ['Mở nhận', 12, 'date'],
      ['Đóng nhận', 12, 'date'],
      ['Vì sao', 40],
    ],
    all.map((one) => [...named(one), one.star, one.validUntil, one.shouldHaveFiledBy, one.windowOpens, one.windowCloses, one.why.vi]),
  );

const unreachable = ({ unreachable: all }: Report): Table =>
  table(
    'unreachable',
    ['Chưa có địa chỉ', 'Đơn vị chưa có địa chỉ thư', 'Offices without an address'],
    [
      ['Mã', 10],
      ['Đơn vị', 36],
      ['Chu trình', 12, 'number'],
      ['Nhắc việc không tới', 18, 'number'],
    ],
    all.map((one) => [one.code, one.office, one.cycles, one.nudgesLost]),
  );

const daysOff = ({ onDaysOff }: Report): Table =>
  table(
    'days-off',
    [
      'Ngày nghỉ',
      'Nhắc việc rơi vào ngày nghỉ, gửi ngày làm việc kế tiếp',
      'Nudges that fall on days off and wait for the next working day',
    ],
    [
      ['Ngày', 14, 'date'],
      ['Ngày nghỉ', 40],
      ['Nhắc việc', 12, 'number'],
      ['Gửi ngày', 14, 'date'],
    ],
    onDaysOff.map(({ day, name, nudges, sentOn }) => [day, name, nudges, sentOn]),
  );

const targets = ({ targets: all }: Report): Table =>
  table(
    'targets',
    ['Chỉ tiêu', 'Chỉ tiêu của kế hoạch', 'Targets of the plan'],
    [
      ['Chỉ tiêu', 70],
      ['Kế hoạch', 14],
      ['Đạt được', 12, 'number'],
      ['Kết quả', 26],
    ],
    all.map(({ title, wanted, reached, met }) => [
      title.vi,
      wanted,
      reached,
      met === null ? 'Hồ sơ chu trình không cho biết' : met ? 'Đạt' : 'Chưa đạt',
    ]),
  );

const refusedRows = ({ lists }: Report): Table =>
  table(
    'refused-rows',
    ['Dòng bị từ chối', 'Dòng của danh sách bị từ chối', 'Rows of the lists that were refused'],
    [
      ['Danh sách', 28],
      ['Dòng', 8, 'number'],
      ['Về', 34],
      ['Cột', 24],
      ['Ô', 30],
      ['Lý do', 60],
    ],
    Object.entries(lists).flatMap(([kind, list]) =>
      list.refused.map((one) => [LISTS[kind] ?? kind, one.row, one.about, one.column, one.value, one.vi]),
    ),
  );

const refusedActs = ({ refusedActs: all }: Report): Table =>
  table(
    'refused-acts',
    ['Việc bị từ chối', 'Việc làm trong diễn tập bị hệ thống từ chối', 'Acts that were refused'],
    [
      ['Mã chu trình', 24],
      ['Ngày', 12, 'date'],
      ['Việc', 28],
      ['Lý do', 70],
    ],
    all.map((one) => [one.cycleId, one.on, one.action, one.vi]),
  );

const checks = ({ checks: all }: Report): Table =>
  table(
    'checks',
    ['Đối chiếu', 'Đối chiếu báo cáo với thư giữ lại và sổ', 'The report held against captured mails and records'],
    [
      ['Đối chiếu', 54],
      ['', 44],
      ['Báo cáo', 12, 'number'],
      ['Đếm lại', 12, 'number'],
      ['Kết quả', 12],
    ],
    all.map(({ title, said, found, ok }) => [title.vi, title.en, said, found, ok ? 'Khớp' : 'KHÔNG KHỚP']),
  );

const cycles = ({ cycles: all }: Report): Table =>
  table(
    'cycles',
    ['Chu trình', 'Từng chu trình', 'Every cycle'],
    [
      ...PRODUCT,
      ['Loại', 14],
      ['Đăng ký', 12, 'date'],
      ['Khi hết diễn tập', 44],
      ['Sao', 6, 'number'],
      ['Hết hạn', 12, 'date'],
      ['Sự kiện cuối', 12, 'date'],
    ],
    all.map((one) => [
      ...named(one),
      KINDS[one.kind] ?? one.kind,
      one.registeredOn,
      one.outcome ? OUTCOME_TITLES[one.outcome].vi : STEPS[one.step].title.vi,
      one.star,
      one.validUntil,
      one.lastOn,
    ]),
  );
