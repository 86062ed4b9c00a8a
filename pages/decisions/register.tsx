/** The register of decisions. */
import { DECISION_KINDS } from '../../api/decisions/input';
import { listDecisions } from '../../api/decisions/routes';
import { awaitingDecision } from '../../api/letters/awaiting';
import { number } from '../formats';
import type { View } from '../page';
import { QuickFilters } from '../parts/forms';
import { signedDecision } from '../parts/one-for-many';
import { Panel } from '../parts/panel';
import { DataTable, Pager, withQuery } from '../parts/tables';
import { PATH, NEW, KINDS, type Call, mayDecide } from './shared';

const PAGE = 20;

export async function register(call: Call): Promise<View> {
  const { deps, actor, query: asked } = call;
  const { kind, cursor } = asked;
  const of = kind === undefined ? {} : { kind };
  const { items, nextCursor } = await listDecisions(deps, actor, { ...of, limit: PAGE, ...(cursor ? { cursor } : {}) });
  const waiting = mayDecide(call)
    ? await Promise.all(DECISION_KINDS.map(async (one) => (await awaitingDecision(deps, actor, one)).length))
    : [];
  const missing = items.filter((one) => one.kind === 'recognition' && one.certificates < one.products).length;
  return {
    title: 'Quyết định',
    lead: waiting.some((count) => count > 0) ? (
      <>
        {DECISION_KINDS.map((one, index) =>
          waiting[index] ? (
            <span key={one}>
              <a href={withQuery(NEW, { kind: one })}>{number(waiting[index])} hồ sơ</a> chờ quyết định “{KINDS[one]}”.{' '}
            </span>
          ) : null,
        )}
      </>
    ) : (
      'Sổ các quyết định công nhận và phê duyệt kết quả, mới nhất trước.'
    ),
    tools: mayDecide(call) && (
      <a class="btn btn--main" href={NEW}>
        Ghi một quyết định
      </a>
    ),
    body: (
      <Panel
        title="Sổ quyết định"
        id="so"
        aside={missing > 0 ? `${number(missing)} quyết định trong trang chưa cấp đủ giấy chứng nhận` : ''}
        bare
      >
        <QuickFilters
          items={[
            { title: 'Tất cả', href: PATH, current: kind === undefined },
            ...DECISION_KINDS.map((one) => ({ title: KINDS[one], href: withQuery(PATH, { kind: one }), current: one === kind })),
          ]}
        />
        {items.length === 0 ? (
          <p class="panel__b muted">Chưa có quyết định nào trong sổ.</p>
        ) : (
          <DataTable
            caption="Sổ quyết định"
            keyOf={(one) => one.id}
            rows={items}
            columns={[
              ...signedDecision<(typeof items)[number]>(PATH, (one) => KINDS[one.kind]),
              { title: 'Cấp quyết định', cell: (one) => one.authority },
              { title: 'Sản phẩm', numeric: true, cell: (one) => number(one.products) },
              {
                title: 'Giấy chứng nhận đã cấp',
                numeric: true,
                cell: (one) => (one.kind === 'approval' ? <span class="muted">không có</span> : number(one.certificates)),
              },
            ]}
          />
        )}
        <Pager
          shown={items.length}
          first={cursor ? withQuery(PATH, of) : null}
          next={nextCursor && withQuery(PATH, { ...of, cursor: nextCursor })}
        />
      </Panel>
    ),
  };
}
