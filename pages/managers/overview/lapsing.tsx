/** The decisions whose certificates end first. */
import type { VNode } from 'preact';
import type { Radar } from '../../../api/managers/radar';
import { day } from '../../formats';
import { Panel } from '../../parts/panel';
import { DataTable } from '../../parts/tables';
import { Opens, pageOf, Said } from '../parts';

export function Lapsing({ radar: { cohorts, missed } }: { radar: Radar }): VNode {
  return (
    <Panel
      title="Giấy chứng nhận sắp hết hiệu lực"
      id="lapsing"
      class="c7"
      bare
      aside={<a href="/ra-soat">Rà soát 36 tháng</a>}
      foot={
        <>
          Thời gian nộp: từ 180 đến 120 ngày trước ngày hết hiệu lực (QĐ 26/2026, Điều 7.6a).{' '}
          <Said counter={missed}>giấy đã lỡ hạn nộp</Said> không được tự gia hạn; người có thẩm quyền xem xét từng trường hợp.
        </>
      }
    >
      <DataTable
        caption="Các quyết định có giấy chứng nhận hết hiệu lực sớm nhất"
        rows={cohorts}
        keyOf={({ decision, issuedOn, validUntil }) => `${decision} ${issuedOn} ${validUntil}`}
        columns={[
          {
            title: 'Hết hiệu lực, quyết định',
            cell: (one) => (
              <>
                <a href={pageOf(one.total)}>{day(one.validUntil)}</a>
                <small>
                  {one.decision ?? 'không ghi số'} · {one.issuedBy ?? 'không ghi cơ quan'}
                </small>
              </>
            ),
          },
          { title: 'Số giấy', numeric: true, cell: (one) => <Opens counter={one.total} /> },
          { title: 'Đã nộp hồ sơ', numeric: true, cell: (one) => <Opens counter={one.answers.filed} /> },
          {
            title: 'Chưa trả lời',
            numeric: true,
            cell: (one) => (
              <b class={one.window === 'closed' && one.answers.none.count > 0 ? 't-late' : undefined}>
                <Opens counter={one.answers.none} />
              </b>
            ),
          },
          {
            title: 'Thời gian nộp hồ sơ đánh giá lại',
            cell: ({ window, opensOn, closesOn }) => {
              if (opensOn === null || closesOn === null) return <span class="muted">không có</span>;
              if (window === 'closed') return <span class="t-late nw">Đã đóng {day(closesOn)}</span>;
              return <span class="nw">{window === 'open' ? `Đang mở, đến ${day(closesOn)}` : `Mở ${day(opensOn)}`}</span>;
            },
          },
        ]}
      />
    </Panel>
  );
}
