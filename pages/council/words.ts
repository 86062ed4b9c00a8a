/** Words of the council's pages, as its minutes and decisions write them. */
import { z } from 'zod';
import type { SessionView } from '../../api/council/session-view';
import type { COUNCIL_EVENTS } from '../../api/council/events';
import { problemsOfIssues } from '../../api/http/issues';
import { invalidInput } from '../../api/http/problem';
import { text } from '../../api/http/schemas';
import { typedDay } from '../formats';
import type { FormFields } from '../form-fields';

export const COUNCILS = '/hoi-dong';
export const sessionPath = (id: string): string => `${COUNCILS}/phien/${id}`;
export const sheetPath = (id: string, cycleId: string): string => `/phieu-cham/${id}/${cycleId}`;

export type SessionDossier = SessionView['dossiers'][number];

export const PROCEDURE_TITLES: Record<SessionView['procedure'], string> = {
  meeting: 'Họp trực tiếp',
  'written-opinions': 'Lấy ý kiến bằng văn bản',
};

type Look = 'late' | 'soon' | 'ok' | 'pause' | 'none';

/** Where a dossier stands in its session, and how that looks. */
export const STANDINGS: Record<SessionDossier['standing'], { title: string; look: Look }> = {
  handover: { title: 'Chờ chuyển cho thành viên', look: 'none' },
  sheets: { title: 'Chờ phiếu chấm', look: 'soon' },
  rescore: { title: 'Cần chấm lại', look: 'late' },
  exclusion: { title: 'Có đề nghị loại', look: 'late' },
  meeting: { title: 'Cần họp trực tiếp', look: 'late' },
  excluded: { title: 'Đã kết luận loại', look: 'pause' },
  ready: { title: 'Đủ để kết luận', look: 'ok' },
};

/** Where a result leads. */
export const ROUTE_TITLES: Record<string, string> = {
  province: 'Đề nghị Chủ tịch UBND tỉnh công nhận',
  district: 'Thuộc thẩm quyền cấp huyện',
  national: 'Đề nghị chuyển cấp trung ương đánh giá',
  'not-recognised': 'Không đạt, thông báo bằng văn bản',
  'human-decides': 'Chưa đạt yêu cầu tối thiểu của hạng theo điểm, trình quyết định',
  disqualified: 'Hồ sơ bị loại',
};

export const INTEREST_TITLES: Record<SessionDossier['members'][number]['interest'], string> = {
  unanswered: 'chưa trả lời',
  none: 'không có',
  interest: 'có, không chấm',
};

export const EVENT_TITLES: Record<(typeof COUNCIL_EVENTS)[number], string> = {
  'establish-council': 'Thành lập Hội đồng',
  'change-members': 'Thay đổi thành viên',
  'change-session-members': 'Thành viên của phiên thay đổi',
  'open-session': 'Mở phiên',
  'postpone-session': 'Đổi ngày',
  'delegate-chair': 'Ủy quyền chủ trì',
  'list-dossier': 'Đưa hồ sơ vào phiên',
  'remove-dossier': 'Đưa hồ sơ ra khỏi phiên',
  'hand-over-dossier': 'Chuyển hồ sơ cho thành viên',
  'declare-interest': 'Trả lời về lợi ích liên quan',
  'enter-sheet': 'Nộp phiếu chấm',
  'ask-rescore': 'Yêu cầu chấm lại',
  'exclude-dossier': 'Kết luận loại hồ sơ',
  'close-session': 'Kết thúc phiên',
  'conclude-dossier': 'Có kết quả',
};

/** What was typed, checked as the API checks it. Throws the problem of each field that is wrong. */
export function checked<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = schema.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data;
  const problems = problemsOfIssues(parsed.error.issues);
  throw invalidInput(problems.map(({ field, message }) => ({ field, message: { ...message, vi: asTyped(message.vi) } })));
}

/** Pages take days as people write them. */
const asTyped = (message: string): string => message.replace('YYYY-MM-DD', 'ngày/tháng/năm');

/** The fields that hold something. */
export function given(fields: FormFields, ...names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (fields.given(name) === undefined ? [] : [[name, fields.text(name)]])));
}

/** A typed day under its name; nothing when it is empty. */
export function givenDay(fields: FormFields, name: string): Record<string, string> {
  return fields.given(name) === undefined ? {} : { [name]: typedDay(fields.text(name)) };
}

export const reasonInput = z.object({ reason: text(1000) });

/** A round of a year in words; its id as it is when it is of another shape. */
export function roundTitle(id: string): string {
  const [, number, year] = /^[a-z]+-(\d+)\/(\d{4})$/.exec(id) ?? [];
  return number === undefined ? id : `đợt ${number} năm ${year}`;
}

const LONG_SOURCE = 40;

/** What is missing, apart from the long source in brackets at its end. */
export function withoutSource(said: string): { text: string; source: string | null } {
  const whole = { text: said, source: null };
  if (!said.endsWith(')')) return whole;
  let open = 0;
  for (let at = said.length - 1; at > 0; at -= 1) {
    if (said[at] === ')') open += 1;
    if (said[at] === '(') open -= 1;
    if (open === 0) return said.length - at > LONG_SOURCE ? { text: said.slice(0, at).trim(), source: said.slice(at + 1, -1) } : whole;
  }
  return whole;
}
