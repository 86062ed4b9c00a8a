/** Certificates in force for the next 36 months: which lapse, which must join which season, who has not answered. */
import type { VNode } from 'preact';
import { EVERYBODY } from '../../api/http/route';
import { certificateRadar, type Cohort, type Radar, type RadarQuery, radarQuery } from '../../api/managers/radar';
import { daysBetween, type LocalDate } from '../../domain/dates';
import { day, number } from '../formats';
import { type PageCall, page, type View } from '../page';
import { Chip } from '../parts/lateness';
import { Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';
import { excelOf, Opens, Said, Tools } from './parts';
import { MonthBars, QuarterBars, RadarLegend } from './radar-chart';
import { ANSWER_WORDS, WINDOW_WORDS } from './words';

type Call = PageCall<unknown, RadarQuery>;
export const RADAR = '/ra-soat';
/** A province has some dozens of decisions; of the country's the first are shown, all are in the workbook. */
const COHORTS_SHOWN = 60;

async function show(call: Call): Promise<View> {
  const radar = await certificateRadar(call.deps, call.actor, call.query);
  const today = call.deps.today();
  return {
    title: 'Rà soát 36 tháng',
    lead: (
      <>
        {radar.missed.count > 0 && (
          <>
            <Said counter={radar.missed} look="late">
              giấy
            </Said>{' '}
            sắp hết hiệu lực mà cửa sổ nộp đã đóng và chưa có hồ sơ đánh giá lại.{' '}
          </>
        )}
        {radar.open.count > 0 && (
          <>
            <Said counter={radar.open} look="soon">
              giấy
            </Said>{' '}
            còn kịp nộp, trong đó <Said counter={radar.unanswered}>chủ thể chưa trả lời</Said>.{' '}
          </>
        )}
        Tổng số {number(radar.total.count)} giấy còn hiệu lực, theo {number(radar.cohorts.length)} quyết định.
      </>
    ),
    tools: <Tools call={call} excel={excelOf(RADAR, call.url)} rows={`${number(radar.total.count)} giấy`} />,
    signatures: true,
    body: (
      <div class="stack">
        <Panel
          title="Giấy chứng nhận hết hiệu lực theo tháng"
          id="months"
          foot="Hồ sơ đánh giá lại nộp không sớm hơn 180 ngày, không muộn hơn 120 ngày tính đến ngày hết thời hạn (QĐ 26/2026, Điều 7.6a). 36 tháng tính theo ngày, tháng cùng số; giấy cấp ngày 29/02 hết ngày 28/02."
        >
          <RadarLegend radar={radar} />
          <MonthBars radar={radar} />
          <QuarterBars radar={radar} />
          <MonthTable radar={radar} />
        </Panel>
        <Seasons radar={radar} />
        <Cohorts cohorts={radar.cohorts} radar={radar} today={today} />
      </div>
    ),
  };
}

/** The figures behind the chart. */
function MonthTable({ radar: { months } }: { radar: Radar }): VNode {
  const shown = months.filter(({ total }) => total.count > 0);
  return (
    <details class="behind no-print">
      <summary>Số liệu của biểu đồ</summary>
      <div class="tw">
        <table class="matrix">
          <caption class="vh">Số giấy chứng nhận hết hiệu lực theo tháng</caption>
          <thead>
            <tr>
              <th scope="col">Tháng</th>
              <th scope="col" class="n">
                Đã nộp hồ sơ
              </th>
              <th scope="col" class="n">
                Lỡ cửa sổ
              </th>
              <th scope="col" class="n">
                Đang mở
              </th>
              <th scope="col" class="n">
                Chưa mở
              </th>
              <th scope="col" class="n">
                Tổng
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ month, ...row }) => (
              <tr key={month}>
                <th scope="row">
                  {month.slice(5)}/{month.slice(0, 4)}
                </th>
                {([row.filed, row.missed, row.open, row.ahead, row.total] as const).map((counter, index) => (
                  <td key={String(index)} class="n">
                    <Opens counter={counter} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** What must join which season. */
function Seasons({ radar }: { radar: Radar }): VNode {
  return (
    <Panel
      title="Phải vào mùa nào"
      id="seasons"
      bare
      aside="Mùa cuối cùng còn kịp trước khi giấy hết hiệu lực"
      foot="Mùa an toàn cuối: mùa cuối cùng còn nộp được hồ sơ đánh giá lại đúng thời hạn. Quá ngày này hệ thống không tự gia hạn; người có thẩm quyền quyết định."
    >
      <div class="tw">
        <table class="matrix">
          <caption class="vh">Số giấy chứng nhận theo mùa an toàn cuối và câu trả lời của chủ thể</caption>
          <thead>
            <tr>
              <th scope="col">Mùa an toàn cuối</th>
              {ANSWERS_SHOWN.map(([answer, short]) => (
                <th key={answer} scope="col" class="n">
                  <span class="lg">{ANSWER_WORDS[answer]}</span>
                  <span class="sm">{short}</span>
                </th>
              ))}
              <th scope="col" class="n">
                Số giấy
              </th>
            </tr>
          </thead>
          <tbody>
            {radar.seasons.map(({ season, total, answers }) => (
              <tr key={String(season)}>
                <th scope="row">{season === null ? 'Không có mùa' : `Mùa ${season}`}</th>
                {ANSWERS_SHOWN.map(([answer]) => (
                  <td key={answer} class="n">
                    <Opens counter={answers[answer]} />
                  </td>
                ))}
                <td class="n tot">
                  <Opens counter={total} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

const ANSWERS_SHOWN = [
  ['filed', 'Đã nộp'],
  ['registered', 'Đã đăng ký'],
  ['declined', 'Không'],
  ['none', 'Chưa'],
] as const;

function Cohorts({ cohorts, radar, today }: { cohorts: readonly Cohort[]; radar: Radar; today: LocalDate }): VNode {
  return (
    <Panel
      title="Theo quyết định công nhận"
      id="cohorts"
      class="cohorts"
      bare
      aside="Hết hiệu lực sớm nhất trước"
      foot={
        cohorts.length > COHORTS_SHOWN
          ? `Trang này có ${COHORTS_SHOWN} quyết định đầu; tệp Excel có đủ ${number(cohorts.length)}.`
          : undefined
      }
    >
      <DataTable
        caption="Giấy chứng nhận theo quyết định"
        rows={cohorts.slice(0, COHORTS_SHOWN)}
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
            title: 'Cửa sổ nộp đánh giá lại',
            cell: ({ opensOn, closesOn }) =>
              opensOn === null || closesOn === null ? (
                '–'
              ) : (
                <span class="nwl">
                  {day(opensOn)} – {day(closesOn)}
                </span>
              ),
          },
          { title: 'Trạng thái cửa sổ', cell: (one) => <WindowChip cohort={one} today={today} /> },
          {
            title: 'Mùa an toàn cuối',
            cell: ({ season, fileBy, closesOn }) =>
              season === null ? (
                '–'
              ) : (
                <span>
                  Mùa {season}
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
              <th scope="row">{number(cohorts.length)} quyết định</th>
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

export const radarPage = page({ path: RADAR, who: EVERYBODY, query: radarQuery, show });
