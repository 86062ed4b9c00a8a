/** Where dossiers are stuck: the queue, the steps that hold most, and apart from them what is nobody's delay. */
import type { VNode } from 'preact';
import { EVERYBODY } from '../../api/http/route';
import { KINDS } from '../../api/cycles/filter';
import { countBy, countDossiers, type HeldStep, listDossiers, stepsHolding, type StuckDossier } from '../../api/managers/dossiers';
import { FINDING_WORDS, STAGE_WORDS } from './words';
import { filterOf, stuckQuery, type StuckQuery } from '../../api/managers/stuck';
import { STAGES, type Step, STEPS } from '../../domain/cycle/stages';
import { day, number } from '../formats';
import { type PageCall, page, type View } from '../page';
import { Field, FilterBar, QuickFilters, SelectField } from '../parts/forms';
import { LatenessChip, LATENESS_WORDS, TroubleChip } from '../parts/lateness';
import { Panel } from '../parts/panel';
import { Count, DataTable, Pager, withQuery } from '../parts/tables';
import { KIND_TITLES, PARTY_TITLES } from '../words';
import { eventTitle } from '../../api/managers/event-titles';
import { Bar, excelOf, QUEUE, Tools } from './parts';

type Call = PageCall<unknown, StuckQuery>;

export const STUCK = '/dang-tac';
const ROWS = 30;
const TROUBLES_SHOWN = 5;
const STEPS_SHOWN = 5;

async function show(call: Call): Promise<View> {
  const { deps, actor, query } = call;
  const filter = filterOf(query);
  const { lateness: _lateness, officer: _officer, attention: _attention, ...asked } = filter;
  const limit = query.limit ?? ROWS;
  const [list, total, byLateness, unassigned, waiting, steps, troubles, trouble] = await Promise.all([
    listDossiers(deps, actor, filter, { order: query.order ?? 'stage', limit, cursor: query.cursor }),
    countDossiers(deps, actor, filter),
    countBy(deps, actor, asked, ['lateness']),
    countDossiers(deps, actor, { ...asked, officer: 'none' }),
    countBy(deps, actor, { ...asked, scope: 'validity' }, ['waitingFor']),
    stepsHolding(deps, actor, asked),
    listDossiers(deps, actor, { ...asked, scope: 'open', attention: 'yes' }, { order: 'stage', limit: TROUBLES_SHOWN }),
    countDossiers(deps, actor, { ...asked, scope: 'open', attention: 'yes' }),
  ]);
  const counts = Object.fromEntries(byLateness.map((row) => [row.lateness, row.count]));
  const here = (more: Partial<StuckQuery>): string => at({ ...query, cursor: undefined, ...more });
  const inAll = byLateness.reduce((sum, { count }) => sum + count, 0);
  const late = counts['overdue'] ?? 0;
  const soon = counts['due_soon'] ?? 0;
  const certificatesWaiting = waiting.reduce((sum, row) => (row.waitingFor === 'nobody' ? sum : sum + row.count), 0);
  const narrowed = [query.lateness, query.officer, query.attention].some((one) => one !== undefined);
  const bare: Partial<StuckQuery> = { lateness: undefined, officer: undefined, attention: undefined };
  const quick = (title: string, count: number, more: Partial<StuckQuery>) => ({
    title,
    count,
    href: here({ ...bare, ...more }),
    current:
      (query.lateness ?? '') === (more.lateness ?? '') && (query.officer ?? '') === (more.officer ?? '') && query.attention === undefined,
  });
  return {
    title: 'Đang tắc ở đâu',
    lead: (
      <>
        {narrowed ? (
          <>
            <b>{number(total)}</b> hồ sơ theo bộ lọc
          </>
        ) : (
          <>
            <b>{number(late + soon)}</b> hồ sơ quá hạn hoặc sắp đến hạn
          </>
        )}{' '}
        trên {number(inAll)} hồ sơ {query.scope === undefined || query.scope === 'season' ? 'trong mùa' : 'được hỏi'}. Xếp theo số ngày ở
        giai đoạn hiện tại, lâu nhất trước.
      </>
    ),
    tools: <Tools call={call} excel={excelOf(STUCK, call.url)} rows={`${number(total)} dòng`} />,
    signatures: true,
    body: (
      <>
        <div class="grid stretch no-print gap-b">
          <HotSteps steps={steps} here={here} />
          <NotTheirDelay
            trouble={trouble}
            paused={counts['paused'] ?? 0}
            none={counts['none'] ?? 0}
            certificates={certificatesWaiting}
            here={here}
          />
        </div>
        <section class="panel queue" aria-labelledby="h-queue">
          <h2 id="h-queue" class="vh">
            Danh sách hồ sơ
          </h2>
          <Filters call={call} />
          <QuickFilters
            items={[
              quick('Tất cả', inAll, {}),
              quick('Quá hạn và sắp đến hạn', late + soon, { lateness: 'overdue,due_soon' }),
              quick('Quá hạn', late, { lateness: 'overdue' }),
              quick('Sắp đến hạn', soon, { lateness: 'due_soon' }),
              quick('Tạm dừng', counts['paused'] ?? 0, { lateness: 'paused' }),
              quick('Chưa có hạn', counts['none'] ?? 0, { lateness: 'none' }),
              quick('Chưa phân công', unassigned, { officer: 'none' }),
            ]}
          />
          <OnPaper call={call} />
          <Asked query={query} clear={at({ province: query.province })} />
          {list.items.length === 0 ? (
            <p class="empty">Không có hồ sơ nào đúng với điều kiện lọc.</p>
          ) : (
            <DataTable caption="Hồ sơ, lâu nhất ở giai đoạn trước" columns={QUEUE} rows={list.items} keyOf={({ id }) => id} />
          )}
          <Pager
            shown={list.items.length}
            total={total}
            next={list.nextCursor === null ? null : here({ cursor: list.nextCursor })}
            first={query.cursor === undefined ? null : here({})}
          />
        </section>
        {troubles.items.length > 0 && query.attention === undefined && (
          <Troubles items={troubles.items} count={trouble} href={here({ ...bare, scope: 'open', attention: 'yes' })} />
        )}
      </>
    ),
  };
}

const at = (query: Partial<StuckQuery>): string => withQuery(STUCK, query);

/** What the list was narrowed to by a link, in words: there is no field for it. */
function Asked({ query, clear }: { query: StuckQuery; clear: string }): VNode | null {
  const { dueOn, dueFrom, dueTo, step, work, event, since, scope, enteredFrom, attention } = query;
  const said = [
    scope === 'validity' && 'giấy chứng nhận còn hiệu lực',
    scope === 'open' && 'mọi hồ sơ đang theo dõi',
    scope === 'closed' && 'hồ sơ đã kết thúc',
    step && `bước “${STEPS[step].title.vi}”`,
    dueOn && `ngày an toàn cuối ${day(dueOn)}`,
    dueFrom && `ngày an toàn cuối từ ${day(dueFrom)}`,
    dueTo && `ngày an toàn cuối đến ${day(dueTo)}`,
    enteredFrom && `vào giai đoạn từ ${day(enteredFrom)}`,
    event && `có sự kiện “${eventTitle(event).vi}”`,
    since && `từ ${day(since)}`,
    work && FINDING_WORDS[work],
    attention && 'có sự cố kỹ thuật',
  ].filter(Boolean);
  if (said.length === 0) return null;
  return (
    <p class="asked">
      Chỉ xem: <b>{said.join('; ')}</b>.{' '}
      <a class="no-print" href={clear}>
        Bỏ điều kiện này
      </a>
    </p>
  );
}

/** On paper the fields of the filters are missing: what they ask for, in words. */
function OnPaper({ call: { deps, query } }: { call: Call }): VNode | null {
  const { q, commune, stage, waitingFor, lateness, kind, plan } = query;
  const words = (codes: string, titles: Partial<Record<string, string>>): string =>
    codes
      .split(',')
      .map((one) => titles[one] ?? one)
      .join(', ');
  const said = [
    q && `“${q}”`,
    commune && (deps.units.byCode(commune)?.fullName ?? commune),
    stage && STAGE_WORDS[stage][0].toLowerCase(),
    waitingFor && `đến lượt ${words(waitingFor, PARTY_TITLES)}`,
    lateness && words(lateness, LATENESS_WORDS).toLowerCase(),
    kind && KIND_TITLES[kind],
    plan && (deps.rules.plans.find(({ id }) => id === plan)?.title.vi ?? plan),
  ].filter(Boolean);
  return said.length === 0 ? null : <p class="asked only-print">Lọc theo: {said.join('; ')}.</p>;
}

function Filters({ call: { deps, actor, query } }: { call: Call }): VNode {
  const province = query.province ?? actor.provinceCode ?? undefined;
  const communes = actor.communeCode !== null || province === undefined ? [] : deps.units.communesOf(province);
  const kept = (
    ['scope', 'order', 'step', 'dueOn', 'dueFrom', 'dueTo', 'officer', 'attention', 'enteredFrom', 'event', 'since', 'work'] as const
  ).flatMap((name) => {
    const value = query[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return (
    <FilterBar action={STUCK}>
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div class="wide">
        <Field name="q" label="Tìm sản phẩm, mã, chủ thể (không cần dấu)" type="search" value={query.q} optional />
      </div>
      {actor.provinceCode === null && (
        <SelectField
          name="province"
          label="Tỉnh"
          none="Tất cả"
          value={query.province}
          optional
          options={deps.units.provinces.map(({ code, fullName }) => ({ value: code, title: fullName }))}
        />
      )}
      {communes.length > 0 && (
        <SelectField
          name="commune"
          label="Xã, phường"
          none={`Tất cả ${communes.length}`}
          value={query.commune}
          optional
          options={communes.map(({ code, fullName }) => ({ value: code, title: fullName }))}
        />
      )}
      <SelectField
        name="stage"
        label="Giai đoạn"
        none="Tất cả"
        value={query.stage}
        optional
        options={STAGES.filter((stage) => stage !== 'closed' && stage !== 'validity').map((stage) => ({
          value: stage,
          title: STAGE_WORDS[stage][0],
        }))}
      />
      <SelectField
        name="waitingFor"
        label="Đến lượt"
        none="Tất cả"
        value={query.waitingFor}
        optional
        options={Object.entries(PARTY_TITLES).map(([value, title]) => ({ value, title }))}
      />
      <SelectField
        name="lateness"
        label="Tình trạng"
        none="Tất cả"
        value={query.lateness}
        optional
        options={[
          { value: 'overdue,due_soon', title: 'Quá hạn và sắp đến hạn' },
          ...Object.entries(LATENESS_WORDS).map(([value, title]) => ({ value, title })),
        ]}
      />
      <SelectField
        name="kind"
        label="Loại đăng ký"
        none="Tất cả"
        value={query.kind}
        optional
        options={KINDS.map((kind) => ({ value: kind, title: KIND_TITLES[kind] }))}
      />
      <SelectField
        name="plan"
        label="Kế hoạch"
        none="Tất cả"
        value={query.plan}
        optional
        options={deps.rules.plans.map(({ id, title }) => ({ value: id, title: title.vi }))}
      />
    </FilterBar>
  );
}

type Here = (more: Partial<StuckQuery>) => string;

function HotSteps({ steps, here }: { steps: readonly HeldStep[]; here: Here }): VNode {
  const shown = steps.slice(0, STEPS_SHOWN);
  const most = Math.max(1, ...shown.map(({ overdue, dueSoon }) => overdue + dueSoon));
  const others = steps.length - shown.length;
  return (
    <Panel
      title="Bước nào giữ nhiều hồ sơ nhất"
      id="hot"
      class="c7"
      bare
      foot={others > 0 ? `Còn ${others} bước khác có hồ sơ quá hạn hoặc sắp đến hạn.` : undefined}
    >
      <div class="tw">
        <table class="matrix hot">
          <caption class="vh">Số hồ sơ quá hạn và sắp đến hạn theo bước</caption>
          <thead>
            <tr>
              <th scope="col">Bước</th>
              <th scope="col" class="n">
                Quá hạn
              </th>
              <th scope="col" class="n">
                Sắp đến hạn
              </th>
              <th scope="col" class="hide-s bar-col">
                <span class="vh">Biểu đồ</span>
              </th>
              <th scope="col" class="n">
                Trung vị chờ
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.length === 0 && (
              <tr>
                <th scope="row">Không bước nào có hồ sơ quá hạn hoặc sắp đến hạn</th>
                <td colSpan={4} />
              </tr>
            )}
            {shown.map(({ step, overdue, dueSoon, days }) => (
              <tr key={step}>
                <th scope="row">{STEPS[step as Step].title.vi}</th>
                <td class={overdue > 0 ? 'n t-late' : 'n'}>
                  <Count value={overdue} href={here({ step: step as Step, lateness: 'overdue' })} />
                </td>
                <td class="n">
                  <Count value={dueSoon} href={here({ step: step as Step, lateness: 'due_soon' })} />
                </td>
                <td class="hide-s bar-col">
                  <Bar
                    parts={[
                      { share: overdue, look: 'late' },
                      { share: dueSoon, look: 'soon' },
                      { share: most - overdue - dueSoon, look: 'nothing' },
                    ]}
                  />
                </td>
                <td class="n nw">{number(days, days % 1 === 0 ? 0 : 1)} ngày</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function NotTheirDelay({
  trouble,
  paused,
  none,
  certificates,
  here,
}: {
  trouble: number;
  paused: number;
  none: number;
  certificates: number;
  here: Here;
}): VNode {
  return (
    <Panel title="Không phải chậm của đơn vị" id="not-theirs" class="c5">
      <p>
        <TroubleChip />{' '}
        {trouble === 0 ? (
          'Không có.'
        ) : (
          <>
            <a href="#ky-thuat">
              <b>{number(trouble)}</b> việc đang chờ quản trị hệ thống
            </a>
            . Không cộng vào số quá hạn.
          </>
        )}
      </p>
      <p>
        <LatenessChip lateness="paused" />{' '}
        {paused === 0 ? (
          'Không có.'
        ) : (
          <a href={here({ lateness: 'paused' })}>
            <b>{number(paused)}</b> hồ sơ
          </a>
        )}{' '}
        {paused > 0 && 'dừng có lý do. Thời hạn riêng của hồ sơ không chạy.'}
      </p>
      <p>
        <LatenessChip lateness="none" />{' '}
        {none === 0 ? (
          'Không có.'
        ) : (
          <a href={here({ lateness: 'none' })}>
            <b>{number(none)}</b> hồ sơ
          </a>
        )}{' '}
        {none > 0 && 'ở bước không đặt ngày. Vẫn đếm số ngày chờ.'}
      </p>
      {certificates > 0 && (
        <p>
          Ngoài mùa: <a href={here({ scope: 'validity', lateness: undefined })}>giấy chứng nhận còn hiệu lực</a>, trong đó{' '}
          <b>{number(certificates)}</b> giấy đang chờ một bên xử lý.
        </p>
      )}
    </Panel>
  );
}

function Troubles({ items, count, href }: { items: readonly StuckDossier[]; count: number; href: string }): VNode {
  return (
    <div id="ky-thuat" class="below">
      <Panel
        title="Sự cố kỹ thuật"
        id="trouble"
        class="panel--tech"
        bare
        aside={<a href={href}>Xem cả {number(count)}</a>}
        foot="Việc của quản trị hệ thống, không tính là chậm của đơn vị nào."
      >
        <DataTable
          caption="Hồ sơ có sự cố kỹ thuật"
          rows={items}
          keyOf={({ id }) => id}
          columns={[
            {
              title: 'Sản phẩm',
              cell: (row) => (
                <a class="pn" href={`/ho-so/${row.id}`}>
                  {row.productName}
                </a>
              ),
            },
            { title: 'Xã, phường', cell: (row) => row.communeName ?? row.communeCode },
            { title: 'Bước', cell: (row) => row.stepTitle.vi },
            { title: 'Sự cố', cell: (row) => row.attention },
          ]}
        />
      </Panel>
    </div>
  );
}

export const stuckPage = page({ path: STUCK, who: EVERYBODY, query: stuckQuery, show });
