/** What a rehearsal found: its main figures, the mails over time, and the tables that somebody acts upon. The whole is in the report's files. */
import type { VNode } from 'preact';
import { STAGE_TITLES } from '../../domain/cycle/stages';
import type { Report } from '../../rehearsal/report/report';
import { CANNOT } from '../../rehearsal/report/words';
import { day, number } from '../formats';
import { Note, Panel } from '../parts/panel';
import { type Column, DataTable } from '../parts/tables';
import { inSentence } from '../words';
import { Figures } from './figures';
import { MailMonths } from './mail-months';

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
