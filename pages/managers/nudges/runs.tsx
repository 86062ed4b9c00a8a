/** What each morning's run of reminders did. */
import type { VNode } from 'preact';
import type { Actor } from '../../../domain/cycle/state';
import type { ApiDeps } from '../../../api/deps';
import type { UserRole } from '../../../api/http/route';
import { listRuns, type RunView } from '../../../api/nudges/runs';
import { addDays } from '../../../domain/dates';
import { day, longDay, number, timeOfDay } from '../../formats';
import { page, type PageCall, type View } from '../../page';
import { Chip } from '../../parts/lateness';
import { Panel } from '../../parts/panel';
import { type Column, Count, DataTable, withQuery } from '../../parts/tables';
import { Tools } from '../parts';
import { LEDGER, RUNS } from './shared';
import { AskWhy } from './why';

export const RUN_READERS = ['administrator', 'provincial_staff', 'council_secretary', 'manager'] as const satisfies UserRole[];
const DAYS_SHOWN = 30;

/** The runs of the last thirty days, the last one first. */
export async function latestRuns(deps: ApiDeps, actor: Actor): Promise<RunView[]> {
  return await listRuns(deps, actor, { from: addDays(deps.today(), -DAYS_SHOWN) });
}

async function show(call: PageCall<unknown, unknown>): Promise<View> {
  const runs = await latestRuns(call.deps, call.actor);
  const latest = runs[0];
  const failed = runs.reduce((sum, run) => sum + run.failed, 0);
  return {
    title: 'Nhắc việc',
    lead: (
      <>
        {latest ? lastRun(latest) : 'Chưa có lần gửi nào trong 30 ngày qua.'}{' '}
        {failed > 0 && (
          <a class="t-late" href={withQuery(LEDGER, { status: 'failed' })}>
            {number(failed)} lời nhắc không gửi được trong 30 ngày qua
          </a>
        )}
      </>
    ),
    tools: <Tools call={call} excel={`${RUNS}/excel`} />,
    signatures: true,
    body: (
      <div class="stack">
        <Panel
          title="Các lần gửi thư tổng hợp"
          id="runs"
          bare
          aside={<a href={LEDGER}>Sổ nhắc việc</a>}
          foot="Mỗi cán bộ một thư mỗi ngày làm việc, gửi lúc 08:00. Đến lượt = đã gửi + gửi gộp + không cần gửi nữa + không gửi được + còn chờ."
        >
          {runs.length === 0 ? (
            <p class="empty">Chưa có lần gửi nào.</p>
          ) : (
            <DataTable caption="Các lần gửi" rows={runs} keyOf={({ id }) => id} columns={RUN_COLUMNS} />
          )}
        </Panel>
        <AskWhy call={call} />
      </div>
    ),
  };
}

function lastRun({ day: on, finishedAt, mails, sent, merged, failed }: RunView): VNode {
  const done = finishedAt === null ? 'chưa xong' : `xong lúc ${timeOfDay(Date.parse(finishedAt))}`;
  return (
    <>
      Lần gần nhất {longDay(on)}, {done}: {number(mails)} thư, {number(sent + merged)} lời nhắc
      {failed > 0 && (
        <>
          , <b class="t-late">{number(failed)} không gửi được</b>
        </>
      )}
      .
    </>
  );
}

const inRun = (run: RunView, status?: string): string => withQuery(LEDGER, { run: run.id, status });

const RUN_COLUMNS: readonly Column<RunView>[] = [
  {
    title: 'Ngày',
    sorted: 'descending',
    cell: (run) => (
      <>
        <a href={inRun(run)}>{day(run.day)}</a>
        <small>{run.finishedAt === null ? 'chưa xong' : `xong lúc ${timeOfDay(Date.parse(run.finishedAt))}`}</small>
      </>
    ),
  },
  { title: 'Đến lượt', numeric: true, cell: (run) => number(run.planned) },
  { title: 'Thư', numeric: true, cell: (run) => number(run.mails) },
  { title: 'Đã gửi', numeric: true, cell: (run) => <Count value={run.sent} href={inRun(run, 'sent')} /> },
  { title: 'Gửi gộp', numeric: true, cell: (run) => <Count value={run.merged} href={inRun(run, 'merged')} /> },
  { title: 'Không cần nữa', numeric: true, cell: (run) => <Count value={run.suppressed} href={inRun(run, 'suppressed')} /> },
  {
    title: 'Không gửi được',
    numeric: true,
    cell: (run) => (
      <span class={run.failed > 0 ? 't-late' : undefined}>
        <Count value={run.failed} href={inRun(run, 'failed')} />
      </span>
    ),
  },
  { title: 'Còn chờ', numeric: true, cell: (run) => number(run.waiting) },
  {
    title: 'Hộp thư vướng',
    cell: ({ troubles }) =>
      troubles.length === 0 ? <span class="muted">không</span> : <Chip look="tech">{number(troubles.length)} hộp thư</Chip>,
  },
];

export const runsPage = page({ path: RUNS, who: RUN_READERS, show });
