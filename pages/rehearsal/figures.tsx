/** The main figures of a rehearsal. */
import type { ComponentChildren, VNode } from 'preact';
import type { Report } from '../../rehearsal/report/report';
import { day, number } from '../formats';

export function Figures({ report }: { report: Report }): VNode {
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
