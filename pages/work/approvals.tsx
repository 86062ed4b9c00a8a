/** Changes of many dossiers that wait for this person: whoever proposed one may not approve it. */
import type { VNode } from 'preact';
import { viewsOfChanges } from '../../api/bulk/routes';
import { changesSeenBy } from '../../api/bulk/store';
import type { ApiDeps } from '../../api/deps';
import type { Actor } from '../../domain/cycle/state';
import { PATH } from '../bulk/words';
import { number } from '../formats';
import { Note } from '../parts/panel';

/** How many the actor may approve. */
export async function approvalsWaiting(deps: ApiDeps, actor: Actor): Promise<number> {
  const rows = await deps.db.bulkChange.findMany({ where: { AND: [changesSeenBy(actor), { status: 'proposed' }] } });
  return (await viewsOfChanges(deps, actor, rows)).filter(({ may }) => may.approve).length;
}

export function Approvals({ waiting }: { waiting: number }): VNode | null {
  if (waiting === 0) return null;
  return (
    <div class="gap-b no-print">
      <Note look="soon">
        <a href={PATH}>{number(waiting)} đề xuất thay đổi nhiều hồ sơ</a> chờ bạn duyệt.
      </Note>
    </div>
  );
}
