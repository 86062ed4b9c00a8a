/** The dossiers behind a target's figure. */
import { z } from 'zod';
import { EVERYBODY } from '../../../api/http/route';
import { asked, counting, itemsOf } from '../../../api/targets/routes';
import { type Metric, metricFacts, METRICS } from '../../../domain/targets';
import { day, number } from '../../formats';
import { page, type PageCall, type View } from '../../page';
import { Panel } from '../../parts/panel';
import { DataTable, withQuery } from '../../parts/tables';
import { excelOf, Tools } from '../parts';
import { LIST, planOf, query, TARGETS } from './shared';

export const listQuery = query.extend({
  metric: z.enum(METRICS as unknown as [Metric, ...Metric[]]).optional(),
  part: z.enum(['counted', 'of']).optional(),
});
export type ListCall = PageCall<unknown, z.output<typeof listQuery>>;

async function show(call: ListCall): Promise<View> {
  const { deps, query: questions } = call;
  const { items, metric } = await listed(call);
  return {
    title: metric === undefined ? 'Chỉ tiêu' : metricFacts(metric).title.vi,
    crumbs: <a href={withQuery(TARGETS, { plan: questions.plan })}>Chỉ tiêu</a>,
    lead: `${number(items.length)} dòng${questions.part === 'of' ? ', là số để so' : ''}.`,
    tools: <Tools call={call} excel={excelOf(LIST, call.url)} rows={`${number(items.length)} dòng`} />,
    current: TARGETS,
    signatures: true,
    body: (
      <Panel title="Danh sách" id="list" bare>
        {items.length === 0 ? (
          <p class="empty">Không có dòng nào.</p>
        ) : (
          <DataTable
            caption="Danh sách được tính"
            rows={items}
            keyOf={(row) => row.code ?? `${row.communeCode} ${row.producer}`}
            columns={[
              {
                title: 'Sản phẩm',
                cell: (row) =>
                  row.cycleId === null ? (
                    <span class="pn">{row.product}</span>
                  ) : (
                    <a class="pn" href={`/ho-so/${row.cycleId}`}>
                      {row.product}
                    </a>
                  ),
              },
              { title: 'Chủ thể', cell: (row) => row.producer },
              { title: 'Xã, phường', cell: (row) => row.communeName ?? deps.units.byCode(row.communeCode)?.fullName ?? row.communeCode },
              { title: 'Sao', numeric: true, cell: (row) => row.star ?? '–' },
              { title: 'Ngày cấp', cell: (row) => (row.issuedOn === null ? '–' : day(row.issuedOn)) },
              { title: 'Hiệu lực đến', cell: (row) => (row.holdsUntil === null ? '–' : day(row.holdsUntil)) },
            ]}
          />
        )}
      </Panel>
    ),
  };
}

/** The rows asked for; none without a figure to ask for. */
export async function listed(call: ListCall) {
  const { deps, actor, query: questions } = call;
  const { metric, part = 'counted' } = questions;
  const chosen = planOf(call);
  if (!chosen || metric === undefined) return { items: [], metric };
  const { plan, when } = asked(deps, { plan: chosen.id, asOf: questions.asOf });
  const counted = await counting(deps, actor, plan, when);
  return { items: itemsOf(deps, counted(metric), part), metric };
}

export const targetListPage = page({ path: LIST, who: EVERYBODY, query: listQuery, show });
