/** Why an office was or was not reminded of a dossier on a day. */
import { z } from 'zod';
import type { VNode } from 'preact';
import { HttpProblem } from '../../../api/http/problem';
import { EVERYBODY } from '../../../api/http/route';
import { code } from '../../../api/http/schemas';
import { whyOffice } from '../../../api/nudges/why';
import { day } from '../../formats';
import { type PageCall, page, type View } from '../../page';
import { DayField, Field, FilterBar } from '../../parts/forms';
import { Note, Panel } from '../../parts/panel';
import { DataTable, withQuery } from '../../parts/tables';
import { typedDate } from '../typed-date';
import { RECIPIENT_WORDS } from '../words';
import { LEDGER, RUNS, STATUS_WORDS, WHY } from './shared';

const query = z.object({ cycle: code.optional(), office: code.optional(), on: typedDate.optional() });
type Query = z.output<typeof query>;

async function show(call: PageCall<unknown, Query>): Promise<View> {
  const { deps, actor, query: asked } = call;
  const { cycle, office, on } = asked;
  const frame = { title: 'Vì sao được nhắc, vì sao không', crumbs: <a href={RUNS}>Nhắc việc</a>, current: RUNS };
  if (cycle === undefined || office === undefined)
    return { ...frame, lead: 'Nhập mã hồ sơ, mã đơn vị và ngày.', body: <AskWhy call={call} asked={asked} /> };
  const answer = await whyOffice(deps, actor, { cycle, office, on }).catch((error: unknown) => {
    if (error instanceof HttpProblem && error.status === 404) return undefined;
    throw error;
  });
  if (!answer) return { ...frame, status: 404, lead: `Không có hồ sơ ${cycle}.`, body: <AskWhy call={call} asked={asked} /> };
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
        <AskWhy call={call} asked={asked} />
        <Note>
          Thư tổng hợp gửi lúc 08:00 mỗi ngày làm việc; ngày nghỉ không gửi. {Object.values(RECIPIENT_WORDS).length} vai nhận thư được chọn
          theo phân công, rồi theo vai trong đơn vị, rồi hộp thư của đơn vị.
        </Note>
      </div>
    ),
  };
}

/** The form of the question; it only reads. */
export function AskWhy({ call, asked = {} }: { call: PageCall<unknown, unknown>; asked?: Query }): VNode {
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

export const whyPage = page({ path: WHY, who: EVERYBODY, query, show });
