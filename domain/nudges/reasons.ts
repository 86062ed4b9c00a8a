/** The ledger's sentences: why a nudge was not sent. */
import { isTaskSubject } from '../follow-ups';
import type { Text } from '../sources';

/** What the ledger needs to know of a row and its cycle to say whether the nudge still stands. */
export interface Standing {
  /** The deadline or step it is about still binds, on the same date. */
  current: boolean;
  paused: boolean;
  closed: boolean;
  expired: boolean;
  subject: string;
}

export const NO_ADDRESS: Text = { vi: 'Không có địa chỉ thư hợp lệ', en: 'No valid mail address' };
export const REFUSED_ADDRESS: Text = {
  vi: 'Máy chủ thư không nhận địa chỉ này; hãy sửa địa chỉ của người nhận',
  en: 'The mail server refuses the address; correct it',
};
export const REFUSED_MAIL: Text = { vi: 'Máy chủ thư không nhận nội dung thư', en: 'The mail server refuses the message' };
export const DEFERRED_TOO_LONG: Text = {
  vi: 'Máy chủ thư của người nhận tạm từ chối quá 3 ngày',
  en: 'The recipient’s mail server has put the mail off for more than 3 days',
};
export const UNREADABLE: Text = {
  vi: 'Dữ liệu của hồ sơ không lập được thư; quản trị viên cần xem',
  en: 'No mail can be made of the dossier’s data; an administrator must look',
};

const PAUSED: Text = { vi: 'Hồ sơ tạm dừng', en: 'The dossier is paused' };
const ENDED: Text = { vi: 'Chu trình đã kết thúc', en: 'The cycle has ended' };
const CHANGED: Text = { vi: 'Việc đã xong hoặc thời hạn đã thay đổi', en: 'The step is done or its deadline changed' };

const TASK_OVER: Text = { vi: 'Việc theo kế hoạch đã xong hoặc không còn cần', en: 'The follow-up task is done or not needed any more' };

/** Why a nudge no longer stands at the moment of sending; undefined when it does. What a rule orders after an expiry stands beyond the end, and so do follow-up tasks. */
export function whyNotAnymore({ current, paused, closed, expired, subject }: Standing): Text | undefined {
  if (isTaskSubject(subject)) return current ? undefined : TASK_OVER;
  if (expired && subject === 'certificate-expiry') return undefined;
  if (closed) return ENDED;
  if (paused && subject !== 'resumption') return PAUSED;
  return current ? undefined : CHANGED;
}
