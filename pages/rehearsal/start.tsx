/** The first page of rehearsals: the tour in one click, the form, and those that were run before. */
import type { VNode } from 'preact';
import type { ApiDeps } from '../../api/deps';
import { HttpProblem } from '../../api/http/problem';
import { seesOffice } from '../../api/auth/visibility';
import type { By, RehearsalDesk, Run } from '../../api/rehearsals/desk';
import type { Actor } from '../../domain/cycle/state';
import { day, moment, number } from '../formats';
import { form, page, type Refused, type View } from '../page';
import { Form, FormProblem, type FormCall, Submit } from '../parts/forms';
import { Chip } from '../parts/lateness';
import { Note, Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';
import { Ask, type Call, query } from './form';
import { tourWanted, wantedIn } from './wanted';
import { listWords, PATH, STATUSES, WHO, whoWords } from './words';

/** Those that the actor may see: a province its own, since lists and mails are in them. */
export async function runsSeenBy({ rehearsals }: ApiDeps, actor: Actor): Promise<Run[]> {
  return ((await rehearsals?.runs()) ?? []).filter(({ startedBy }) => seesOffice(actor, startedBy));
}

async function show(call: Call): Promise<View> {
  const { deps, actor, refused } = call;
  const runs = await runsSeenBy(deps, actor);
  const running = runs.find(({ status }) => status === 'running');
  const obstacle = await obstacleOf(deps);
  return {
    title: 'Diễn tập mùa',
    lead: 'Chạy thử cả mùa và 36 tháng sau đó trên đúng các quy tắc đang dùng, tách khỏi hồ sơ và thư thật.',
    body: (
      <div class="stack">
        {obstacle !== undefined && <Obstacle words={obstacle} />}
        {running && (
          <Note look="ok">
            <p>
              Đang chạy: <a href={`${PATH}/${running.id}`}>{running.asked.plan.title}</a>, do {whoWords(deps, running.startedBy)} bắt đầu
              lúc {moment(Date.parse(running.startedAt))}. Mỗi lúc chỉ chạy một lần.
            </p>
          </Note>
        )}
        {obstacle === undefined && !running && <Tour call={call} refused={refused?.form === TOUR_FORM ? refused : undefined} />}
        {runs.length > 0 && <Earlier deps={deps} runs={runs} />}
        {obstacle === undefined && <Ask call={call} runs={runs} />}
      </div>
    ),
  };
}

/** Why nothing can be rehearsed here. */
async function obstacleOf({ rehearsals }: ApiDeps): Promise<string | undefined> {
  if (!rehearsals) return 'Chương trình này chạy không có thư mục dữ liệu cho diễn tập.';
  return (await rehearsals.hindrance())?.vi;
}

function Obstacle({ words }: { words: string }): VNode {
  return (
    <Note look="soon">
      <p>
        <b>Bản cài này không diễn tập được.</b> {words}
      </p>
      <p>
        Diễn tập cần một cơ sở dữ liệu và một máy chủ Temporal riêng, chỉ có ở máy cài đủ bộ (<code>npm install</code>). Trên máy ấy chạy{' '}
        <code>npm start</code> rồi mở lại trang này, hoặc chạy <code>npm run rehearse</code>.
      </p>
    </Note>
  );
}

export const TOUR_FORM = 'thu-ngay';

/** One click: the real list that ships. */
export function Tour({ call, refused }: { call: FormCall; refused?: Refused | undefined }): VNode {
  return (
    <Panel title="Diễn tập trên danh sách thật" id="thu-ngay">
      <Form call={call} action={`${PATH}/thu-ngay`} class="form">
        <FormProblem refused={refused} />
        <p>
          60 sản phẩm OCOP có thật của Lâm Đồng đi từ đăng ký qua cả mùa đến đánh giá lại sau 36 tháng, theo Quyết định 26/2026/QĐ-TTg, mọi
          bên làm đúng hạn. Mất khoảng mười phút; không đụng đến hồ sơ và thư thật.
        </p>
        <div class="form__a">
          <Submit>Chạy thử ngay</Submit>
        </div>
      </Form>
    </Panel>
  );
}

function Earlier({ deps, runs }: { deps: ApiDeps; runs: readonly Run[] }): VNode {
  return (
    <Panel title="Các lần diễn tập" id="cac-lan" aside={`${number(runs.length)} lần, giữ 20 lần gần nhất`} bare>
      <DataTable
        caption="Các lần diễn tập, mới trước"
        keyOf={({ id }) => id}
        rows={runs}
        columns={[
          {
            title: 'Kế hoạch',
            cell: ({ id, asked }) => (
              <>
                <a class="pn" href={`${PATH}/${id}`}>
                  {asked.plan.title}
                </a>
                <small class="sub">{Object.values(asked.lists).map(listWords).join(', ')}</small>
              </>
            ),
          },
          { title: 'Tình trạng', cell: ({ status }) => <Chip look={STATUSES[status].look}>{STATUSES[status].word}</Chip> },
          {
            title: 'Cách thực hiện',
            cell: ({ asked }) => (
              <>
                {deps.rehearsals?.behaviours.find(({ id }) => id === asked.behaviour)?.title.vi ?? asked.behaviour}
                {asked.changes[0] && <small class="sub">thử mốc {day(asked.changes[0].date)}</small>}
              </>
            ),
          },
          { title: 'Người chạy', cell: ({ startedBy }) => whoWords(deps, startedBy) },
          { title: 'Lúc', cell: ({ startedAt }) => <span class="nw">{moment(Date.parse(startedAt))}</span> },
        ]}
      />
    </Panel>
  );
}

/** The desk. Throws "not available" where there is none. */
function deskOf({ rehearsals }: ApiDeps): RehearsalDesk {
  if (rehearsals) return rehearsals;
  throw new HttpProblem('unavailable', { vi: 'Bản cài này không diễn tập được.', en: 'This installation cannot rehearse.' });
}

export function byOf({ actor, session }: Pick<Call, 'actor' | 'session'>): By {
  const { id, role, office, provinceCode, communeCode } = actor;
  return { id, role, office, provinceCode, communeCode, name: session.name };
}

const STARTED = 'Đã bắt đầu. Trang này tự cập nhật.';

export const START_PAGES = [
  page({ path: PATH, who: WHO, query, show }),
  form({
    path: PATH,
    who: WHO,
    query,
    show,
    async submit(call) {
      const { deps, actor, fields, key } = call;
      const desk = deskOf(deps);
      const earlier = (await runsSeenBy(deps, actor)).filter(({ status }) => status === 'done');
      const run = await desk.start(key, byOf(call), await wantedIn({ deps, actor, desk, fields, earlier }));
      return { redirect: `${PATH}/${run.id}`, notice: STARTED };
    },
  }),
  form({
    path: `${PATH}/thu-ngay`,
    who: WHO,
    query,
    show,
    name: () => TOUR_FORM,
    async submit(call) {
      const desk = deskOf(call.deps);
      const run = await desk.start(call.key, byOf(call), await tourWanted(call.deps, desk));
      return { redirect: `${PATH}/${run.id}`, notice: STARTED };
    },
  }),
];
