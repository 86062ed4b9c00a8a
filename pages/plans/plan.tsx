/** One plan with every item and its source, and its versions. */
import type { VNode } from 'preact';
import { namesOf } from '../../api/bulk/views';
import { mayEnter, planOfVersion, type PlanVersion, versionsOf } from '../../api/reference/plan-versions';
import { STAGE_TITLES } from '../../domain/cycle/stages';
import type { Plan } from '../../domain/plans';
import { day, moment, number } from '../formats';
import type { View } from '../page';
import { START, WHO as CHANGERS } from '../bulk/shared';
import { Facts, Note, Panel } from '../parts/panel';
import { DataTable, withQuery } from '../parts/tables';
import { factsOf, Items, Source, targetWords } from './items';
import { MoveWindow } from './move-window';
import { type Call, dates, documentWords, PATH } from './shared';

export async function show(call: Call): Promise<View> {
  const { deps, actor, params: asked } = call;
  const version = call.query.ban === undefined ? undefined : Number(call.query.ban);
  const plan = await planOfVersion(deps, asked.id, version);
  const versions = await versionsOf(deps, asked.id);
  const newest = versions[0]?.version ?? plan.version;
  const isNewest = plan.version === newest;
  const edits = isNewest && mayEnter(actor, plan.issuer);
  const names = await namesOf(
    deps,
    versions.map(({ enteredBy }) => enteredBy),
  );
  const withKinds = plan.targets.map((target) => ({ ...target, shown: targetWords(target) }));
  return {
    title: plan.title.vi,
    lead: `${plan.issuer.name}; ${documentWords(plan.document)}. Thực hiện từ ${day(plan.period.from)} đến ${day(plan.period.to)}.`,
    crumbs: <a href={PATH}>Kế hoạch</a>,
    current: PATH,
    body: (
      <div class="stack">
        {!isNewest && (
          <Note look="soon">
            Đây là phiên bản {number(plan.version)}; <a href={`${PATH}/${plan.id}`}>phiên bản mới nhất là {number(newest)}</a>.
          </Note>
        )}
        <Windows windows={plan.windows} />
        {edits && <MoveWindow call={call} plan={plan} />}
        <Versions plan={plan} versions={versions} names={names} adopts={CHANGERS.some((role) => role === actor.role)} />
        <Items
          title="Việc trong năm"
          id="viec"
          items={plan.activities.map((one) => ({ ...one, shown: dates(one.opensOn, one.closes) }))}
          more={(one) => factsOf(one, ['shown'])}
        />
        <Items title="Chỉ tiêu" id="chi-tieu" items={withKinds} more={(one) => factsOf(one, ['shown', 'note'])} />
        <Items title="Báo cáo" id="bao-cao" items={plan.reports} more={(one) => factsOf(one, ['from', 'to'])} />
        <Items title="Điều kiện tham gia" id="dieu-kien" items={plan.gates} more={() => 'điều kiện'} />
        <Items title="Trách nhiệm" id="trach-nhiem" items={plan.roles} more={(one) => factsOf(one, ['office'])} />
        <Items title="Việc theo sau" id="theo-sau" items={plan.followUps} more={(one) => factsOf(one, ['owner'])} />
        <Items title="Quy định khác" id="khac" items={plan.provisions} more={() => '–'} />
        <Panel title="Về văn bản này" id="ve">
          <Facts
            pairs={[
              ['Quy định áp dụng', deps.rules.regimes.find(({ id }) => id === plan.regime)?.title.vi ?? plan.regime],
              ['Nơi nhận hồ sơ', plan.intakeOffice && plan.intakeOffice.name],
              ['Nơi nhận báo cáo', plan.reportOffice && plan.reportOffice.name],
              ['Ghi chú', plan.document.note ?? plan.issuer.note ?? null],
            ]}
          />
        </Panel>
      </div>
    ),
  };
}

function Windows({ windows }: { windows: Plan['windows'] }): VNode {
  return (
    <Panel title="Mốc thời gian của hồ sơ" id="moc" bare>
      <DataTable
        caption="Mốc thời gian của hồ sơ"
        keyOf={({ id }) => id}
        rows={windows}
        columns={[
          {
            title: 'Mốc',
            cell: (one) => (
              <>
                {one.title.vi}
                <small class="sub">{STAGE_TITLES[one.stage].vi}</small>
              </>
            ),
          },
          { title: 'Thời gian', cell: (one) => <b>{dates(one.opensOn, one.closes)}</b> },
          { title: 'Căn cứ', cell: (one) => <Source of={one} /> },
        ]}
      />
    </Panel>
  );
}

interface VersionsProps {
  plan: Plan;
  /** Newest first. */
  versions: readonly PlanVersion[];
  /** Who entered them. */
  names: ReadonlyMap<string, string>;
  /** Whether the reader may have running dossiers follow a version. */
  adopts: boolean;
}

function Versions({ plan, versions, names, adopts }: VersionsProps): VNode {
  const newest = versions[0]?.version ?? plan.version;
  return (
    <Panel title="Các phiên bản" id="phien-ban" bare>
      <DataTable
        caption="Các phiên bản"
        keyOf={(one) => String(one.version)}
        rows={versions}
        marked={(one) => one.version === plan.version}
        columns={[
          {
            title: 'Phiên bản',
            cell: (one) => (
              <a href={one.version === newest ? `${PATH}/${plan.id}` : withQuery(`${PATH}/${plan.id}`, { ban: one.version })}>
                Phiên bản {number(one.version)}
              </a>
            ),
          },
          {
            title: 'Nhập lúc',
            cell: (one) => (
              <>
                {moment(one.enteredAt.getTime())}
                <small class="sub">{one.enteredBy === null ? 'đi kèm hệ thống' : (names.get(one.enteredBy) ?? 'người đã nghỉ')}</small>
              </>
            ),
          },
          { title: 'Khác bản trước', cell: (one) => <Changes version={one} /> },
          { title: 'Lý do', cell: (one) => one.reason ?? <span class="muted">–</span> },
        ]}
      />
      <p class="panel__f">
        Hồ sơ mới theo phiên bản mới nhất. Hồ sơ đang chạy giữ phiên bản đã gắn đến khi áp dụng
        {adopts && (
          <>
            : <a href={withQuery(START, { viec: 'ke-hoach-moi', plan: plan.id })}>áp dụng cho nhiều hồ sơ</a>
          </>
        )}
        .
      </p>
    </Panel>
  );
}

function Changes({ version: { changes } }: { version: PlanVersion }): VNode {
  if (changes.length === 0) return <span class="muted">–</span>;
  return (
    <ul class="plain small">
      {changes.map(({ window, title, before, after }) => (
        <li key={window}>
          {title.vi}: {before ? dates(before.opensOn, before.closes) : 'chưa có'} →{' '}
          <b>{after ? dates(after.opensOn, after.closes) : 'bỏ'}</b>
        </li>
      ))}
    </ul>
  );
}
