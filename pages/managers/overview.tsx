/** The season at a glance. */
import type { ComponentChildren, VNode } from 'preact';
import { EVERYBODY } from '../../api/http/route';
import type { Lateness } from '../../api/cycles/lateness';
import { listDossiers } from '../../api/managers/dossiers';
import { type Overview, overview, overviewQuery, type Where } from '../../api/managers/overview';
import { certificateRadar, type Radar } from '../../api/managers/radar';
import { seasonOf } from '../../api/managers/season';
import { addDays } from '../../domain/dates';
import { type Step, STEPS } from '../../domain/cycle/stages';
import { day, longDay, number, weekday } from '../formats';
import { type PageCall, page, type View } from '../page';
import { Icon } from '../parts/icons';
import { LATENESS_LOOKS, LATENESS_WORDS } from '../parts/lateness';
import { Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';
import { Bar, excelOf, LONGEST, Opens, pageOf, Said, Tools } from './parts';
import { SeasonStrip } from './season-strip';
import { CHANGE_WORDS, STAGE_WORDS, turnWord } from './words';

type Call = PageCall<unknown, Where>;
const LONGEST_SHOWN = 6;
const COHORTS_SHOWN = 6;
/** Certificates whose window closes today end in this many days: all later ones can still be saved. */
const LAPSING_DAYS = 120;

/** In the order of urgency. */
const COLUMNS = ['overdue', 'due_soon', 'on_time', 'paused', 'none'] as const satisfies Lateness[];

async function show(call: Call): Promise<View> {
  const { deps, actor, query: where } = call;
  const { province, commune } = where;
  const [found, radar, longest] = await Promise.all([
    overview(deps, actor, where),
    certificateRadar(deps, actor, { province, commune, expiringBefore: addDays(deps.today(), LAPSING_DAYS) }),
    listDossiers(deps, actor, { ...where, scope: 'season', lateness: 'overdue' }, { order: 'due', limit: LONGEST_SHOWN }),
  ]);
  const season = seasonOf(deps, where.province ?? call.actor.provinceCode ?? undefined);
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
          {longest.items.length > 0 && (
            <Panel
              title="Quá hạn lâu nhất"
              id="longest"
              class="c12"
              bare
              aside={<a href={pageOf(found.season.lateness.overdue)}>Xem cả {number(found.season.lateness.overdue.count)} hồ sơ quá hạn</a>}
            >
              <DataTable caption="Hồ sơ quá hạn lâu nhất" columns={LONGEST} rows={longest.items} keyOf={({ id }) => id} />
            </Panel>
          )}
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

function Matrix({ found }: { found: Overview }): VNode {
  const cells = (lateness: Overview['season']['lateness']): VNode[] =>
    COLUMNS.map((one) => (
      <td key={one} class={one === 'overdue' && lateness[one].count > 0 ? 'n t-late' : 'n'}>
        <Opens counter={lateness[one]} />
      </td>
    ));
  const total = (title: ComponentChildren, counter: Overview['open']): VNode => (
    <tr>
      <th scope="row" colSpan={COLUMNS.length + 1}>
        {title}
      </th>
      <td class="n tot">
        <Opens counter={counter} />
      </td>
      <td class="hide-s" />
    </tr>
  );
  return (
    <Panel
      title="Hồ sơ theo giai đoạn và tình trạng hạn"
      id="matrix"
      class="c8"
      bare
      aside="Mỗi con số mở đúng danh sách tương ứng"
      foot="Sắp đến hạn: còn từ 0 đến 3 ngày làm việc. Chưa có hạn: quyết định và kế hoạch không đặt ngày cho bước này; số ngày chờ vẫn được tính."
    >
      <div class="tw">
        <table class="matrix matrix--stage">
          <caption class="vh">Số hồ sơ theo giai đoạn và tình trạng hạn</caption>
          <thead>
            <tr>
              <th scope="col">Giai đoạn</th>
              {COLUMNS.map((one) => (
                <th key={one} scope="col" class={`n hl hl-${LATENESS_LOOKS[one]}`}>
                  <span>
                    <Icon name={LATENESS_LOOKS[one]} />
                    {LATENESS_WORDS[one]}
                  </span>
                </th>
              ))}
              <th scope="col" class="n">
                Tổng
              </th>
              <th scope="col" class="hide-s bar-col">
                <span class="vh">Tỷ lệ</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {found.stages.map(({ stage, lateness, total: all }) => (
              <tr key={stage}>
                <th scope="row">
                  <span class="lg">{STAGE_WORDS[stage][0]}</span>
                  <span class="sm">{STAGE_WORDS[stage][1]}</span>
                </th>
                {cells(lateness)}
                <td class="n tot">
                  <Opens counter={all} />
                </td>
                <td class="hide-s bar-col">
                  <Bar parts={COLUMNS.map((one) => ({ share: lateness[one].count, look: LATENESS_LOOKS[one] }))} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Đang trong mùa</th>
              {cells(found.season.lateness)}
              <td class="n tot">
                <Opens counter={found.season.total} />
              </td>
              <td class="hide-s" />
            </tr>
            {total(STAGE_WORDS.validity[0], found.validity)}
            {total('Đang theo dõi', found.open)}
            {total(`Đã kết thúc năm ${found.on.slice(0, 4)}`, found.ended)}
          </tfoot>
        </table>
      </div>
    </Panel>
  );
}

const DUE_COLUMNS = [
  ['commune', 'Xã'],
  ['producer', 'Chủ thể'],
  ['province', 'Tỉnh'],
  ['ministry', 'Bộ'],
] as const;

function DueDays({ due }: { due: Overview['due'] }): VNode {
  const shown = DUE_COLUMNS.filter(([party]) => party !== 'ministry' || due.parties.ministry.count > 0);
  return (
    <Panel
      title="Đến hạn trong 10 ngày làm việc tới"
      id="due"
      class="c4"
      bare
      aside="Theo bên đang phải làm"
      foot={
        due.peak && (
          <>
            Sau đó: <a href={pageOf(due.peak.total)}>{number(due.peak.total.count)} hồ sơ</a> cùng có ngày an toàn cuối là{' '}
            {longDay(due.peak.on)}.
          </>
        )
      }
    >
      <div class="tw">
        <table class="matrix">
          <caption class="vh">Số hồ sơ đến hạn theo ngày và bên phải làm</caption>
          <thead>
            <tr>
              <th scope="col">Ngày an toàn cuối</th>
              {shown.map(([party, title]) => (
                <th key={party} scope="col" class="n">
                  {title}
                </th>
              ))}
              <th scope="col" class="n">
                Tổng
              </th>
            </tr>
          </thead>
          <tbody>
            {due.days.map(({ on, parties, total }) => (
              <tr key={on}>
                <th scope="row">
                  <span class="nw">
                    {day(on).slice(0, 5)} <span class="muted">{on === due.from ? 'hôm nay' : weekday(on)}</span>
                  </span>
                </th>
                {shown.map(([party]) => (
                  <td key={party} class="n">
                    <Opens counter={parties[party]} />
                  </td>
                ))}
                <td class="n tot">
                  <Opens counter={total} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" class="nw">
                {day(due.from).slice(0, 5)}–{day(due.to).slice(0, 5)}
              </th>
              {shown.map(([party]) => (
                <td key={party} class="n">
                  <Opens counter={due.parties[party]} />
                </td>
              ))}
              <td class="n">
                <Opens counter={due.total} />
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </Panel>
  );
}

function Changes({ changes }: { changes: Overview['changes'] }): VNode {
  return (
    <Panel title="Thay đổi so với hôm qua" id="changes" aside={`Từ ${longDay(changes.since)}`}>
      <ul class="chg">
        {changes.items.map(({ kind, total }) => (
          <li key={kind}>
            <span class={kind === 'became-overdue' && total.count > 0 ? 'k t-late' : kind === 'became-due-soon' ? 'k t-soon' : 'k'}>
              <Opens counter={total} label={CHANGE_WORDS[kind]} />
            </span>
            <span>{CHANGE_WORDS[kind]}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Turns({ found }: { found: Overview }): VNode {
  const { season, turns, unassigned, attention, validityWaiting } = found;
  return (
    <Panel
      title="Đang đến lượt ai"
      id="turns"
      bare
      aside={`${number(season.total.count)} hồ sơ trong mùa`}
      foot={
        <>
          <Said counter={unassigned}>hồ sơ chưa phân công cán bộ</Said> · <Said counter={attention}>sự cố kỹ thuật</Said>, không tính là
          chậm của đơn vị nào.
          {validityWaiting.length > 0 && ' Giấy chứng nhận đang cần xử lý: '}
          {validityWaiting.map(({ step, total }, index) => (
            <span key={step}>
              {index > 0 && ', '}
              {STEPS[step as Step].title.vi.toLowerCase()} <Opens counter={total} />
            </span>
          ))}
        </>
      }
    >
      <div class="tw">
        <table class="matrix">
          <caption class="vh">Số hồ sơ theo bên phải làm tiếp</caption>
          <thead>
            <tr>
              <th scope="col">Bên phải làm tiếp</th>
              <th scope="col" class="n">
                Quá hạn
              </th>
              <th scope="col" class="n">
                Sắp đến hạn
              </th>
              <th scope="col" class="n">
                Tổng
              </th>
            </tr>
          </thead>
          <tbody>
            {turns.map(({ party, overdue, dueSoon, total }) => (
              <tr key={party}>
                <th scope="row">{turnWord(party)}</th>
                <td class={overdue.count > 0 ? 'n t-late' : 'n'}>
                  <Opens counter={overdue} />
                </td>
                <td class="n">
                  <Opens counter={dueSoon} />
                </td>
                <td class="n tot">
                  <Opens counter={total} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Cộng</th>
              <td class={season.lateness.overdue.count > 0 ? 'n t-late' : 'n'}>
                <Opens counter={season.lateness.overdue} />
              </td>
              <td class="n">
                <Opens counter={season.lateness.due_soon} />
              </td>
              <td class="n">
                <Opens counter={season.total} />
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </Panel>
  );
}

function Lapsing({ radar }: { radar: Radar }): VNode {
  const cohorts = radar.cohorts.slice(0, COHORTS_SHOWN);
  return (
    <Panel
      title="Giấy chứng nhận sắp hết hiệu lực"
      id="lapsing"
      class="c7"
      bare
      aside={<a href="/ra-soat">Rà soát 36 tháng</a>}
      foot={
        <>
          Cửa sổ nộp: từ 180 đến 120 ngày trước ngày hết hiệu lực (QĐ 26/2026, Điều 7.6a).{' '}
          <Said counter={radar.missed}>giấy đã lỡ cửa sổ</Said> không được tự gia hạn; người có thẩm quyền xem xét từng trường hợp.
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
            title: 'Cửa sổ nộp đánh giá lại',
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

export const overviewPage = page({ path: '/tong-quan', who: EVERYBODY, query: overviewQuery, show });
