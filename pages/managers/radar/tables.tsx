/** The radar in figures: by month, and by the season that must be joined. */
import type { VNode } from 'preact';
import type { Radar } from '../../../api/managers/radar';
import { Panel } from '../../parts/panel';
import { CountTable } from '../count-table';
import { ANSWER_WORDS } from '../words';

/** The figures behind the chart. */
export function MonthTable({ radar: { months } }: { radar: Radar }): VNode {
  const shown = months.filter(({ total }) => total.count > 0);
  return (
    <details class="behind no-print">
      <summary>Số liệu của biểu đồ</summary>
      <CountTable
        caption="Số giấy chứng nhận hết hiệu lực theo tháng"
        of="Tháng"
        columns={['Đã nộp hồ sơ', 'Lỡ hạn nộp', 'Đang mở', 'Chưa mở', 'Tổng'].map((title) => ({ title }))}
        rows={shown.map(({ month, filed, missed, open, ahead, total }) => ({
          key: month,
          head: `${month.slice(5)}/${month.slice(0, 4)}`,
          counters: [filed, missed, open, ahead, total],
        }))}
      />
    </details>
  );
}

/** Answers with their words on a phone. */
const ANSWERS = [
  ['filed', 'Đã nộp'],
  ['registered', 'Đã đăng ký'],
  ['declined', 'Không'],
  ['none', 'Chưa'],
] as const;

/** What must join which season. */
export function Seasons({ radar }: { radar: Radar }): VNode {
  const titles = ANSWERS.map(([answer, short]) => ({
    title: (
      <>
        <span class="lg">{ANSWER_WORDS[answer]}</span>
        <span class="sm">{short}</span>
      </>
    ),
  }));
  return (
    <Panel
      title="Phải vào mùa nào"
      id="seasons"
      bare
      aside="Mùa cuối cùng còn kịp trước khi giấy hết hiệu lực"
      foot="Mùa an toàn cuối: mùa cuối cùng còn nộp được hồ sơ đánh giá lại đúng thời hạn. Quá ngày này hệ thống không tự gia hạn; người có thẩm quyền quyết định."
    >
      <CountTable
        caption="Số giấy chứng nhận theo mùa an toàn cuối và câu trả lời của chủ thể"
        of="Mùa an toàn cuối"
        columns={[...titles, { title: 'Số giấy', look: 'total' }]}
        rows={radar.seasons.map(({ season, total, answers }) => ({
          key: String(season),
          head: season === null ? 'Không có mùa' : `Mùa ${season}`,
          counters: [...ANSWERS.map(([answer]) => answers[answer]), total],
        }))}
      />
    </Panel>
  );
}
