/** Words and addresses of the pages on changes of many dossiers. */
import type { BulkAction, Standing } from '../../api/bulk/change';
import { day, due } from '../formats';

export const PATH = '/thay-doi';

/** What each change is called in a sentence, and in the address. */
export const CHANGES: Record<BulkAction, { title: string; address: string; what: string }> = {
  'extend-deadline': { title: 'Gia hạn', address: 'gia-han', what: 'Gia hạn bước đang làm theo một văn bản' },
  'adopt-rules': {
    title: 'Áp dụng kế hoạch, lịch mới',
    address: 'ke-hoach-moi',
    what: 'Tính lại thời hạn theo phiên bản kế hoạch và lịch nghỉ mới nhất; gia hạn riêng của từng hồ sơ giữ nguyên',
  },
  'assign-officer': { title: 'Phân công cán bộ', address: 'phan-cong', what: 'Giao hồ sơ cho một cán bộ phụ trách' },
  pause: { title: 'Tạm dừng', address: 'tam-dung', what: 'Dừng mọi thời hạn và nhắc việc đến khi tiếp tục' },
  resume: { title: 'Tiếp tục', address: 'tiep-tuc', what: 'Chạy tiếp các hồ sơ đang tạm dừng' },
};

const BY_ADDRESS = new Map((Object.keys(CHANGES) as BulkAction[]).map((action) => [CHANGES[action].address, action]));
/** The change of an address; an extension where it names none. */
export const changeAt = (address: string | undefined): BulkAction => BY_ADDRESS.get(address ?? '') ?? 'extend-deadline';

type Shown = Pick<Standing, 'paused' | 'officers'> & { due: { date: string; operator: 'before' | 'on_or_before' } | null };

/** How a dossier stands, as far as that change touches it. */
export function standingWords(
  action: BulkAction,
  { due: deadline, paused, officers }: Shown,
  side: 'commune' | 'province',
  names: ReadonlyMap<string, string>,
): string {
  if (action === 'assign-officer') {
    const officer = officers[side];
    return officer === null ? 'chưa phân công' : (names.get(officer) ?? 'cán bộ đã nghỉ');
  }
  const date = deadline ? due(deadline) : 'chưa có hạn';
  if (action !== 'pause' && action !== 'resume') return date;
  return paused ? `tạm dừng${paused.until ? ` đến ${day(paused.until)}` : ''}` : `đang chạy, ${date}`;
}

/** The change in one line, with what it sets. */
export function changeWords(action: BulkAction, body: Record<string, unknown>, names: ReadonlyMap<string, string>): string {
  const { title } = CHANGES[action];
  const written = (name: string): string | undefined => (typeof body[name] === 'string' ? body[name] : undefined);
  const date = written('date');
  const until = written('until');
  const plan = written('plan');
  const officer = written('officerId');
  if (date) return `${title} đến ${due({ date, operator: body['operator'] === 'before' ? 'before' : 'on_or_before' })}`;
  if (plan) return `${title}: ${names.get(plan) ?? plan}`;
  if (until) return `${title} đến ${day(until)}`;
  if (action === 'assign-officer') return officer ? `${title}: ${names.get(officer) ?? officer}` : 'Thôi phân công cán bộ';
  return title;
}
