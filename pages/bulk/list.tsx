/** The changes of many dossiers that were proposed. */
import { viewsOfChanges } from '../../api/bulk/routes';
import { changesSeenBy } from '../../api/bulk/store';
import { namesOf } from '../../api/bulk/views';
import { number } from '../formats';
import type { PageCall, View } from '../page';
import { Chip } from '../parts/lateness';
import { Panel } from '../parts/panel';
import { DataTable } from '../parts/tables';
import { by, LISTED, LOOKS, officerIn } from './looks';
import { changeWords, PATH } from './words';

export async function list({ deps, actor }: PageCall<unknown, unknown>): Promise<View> {
  const rows = await deps.db.bulkChange.findMany({ where: changesSeenBy(actor), orderBy: { proposedAt: 'desc' }, take: LISTED });
  const changes = await viewsOfChanges(deps, actor, rows);
  const names = await namesOf(deps, changes.map(officerIn));
  const waiting = changes.filter(({ status }) => status === 'proposed');
  const mine = waiting.filter(({ may }) => may.approve).length;
  return {
    title: 'Thay đổi nhiều hồ sơ',
    lead:
      waiting.length === 0
        ? 'Không có đề xuất nào chờ duyệt.'
        : `${number(waiting.length)} đề xuất chờ duyệt, ${number(mine)} đề xuất bạn duyệt được.`,
    tools: (
      <a class="btn btn--main" href={`${PATH}/moi`}>
        Lập đề xuất
      </a>
    ),
    body: (
      <Panel title="Các đề xuất" id="ds" bare>
        {changes.length === 0 ? (
          <div class="panel__b">
            <p class="muted">Chưa có đề xuất nào. Gia hạn, đổi kế hoạch, phân công hoặc tạm dừng nhiều hồ sơ bắt đầu ở “Lập đề xuất”.</p>
          </div>
        ) : (
          <DataTable
            caption="Các đề xuất, mới trước"
            keyOf={(one) => one.id}
            rows={changes}
            columns={[
              {
                title: 'Đề xuất',
                cell: (one) => (
                  <>
                    <a class="pn" href={`${PATH}/${one.id}`}>
                      {changeWords(one.action, one.body, names)}
                    </a>
                    <small class="sub">{one.reason}</small>
                  </>
                ),
              },
              { title: 'Tình trạng', cell: (one) => <Chip look={LOOKS[one.status]}>{one.statusTitle.vi}</Chip> },
              { title: 'Hồ sơ', numeric: true, cell: (one) => number(one.counts.total) },
              { title: 'Đã thực hiện', numeric: true, cell: (one) => number(one.counts.done + one.counts.undone + one.counts.kept) },
              { title: 'Người lập', cell: (one) => by(one.proposed) },
              { title: 'Người duyệt', onlyWide: true, cell: (one) => by(one.decided) ?? '–' },
            ]}
          />
        )}
      </Panel>
    ),
  };
}
