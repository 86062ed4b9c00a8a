/** Inspections on a dossier's own page, with the way to record one and to a decision that they ground. */
import type { VNode } from 'preact';
import { ENDERS } from '../../api/endings/input';
import { type InspectionView, listInspections } from '../../api/supervision/inspections';
import type { ApiDeps } from '../../api/deps';
import type { Actor, CycleState } from '../../domain/cycle/state';
import { actionsOpen } from '../dossier/actions';
import { Panel } from '../parts/panel';
import { withQuery } from '../parts/tables';
import { Inspections } from './record';
import { endingOf, NEW, PATH } from './shared';

const SHOWN = 3;

interface SupervisionProps {
  state: CycleState;
  actor: Actor;
  today: string;
  items: readonly InspectionView[];
  more: boolean;
}

/** What the panel shows; null for a dossier without a certificate. */
export async function supervisionOf(deps: ApiDeps, actor: Actor, state: CycleState): Promise<SupervisionProps | null> {
  if (state.certificate === null) return null;
  const { items, nextCursor } = await listInspections(deps, actor, { cycle: state.cycleId }, { limit: SHOWN });
  return { state, actor, today: deps.today(), items, more: nextCursor !== null };
}

export function Supervision({ state, actor, today, items, more }: SupervisionProps): VNode | null {
  const records = actionsOpen(state, actor).includes('record-inspection');
  if (items.length === 0 && !records) return null;
  const ends = state.step === 'revocation_pending' && state.certificate !== null && ENDERS.some((role) => role === actor.role);
  return (
    <Panel title="Kiểm tra, giám sát" id="kiem-tra" aside={items.length === 0 ? 'chưa kiểm tra lần nào' : ''} bare>
      <Inspections items={items} today={today} />
      <p class="panel__b form__a no-print">
        {records && (
          <a class="btn" href={withQuery(NEW, { cycle: state.cycleId })}>
            Ghi một lần kiểm tra
          </a>
        )}
        {ends && state.certificate && (
          <a class="btn btn--main" href={endingOf(state.certificate.code)}>
            Ra quyết định thu hồi
          </a>
        )}
        {more && <a href={withQuery(PATH, { cycle: state.cycleId })}>Xem tất cả các lần kiểm tra</a>}
      </p>
    </Panel>
  );
}
