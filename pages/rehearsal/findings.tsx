/** What a rehearsal found: its main figures, the mails over time, and the tables that somebody acts upon. The whole is in the report's files. */
import type { ComponentChildren, VNode } from 'preact';
import { STAGE_TITLES } from '../../domain/cycle/stages';
import type { LocalDate } from '../../domain/dates';
import type { Report } from '../../rehearsal/report/report';
import { CANNOT } from '../../rehearsal/report/words';
import { day, number } from '../formats';
import { Note, Panel } from '../parts/panel';
import { type Column, DataTable } from '../parts/tables';
import { inSentence } from '../words';

const SHOWN = 10;
/** Of what only illustrates. */
const FEW = 5;

export function Findings({ report }: { report: Report }): VNode {
  const { mails, stages, ends, targets, checks } = report;
  const wrong = checks.filter(({ ok }) => !ok);
  return (
    <>
      {wrong.length > 0 && (
        <Note look="late" alert>
          {number(wrong.length)} số liệu của báo cáo không khớp sổ ghi: {wrong.map(({ title }) => title.vi).join('; ')}.
        </Note>
      )}
      <Figures report={report} />
      <Refused report={report} />
      <Panel title="Thư mỗi tháng" id="thu" aside={`${number(mails.total)} thư, ${number(mails.readers.length)} người nhận`}>
        <MailMonths report={report} />
        <p class="only-small muted">Ngày nhiều thư nhất xem bảng dưới; biểu đồ đầy đủ có trong báo cáo tải về.</p>
      </Panel>
      <div class="grid">
        <List
          title="Ngày nhiều thư nhất"
          id="ngay-nhieu"
          class="c5"
          rows={mails.peaks}
          most={FEW}
          keyOf={(one) => one.day}
          columns={[
            { title: 'Ngày', cell: (one) => day(one.day) },
            { title: 'Thư', numeric: true, cell: (one) => number(one.mails) },
            { title: 'Nhắc việc', numeric: true, cell: (one) => number(one.nudges) },
          ]}
        />
        <List
          title="Người nhận nhiều nhất"
          id="nguoi-nhan"
          class="c7"
          rows={mails.readers.toSorted((a, b) => b.mails - a.mails)}
          most={FEW}
          keyOf={(one) => one.email}
          columns={[
            {
              title: 'Người nhận',
              cell: (one) => (
                <>
                  {one.name}
                  <small class="sub">{inSentence(one.office)}</small>
                </>
              ),
            },
            { title: 'Thư', numeric: true, cell: (one) => number(one.mails) },
            { title: 'Ngày nhiều việc nhất', cell: (one) => `${day(one.busiestDay)}: ${number(one.busiestNudges)} việc` },
          ]}
        />
      </div>
      <List
        title="Từng giai đoạn"
        id="giai-doan"
        rows={stages}
        keyOf={(one) => one.stage}
        columns={[
          { title: 'Giai đoạn', cell: (one) => STAGE_TITLES[one.stage].vi },
          { title: 'Lượt', numeric: true, cell: (one) => number(one.visits) },
          { title: 'Đúng hạn', numeric: true, cell: (one) => number(one.inTime) },
          { title: 'Trễ hạn', numeric: true, cell: (one) => number(one.late) },
          { title: 'Còn kẹt', numeric: true, cell: (one) => number(one.stuck) },
          { title: 'Không có hạn', numeric: true, cell: (one) => number(one.withoutLimit) },
          { title: 'Kết thúc ở đây', numeric: true, cell: (one) => number(one.endedHere) },
        ]}
      />
      <div class="grid">
        <List
          title="Chu trình đang ở đâu khi hết diễn tập"
          id="ket-thuc"
          class="c5"
          rows={ends}
          keyOf={(one) => one.key}
          columns={[
            { title: 'Kết quả', cell: (one) => one.title.vi },
            { title: 'Chu trình', numeric: true, cell: (one) => number(one.count) },
          ]}
        />
        <List
          title="Giấy chứng nhận hết hạn"
          id="het-han"
          class="c7"
          rows={report.lapses}
          keyOf={(one) => one.cycleId}
          columns={[
            { title: 'Sản phẩm', cell: (one) => <Product {...one} /> },
            { title: 'Hết hạn', cell: (one) => <span class="nw">{day(one.validUntil)}</span> },
            {
              title: 'Lẽ ra nộp chậm nhất',
              cell: (one) => (one.shouldHaveFiledBy ? <span class="nw">{day(one.shouldHaveFiledBy)}</span> : '–'),
            },
          ]}
        />
      </div>
      <List
        title="Không thể kịp hạn"
        id="khong-kip"
        rows={report.cannotMeet}
        keyOf={(one) => `${one.cycleId}-${one.kind}-${one.on}`}
        columns={[
          { title: 'Sản phẩm', cell: (one) => <Product {...one} /> },
          { title: 'Vì sao', cell: (one) => CANNOT[one.kind].vi },
          { title: 'Hạn', cell: (one) => <span class="nw">{day(one.limit)}</span> },
          { title: 'Sớm nhất', cell: (one) => (one.earliest ? <span class="nw">{day(one.earliest)}</span> : '–') },
        ]}
      />
      <div class="grid">
        <List
          title="Đơn vị chưa có địa chỉ"
          id="chua-dia-chi"
          class="c5"
          rows={report.unreachable}
          keyOf={(one) => one.code}
          none={
            report.contacts === 'invented'
              ? 'Không đưa danh bạ vào, nên mọi đơn vị có người nhận giả định.'
              : 'Mọi đơn vị đều nhận được thư.'
          }
          columns={[
            { title: 'Đơn vị', cell: (one) => one.office },
            { title: 'Chu trình', numeric: true, cell: (one) => number(one.cycles) },
            { title: 'Nhắc việc mất', numeric: true, cell: (one) => number(one.nudgesLost) },
          ]}
        />
        <List
          title="Chỉ tiêu của kế hoạch"
          id="chi-tieu"
          class="c7"
          rows={targets}
          keyOf={(one) => one.id}
          none="Kế hoạch không có chỉ tiêu nào tính được từ hồ sơ."
          columns={[
            { title: 'Chỉ tiêu', cell: (one) => one.title.vi },
            { title: 'Mức', cell: (one) => one.wanted },
            { title: 'Đạt được', numeric: true, cell: (one) => (one.reached === null ? '–' : number(one.reached)) },
            { title: 'Kết quả', cell: (one) => (one.met === null ? 'không tính được' : one.met ? 'đạt' : 'chưa đạt') },
          ]}
        />
      </div>
    </>
  );
}

interface Named {
  product: string;
  producer: string;
  commune: string;
}

const Product = ({ product, producer, commune }: Named): VNode => (
  <>
    <span class="pn">{product}</span>
    <small class="sub">
      {producer}, {commune}
    </small>
  </>
);

interface ListProps<Row> {
  title: string;
  id: string;
  class?: string;
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  columns: readonly Column<Row>[];
  none?: string;
  most?: number;
}

/** The first rows of a table of the report. */
function List<Row>({ title, id, class: place, rows, keyOf, columns, none = 'Không có.', most = SHOWN }: ListProps<Row>): VNode {
  const head = { title, id, ...(place === undefined ? {} : { class: place }) };
  if (rows.length === 0)
    return (
      <Panel {...head}>
        <p class="muted">{none}</p>
      </Panel>
    );
  const rest = rows.length - most;
  const foot = rest > 0 ? { foot: `Còn ${number(rest)} dòng nữa trong tệp Excel.` } : {};
  return (
    <Panel {...head} {...foot} bare>
      <DataTable caption={title} keyOf={keyOf} rows={rows.slice(0, most)} columns={columns} />
    </Panel>
  );
}

function Figures({ report }: { report: Report }): VNode {
  const { totals, mails, stages, lapses, cannotMeet, unreachable, onDaysOff, contacts, checks, to } = report;
  const visits = (pick: (one: Report['stages'][number]) => number): number => stages.reduce((sum, one) => sum + pick(one), 0);
  const peak = mails.peaks[0];
  const one = (title: string, value: number, note: ComponentChildren): VNode => (
    <div>
      <dt>{title}</dt>
      <dd>{number(value)}</dd>
      <dd>{note}</dd>
    </div>
  );
  return (
    <dl class="facts facts--many">
      {one('Sản phẩm', totals.products, `${number(totals.communes)} xã, phường; ${number(totals.cycles)} chu trình`)}
      {one('Thư nhắc', mails.total, peak ? `nhiều nhất ${number(peak.mails)} thư, ngày ${day(peak.day)}` : 'không có thư')}
      {one(
        'Lượt trễ hạn',
        visits(({ late }) => late),
        `${number(visits(({ inTime }) => inTime))} lượt đúng hạn`,
      )}
      {one(
        'Lượt còn kẹt',
        visits(({ stuck }) => stuck),
        `đến ${day(to)}`,
      )}
      {one('Không thể kịp hạn', cannotMeet.length, 'từ ngày đầu, vì nộp muộn hoặc lỡ mùa')}
      {one('Giấy hết hạn', lapses.length, `trong ${number(totals.certificates)} giấy chứng nhận`)}
      {one('Đơn vị chưa có địa chỉ', unreachable.length, contacts === 'invented' ? 'chưa đưa danh bạ vào' : 'thư nhắc không tới được')}
      {one(
        'Nhắc rơi vào ngày nghỉ',
        onDaysOff.reduce((sum, { nudges }) => sum + nudges, 0),
        'gửi vào ngày làm việc kế tiếp',
      )}
      <div class="facts__all">
        <dt>Đối chiếu với sổ ghi và thư giữ lại</dt>
        <dd class="facts__line">
          {number(checks.filter(({ ok }) => ok).length)} trong {number(checks.length)} phép đếm khớp
        </dd>
      </div>
    </dl>
  );
}

/** Rows of the lists that could not be used: they are not in the figures. */
function Refused({ report }: { report: Report }): VNode | null {
  const rows = Object.entries(report.lists).flatMap(([list, { refused }]) =>
    refused.map((one) => ({ ...one, key: `${list}-${one.row}-${one.column ?? ''}` })),
  );
  if (rows.length === 0) return null;
  return (
    <List
      title={`Dòng không dùng được của danh sách (${number(rows.length)})`}
      id="tu-choi"
      rows={rows}
      keyOf={({ key }) => key}
      columns={[
        { title: 'Dòng', cell: ({ row }) => number(row) },
        { title: 'Cột', cell: ({ column }) => column ?? 'cả dòng' },
        { title: 'Vì sao', cell: ({ vi }) => vi },
      ]}
    />
  );
}

const WIDTH = 1240;
const HEIGHT = 210;
const LEFT = 44;
const FLOOR = 168;
const TOP = 24;
const WIDEST_BAR = 56;

/** Mails by month, as bars; on a phone the table of the busiest days stands for it. */
function MailMonths({ report: { mails, from, to } }: { report: Report }): VNode {
  const months = monthsBetween(from, to).map((month) => ({
    month,
    count: mails.days.reduce((sum, one) => sum + (one.day.startsWith(month) ? one.mails : 0), 0),
  }));
  const most = Math.max(1, ...months.map(({ count }) => count));
  const step = (WIDTH - LEFT) / months.length;
  const width = Math.min(step - 4, WIDEST_BAR);
  const busiest = months.find(({ count }) => count === most);
  return (
    <figure class="chart chart--wide">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby="thu-t">
        <title id="thu-t">
          Thư mỗi tháng từ {day(from)} đến {day(to)}; nhiều nhất {number(most)} thư, tháng {busiest ? monthName(busiest.month) : ''}
        </title>
        {[0, most].map((count) => (
          <g key={count}>
            <line x1={LEFT} x2={WIDTH} y1={heightOf(count, most)} y2={heightOf(count, most)} stroke={count === 0 ? '#7c8a86' : '#e3e9e7'} />
            <text x={LEFT - 8} y={heightOf(count, most) + 4} text-anchor="end" font-size="12" fill="#5b6865">
              {number(count)}
            </text>
          </g>
        ))}
        {months.map(({ month, count }, index) => {
          const x = LEFT + index * step;
          const beginsYear = index === 0 || month.endsWith('-01');
          return (
            <g key={month}>
              {count > 0 && (
                <rect
                  x={x + (step - width) / 2}
                  y={heightOf(count, most)}
                  width={width}
                  height={FLOOR - heightOf(count, most)}
                  fill="#0b5c55"
                >
                  <title>{`Tháng ${monthName(month)}: ${number(count)} thư`}</title>
                </rect>
              )}
              <text x={x + step / 2} y={FLOOR + 16} text-anchor="middle" font-size="11" fill="#43514e">
                {Number(month.slice(5))}
              </text>
              {beginsYear && (
                <text x={x + 2} y={FLOOR + 36} font-size="13" font-weight="600" fill="#16211f">
                  {month.slice(0, 4)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

const heightOf = (count: number, most: number): number => FLOOR - ((FLOOR - TOP) * count) / most;
const monthName = (month: string): string => `${Number(month.slice(5))}/${month.slice(0, 4)}`;

function monthsBetween(from: LocalDate, to: LocalDate): string[] {
  const [first, last] = [from, to].map((date) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1);
  return Array.from({ length: (last ?? 0) - (first ?? 0) + 1 }, (_, index) => {
    const month = (first ?? 0) + index;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
}
