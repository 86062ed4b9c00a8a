/** Choosing the dossiers and the change. */
import type { VNode } from 'preact';
import { BULK_ACTIONS, type BulkAction } from '../../api/bulk/change';
import { isAskedFor } from '../../api/cycles/filter';
import { LATENESS } from '../../api/cycles/lateness';
import { readCycles } from '../../api/cycles/read';
import { summaryOf } from '../../api/cycles/representation';
import { STAGE_TITLES, STAGES } from '../../domain/cycle/stages';
import { Prisma } from '../../prisma/generated/client';
import { number } from '../formats';
import type { View } from '../page';
import { Field, FilterBar, Form, FormProblem, QuickFilters, SelectField, Submit, TextField } from '../parts/forms';
import { DueDate, LATENESS_WORDS, LatenessChip } from '../parts/lateness';
import { TickedProduct } from '../parts/one-for-many';
import { Note, Panel } from '../parts/panel';
import { DataTable, withQuery } from '../parts/tables';
import { changeFields } from './fields';
import { type Call, type Filter, filterIn, START } from './shared';
import { changeAt, CHANGES, PATH } from './words';

const SHOWN = 100;

async function found({ deps, actor }: Call, filter: Filter) {
  const condition = isAskedFor(deps, actor, filter);
  const [total] = await deps.db.$queryRaw<{ count: number }[]>(Prisma.sql`select count(*)::int as count from cycle c where ${condition}`);
  const ids = await deps.db.$queryRaw<{ id: string }[]>(
    Prisma.sql`select c.id from cycle c where ${condition} order by c.last_safe_on nulls last, c.id limit ${SHOWN}`,
  );
  const rows = await readCycles(
    deps,
    ids.map(({ id }) => id),
  );
  return { total: total?.count ?? 0, rows: rows.map((row) => summaryOf(deps, row)) };
}

export async function show(call: Call): Promise<View> {
  const { query: asked } = call;
  const action = changeAt(asked.viec);
  const list = await found(call, filterIn(asked));
  const { viec: _action, ...rest } = asked;
  const href = (one: BulkAction): string => withQuery(START, { ...rest, viec: CHANGES[one].address });
  return {
    title: 'Đề xuất thay đổi nhiều hồ sơ',
    lead: 'Chọn việc và hồ sơ, xem trước từng hồ sơ sẽ đổi thế nào; người thứ hai duyệt rồi mới thực hiện.',
    crumbs: <a href={PATH}>Thay đổi nhiều hồ sơ</a>,
    current: PATH,
    body: (
      <div class="stack">
        <Panel title="1. Việc cần làm" id="viec" bare>
          <div class="gap-s" />
          <QuickFilters items={BULK_ACTIONS.map((one) => ({ title: CHANGES[one].title, href: href(one), current: one === action }))} />
          <p class="panel__f">{CHANGES[action].what}.</p>
        </Panel>
        <Panel title="2. Hồ sơ" id="ho-so" aside={`${number(list.total)} hồ sơ khớp bộ lọc`} bare>
          <Filters call={call} action={action} />
        </Panel>
        <Form call={call} action={withQuery(`${START}/xem-truoc`, { ...rest, viec: CHANGES[action].address })}>
          <FormProblem refused={call.refused} known={KNOWN} />
          {list.rows.length === 0 ? (
            <Note>Không có hồ sơ nào khớp bộ lọc.</Note>
          ) : (
            <>
              <Which call={call} list={list} />
              <Content call={call} action={action} own={await changeFields(call, action)} />
            </>
          )}
        </Form>
      </div>
    ),
  };
}

const KNOWN = ['reason', 'sourceDocument', 'date', 'officerId', 'plan', 'until'];

function Filters({ call: { deps, query: asked }, action }: { call: Call; action: BulkAction }): VNode {
  return (
    <FilterBar action={START}>
      <input type="hidden" name="viec" value={CHANGES[action].address} />
      <SelectField
        name="plan"
        label="Kế hoạch"
        long
        optional
        none="Mọi kế hoạch"
        value={asked.plan}
        options={deps.rules.plans.map(({ id, title }) => ({ value: id, title: title.vi }))}
      />
      <Field name="commune" label="Mã xã" optional value={asked.commune} inputMode="numeric" maxLength={5} />
      <SelectField
        name="stage"
        label="Giai đoạn"
        optional
        none="Mọi giai đoạn"
        value={asked.stage}
        options={STAGES.filter((one) => one !== 'closed').map((one) => ({ value: one, title: STAGE_TITLES[one].vi }))}
      />
      <SelectField
        name="lateness"
        label="Tình trạng"
        optional
        none="Mọi tình trạng"
        value={asked.lateness}
        options={LATENESS.map((one) => ({ value: one, title: LATENESS_WORDS[one] }))}
      />
      <Field name="q" label="Tìm sản phẩm, chủ thể, mã" optional type="search" value={asked.q} />
    </FilterBar>
  );
}

/** All that the filters find, or those that are ticked. */
function Which({ call: { refused }, list: { total, rows } }: { call: Call; list: Awaited<ReturnType<typeof found>> }): VNode {
  const someOnly = refused?.fields.text('which') === 'some';
  return (
    <>
      <fieldset class="panel panel__b">
        <legend class="vh">Hồ sơ nào</legend>
        <label class="ck">
          <input type="radio" name="which" value="all" checked={!someOnly} />
          Tất cả {number(total)} hồ sơ khớp bộ lọc
        </label>
        <label class="ck">
          <input type="radio" name="which" value="some" checked={someOnly} />
          Chỉ những hồ sơ được đánh dấu trong danh sách
        </label>
      </fieldset>
      <details class="panel fold-list" open={total <= 20 || someOnly}>
        <summary>
          Danh sách {total > SHOWN ? `(${number(SHOWN)} hồ sơ có hạn sớm nhất trong ${number(total)})` : `${number(total)} hồ sơ`}
        </summary>
        <DataTable
          caption="Hồ sơ khớp bộ lọc"
          keyOf={(row) => row.id}
          rows={rows}
          columns={[
            {
              title: 'Sản phẩm',
              cell: (row) => (
                <TickedProduct
                  name="cycle"
                  value={row.id}
                  product={row.productName}
                  sub={row.communeName ?? row.communeCode}
                  refused={refused}
                />
              ),
            },
            { title: 'Bước', cell: (row) => row.stepTitle.vi },
            { title: 'Tình trạng', cell: (row) => <LatenessChip lateness={row.lateness} /> },
            { title: 'Hạn và căn cứ', cell: (row) => <DueDate deadline={row.due} /> },
          ]}
        />
      </details>
    </>
  );
}

/** What the change needs to know, and why it is made. */
function Content({ call: { refused }, action, own }: { call: Call; action: BulkAction; own: VNode | null }): VNode {
  const needsDocument = action === 'extend-deadline';
  return (
    <Panel title={`3. ${CHANGES[action].title}`} id="noi-dung">
      <div class="form">
        {own}
        <div class="two">
          <TextField name="reason" label="Lý do" hint="Ghi vào lịch sử của từng hồ sơ." refused={refused} rows={2} />
          <Field
            name="sourceDocument"
            label="Số văn bản"
            optional={!needsDocument}
            hint={needsDocument ? 'Ví dụ 45/UBND-NNMT. Gia hạn phải có văn bản.' : 'Ví dụ 45/UBND-NNMT.'}
            refused={refused}
          />
        </div>
        <div class="form__a">
          <Submit>Xem trước</Submit>
          <span class="hint">Chưa thay đổi gì.</span>
        </div>
      </div>
    </Panel>
  );
}
