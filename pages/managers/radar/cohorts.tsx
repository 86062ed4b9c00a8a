/** Certificates by the decision that recognised them. */
import type { VNode } from 'preact';
import type { Cohort, Radar } from '../../../api/managers/radar';
import { daysBetween, type LocalDate } from '../../../domain/dates';
import { day, number } from '../../formats';
import { Chip } from '../../parts/lateness';
import { Panel } from '../../parts/panel';
import { DataTable } from '../../parts/tables';
import { Opens } from '../parts';
import { WINDOW_WORDS } from '../words';

export function Cohorts({ radar, today }: { radar: Radar; today: LocalDate }): VNode {
  const { cohorts, cohortCount } = radar;
  return (
    <Panel
      title="Theo quyết định công nhận"
      id="cohorts"
      class="cohorts"
      bare
      aside="Hết hiệu lực sớm nhất trước"
      foot={
        cohortCount > cohorts.length
          ? `Trang này có ${number(cohorts.length)} quyết định đầu; tệp Excel có đủ ${number(cohortCount)}.`
          : undefined
      }
    >
      <DataTable
        caption="Giấy chứng nhận theo quyết định"
        rows={cohorts}
        keyOf={({ decision, issuedOn, validUntil }) => `${decision} ${issuedOn} ${validUntil}`}
        columns={[
          {
            title: 'Quyết định',
            cell: (one) => (
              <>
                <span class="pn">{one.decision ?? 'Không ghi số'}</span>
                <small>
                  ngày {day(one.issuedOn)} · {one.issuedBy ?? 'không ghi cơ quan'}
                </small>
              </>
            ),
          },
          { title: 'Hết hiệu lực', sorted: 'ascending', cell: (one) => day(one.validUntil) },
          { title: 'Số giấy', numeric: true, cell: (one) => <Opens counter={one.total} /> },
          {
            title: 'Thời gian nộp hồ sơ đánh giá lại',
            cell: ({ opensOn, closesOn }) =>
              opensOn === null || closesOn === null ? (
                '–'
              ) : (
                <span class="nwl">
                  {day(opensOn)} – {day(closesOn)}
                </span>
              ),
          },
          { title: 'Tình trạng', cell: (one) => <WindowChip cohort={one} today={today} /> },
          {
            title: 'Mùa an toàn cuối',
            cell: ({ season, fileBy, closesOn }) =>
              season === null ? (
                '–'
              ) : (
                <span>
                  <span class="nw">Mùa {season}</span>
                  {fileBy !== null && fileBy !== closesOn && <small>nộp chậm nhất {day(fileBy)}</small>}
                </span>
              ),
          },
          {
            title: 'Đã nộp hồ sơ',
            numeric: true,
            cell: ({ answers, window }) => (window === 'ahead' && answers.filed.count === 0 ? '–' : <Opens counter={answers.filed} />),
          },
          {
            title: 'Đã đăng ký, chưa nộp',
            numeric: true,
            cell: ({ answers, window }) =>
              window === 'ahead' && answers.registered.count + answers.declined.count === 0 ? (
                '–'
              ) : (
                <span>
                  <Opens counter={answers.registered} />
                  {answers.declined.count > 0 && (
                    <small>
                      không làm lại <Opens counter={answers.declined} />
                    </small>
                  )}
                </span>
              ),
          },
          {
            title: 'Chưa trả lời',
            numeric: true,
            cell: ({ answers, window }) =>
              window === 'ahead' ? (
                <span class="muted">{number(answers.none.count)}</span>
              ) : (
                <b class={window === 'closed' ? 't-late' : 't-soon'}>
                  <Opens counter={answers.none} />
                </b>
              ),
          },
        ]}
        foot={
          <tfoot>
            <tr>
              <th scope="row">{number(cohortCount)} quyết định</th>
              <td class="hide-s" />
              <td class="n" data-l="Số giấy">
                <Opens counter={radar.total} />
              </td>
              <td class="hide-s" colSpan={3} />
              <td class="n" data-l="Đã nộp hồ sơ">
                <Opens counter={radar.filed} />
              </td>
              <td class="hide-s" colSpan={2} />
            </tr>
          </tfoot>
        }
      />
    </Panel>
  );
}

function WindowChip({ cohort: { window, closesOn }, today }: { cohort: Cohort; today: LocalDate }): VNode {
  if (window === 'closed') return <Chip look="late">{WINDOW_WORDS.closed}</Chip>;
  if (window === 'ahead') return <Chip look="plain">{WINDOW_WORDS.ahead}</Chip>;
  return (
    <span>
      <Chip look="soon">{WINDOW_WORDS.open}</Chip>
      <small>{closesOn === null ? '' : `còn ${number(daysBetween(today, closesOn))} ngày`}</small>
    </span>
  );
}
