/** My work: what waits for me, then for my office, by due date; beside it what others hold and what nobody follows. */
import type { VNode } from 'preact';
import { z } from 'zod';
import type { DossierFilter } from '../api/cycles/filter';
import type { ApiDeps } from '../api/deps';
import { STAFF } from '../api/http/route';
import { countDossiers, listDossiers, type StuckDossier } from '../api/managers/dossiers';
import { ACTIONS } from '../domain/cycle/actions';
import type { ActionDefinition } from '../domain/cycle/action';
import type { Step } from '../domain/cycle/stages';
import type { Actor, Role } from '../domain/cycle/state';
import { LIKELIEST } from './dossier/action-words';
import { dayMonth, due, longDay, number } from './formats';
import { page, type PageCall, type View } from './page';
import { QuickFilters } from './parts/forms';
import { LatenessChip, marginWords } from './parts/lateness';
import { Note } from './parts/panel';
import { withQuery } from './parts/tables';
import { inSentence, KIND_TITLES } from './words';

/** Whose work is shown. */
const SHARES = ['toi', 'don-vi', 'chua'] as const;
type Share = (typeof SHARES)[number];

const query = z.object({ cua: z.enum(SHARES).optional() });
type Call = PageCall<unknown, z.output<typeof query>>;

const MOST_CARDS = 12;
const MOST_LINES = 8;

/** Rows of a question with their true count. */
interface Counted {
  rows: readonly StuckDossier[];
  total: number;
  /** The list of all of them. */
  href: string;
}

async function counted(deps: ApiDeps, actor: Actor, filter: Omit<DossierFilter, 'scope'>, most: number): Promise<Counted> {
  const asked: DossierFilter = { ...filter, scope: 'open' };
  const { items, nextCursor } = await listDossiers(deps, actor, asked, { order: 'due', limit: most });
  const total = nextCursor === null ? items.length : await countDossiers(deps, actor, asked);
  return { rows: items, total, href: withQuery('/dang-tac', { ...asked, order: 'due' }) };
}

/** Whose turn counts as this office's: a commune's own, a province's own, for administrators both. */
function turnsOf({ communeCode, provinceCode }: Actor): Pick<DossierFilter, 'waitingFor'> {
  if (communeCode !== null) return { waitingFor: 'commune' };
  return provinceCode === null ? {} : { waitingFor: 'province' };
}

async function show(call: Call): Promise<View> {
  const { deps, actor, session } = call;
  const turn = turnsOf(actor);
  const counts = await Promise.all(
    SHARES.map(async (share) => await countDossiers(deps, actor, { ...turn, ...officerIn(share), scope: 'open' })),
  );
  const [mine = 0, all = 0, nobodys = 0] = counts;
  const share = call.query.cua ?? (mine > 0 ? 'toi' : 'don-vi');
  const list = async (lateness: string, most: number): Promise<Counted> =>
    await counted(deps, actor, { ...turn, ...officerIn(share), lateness }, most);
  const [overdue, soon, coming, elsewhere, unassigned, supporters] = await Promise.all([
    list('overdue', MOST_CARDS),
    list('due_soon', MOST_CARDS),
    list('on_time,none,paused', MOST_LINES),
    counted(
      deps,
      actor,
      { waitingFor: turn.waitingFor === 'commune' ? 'producer' : 'commune', ...(share === 'toi' ? officerIn(share) : {}) },
      MOST_LINES,
    ),
    counted(deps, actor, { ...turn, officer: 'none' }, MOST_LINES),
    supportersOf(deps, actor),
  ]);
  const isCalm = overdue.total + soon.total === 0;
  const upcoming = <Lines title="Sắp tới" list={coming} empty="Không còn việc nào khác." />;
  return {
    title: 'Việc của tôi',
    lead: `${inSentence(session.officeName ?? 'Toàn quốc')} · ${longDay(deps.today())}`,
    tools: (
      <a class="btn btn--main" href="/ho-so/moi">
        Đăng ký một sản phẩm
      </a>
    ),
    signatures: true,
    body: (
      <>
        <Summary overdue={overdue} soon={soon} coming={coming} share={share} />
        <Shares share={share} counts={{ toi: mine, 'don-vi': all, chua: nobodys }} />
        <div class="grid">
          <div class="c7">
            <Cards title="Quá hạn" look="late" list={overdue} actor={actor} />
            <Cards title="Sắp đến hạn" remark="trong 3 ngày làm việc" look="soon" list={soon} actor={actor} />
            {isCalm && upcoming}
          </div>
          <div class="c5">
            {!isCalm && upcoming}
            <Lines
              title={turn.waitingFor === 'commune' ? 'Đang chờ chủ thể' : 'Đang chờ UBND xã, phường'}
              list={elsewhere}
              empty="Không có hồ sơ nào đang chờ nơi khác."
            />
            {share !== 'chua' && (
              <Lines title="Chưa phân công" list={unassigned} empty="Mọi hồ sơ đến lượt đơn vị đã có cán bộ phụ trách." />
            )}
            <Support people={supporters} />
          </div>
        </div>
      </>
    ),
  };
}

const officerIn = (share: Share): Pick<DossierFilter, 'officer'> =>
  share === 'toi' ? { officer: 'me' } : share === 'chua' ? { officer: 'none' } : {};

/** The answer first: how much is wrong, and the next day that counts. */
function Summary({ overdue, soon, coming, share }: { overdue: Counted; soon: Counted; coming: Counted; share: Share }): VNode {
  const next = [...soon.rows, ...coming.rows].find(({ lastSafeOn }) => lastSafeOn !== null);
  const whose = share === 'toi' ? 'của tôi' : share === 'chua' ? 'chưa ai phụ trách' : 'của đơn vị';
  const sentence =
    overdue.total + soon.total === 0
      ? `Không có việc nào ${whose} quá hạn hay sắp đến hạn.`
      : `${number(overdue.total)} việc ${whose} quá hạn, ${number(soon.total)} việc sắp đến hạn.`;
  return (
    <div class="gap-b no-print">
      <Note {...(overdue.total > 0 ? { look: 'late' } : soon.total > 0 ? { look: 'soon' } : {})}>
        <b>{sentence}</b>
        {next?.due && next.lastSafeOn && (
          <>
            {' '}
            Ngày đáng chú ý tiếp theo: <b>{longDay(next.lastSafeOn)}</b>, <a href={`/ho-so/${next.id}`}>{next.productName}</a> (
            {next.stepTitle.vi.toLowerCase()}).
          </>
        )}
      </Note>
    </div>
  );
}

function Shares({ share, counts }: { share: Share; counts: Record<Share, number> }): VNode {
  const titles: Record<Share, string> = { toi: 'Tôi phụ trách', 'don-vi': 'Cả đơn vị', chua: 'Chưa phân công' };
  return (
    <div class="shares">
      <QuickFilters
        items={SHARES.map((one) => ({
          title: titles[one],
          href: withQuery('/viec-cua-toi', { cua: one }),
          count: counts[one],
          current: one === share,
        }))}
      />
    </div>
  );
}

interface CardsProps {
  title: string;
  remark?: string;
  look: 'late' | 'soon';
  list: Counted;
  actor: Actor;
}

function Cards({ title, remark, look, list, actor }: CardsProps): VNode | null {
  if (list.total === 0) return null;
  return (
    <>
      <Heading title={title} total={list.total} {...(remark ? { remark } : {})} />
      <ul class="todo">
        {list.rows.map((row) => (
          <li key={row.id} class={`card card--${look}`}>
            <div class="card__t">
              <h3>
                <a href={`/ho-so/${row.id}`}>{row.productName}</a>
              </h3>
              <LatenessChip lateness={row.lateness} more={row.margin?.over ? marginWords(row.margin, true) : undefined} />
            </div>
            <p class="do">{row.stepTitle.vi}</p>
            <p>
              {row.due ? (
                <>
                  Hạn <b>{due(row.due)}</b>
                  {row.margin && !row.margin.over && `, ${marginWords(row.margin)}`}
                </>
              ) : (
                'Chưa có hạn'
              )}{' '}
              · {KIND_TITLES[row.kind]}
              {actor.communeCode === null && row.communeName && ` · ${inSentence(row.communeName)}`}
              {row.officer?.name && row.officer.id !== actor.id && ` · ${row.officer.name} phụ trách`}
            </p>
            <div class="card__a">
              <Do row={row} actor={actor} />
              <a class="btn" href={`/ho-so/${row.id}`}>
                Xem hồ sơ
              </a>
            </div>
          </li>
        ))}
      </ul>
      <AllOf list={list} />
    </>
  );
}

/** The likeliest thing to do, where this person may do it. */
function Do({ row, actor }: { row: StuckDossier; actor: Actor }): VNode | null {
  const action = LIKELIEST[row.step as Step];
  if (!action) return null;
  const roles: readonly Role[] = (ACTIONS[action] as ActionDefinition).allowed[row.step as Step] ?? [];
  if (!(roles.includes(actor.role) || actor.role === 'administrator')) return null;
  return (
    <a class="btn btn--main" href={`${withQuery(`/ho-so/${row.id}`, { viec: action })}#viec`}>
      {ACTIONS[action].title.vi}
    </a>
  );
}

function Lines({ title, list, empty }: { title: string; list: Counted; empty: string }): VNode {
  return (
    <>
      <Heading title={title} total={list.total} />
      {list.total === 0 ? (
        <p class="panel empty">{empty}</p>
      ) : (
        <ul class="panel">
          {list.rows.map((row) => (
            <li key={row.id} class="li">
              <span>
                <a class="pn" href={`/ho-so/${row.id}`}>
                  {row.productName}
                </a>
                <small class="sub">{row.stepTitle.vi}</small>
              </span>
              <span class="li__r">
                {row.lastSafeOn ? dayMonth(row.lastSafeOn) : 'chưa có hạn'}
                <br />
                <When row={row} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <AllOf list={list} />
    </>
  );
}

function When({ row }: { row: StuckDossier }): VNode {
  if (row.lateness === 'paused') return <span>tạm dừng</span>;
  if (!row.margin) return <span>{number(row.daysInStep)} ngày chờ</span>;
  return <span class={row.margin.over ? 't-late' : undefined}>{marginWords(row.margin)}</span>;
}

function Heading({ title, total, remark }: { title: string; total: number; remark?: string }): VNode {
  return (
    <div class="sec">
      <h2>{title}</h2>
      <span class="c">
        {number(total)}
        {remark && ` · ${remark}`}
      </span>
    </div>
  );
}

function AllOf({ list }: { list: Counted }): VNode | null {
  if (list.total <= list.rows.length) return null;
  return (
    <p class="small all">
      <a href={list.href}>Xem cả {number(list.total)} hồ sơ</a>
    </p>
  );
}

/** Whom to ask: for a commune the province's officers. */
async function supportersOf({ db }: ApiDeps, { communeCode, provinceCode }: Actor): Promise<string[]> {
  if (communeCode === null || provinceCode === null) return [];
  const people = await db.person.findMany({
    where: { active: true, officeCode: provinceCode, role: { in: ['provincial_staff', 'provincial_officer'] } },
    include: { office: true },
    take: 3,
  });
  return people.map(({ name, office, phone }) => [name, inSentence(office.name), phone].filter(Boolean).join(', '));
}

function Support({ people }: { people: readonly string[] }): VNode {
  return (
    <>
      <div class="sec">
        <h2>Cần hỗ trợ</h2>
      </div>
      <div class="panel empty">
        {people.map((person) => (
          <p key={person}>{person}.</p>
        ))}
        <p class="muted small">Thư nhắc gửi 08:00 mỗi ngày làm việc, gộp mọi hồ sơ vào một thư.</p>
      </div>
    </>
  );
}

export const WORK_PAGES = [page({ path: '/viec-cua-toi', who: STAFF, query, show })];
