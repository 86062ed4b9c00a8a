/** The register of decisions that ended certificates. */
import { z } from 'zod';
import { endingCandidates } from '../../api/endings/candidates';
import { ENDERS } from '../../api/endings/input';
import { listEndings } from '../../api/endings/routes';
import { day, number } from '../formats';
import type { PageCall, View } from '../page';
import { signedDecision } from '../parts/one-for-many';
import { Panel } from '../parts/panel';
import { DataTable, Pager, withQuery } from '../parts/tables';
import { kindTitle, NEW, PATH } from './shared';

const PAGE = 20;
export const registerQuery = z.object({ cursor: z.string().max(400).optional() });
type Call = PageCall<unknown, z.output<typeof registerQuery>>;

export async function register({ deps, actor, caller, query: { cursor } }: Call): Promise<View> {
  const ends = ENDERS.some((role) => role === caller.role);
  const [{ items, nextCursor }, pending] = await Promise.all([
    listEndings(deps, actor, { limit: PAGE, cursor }),
    ends ? endingCandidates(deps, actor, {}) : [],
  ]);
  const [first] = pending;
  return {
    title: 'Thu hồi giấy chứng nhận',
    lead: first ? (
      <>
        <a href={NEW}>{number(pending.length)} giấy chứng nhận</a> chờ quyết định thu hồi sau kiểm tra
        {first.decideBy !== null && `; giấy đầu tiên chậm nhất ngày ${day(first.decideBy)}`}.
      </>
    ) : (
      'Sổ các quyết định thu hồi, mới nhất trước.'
    ),
    tools: ends && (
      <a class="btn btn--main" href={NEW}>
        Ra quyết định thu hồi
      </a>
    ),
    body: (
      <Panel
        title="Sổ quyết định thu hồi"
        id="so"
        bare
        foot="Thu hồi giấy chứng nhận theo Điều 8; thu hồi kết quả công nhận do đánh giá sai theo Điều 10 khoản 1 điểm b, Quyết định 26/2026/QĐ-TTg."
      >
        {items.length === 0 ? (
          <p class="panel__b muted">Chưa có quyết định thu hồi nào trong sổ.</p>
        ) : (
          <DataTable
            caption="Sổ quyết định thu hồi"
            keyOf={(one) => one.id}
            rows={items}
            columns={[
              ...signedDecision<(typeof items)[number]>(PATH, (one) => kindTitle(one.kind)),
              { title: 'Giấy đã thu hồi', numeric: true, cell: ({ counts }) => number(counts['ended'] ?? 0) },
              { title: 'Ghi nhận đã hết hạn', numeric: true, cell: ({ counts }) => number(counts['noted'] ?? 0) },
              { title: 'Không thu hồi được', numeric: true, cell: ({ counts }) => number(counts['refused'] ?? 0) },
            ]}
          />
        )}
        <Pager shown={items.length} first={cursor ? PATH : null} next={nextCursor && withQuery(PATH, { cursor: nextCursor })} />
      </Panel>
    ),
  };
}
