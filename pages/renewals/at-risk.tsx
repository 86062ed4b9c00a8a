/** Older certificates that may end before the ministry answers. */
import type { VNode } from 'preact';
import type { OlderCertificateAtRisk } from '../../api/supervision/routes';
import { type Step, STEPS } from '../../domain/cycle/stages';
import { day, number } from '../formats';
import { Chip } from '../parts/lateness';
import { Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';
import { Ends } from './columns';
import { type Call, communeName } from './shared';

export function AtRisk({ call, rows }: { call: Call; rows: readonly OlderCertificateAtRisk[] }): VNode | null {
  if (rows.length === 0) return null;
  return (
    <Panel
      title="Giấy chứng nhận cũ khi đang chờ kết quả trung ương"
      id="rui-ro"
      aside={`${number(rows.length)} giấy chứng nhận`}
      bare
      foot="Giấy chứng nhận cũ không tự kéo dài; nếu hết hạn trước khi có kết quả thì sản phẩm tạm thời không có giấy chứng nhận."
    >
      <DataTable
        caption="Giấy chứng nhận cũ có thể hết hạn khi đang chờ kết quả trung ương"
        keyOf={(one) => one.cycleId}
        rows={rows}
        columns={[
          {
            title: 'Sản phẩm',
            cell: (one) => (
              <>
                <a class="pn" href={`/ho-so/${one.cycleId}`}>
                  {one.productName}
                </a>
                <small class="sub">{communeName(call.deps, one.communeCode)}</small>
              </>
            ),
          },
          { title: 'Giấy cũ', cell: (one) => `${one.star} sao, ${one.certificate}` },
          { title: 'Hết hạn', sorted: 'ascending', cell: (one) => <Ends on={one.endsOn} daysLeft={one.daysLeft} /> },
          {
            title: 'Đang chờ',
            cell: (one) => (
              <>
                <a href={`/ho-so/${one.pendingCycleId}`}>{STEPS[one.pendingStep as Step].title.vi}</a>
                <small class="sub">{one.resultBy === null ? 'chưa có hạn trả kết quả' : `kết quả chậm nhất ${day(one.resultBy)}`}</small>
              </>
            ),
          },
          {
            title: 'Nguy cơ',
            cell: (one) => (one.endsFirst ? <Chip look="soon">Có thể hết hạn trước</Chip> : <Chip look="ok">Kết quả đến trước</Chip>),
          },
        ]}
      />
    </Panel>
  );
}
