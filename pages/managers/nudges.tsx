/** The reminders: what each morning's run did, the ledger behind it, and why an office got or did not get one. */
import { z } from 'zod';
import type { VNode } from 'preact';
import { HttpProblem } from '../../api/http/problem';
import { EVERYBODY } from '../../api/http/route';
import { code, localDate } from '../../api/http/schemas';
import { countNudges, listNudges, NUDGE_STATUSES, nudgeQuery, type NudgeQuery, type NudgeView } from '../../api/managers/nudges';
import { listRuns, type RunView } from '../../api/nudges/runs';
import { titleOfRule } from '../../api/nudges/titles';
import { whyOffice } from '../../api/nudges/why';
import { addDays, localDateAt } from '../../domain/dates';
import { day, longDay, moment, number, timeOfDay, typedDay } from '../formats';
import { type PageCall, page, type View } from '../page';
import { DayField, Field, FilterBar, SelectField } from '../parts/forms';
import { Chip } from '../parts/lateness';
import { Note, Panel } from '../parts/panel';
import { type Column, Count, DataTable, Pager, withQuery } from '../parts/tables';
import { excelOf, Tools } from './parts';
import { RECIPIENT_WORDS, recipientWord } from './words';

export const RUNS = '/nhac-viec';
export const LEDGER = '/nhac-viec/so';
const WHY = '/nhac-viec/vi-sao';
const RUN_READERS = ['administrator', 'provincial_staff', 'council_secretary', 'manager'] as const;
const DAYS_SHOWN = 30;
const ROWS = 40;

export const STATUS_WORDS: Record<string, string> = {
  planned: 'Chờ gửi',
  late: 'Gửi muộn',
  sent: 'Đã gửi',
  merged: 'Gửi gộp trong thư khác',
  suppressed: 'Không cần gửi nữa',
  failed: 'Không gửi được',
  passed_over: 'Lần sau thay cho',
};

async function showRuns(call: PageCall<unknown, unknown>): Promise<View> {
  const { deps, actor } = call;
  const today = deps.today();
  const runs = await listRuns(deps, actor, { from: addDays(today, -DAYS_SHOWN) });
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

async function showLedger(call: PageCall<unknown, NudgeQuery>): Promise<View> {
  const { deps, actor, query } = call;
  const asked = { ...query, limit: query.limit ?? ROWS };
  const [list, total] = await Promise.all([listNudges(deps, actor, asked, 'desc'), countNudges(deps, actor, query)]);
  const columns: Column<NudgeView>[] = [
    {
      title: 'Hồ sơ',
      cell: (row) => (
        <>
          {row.cycleId === null ? (
            'Báo cáo định kỳ'
          ) : (
            <a class="pn" href={`/ho-so/${row.cycleId}`}>
              {row.productName ?? row.cycleId}
            </a>
          )}
          <small>{placeOf(call, row)}</small>
        </>
      ),
    },
    {
      title: 'Nhắc việc gì',
      cell: (row) => (
        <span>
          {titleOfRule(deps.rules, row.rule).vi}
          <small>hạn {day(row.subjectOn)}</small>
        </span>
      ),
    },
    { title: 'Nhắc ai', cell: (row) => recipientWord(row.recipient) },
    { title: 'Ngày nhắc', sorted: 'descending', cell: (row) => day(row.plannedFor) },
    {
      title: 'Kết quả',
      cell: (row) => (
        <span>
          <Chip look={row.status === 'failed' ? 'late' : row.status === 'planned' ? 'soon' : 'plain'}>
            {STATUS_WORDS[row.status] ?? row.status}
          </Chip>
          <small>
            {row.settledAt === null ? '' : moment(Date.parse(row.settledAt))}
            {row.late ? ' · muộn' : ''}
          </small>
        </span>
      ),
    },
    { title: 'Lý do', cell: (row) => row.reason.vi ?? <span class="muted">–</span> },
    {
      title: 'Vì sao',
      cell: (row) => {
        const office =
          row.communeCode === null || row.cycleId === null
            ? null
            : row.recipient.startsWith('commune')
              ? row.communeCode
              : row.cycleId.slice(0, 2);
        return office === null || row.cycleId === null ? null : (
          <a
            href={withQuery(WHY, {
              cycle: row.cycleId,
              office,
              on: row.settledAt === null ? row.plannedFor : localDateAt(Date.parse(row.settledAt)),
            })}
          >
            Vì sao
          </a>
        );
      },
    },
  ];
  return {
    title: 'Sổ nhắc việc',
    crumbs: <a href={RUNS}>Nhắc việc</a>,
    lead: `${number(total)} lời nhắc${query.run ? ` của lần gửi ${day(query.run.slice(3))}` : ''}${query.status ? `, ${(STATUS_WORDS[query.status] ?? '').toLowerCase()}` : ''}. Mới nhất trước.`,
    tools: <Tools call={call} excel={excelOf(LEDGER, call.url)} rows={`${number(total)} dòng`} />,
    current: RUNS,
    signatures: true,
    body: (
      <section class="panel" aria-labelledby="h-ledger">
        <h2 id="h-ledger" class="vh">
          Các lời nhắc
        </h2>
        <FilterBar action={LEDGER}>
          {query.run && <input type="hidden" name="run" value={query.run} />}
          {query.office && <input type="hidden" name="office" value={query.office} />}
          <Field name="cycle" label="Mã hồ sơ" value={query.cycle} optional />
          <SelectField
            name="status"
            label="Kết quả"
            none="Tất cả"
            value={query.status}
            optional
            options={NUDGE_STATUSES.map((value) => ({ value, title: STATUS_WORDS[value] ?? value }))}
          />
          <DayField name="from" label="Từ ngày" value={query.from && day(query.from)} optional />
          <DayField name="to" label="Đến ngày" value={query.to && day(query.to)} optional />
        </FilterBar>
        {list.items.length === 0 ? (
          <p class="empty">Sổ không có lời nhắc nào đúng với điều kiện lọc.</p>
        ) : (
          <DataTable caption="Các lời nhắc, mới nhất trước" columns={columns} rows={list.items} keyOf={({ id }) => id} />
        )}
        <Pager
          shown={list.items.length}
          total={total}
          next={list.nextCursor === null ? null : withQuery(LEDGER, { ...query, cursor: list.nextCursor })}
          first={query.cursor === undefined ? null : withQuery(LEDGER, { ...query, cursor: undefined })}
        />
      </section>
    ),
  };
}

function placeOf({ deps }: Pick<PageCall<unknown, unknown>, 'deps'>, { communeCode, office }: NudgeView): string {
  const unit = communeCode ?? office;
  return unit === null ? '' : (deps.units.byCode(unit)?.fullName ?? unit);
}

/** The form of the question; it only reads. */
function AskWhy({
  call,
  asked = {},
}: {
  call: PageCall<unknown, unknown>;
  asked?: { cycle?: string | undefined; office?: string | undefined; on?: string | undefined };
}): VNode {
  const own = call.actor.communeCode ?? call.actor.provinceCode ?? undefined;
  return (
    <Panel title="Vì sao đơn vị được hoặc không được nhắc?" id="why" class="no-print" bare>
      <FilterBar action={WHY} button="Xem vì sao">
        <Field name="cycle" label="Mã hồ sơ" value={asked.cycle} placeholder="37-14329-001-2026.1" />
        <Field name="office" label="Mã đơn vị (xã 5 số, tỉnh 2 số)" value={asked.office ?? own} inputMode="numeric" />
        <DayField name="on" label="Ngày" value={day(asked.on ?? call.deps.today())} />
      </FilterBar>
    </Panel>
  );
}

const typedDate = z.string().transform(typedDay).pipe(localDate);
const whyQuery = z.object({ cycle: code.optional(), office: code.optional(), on: typedDate.optional() });
type WhyQuery = z.output<typeof whyQuery>;

async function showWhy(call: PageCall<unknown, WhyQuery>): Promise<View> {
  const { deps, actor, query } = call;
  const { cycle, office, on } = query;
  const frame = { title: 'Vì sao được nhắc, vì sao không', crumbs: <a href={RUNS}>Nhắc việc</a>, current: RUNS };
  if (cycle === undefined || office === undefined)
    return { ...frame, lead: 'Nhập mã hồ sơ, mã đơn vị và ngày.', body: <AskWhy call={call} asked={query} /> };
  const answer = await whyOffice(deps, actor, { cycle, office, on }).catch((error: unknown) => {
    if (error instanceof HttpProblem && error.status === 404) return undefined;
    throw error;
  });
  if (!answer) return { ...frame, status: 404, lead: `Không có hồ sơ ${cycle}.`, body: <AskWhy call={call} asked={query} /> };
  return {
    ...frame,
    lead: <b>{answer.sentence.vi}</b>,
    body: (
      <div class="stack">
        <Panel
          title="Căn cứ trong sổ"
          id="rows"
          bare
          aside={`${deps.units.byCode(office)?.fullName ?? office} · ${day(answer.on)}`}
          foot={
            <>
              <a href={`/ho-so/${cycle}`}>Mở hồ sơ {cycle}</a> · <a href={withQuery(LEDGER, { cycle })}>mọi lời nhắc của hồ sơ</a>
            </>
          }
        >
          {answer.rows.length === 0 ? (
            <p class="empty">Sổ không có dòng nào về ngày này.</p>
          ) : (
            <DataTable
              caption="Các dòng sổ làm căn cứ"
              rows={answer.rows}
              keyOf={(row) => `${row.title.vi} ${row.plannedFor} ${row.settledOn ?? ''}`}
              columns={[
                { title: 'Nhắc việc gì', cell: (row) => row.title.vi },
                { title: 'Ngày nhắc', cell: (row) => day(row.plannedFor) },
                { title: 'Kết quả', cell: (row) => STATUS_WORDS[row.status] ?? row.status },
                { title: 'Ngày xong', cell: (row) => (row.settledOn === null ? '–' : day(row.settledOn)) },
                { title: 'Lý do', cell: (row) => row.reason?.vi ?? '–' },
              ]}
            />
          )}
        </Panel>
        <AskWhy call={call} asked={query} />
        <Note>
          Thư tổng hợp gửi lúc 08:00 mỗi ngày làm việc; ngày nghỉ không gửi. {Object.values(RECIPIENT_WORDS).length} vai nhận thư được chọn
          theo phân công, rồi theo vai trong đơn vị, rồi hộp thư của đơn vị.
        </Note>
      </div>
    ),
  };
}

/** Days may be typed as people write them. */
export const ledgerQuery = nudgeQuery.extend({ from: typedDate.optional(), to: typedDate.optional() });

export const NUDGE_PAGES = [
  page({ path: RUNS, who: RUN_READERS, show: showRuns }),
  page({ path: LEDGER, who: EVERYBODY, query: ledgerQuery, show: showLedger }),
  page({ path: WHY, who: EVERYBODY, query: whyQuery, show: showWhy }),
];
