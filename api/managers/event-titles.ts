/** What the events of a cycle's history are called: actions by their own titles, and what time itself causes. */
import { ACTIONS, isActionName } from '../../domain/cycle/actions';
import type { MomentName } from '../../domain/cycle/events';
import type { Text } from '../../domain/sources';

const MOMENTS: Record<MomentName | 'register', Text> = {
  register: { vi: 'Đăng ký vào hệ thống', en: 'Registered' },
  remind: { vi: 'Đến mốc nhắc việc', en: 'A reminder fell due' },
  'prepare-renewal': { vi: 'Đến lúc chuẩn bị đánh giá lại', en: 'Time to prepare the re-evaluation' },
  'open-window': { vi: 'Mở thời gian nộp hồ sơ đánh giá lại', en: 'Re-evaluation window opened' },
  'miss-window': { vi: 'Qua hạn nộp hồ sơ đánh giá lại', en: 'Re-evaluation window missed' },
  'year-in-force': { vi: 'Đến lượt việc định kỳ của kế hoạch', en: 'Yearly duties of the plan came round' },
  'roll-season': { vi: 'Qua hạn nộp hồ sơ, hạn chuyển sang mốc kế tiếp', en: 'The day for filing passed, the next mark applies' },
  'extend-transitionally': { vi: 'Kéo dài hiệu lực chuyển tiếp', en: 'Validity extended by the transitional rule' },
  expire: { vi: 'Giấy chứng nhận hết hạn', en: 'Certificate expired' },
};

/** The title of an event; its name where nothing has it any more. */
export function eventTitle(name: string): Text {
  if (isActionName(name)) return ACTIONS[name].title;
  return Object.hasOwn(MOMENTS, name) ? MOMENTS[name as MomentName] : { vi: name, en: name };
}
