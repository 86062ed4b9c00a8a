/** The ledger of reminders: what was to be sent to whom, and what became of it. */
import { EVERYBODY } from '../../../api/http/route';
import { countNudges, listNudges, NUDGE_STATUSES, nudgeQuery, type NudgeQuery, type NudgeView } from '../../../api/managers/nudges';
import { titleOfRule } from '../../../api/nudges/titles';
import { localDateAt } from '../../../domain/dates';
import { day, moment, number } from '../../formats';
import { type PageCall, page, type View } from '../../page';
import { DayField, Field, FilterBar } from '../../parts/forms';
import { Chip } from '../../parts/lateness';
import { type Column, DataTable, Pager, withQuery } from '../../parts/tables';
import { ChoiceField, Kept } from '../filters';
import { excelOf, Tools } from '../parts';
import { typedDate } from '../typed-date';
import { recipientWord } from '../words';
import { LEDGER, RUNS, STATUS_WORDS, WHY } from './shared';

const ROWS = 40;

/** Days may be typed as people write them. */
export const ledgerQuery = nudgeQuery.extend({ from: typedDate.optional(), to: typedDate.optional() });

type Call = PageCall<unknown, NudgeQuery>;

async function show(call: Call): Promise<View> {
  const { deps, actor, query } = call;
  const asked = { ...query, limit: query.limit ?? ROWS };
  const [list, total] = await Promise.all([listNudges(deps, actor, asked, 'desc'), countNudges(deps, actor, query)]);
  return {
    title: 'Sổ nhắc việc',
    crumbs: <a href={RUNS}>Nhắc việc</a>,
    lead: lead(query, total),
    tools: <Tools call={call} excel={excelOf(LEDGER, call.url)} rows={`${number(total)} dòng`} />,
    current: RUNS,
    signatures: true,
    body: (
      <section class="panel" aria-labelledby="h-ledger">
        <h2 id="h-ledger" class="vh">
          Các lời nhắc
        </h2>
        <FilterBar action={LEDGER}>
          <Kept query={query} names={['run', 'office']} />
          <Field name="cycle" label="Mã hồ sơ" value={query.cycle} optional />
          <ChoiceField
            name="status"
            label="Kết quả"
            value={query.status}
            options={NUDGE_STATUSES.map((value) => ({ value, title: STATUS_WORDS[value] ?? value }))}
          />
          <DayField name="from" label="Từ ngày" value={query.from && day(query.from)} optional />
          <DayField name="to" label="Đến ngày" value={query.to && day(query.to)} optional />
        </FilterBar>
        {list.items.length === 0 ? (
          <p class="empty">Sổ không có lời nhắc nào đúng với điều kiện lọc.</p>
        ) : (
          <DataTable caption="Các lời nhắc, mới nhất trước" columns={columns(deps)} rows={list.items} keyOf={({ id }) => id} />
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

function lead({ run, status }: NudgeQuery, total: number): string {
  const ofRun = run === undefined ? '' : ` của lần gửi ${day(run.slice(3))}`;
  const which = status === undefined ? '' : `, ${(STATUS_WORDS[status] ?? '').toLowerCase()}`;
  return `${number(total)} lời nhắc${ofRun}${which}. Mới nhất trước.`;
}

function columns({ rules, units }: Call['deps']): Column<NudgeView>[] {
  const placeOf = ({ communeCode, office }: NudgeView): string => {
    const unit = communeCode ?? office;
    return unit === null ? '' : (units.byCode(unit)?.fullName ?? unit);
  };
  return [
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
          <small>{placeOf(row)}</small>
        </>
      ),
    },
    {
      title: 'Nhắc việc gì',
      cell: (row) => (
        <span>
          {titleOfRule(rules, row.rule).vi}
          <small>hạn {day(row.subjectOn)}</small>
        </span>
      ),
    },
    { title: 'Nhắc ai', cell: (row) => recipientWord(row.recipient) },
    { title: 'Ngày nhắc', sorted: 'descending', cell: (row) => day(row.plannedFor) },
    {
      title: 'Kết quả',
      cell: ({ status, settledAt, late }) => (
        <span>
          <Chip look={status === 'failed' ? 'late' : status === 'planned' ? 'soon' : 'plain'}>{STATUS_WORDS[status] ?? status}</Chip>
          <small>
            {settledAt === null ? '' : moment(Date.parse(settledAt))}
            {late ? ' · muộn' : ''}
          </small>
        </span>
      ),
    },
    { title: 'Lý do', cell: (row) => row.reason.vi ?? <span class="muted">–</span> },
    {
      title: 'Vì sao',
      cell: (row) => {
        const question = questionWhy(row);
        return question && <a href={withQuery(WHY, question)}>Vì sao</a>;
      },
    },
  ];
}

/** What the page that answers why is asked about a row: the office that it was for, on the day on which it was settled. */
function questionWhy({ cycleId, communeCode, recipient, settledAt, plannedFor }: NudgeView) {
  if (cycleId === null || communeCode === null) return null;
  return {
    cycle: cycleId,
    office: recipient.startsWith('commune') ? communeCode : cycleId.slice(0, 2),
    on: settledAt === null ? plannedFor : localDateAt(Date.parse(settledAt)),
  };
}

export const ledgerPage = page({ path: LEDGER, who: EVERYBODY, query: ledgerQuery, show });
