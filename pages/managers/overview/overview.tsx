/** The season at a glance. */
import type { VNode } from 'preact';
import { EVERYBODY } from '../../../api/http/route';
import { listDossiers, type StuckDossier } from '../../../api/managers/dossiers';
import { type Overview, overview, overviewQuery, type Where } from '../../../api/managers/overview';
import { certificateRadar } from '../../../api/managers/radar';
import { seasonOf } from '../../../api/managers/season';
import { addDays } from '../../../domain/dates';
import { longDay, number } from '../../formats';
import { type PageCall, page, type View } from '../../page';
import { Panel } from '../../parts/panel';
import { DataTable } from '../../parts/tables';
import { LONGEST } from '../columns';
import { excelOf, pageOf, Said, Tools } from '../parts';
import { STAGE_WORDS } from '../words';
import { Changes } from './changes';
import { DueDays } from './due-days';
import { Lapsing } from './lapsing';
import { Matrix } from './matrix';
import { SeasonStrip } from './season-strip';
import { Turns } from './turns';

const LONGEST_SHOWN = 6;
const COHORTS_SHOWN = 6;
/** Certificates whose window closes today end in this many days: all later ones can still be saved. */
const LAPSING_DAYS = 120;

async function show(call: PageCall<unknown, Where>): Promise<View> {
  const { deps, actor, query: where } = call;
  const { province, commune } = where;
  const [found, radar, longest] = await Promise.all([
    overview(deps, actor, where),
    certificateRadar(deps, actor, { province, commune, expiringBefore: addDays(deps.today(), LAPSING_DAYS) }, COHORTS_SHOWN),
    listDossiers(deps, actor, { ...where, scope: 'season', lateness: 'overdue' }, { order: 'due', limit: LONGEST_SHOWN }),
  ]);
  const season = seasonOf(deps, province ?? actor.provinceCode ?? undefined);
  return {
    title: `Tổng quan mùa OCOP ${season.year}`,
    lead: <Lead found={found} />,
    tools: <Tools call={call} excel={excelOf('/tong-quan', call.url)} />,
    signatures: true,
    body: (
      <>
        <SeasonStrip season={season} ideas={found.stages.find(({ stage }) => stage === 'idea_registration')?.total} today={found.on} />
        <div class="grid">
          <Matrix found={found} />
          <DueDays due={found.due} />
          <div class="c5 stack">
            <Changes changes={found.changes} />
            <Turns found={found} />
          </div>
          <Lapsing radar={radar} />
          {longest.items.length > 0 && <Longest dossiers={longest.items} overdue={found.season.lateness.overdue} />}
        </div>
      </>
    ),
  };
}

/** What is wrong and by when, in a sentence or two. */
function Lead({ found: { season, stages, due } }: { found: Overview }): VNode {
  const { overdue, due_soon: dueSoon } = season.lateness;
  const worst = [...stages].sort((a, b) => b.lateness.overdue.count - a.lateness.overdue.count)[0];
  return (
    <>
      {overdue.count === 0 ? (
        'Không hồ sơ nào quá hạn. '
      ) : (
        <>
          <Said counter={overdue} look="late">
            hồ sơ quá hạn
          </Said>
          {worst && stages.length > 1 && (
            <>
              , trong đó {number(worst.lateness.overdue.count)} hồ sơ ở bước {STAGE_WORDS[worst.stage][1].toLowerCase()}
            </>
          )}
          .{' '}
        </>
      )}
      {dueSoon.count > 0 && (
        <>
          <Said counter={dueSoon} look="soon">
            hồ sơ sắp đến hạn
          </Said>{' '}
          trong 3 ngày làm việc.{' '}
        </>
      )}
      {due.peak && (
        <>
          <a href={pageOf(due.peak.total)}>{number(due.peak.total.count)} hồ sơ</a> dồn vào một ngày: ngày an toàn cuối là{' '}
          {longDay(due.peak.on)}, còn <b>{number(due.peak.workingDays)} ngày làm việc</b> sau hôm nay.
        </>
      )}
    </>
  );
}

function Longest({ dossiers, overdue }: { dossiers: readonly StuckDossier[]; overdue: Overview['open'] }): VNode {
  return (
    <Panel
      title="Quá hạn lâu nhất"
      id="longest"
      class="c12"
      bare
      aside={<a href={pageOf(overdue)}>Xem cả {number(overdue.count)} hồ sơ quá hạn</a>}
    >
      <DataTable caption="Hồ sơ quá hạn lâu nhất" columns={LONGEST} rows={dossiers} keyOf={({ id }) => id} />
    </Panel>
  );
}

export const overviewPage = page({ path: '/tong-quan', who: EVERYBODY, query: overviewQuery, show });
