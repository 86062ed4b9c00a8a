/** A plan's targets and what the records say of them; what they cannot answer stays without a figure. */
import type { VNode } from 'preact';
import { EVERYBODY } from '../../../api/http/route';
import type { TargetRow } from '../../../api/targets/routes';
import { metricFacts, numbersOf } from '../../../domain/targets';
import { day, number } from '../../formats';
import { page, type View } from '../../page';
import { DayField, FilterBar, SelectField } from '../../parts/forms';
import { Chip } from '../../parts/lateness';
import { Panel } from '../../parts/panel';
import { Count, DataTable, withQuery } from '../../parts/tables';
import { excelOf, Tools } from '../parts';
import { type Call, find, LIST, query, TARGETS, verdict, wanted } from './shared';

async function show(call: Call): Promise<View> {
  const found = await find(call);
  const title = 'Chỉ tiêu';
  if (!found) return { title, lead: 'Không kế hoạch nào có chỉ tiêu.', body: null };
  const { plan, asOf, rows } = found;
  const measured = rows.filter(({ counted }) => counted !== null);
  const reached = measured.filter((row) => verdict(found, row) === true);
  return {
    title,
    lead: (
      <>
        {measured.length === 0 ? (
          'Hồ sơ không trả lời được chỉ tiêu nào. '
        ) : (
          <b>{`${number(reached.length)} trong ${number(measured.length)} chỉ tiêu có số liệu đã đạt. `}</b>
        )}
        {plan.title.vi}, tính đến {day(asOf)}.
      </>
    ),
    tools: <Tools call={call} excel={excelOf(TARGETS, call.url)} />,
    signatures: true,
    body: (
      <Panel
        title="Chỉ tiêu của kế hoạch"
        id="targets"
        bare
        foot="Chỉ tính những gì hồ sơ ghi được. Chỉ tiêu không có số liệu thì để trống, không ước đoán."
      >
        <FilterBar action={TARGETS}>
          <SelectField
            name="plan"
            label="Kế hoạch"
            long
            value={plan.id}
            options={call.deps.rules.plans
              .filter(({ targets }) => targets.length > 0)
              .map((one) => ({ value: one.id, title: one.title.vi }))}
          />
          <DayField name="asOf" label="Tính đến ngày" value={day(asOf)} optional />
        </FilterBar>
        <DataTable
          caption="Chỉ tiêu và kết quả"
          rows={rows}
          keyOf={({ target }) => target.id}
          columns={[
            {
              title: 'Chỉ tiêu',
              cell: ({ target }) => (
                <>
                  <span class="pn">{target.title.vi}</span>
                  <small>
                    Kế hoạch, dòng {target.line}: “{target.quote}”
                  </small>
                </>
              ),
            },
            { title: 'Phải đạt', numeric: true, cell: ({ target }) => wanted(target) },
            { title: 'Đã có', numeric: true, cell: (row) => <Figure row={row} plan={plan.id} asOf={asOf} /> },
            { title: 'Kết quả', cell: (row) => <Result reached={verdict(found, row)} row={row} /> },
          ]}
        />
      </Panel>
    ),
  };
}

function Figure({ row: { metric, counted }, plan, asOf }: { row: TargetRow; plan: string; asOf: string }): VNode {
  if (!metric || !counted) return <span class="muted">không có số liệu</span>;
  const { numerator, denominator, share } = numbersOf(counted);
  const at = (part: 'counted' | 'of'): string => withQuery(LIST, { plan, asOf: day(asOf), metric, part });
  return (
    <span>
      <b>
        <Count value={numerator} href={at('counted')} label={metricFacts(metric).title.vi} />
      </b>
      {denominator !== null && (
        <small>
          trên <Count value={denominator} href={at('of')} />
          {share !== null && `, ${number(Math.floor(share * 10) / 10, 1)} %`}
        </small>
      )}
    </span>
  );
}

function Result({ reached, row }: { reached: boolean | null; row: TargetRow }): VNode {
  if (row.counted === null) return <Chip look="none">Không có số liệu</Chip>;
  if (reached === null) return <Chip look="plain">Không so với phần riêng</Chip>;
  return reached ? (
    <Chip look="ok" icon="done">
      Đã đạt
    </Chip>
  ) : (
    <Chip look="soon">Chưa đạt</Chip>
  );
}

export const targetsPage = page({ path: TARGETS, who: EVERYBODY, query, show });
