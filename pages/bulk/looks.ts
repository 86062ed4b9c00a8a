/** How changes look, and who did what when. */
import type { ChangeView } from '../../api/bulk/views';
import { moment } from '../formats';

export const LISTED = 100;

export const LOOKS = {
  proposed: 'soon',
  rejected: 'none',
  running: 'plain',
  done: 'ok',
  undoing: 'plain',
  undone: 'pause',
} as const satisfies Record<ChangeView['status'], string>;

export const by = (who: ChangeView['proposed']): string | null => who && `${who.name ?? 'người đã nghỉ'}, ${moment(Date.parse(who.at))}`;

export function officerIn({ body }: ChangeView): string | null {
  return typeof body['officerId'] === 'string' ? body['officerId'] : null;
}
