/** Re-evaluations prepared at T-200. */
import { countRenewals, listRenewals, RENEWAL_STATUSES } from '../../api/renewals/routes';
import { olderCertificatesAtRisk } from '../../api/supervision/routes';
import { day, number } from '../formats';
import type { View } from '../page';
import { Field, FilterBar, QuickFilters } from '../parts/forms';
import { Panel } from '../parts/panel';
import { DataTable, Pager, withQuery } from '../parts/tables';
import { Work } from './answers';
import { AtRisk } from './at-risk';
import { Ends, Filing, Held, Product } from './columns';
import { asked, type Call, PATH, type Query } from './shared';

const PAGE = 20;

type Status = (typeof RENEWAL_STATUSES)[number];

const STATUS_TITLES: Record<Status, string> = {
  open: 'Chờ hỏi chủ thể',
  started: 'Đã bắt đầu chu trình mới',
  declined: 'Chủ thể không tiếp tục',
};

export async function show(call: Call): Promise<View> {
  const { deps, actor, query: given } = call;
  const { status = 'open', cursor } = given;
  const area = asked(given);
  const [{ items, nextCursor }, counts, atRisk, [first]] = await Promise.all([
    listRenewals(deps, actor, { ...area, status, limit: PAGE, ...(cursor ? { cursor } : {}) }),
    Promise.all(RENEWAL_STATUSES.map(async (one) => await countRenewals(deps, actor, { ...area, status: one }))),
    olderCertificatesAtRisk(deps, actor, area),
    listRenewals(deps, actor, { ...area, status: 'open', limit: 1 }).then((found) => found.items),
  ]);
  const here = (more: Partial<Query>): string => withQuery(PATH, { ...area, status, ...more });
  const total = counts[RENEWAL_STATUSES.indexOf(status)] ?? 0;
  const waiting = counts[0] ?? 0;
  return {
    title: 'Đánh giá lại',
    lead: first
      ? `${number(waiting)} giấy chứng nhận chờ hỏi chủ thể có đánh giá lại không; giấy đầu tiên hết hạn ngày ${day(first.validUntil)}.`
      : 'Không có giấy chứng nhận nào chờ hỏi chủ thể.',
    body: (
      <div class="stack">
        <Panel
          title="Đã chuẩn bị, 200 ngày trước khi hết hạn"
          id="ds"
          aside={`${number(total)} giấy chứng nhận`}
          bare
          foot="Thời gian nộp hồ sơ: từ 180 đến 120 ngày trước khi giấy chứng nhận hết hạn (Quyết định 26/2026/QĐ-TTg, Điều 7)."
        >
          {actor.communeCode === null && (
            <FilterBar action={PATH}>
              <input type="hidden" name="status" value={status} />
              <Field name="commune" label="Mã xã" optional value={given.commune} inputMode="numeric" maxLength={5} />
            </FilterBar>
          )}
          <QuickFilters
            items={RENEWAL_STATUSES.map((one, index) => ({
              title: STATUS_TITLES[one],
              href: withQuery(PATH, { ...area, status: one }),
              count: counts[index] ?? 0,
              current: one === status,
            }))}
          />
          {items.length === 0 ? (
            <p class="panel__b muted">Không có giấy chứng nhận nào ở mục này.</p>
          ) : (
            <DataTable
              caption={`Đánh giá lại: ${STATUS_TITLES[status].toLowerCase()}`}
              keyOf={(one) => one.cycleId}
              rows={items}
              columns={[
                { title: 'Sản phẩm', cell: (one) => <Product call={call} renewal={one} /> },
                { title: 'Giấy chứng nhận', cell: (one) => <Held renewal={one} /> },
                { title: 'Hết hạn', sorted: 'ascending', cell: (one) => <Ends on={one.validUntil} daysLeft={one.daysLeft} /> },
                { title: 'Nộp hồ sơ', cell: (one) => <Filing renewal={one} /> },
                { title: 'Việc', cell: (one) => <Work call={call} renewal={one} /> },
              ]}
            />
          )}
          <Pager shown={items.length} total={total} first={cursor ? here({}) : null} next={nextCursor && here({ cursor: nextCursor })} />
        </Panel>
        <AtRisk call={call} rows={atRisk} />
      </div>
    ),
  };
}
