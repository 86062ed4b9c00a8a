/** One dossier: where it is, why that date, what may be done, what happened. */
import { z } from 'zod';
import { act } from '../../api/cycles/actions';
import { API_ACTIONS, type ApiAction } from '../../api/cycles/payloads';
import { readCycle, stateOf } from '../../api/cycles/read';
import { dateOf, dateOrNull, eventViews, type EventView, viewOf, type CycleView } from '../../api/cycles/representation';
import { lookupSecret } from '../../api/cycles/lookup';
import { marginOf } from '../../api/managers/dossiers';
import { eventTitle } from '../../api/managers/event-titles';
import { EVERYBODY, STAFF } from '../../api/http/route';
import { dueDeadline } from '../../domain/cycle/due';
import { OUTCOME_TITLES, type Outcome, STAGE_TITLES } from '../../domain/cycle/stages';
import { ACTIONS } from '../../domain/cycle/actions';
import type { CycleState } from '../../domain/cycle/state';
import { daysBetween, localDateAt } from '../../domain/dates';
import { day, due, fileSize, longDay, number } from '../formats';
import { form, page, type PageCall, type View } from '../page';
import { Chip, LatenessChip, marginWords, TroubleChip } from '../parts/lateness';
import { Facts, Note, Panel } from '../parts/panel';
import { withQuery } from '../parts/tables';
import { inSentence, KIND_TITLES } from '../words';
import { Actions, choicesFor } from './actions';
import { bodyOf } from './action-fields';
import { LETTER_PAGES, Letters } from './letters';
import { Nudges, nudgesOf } from './nudges';
import { Steps } from './steps';
import { type Names, namesIn, Timeline } from './timeline';
import { Why } from './why';

const id = z
  .string()
  .max(80)
  .regex(/^[A-Za-z0-9-]+\.\d{1,4}$/);
const params = z.object({ id });
const query = z.object({ viec: z.enum(API_ACTIONS as [ApiAction, ...ApiAction[]]).optional() });
type Call = PageCall<{ id: string }, z.output<typeof query>>;

const MOST_EVENTS = 200;

async function show(call: Call): Promise<View> {
  const { deps, actor, params: asked } = call;
  const row = await readCycle(deps, actor, asked.id);
  const [view, state, rows] = await Promise.all([
    viewOf(deps, actor, row),
    stateOf(deps, row),
    deps.db.cycleEvent.findMany({ where: { cycleId: row.id }, orderBy: { sequence: 'desc' }, take: MOST_EVENTS }),
  ]);
  const events = await eventViews(deps, rows);
  const [names, choices, nudges, papers, others, secret] = await Promise.all([
    namesIn(deps, events, [view.officers.commune, view.officers.province]),
    choicesFor(deps, state, actor),
    nudgesOf(deps, state),
    deps.db.document.findMany({ where: { cycleId: row.id }, orderBy: { recordedAt: 'desc' } }),
    deps.db.cycle.findMany({ where: { productCode: row.productCode, id: { not: row.id } }, orderBy: { cycleNumber: 'desc' } }),
    actor.role === 'manager' ? null : lookupSecret(deps, row.id),
  ]);
  const today = deps.today();
  const bound = dueDeadline(state);
  return {
    title: view.productName,
    current: '/dang-tac',
    crumbs: (
      <>
        <a href={withQuery('/dang-tac', { commune: view.communeCode })}>{view.communeName ?? view.communeCode}</a>
        <span class="muted"> / {view.id}</span>
      </>
    ),
    lead: [view.id, KIND_TITLES[view.kind], view.producerName, `chu trình ${view.cycleNumber}`].join(' · '),
    signatures: true,
    body: (
      <>
        <Steps state={state} events={events.toReversed()} lateness={view.lateness} today={today} />
        <div class="grid">
          <div class="c7 stack loose-s">
            <Where view={view} state={state} events={events} names={names} deps={deps} />
            {bound && <Why state={state} deadline={bound} today={today} plans={deps.rules.plans} />}
            <Nudges {...nudges} />
            {view.certificate && <CertificatePanel view={view} />}
            <Letters state={state} actor={actor} />
            <Papers papers={papers} />
            <OtherCycles others={others} />
          </div>
          <div class="c5 stack loose-s">
            <Actions call={call} state={state} actor={actor} choices={choices} today={today} wanted={call.query.viec} />
            <Timeline events={events} names={names} />
            {secret && <LookUp id={view.id} secret={secret} publicUrl={deps.publicUrl} />}
          </div>
        </div>
      </>
    ),
  };
}

interface WhereProps {
  view: CycleView;
  state: CycleState;
  events: readonly EventView[];
  names: Names;
  deps: Call['deps'];
}

function Where({ view, state, events, names, deps }: WhereProps) {
  const today = deps.today();
  const { due: deadline } = view;
  const margin = deadline && !view.paused ? marginOf(deps, deadline.lastSafeOn, deadline.kind) : null;
  const enteredOn = events.find(({ from, to }) => from?.stage !== to.stage)?.on ?? localDateAt(Date.parse(view.stageEnteredAt));
  const latest = events.find(({ name }) => name !== 'remind');
  return (
    <Panel
      title="Đang ở đâu"
      id="o-dau"
      class="first-s"
      aside={
        state.stage === 'closed' ? (
          <Chip look="plain">Đã kết thúc</Chip>
        ) : (
          <LatenessChip lateness={view.lateness} more={margin && view.lateness === 'overdue' ? marginWords(margin, true) : undefined} />
        )
      }
    >
      <Facts
        pairs={[
          ['Giai đoạn, bước', `${STAGE_TITLES[state.stage].vi}: ${lower(view.stepTitle.vi)}`],
          ['Đến lượt', turnOf(view, deps)],
          [
            'Hạn',
            deadline ? (
              <>
                <b>{due(deadline)}</b> · {deadline.source}
                {margin && !margin.over && <span class="muted">, {marginWords(margin)}</span>}
              </>
            ) : (
              'chưa có hạn ở bước này'
            ),
          ],
          ['Ở giai đoạn này', `${number(daysBetween(enteredOn, today))} ngày, từ ${day(enteredOn)}`],
          ['Cán bộ phụ trách', officersOf(view, names)],
          ['Việc gần nhất', latest ? `${day(latest.on)}: ${eventTitle(latest.name).vi.toLowerCase()}` : null],
          ['Liên hệ chủ thể', [view.producer.phone, view.producer.email].filter(Boolean).join(' · ') || null],
        ]}
      />
      {view.paused && (
        <div class="gap-s">
          <Note>
            <b>Đang tạm dừng từ {day(view.paused.on)}</b>
            {view.paused.until ? `, dự kiến tiếp tục ngày ${day(view.paused.until)}.` : '.'}
          </Note>
        </div>
      )}
      {deadline && view.lateness !== 'none' && !view.paused && deadline.lastSafeOn >= today && (
        <div class="gap-s">
          <Note {...(view.lateness === 'due_soon' ? { look: 'soon' } : {})}>
            Ngày an toàn cuối: <b>{longDay(deadline.lastSafeOn)}</b>.
          </Note>
        </div>
      )}
      {view.attention && (
        <div class="gap-s">
          <Note look="tech">
            <TroubleChip /> Hệ thống đang gặp khó khi ghi hồ sơ này; không phải chậm của đơn vị nào. Quản trị viên đã được báo.
          </Note>
        </div>
      )}
    </Panel>
  );
}

const lower = (words: string): string => words.slice(0, 1).toLowerCase() + words.slice(1);

/** The office whose turn it is, never a person. */
function turnOf(view: CycleView, { units }: Call['deps']) {
  const province = units.byCode(view.provinceCode)?.fullName ?? view.provinceCode;
  switch (view.waitingFor) {
    case null:
      return view.paused ? 'không ai, đang tạm dừng' : 'không ai phải làm gì lúc này';
    case 'producer':
      return (
        <>
          <b>Chủ thể: {view.producerName}</b>, UBND {inSentence(view.communeName ?? view.communeCode)} theo dõi
        </>
      );
    case 'commune':
      return <b>UBND {inSentence(view.communeName ?? view.communeCode)}</b>;
    case 'district':
      return <b>Cấp huyện (cũ)</b>;
    case 'province':
      return <b>Cơ quan OCOP {inSentence(province)}</b>;
    case 'ministry':
      return <b>Bộ Nông nghiệp và Môi trường</b>;
  }
}

function officersOf({ officers }: CycleView, names: Names): string {
  const named = [
    officers.commune && `cấp xã: ${names.get(officers.commune) ?? 'chưa rõ'}`,
    officers.province && `cấp tỉnh: ${names.get(officers.province) ?? 'chưa rõ'}`,
  ];
  return named.filter(Boolean).join(' · ') || 'chưa phân công';
}

function CertificatePanel({ view: { certificate } }: { view: CycleView }) {
  if (!certificate) return null;
  return (
    <Panel title="Giấy chứng nhận" id="giay">
      <Facts
        pairs={[
          ['Hạng', `${certificate.star} sao`],
          ['Mã tra cứu', <a href={`/c/${certificate.code}`}>{certificate.code}</a>],
          ['Số giấy', certificate.number],
          ['Quyết định', certificate.decisionNumber],
          ['Cơ quan cấp', certificate.issuedBy],
          ['Ngày cấp', day(certificate.issuedOn)],
          ['Có giá trị đến', day(certificate.validUntil)],
          ['Được kéo dài đến', certificate.extendedUntil && day(certificate.extendedUntil)],
        ]}
      />
    </Panel>
  );
}

interface Paper {
  id: string;
  title: string;
  number: string | null;
  issuedOn: Date | null;
  fileName: string | null;
  sizeBytes: number | null;
  sha256: string | null;
}

function Papers({ papers }: { papers: readonly Paper[] }) {
  if (papers.length === 0) return null;
  return (
    <Panel title="Văn bản" id="van-ban" aside={`${papers.length} văn bản`} bare>
      <ul>
        {papers.map((paper) => (
          <li key={paper.id} class="li">
            <span>
              <b>{paper.title}</b>
              <small class="sub">
                {[
                  paper.number,
                  paper.issuedOn && `ngày ${day(dateOf(paper.issuedOn))}`,
                  paper.fileName,
                  paper.sizeBytes && fileSize(paper.sizeBytes),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
              {paper.sha256 && <small class="sub hash">SHA-256 {paper.sha256}</small>}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface OtherCycle {
  id: string;
  cycleNumber: number;
  kind: string;
  stage: string;
  outcome: string | null;
  star: number | null;
  validUntil: Date | null;
}

function OtherCycles({ others }: { others: readonly OtherCycle[] }) {
  if (others.length === 0) return null;
  return (
    <Panel title="Chu trình khác của sản phẩm" id="chu-trinh" bare>
      <ul>
        {others.map((one) => (
          <li key={one.id} class="li">
            <span>
              <a class="pn" href={`/ho-so/${one.id}`}>
                Chu trình {one.cycleNumber}
              </a>
              <small class="sub">{KIND_TITLES[one.kind as CycleView['kind']]}</small>
            </span>
            <span class="li__r">
              {one.outcome === null ? STAGE_TITLES[one.stage as keyof typeof STAGE_TITLES].vi : OUTCOME_TITLES[one.outcome as Outcome].vi}
              {one.star !== null && `, ${one.star} sao`}
              {one.validUntil && (
                <>
                  <br />
                  đến {day(dateOrNull(one.validUntil) ?? '')}
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What the producer is given to look up the dossier without an account. */
function LookUp({ id: code, secret, publicUrl }: { id: string; secret: string; publicUrl: string }) {
  const address = withQuery('/tra-cuu', { ma: code, khoa: secret });
  return (
    <Panel title="Để chủ thể tự tra cứu" id="tra-cuu">
      <Facts
        pairs={[
          ['Mã hồ sơ', <span class="code">{code}</span>],
          ['Mã bí mật', <span class="code">{secret}</span>],
          ['Địa chỉ', <a href={address}>{publicUrl}/tra-cuu</a>],
        ]}
      />
      <p class="small muted gap-s">
        Ghi hai mã này trên giấy tiếp nhận. Trang tra cứu chỉ cho biết giai đoạn, đến lượt ai và ngày hẹn, không có thông tin cá nhân.
      </p>
    </Panel>
  );
}

const dossierPage = page({ path: '/ho-so/{id}', who: EVERYBODY, params, query, show });

const dossierAction = form({
  path: '/ho-so/{id}/{action}',
  who: STAFF,
  params: params.extend({ action: z.enum(API_ACTIONS as [ApiAction, ...ApiAction[]]) }),
  name: ({ params: { action } }) => action,
  show: async (call) => await show({ ...call, query: {} }),
  async submit({ deps, actor, params: { id: cycleId, action }, fields, key }) {
    const row = await readCycle(deps, actor, cycleId);
    await act(deps, { actor, row, action, body: bodyOf(action, fields), key });
    return { redirect: `/ho-so/${cycleId}`, notice: `Đã ghi nhận: ${ACTIONS[action].title.vi.toLowerCase()}.` };
  },
});

export const DOSSIER_PAGES = [dossierPage, dossierAction, ...LETTER_PAGES];
