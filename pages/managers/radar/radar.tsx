/** Certificates in force for the next 36 months: which lapse, which must join which season, who has not answered. */
import { EVERYBODY } from '../../../api/http/route';
import { certificateRadar, type RadarQuery, radarQuery } from '../../../api/managers/radar';
import { number } from '../../formats';
import { type PageCall, page, type View } from '../../page';
import { Panel } from '../../parts/panel';
import { excelOf, Said, Tools } from '../parts';
import { MonthBars, QuarterBars, RadarLegend } from './chart';
import { Cohorts } from './cohorts';
import { MonthTable, Seasons } from './tables';

type Call = PageCall<unknown, RadarQuery>;
export const RADAR = '/ra-soat';
/** A province has some dozens of decisions; of the country's the first are shown, all are in the workbook. */
const COHORTS_SHOWN = 50;

async function show(call: Call): Promise<View> {
  const radar = await certificateRadar(call.deps, call.actor, call.query, COHORTS_SHOWN);
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
            sắp hết hiệu lực mà thời gian nộp đã đóng và chưa có hồ sơ đánh giá lại.{' '}
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
        Tổng số {number(radar.total.count)} giấy còn hiệu lực, theo {number(radar.cohortCount)} quyết định.
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
        <Cohorts radar={radar} today={today} />
      </div>
    ),
  };
}

export const radarPage = page({ path: RADAR, who: EVERYBODY, query: radarQuery, show });
