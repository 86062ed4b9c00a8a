/** My work: what waits for me, then for my office, by due date; beside it what others hold and what nobody follows. */
import type { VNode } from 'preact';
import { z } from 'zod';
import type { DossierFilter } from '../../api/cycles/filter';
import type { ApiDeps } from '../../api/deps';
import { STAFF } from '../../api/http/route';
import { countBy, type Group, listDossiers } from '../../api/managers/dossiers';
import type { Actor } from '../../domain/cycle/state';
import { longDay, number } from '../formats';
import { page, type PageCall, type View } from '../page';
import { QuickFilters } from '../parts/forms';
import { Note } from '../parts/panel';
import { withQuery } from '../parts/tables';
import { Tour } from '../rehearsal/start';
import { inSentence, lowerFirst } from '../words';
import { Approvals, approvalsWaiting } from './approvals';
import { Cards, type Counted, Lines } from './lists';

/** Whose work is shown. */
const SHARES = ['toi', 'don-vi', 'chua'] as const;

type Share = (typeof SHARES)[number];

const query = z.object({ cua: z.enum(SHARES).optional() });

type Call = PageCall<unknown, z.output<typeof query>>;

const MOST_CARDS = 12;
const MOST_LINES = 8;

/** All that is open, counted once by what the lists of this page ask. */
type Standing = Pick<Group, 'waitingFor' | 'lateness' | 'unassigned' | 'mine'> & { count: number };

/** The questions of a list of this page. */
type Asked = Pick<DossierFilter, 'waitingFor' | 'lateness' | 'officer'>;

function totalOf(standing: readonly Standing[], { waitingFor, lateness, officer }: Asked): number {
  const asked = standing.filter(
    (row) =>
      (waitingFor === undefined || row.waitingFor === waitingFor) &&
      (lateness === undefined || lateness.split(',').includes(row.lateness)) &&
      (officer !== 'me' || row.mine) &&
      (officer !== 'none' || row.unassigned),
  );
  return asked.reduce((sum, { count }) => sum + count, 0);
}

/** Whose turn counts as this office's: a commune's own, a province's own, for administrators both. */
function turnsOf({ communeCode, provinceCode }: Actor): Pick<DossierFilter, 'waitingFor'> {
  if (communeCode !== null) return { waitingFor: 'commune' };
  return provinceCode === null ? {} : { waitingFor: 'province' };
}

async function show(call: Call): Promise<View> {
  const { deps, actor, session } = call;
  const turn = turnsOf(actor);
  const standing = await countBy(deps, actor, { scope: 'open' }, ['waitingFor', 'lateness', 'unassigned', 'mine']);
  const [mine = 0, all = 0, nobodys = 0] = SHARES.map((one) => totalOf(standing, { ...turn, ...officerIn(one) }));
  const share = call.query.cua ?? (mine > 0 ? 'toi' : 'don-vi');
  const list = async (asked: Asked, most: number): Promise<Counted> => {
    const filter: DossierFilter = { ...asked, scope: 'open' };
    const { items } = await listDossiers(deps, actor, filter, { order: 'due', limit: most });
    return { rows: items, total: totalOf(standing, asked), href: withQuery('/dang-tac', { ...filter, order: 'due' }) };
  };
  const ours = { ...turn, ...officerIn(share) };
  const elsewhereTurn = turn.waitingFor === 'commune' ? 'producer' : 'commune';
  const [overdue, soon, coming, elsewhere, unassigned, supporters, approvals] = await Promise.all([
    list({ ...ours, lateness: 'overdue' }, MOST_CARDS),
    list({ ...ours, lateness: 'due_soon' }, MOST_CARDS),
    list({ ...ours, lateness: 'on_time,none,paused' }, MOST_LINES),
    list({ waitingFor: elsewhereTurn, ...officerIn(share) }, MOST_LINES),
    list({ ...turn, officer: 'none' }, MOST_LINES),
    supportersOf(deps, actor),
    approvalsWaiting(deps, actor),
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
        {(await offersTour(deps, actor)) && (
          <div class="gap-b no-print">
            <Tour call={call} />
          </div>
        )}
        <Approvals waiting={approvals} />
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

/** An administrator who has not rehearsed yet is offered the real list in one click. */
async function offersTour({ rehearsals }: ApiDeps, { role }: Actor): Promise<boolean> {
  if (role !== 'administrator' || !rehearsals || (await rehearsals.runs()).length > 0) return false;
  return (await rehearsals.hindrance()) === undefined;
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
            {lowerFirst(next.stepTitle.vi)}).
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
