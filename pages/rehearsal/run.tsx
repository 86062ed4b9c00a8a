/** One rehearsal: how far it is, then what came of it. */
import type { VNode } from 'preact';
import { z } from 'zod';
import { notFound } from '../../api/http/problem';
import { RESULTS, type RehearsalDesk, type Run } from '../../api/rehearsals/desk';
import { day, moment, number } from '../formats';
import { form, page, type PageCall, type View } from '../page';
import { Form, Submit } from '../parts/forms';
import { Chip } from '../parts/lateness';
import { Facts, Note, Panel } from '../parts/panel';
import { withQuery } from '../parts/tables';
import { Findings } from './findings';
import { byOf, runsSeenBy } from './start';
import { DOWNLOAD_NAMES, DOWNLOADS, durationWords, listWords, PATH, STATUSES, WHO, whoWords, WINDOWS } from './words';

const REFRESH_SECONDS = 3;

const params = z.object({ id: z.uuid() });
const query = z.object({ 'cap-nhat': z.literal('khong').optional() });
type Call = PageCall<z.output<typeof params>, z.output<typeof query>>;

/** The rehearsal of the address. Throws "not found", also for one of another province. */
async function runOf({ deps, actor, params: { id } }: Pick<Call, 'deps' | 'actor' | 'params'>): Promise<{ run: Run; desk: RehearsalDesk }> {
  const run = (await runsSeenBy(deps, actor)).find((one) => one.id === id);
  if (!run || !deps.rehearsals)
    throw notFound({ vi: 'Không có lần diễn tập này; giữ 20 lần gần nhất.', en: 'There is no such rehearsal.' });
  return { run, desk: deps.rehearsals };
}

async function show(call: Call): Promise<View> {
  const { run, desk } = await runOf(call);
  const report = run.status === 'done' || run.status === 'failed' ? await desk.reportOf(run) : undefined;
  const results = await desk.resultsOf(run);
  const isRunning = run.status === 'running';
  const isStill = call.query['cap-nhat'] === 'khong';
  return {
    title: `Diễn tập: ${run.asked.plan.title}`,
    lead: <Chip look={STATUSES[run.status].look}>{isRunning && run.stoppedBy ? 'Đang dừng' : STATUSES[run.status].word}</Chip>,
    crumbs: <a href={PATH}>Diễn tập mùa</a>,
    current: PATH,
    ...(isRunning && !isStill ? { refresh: REFRESH_SECONDS } : {}),
    tools: run.status === 'done' && (
      <a class="btn" href={withQuery(PATH, { 'so-voi': run.id })}>
        Đổi một điều, so sánh với lần này
      </a>
    ),
    body: (
      <div class="stack">
        {isRunning && <Progress call={call} run={run} isStill={isStill} />}
        <Ending call={call} run={run} />
        {report && results.length > 0 && (
          <Panel title="Tải về" id="tai-ve" class="no-print">
            <p class="acts">
              {DOWNLOAD_NAMES.filter((name) => results.includes(name)).map((name) => (
                <a key={name} class={name === 'bao-cao.html' ? 'btn btn--main' : 'btn'} href={`${PATH}/${run.id}/tep/${name}`}>
                  {DOWNLOADS[name]}
                </a>
              ))}
            </p>
          </Panel>
        )}
        {report && <Findings report={report} />}
        <About call={call} run={run} />
      </div>
    ),
  };
}

function Progress({ call, run, isStill }: { call: Call; run: Run; isStill: boolean }): VNode {
  const { calendar, step } = run.progress;
  const elapsed = durationWords(call.deps.clock.now() - Date.parse(run.startedAt));
  const path = `${PATH}/${run.id}`;
  return (
    <Panel title="Đang chạy" id="tien-do" aside={`đã chạy ${elapsed}`}>
      {calendar ? (
        <>
          <p class="sim">
            <progress
              value={daysBetween(calendar.from, calendar.day)}
              max={Math.max(1, daysBetween(calendar.from, calendar.to))}
              aria-label="Tiến độ"
            />
            <b>{day(calendar.day)}</b>
            <span class="muted">
              trong thời gian {day(calendar.from)}–{day(calendar.to)}
            </span>
          </p>
          <Facts
            pairs={[
              ['Chu trình', `${number(calendar.cycles)}, trong đó ${number(calendar.cycles - calendar.open)} đã kết thúc`],
              ['Thư đã giữ lại', number(calendar.mails)],
              ['Đang làm', step && step.vi],
            ]}
          />
        </>
      ) : (
        <p>
          <progress aria-label="Tiến độ" /> {step?.vi ?? 'Đang chuẩn bị …'}
        </p>
      )}
      <div class="form__a gap-s no-print">
        {!run.stoppedBy && (
          <Form call={call} action={`${path}/dung`} class="inline">
            <Submit main={false}>Dừng diễn tập</Submit>
          </Form>
        )}
        {isStill ? (
          <>
            <a class="btn" href={withQuery(path, { 'cap-nhat': 'khong' })}>
              Xem lại tiến độ
            </a>
            <a href={path}>Tự cập nhật</a>
          </>
        ) : (
          <span class="hint">
            Trang tự cập nhật mỗi {REFRESH_SECONDS} giây; <a href={withQuery(path, { 'cap-nhat': 'khong' })}>tắt tự cập nhật</a>. Đóng trang
            việc vẫn chạy tiếp.
          </span>
        )}
      </div>
    </Panel>
  );
}

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** How one ended that has no result. */
function Ending({ call, run }: { call: Call; run: Run }): VNode | null {
  const { calendar } = run.progress;
  const at = calendar ? ` khi đang ở ngày ${day(calendar.day)}` : '';
  switch (run.status) {
    case 'failed':
      return (
        <Note look="late" alert>
          <p>
            <b>Không chạy được.</b>{' '}
            {run.problem?.vi ?? 'Chương trình diễn tập gặp lỗi hoặc bị hệ điều hành kết thúc; nhật ký ở thư mục dữ liệu.'}
          </p>
          {call.actor.role === 'administrator' && <p class="muted small">Nhật ký: rehearsals/pages/{run.id}/log.txt</p>}
        </Note>
      );
    case 'stopped':
      return (
        <Note>
          <p>
            {run.stoppedBy && `${whoWords(call.deps, run.stoppedBy)} đã dừng`}
            {at}. Không để lại gì ngoài ghi nhận này.
          </p>
        </Note>
      );
    case 'interrupted':
      return (
        <Note look="soon">
          <p>
            <b>Bị ngắt</b>
            {at}, vì chương trình chạy nó đã dừng. Nơi diễn tập đã được dọn; hãy bắt đầu lại khi cần.
          </p>
        </Note>
      );
    case 'running':
    case 'done':
      return null;
  }
}

const LIST_TITLES = { registrations: 'Đăng ký', certificates: 'Giấy chứng nhận', contacts: 'Danh bạ' } as const;

function About({ call, run }: { call: Call; run: Run }): VNode {
  const { asked, startedBy, startedAt, endedAt } = run;
  const behaviour = call.deps.rehearsals?.behaviours.find(({ id }) => id === asked.behaviour);
  const windows: Record<string, string> = WINDOWS;
  return (
    <Panel title="Lần diễn tập này" id="ve-lan-nay">
      <Facts
        pairs={[
          ['Kế hoạch', `${asked.plan.title}, phiên bản ${asked.plan.version}`],
          ...(['registrations', 'certificates', 'contacts'] as const).map(
            (list) => [LIST_TITLES[list], asked.lists[list] === undefined ? null : listWords(asked.lists[list])] as const,
          ),
          ['Nơi đặt', asked.place ? 'đặt vào các xã, phường của tỉnh có kế hoạch' : null],
          ['Cách thực hiện', behaviour ? `${behaviour.title.vi}: ${behaviour.description.vi}` : asked.behaviour],
          ['Hạt giống', asked.seed],
          ['Thử mốc', asked.changes.map(({ window, date }) => `${windows[window] ?? window}: ${day(date)}`).join('; ') || null],
          ['Người chạy', `${whoWords(call.deps, startedBy)}, ${moment(Date.parse(startedAt))}`],
          ['Thời gian chạy', endedAt && durationWords(Date.parse(endedAt) - Date.parse(startedAt))],
        ]}
      />
    </Panel>
  );
}

const fileParams = z.object({ id: z.uuid(), name: z.enum(DOWNLOAD_NAMES) });

export const RUN_PAGES = [
  page({ path: `${PATH}/{id}`, who: WHO, params, query, show }),
  form({
    path: `${PATH}/{id}/dung`,
    who: WHO,
    params,
    query,
    show,
    async submit(call) {
      const { run, desk } = await runOf(call);
      const isStopping = await desk.stop(run.id, byOf(call));
      const notice = isStopping ? 'Đang dừng, mất vài giây.' : 'Lần này không còn chạy ở đây.';
      return { redirect: `${PATH}/${run.id}`, notice };
    },
  }),
  page({
    path: `${PATH}/{id}/tep/{name}`,
    who: WHO,
    params: fileParams,
    async show(call) {
      const { run, desk } = await runOf(call);
      const { name } = call.params;
      const bytes = await desk.resultOf(run, name);
      if (!bytes) throw notFound({ vi: 'Lần diễn tập này không có tệp ấy.', en: 'There is no such file.' });
      return { file: { name: `dien-tap-${run.asked.plan.id}-${name}`, type: RESULTS[name].type, bytes } };
    },
  }),
];
