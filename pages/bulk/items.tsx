/** The dossiers of a change: how each stands, how it would or does stand, and its reminders. */
import type { VNode } from 'preact';
import type { BulkAction } from '../../api/bulk/change';
import type { ItemView } from '../../api/bulk/views';
import { day, number } from '../formats';
import { Chip } from '../parts/lateness';
import { DataTable } from '../parts/tables';
import { standingWords } from './words';

const LOOKS = {
  planned: 'plain',
  unchanged: 'none',
  refused: 'none',
  done: 'ok',
  undone: 'pause',
  kept: 'soon',
} as const satisfies Record<ItemView['status'], string>;

interface Props {
  action: BulkAction;
  body: Record<string, unknown>;
  items: readonly ItemView[];
  names: ReadonlyMap<string, string>;
  caption: string;
  /** The change lies behind: what stood before is not what stands now. */
  past?: boolean;
}

export function ItemsTable({ action, body, items, names, caption, past }: Props): VNode {
  const side = body['side'] === 'province' ? 'province' : 'commune';
  return (
    <DataTable
      caption={caption}
      keyOf={(item) => item.cycleId}
      rows={items}
      columns={[
        {
          title: 'Hồ sơ',
          cell: (item) => (
            <>
              <a class="pn" href={`/ho-so/${item.cycleId}`}>
                {item.product}
              </a>
              <small class="sub">
                {item.communeName ?? item.communeCode} · {item.before.stepTitle.vi}
              </small>
            </>
          ),
        },
        {
          title: 'Kết quả',
          cell: (item) => (
            <Chip look={LOOKS[item.status]} {...(item.status === 'done' ? { icon: 'done' as const } : {})}>
              {item.statusTitle.vi}
            </Chip>
          ),
        },
        { title: past ? 'Trước' : 'Hiện nay', cell: (item) => standingWords(action, item.before, side, names) },
        {
          title: 'Sau thay đổi',
          cell: (item) =>
            item.after ? (
              <>
                <b>{standingWords(action, item.after, side, names)}</b>
                {item.keepsExtension && <small class="sub">giữ gia hạn riêng</small>}
                {action === 'adopt-rules' && <small class="sub">{planChange(item.before, item.after, names)}</small>}
                {item.reason && <small class="sub">{item.reason.vi}</small>}
              </>
            ) : (
              <span class="muted">{item.reason?.vi ?? '–'}</span>
            ),
        },
        { title: 'Nhắc việc', cell: (item) => <Reminders nudges={item.nudges} /> },
      ]}
    />
  );
}

/** The plan, and where it is another one, both; then the versions. */
function planChange(before: PlanOf, after: PlanOf, names: ReadonlyMap<string, string>): string {
  const [old, now] = [before, after].map(({ plan }) => names.get(plan) ?? plan);
  return `${before.plan === after.plan ? now : `${old} → ${now}`}, phiên bản ${before.planVersion} → ${after.planVersion}`;
}
type PlanOf = { plan: string; planVersion: number };

function Reminders({ nudges: { cancelled, added } }: Pick<ItemView, 'nudges'>): VNode {
  if (cancelled.length + added.length === 0) return <span class="muted">không đổi</span>;
  const line = (sign: string, one: ItemView['nudges']['added'][number]): VNode => (
    <li key={`${sign}${one.rule}${one.subjectOn}${one.recipient}`}>
      {sign} {day(one.plannedFor)}: {one.title.vi}
    </li>
  );
  return (
    <details class="fold">
      <summary>
        {cancelled.length > 0 && `bỏ ${number(cancelled.length)}`}
        {cancelled.length > 0 && added.length > 0 && ', '}
        {added.length > 0 && `thêm ${number(added.length)}`}
      </summary>
      <ul class="plain small">
        {cancelled.map((one) => line('−', one))}
        {added.map((one) => line('+', one))}
      </ul>
    </details>
  );
}

/** What a dry run comes to, in one sentence. */
export function inTotal(items: readonly ItemView[]): string {
  const of = (status: ItemView['status']): number => items.filter((item) => item.status === status).length;
  const planned = items.filter(({ status }) => status === 'planned');
  const count = (kind: 'cancelled' | 'added'): number => planned.reduce((sum, item) => sum + item.nudges[kind].length, 0);
  const kept = planned.filter((item) => item.keepsExtension).length;
  return [
    `${number(of('planned'))} trong ${number(items.length)} hồ sơ sẽ thay đổi`,
    `bỏ ${number(count('cancelled'))} lần nhắc, thêm ${number(count('added'))}`,
    kept > 0 ? `${number(kept)} hồ sơ giữ gia hạn riêng` : '',
    of('unchanged') > 0 ? `${number(of('unchanged'))} không đổi` : '',
    of('refused') > 0 ? `${number(of('refused'))} không áp dụng được` : '',
  ]
    .filter(Boolean)
    .join('; ');
}
