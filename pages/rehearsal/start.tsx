/** The first page of rehearsals: the tour in one click, the form, and those that were run before. */
import type { VNode } from 'preact';
import { z } from 'zod';
import type { ApiDeps } from '../../api/deps';
import { HttpProblem } from '../../api/http/problem';
import { seesOffice } from '../../api/auth/visibility';
import type { By, RehearsalDesk, Run } from '../../api/rehearsals/desk';
import type { Actor } from '../../domain/cycle/state';
import type { LocalDate } from '../../domain/dates';
import { firstDayOf } from '../../rehearsal/rules';
import { day, moment, number } from '../formats';
import { form, page, type PageCall, type Refused, type View } from '../page';
import { CheckBox, DayField, Field, Form, FormProblem, type FormCall, SelectField, Submit } from '../parts/forms';
import { Icon } from '../parts/icons';
import { Chip } from '../parts/lateness';
import { Note, Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';
import { SOURCES, TOUR, tourWanted, wantedIn } from './wanted';
import { PATH, STATUSES, WHO, whoWords, WINDOWS } from './words';

const query = z.object({ 'so-voi': z.uuid().optional() });
type Call = PageCall<unknown, z.output<typeof query>>;

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
    lead: 'Chạy thử cả mùa và 36 tháng sau đó trên đúng các quy tắc đang dùng, trong vài phút, tách khỏi hồ sơ và thư thật.',
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
          bên làm đúng hạn. Mất vài phút; không đụng đến hồ sơ và thư thật.
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
                <small class="sub">{Object.values(asked.lists).join(', ')}</small>
              </>
            ),
          },
          { title: 'Tình trạng', cell: ({ status }) => <Chip look={STATUSES[status].look}>{STATUSES[status].word}</Chip> },
          {
            title: 'Kiểu ứng xử',
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

const SOURCE_WORDS: Record<(typeof SOURCES)[number], string> = {
  shipped: 'Danh sách thật đi kèm (60 sản phẩm của Lâm Đồng)',
  own: 'Hồ sơ, giấy chứng nhận và danh bạ đang có trong phần mềm',
  files: 'Tệp của tôi (chọn ở dưới)',
  again: 'Danh sách của lần diễn tập chọn ở phần so sánh',
};

const KNOWN = [
  'plan',
  'list',
  'registrations',
  'certificates',
  'contacts',
  'place',
  'from',
  'until',
  'behaviour',
  'seed',
  'window',
  'date',
  'compare',
];

function Ask({ call, runs }: { call: Call; runs: readonly Run[] }): VNode {
  const { deps, actor, query: asked } = call;
  const refused = call.refused?.form === PATH ? call.refused : undefined;
  const done = runs.filter(({ status }) => status === 'done');
  const basis = done.find(({ id }) => id === asked['so-voi']);
  const own = deps.rules.plans.find(({ issuer }) => issuer.level === 'province' && issuer.provinceCode === actor.provinceCode);
  const plan = basis?.asked.plan.id ?? own?.id ?? TOUR.plan;
  const sources = SOURCES.filter((one) => one !== 'again' || done.length > 0);
  return (
    <Form call={call} action={PATH} files class="stack">
      <FormProblem refused={refused} known={KNOWN} />
      <div class="grid stretch">
        <Panel title="1. Kế hoạch và danh sách" id="danh-sach" class="c7">
          <div class="form">
            <SelectField
              name="plan"
              label="Kế hoạch"
              value={plan}
              options={deps.rules.plans.map(({ id, title }) => ({ value: id, title: title.vi }))}
              refused={refused}
            />
            <SelectField
              name="list"
              label="Danh sách"
              value={basis ? 'again' : 'shipped'}
              options={sources.map((value) => ({ value, title: SOURCE_WORDS[value] }))}
              refused={refused}
            />
            <div class="two">
              <TableFile name="registrations" label="Tệp danh sách đăng ký" refused={refused} />
              <TableFile name="certificates" label="Tệp giấy chứng nhận còn hiệu lực" refused={refused} />
            </div>
            <TableFile
              name="contacts"
              label="Tệp danh bạ đơn vị"
              hint="Thiếu danh bạ thì mỗi đơn vị có hai người nhận giả định. Các cột như ở “Nhập từ tệp”; mỗi tệp tối đa 5 MB, 2.000 dòng."
              refused={refused}
            />
            <CheckBox
              name="place"
              label="Đặt các sản phẩm vào xã, phường của tỉnh có kế hoạch (danh sách của tỉnh khác)"
              checked={basis?.asked.place ?? false}
              refused={refused}
            />
          </div>
        </Panel>
        <Panel title="2. Các bên làm thế nào" id="ung-xu" class="c5">
          <div class="form">
            <Behaviours desk={deps.rehearsals} chosen={basis?.asked.behaviour ?? TOUR.behaviour} refused={refused} />
            <Field
              name="seed"
              label="Hạt giống ngẫu nhiên"
              value={basis?.asked.seed ?? TOUR.seed}
              maxLength={20}
              hint="Cùng danh sách và cùng hạt giống thì báo cáo giống hệt."
              refused={refused}
            />
          </div>
        </Panel>
      </div>
      <Panel title="3. Thời gian, đổi mốc, so sánh" id="thoi-gian">
        <div class="form">
          <div class="two">
            <DayField
              name="from"
              label="Bắt đầu ngày"
              value={written(basis?.asked.from)}
              optional
              hint={`Bỏ trống: vài tuần trước mốc đầu của kế hoạch${firstDayWords(deps, plan)}.`}
              refused={refused}
            />
            <DayField
              name="until"
              label="Đến ngày"
              optional
              hint="Bỏ trống: 50 tháng sau, đủ một vòng giấy chứng nhận."
              refused={refused}
            />
          </div>
          <div class="two">
            <SelectField
              name="window"
              label="Thử đổi một mốc"
              optional
              none="Giữ nguyên các mốc của kế hoạch"
              options={Object.entries(WINDOWS).map(([value, title]) => ({ value, title }))}
              refused={refused}
            />
            <DayField name="date" label="Ngày thử của mốc ấy" optional hint="Ví dụ 15/10/2026." refused={refused} />
          </div>
          {done.length > 0 && (
            <SelectField
              name="compare"
              label="So sánh với lần trước"
              optional
              none="Không so sánh"
              value={basis?.id}
              options={done.map((run) => ({ value: run.id, title: `${run.asked.plan.title}, ${moment(Date.parse(run.startedAt))}` }))}
              hint="Báo cáo so sánh đặt hai lần cạnh nhau."
              refused={refused}
            />
          )}
          <div class="form__a">
            <Submit>Bắt đầu diễn tập</Submit>
            <span class="hint">Chạy riêng, không ghi vào hồ sơ thật, không gửi thư nào ra ngoài.</span>
          </div>
        </div>
      </Panel>
    </Form>
  );
}

const written = (date: LocalDate | undefined): string | undefined => date && day(date);

function firstDayWords({ rules }: ApiDeps, id: string): string {
  const plan = rules.plans.find((one) => one.id === id);
  return plan ? ` (${day(firstDayOf(plan, rules))})` : '';
}

function TableFile({ name, label, hint, refused }: { name: string; label: string; hint?: string; refused: Refused | undefined }): VNode {
  return (
    <Field
      name={name}
      label={label}
      type="file"
      optional
      accept=".xlsx,.xls,.csv,.tsv,text/csv"
      refused={refused}
      {...(hint === undefined ? {} : { hint })}
    />
  );
}

function Behaviours({ desk, chosen, refused }: { desk: RehearsalDesk | undefined; chosen: string; refused: Refused | undefined }): VNode {
  const wrong = refused?.problems.filter(({ field }) => field === 'behaviour') ?? [];
  const current = refused?.fields.given('behaviour') ?? chosen;
  // The usual one first.
  const behaviours = [...(desk?.behaviours ?? [])].sort((a, b) => Number(b.id === TOUR.behaviour) - Number(a.id === TOUR.behaviour));
  return (
    <fieldset class="fld behaviours" aria-describedby={wrong.length > 0 ? 'f-behaviour-p' : undefined}>
      <legend class="lab">Kiểu ứng xử</legend>
      {behaviours.map(({ id, title, description }) => (
        <label key={id} class="ck">
          <input type="radio" name="behaviour" value={id} checked={id === current} />
          <span>
            {title.vi}
            <small class="sub">{description.vi}</small>
          </span>
        </label>
      ))}
      {wrong.length > 0 && (
        <span class="wrong" id="f-behaviour-p">
          <Icon name="late" /> {wrong.map(({ message }) => message.vi).join('; ')}
        </span>
      )}
    </fieldset>
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
