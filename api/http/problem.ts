/**
 * Refusals and faults as RFC 9457 problem details. The types are stable: programs may compare them.
 */
import type { Problem as FieldProblem } from '../../domain/cycle/action';
import type { Text } from '../../domain/sources';

export type { FieldProblem };

interface ProblemFacts {
  status: number;
  title: Text;
}

const PROBLEMS = {
  'malformed-body': { status: 400, title: { vi: 'Nội dung yêu cầu không đọc được', en: 'The request body cannot be read' } },
  'malformed-request': { status: 400, title: { vi: 'Yêu cầu không đúng dạng', en: 'The request is malformed' } },
  'not-signed-in': { status: 401, title: { vi: 'Chưa đăng nhập', en: 'Not signed in' } },
  'not-allowed': { status: 403, title: { vi: 'Không có quyền', en: 'Not allowed' } },
  'form-outdated': { status: 403, title: { vi: 'Biểu mẫu đã hết hiệu lực', en: 'The form is no longer valid' } },
  'not-found': { status: 404, title: { vi: 'Không tìm thấy', en: 'Not found' } },
  'method-not-allowed': { status: 405, title: { vi: 'Phương thức không được hỗ trợ', en: 'Method not allowed' } },
  'not-allowed-now': { status: 409, title: { vi: 'Chưa thể làm việc này ở bước hiện tại', en: 'Not allowed at this step' } },
  'already-exists': { status: 409, title: { vi: 'Đã có rồi', en: 'Already exists' } },
  'still-running': { status: 409, title: { vi: 'Yêu cầu trước đang được xử lý', en: 'The first request is still at work' } },
  'too-large': { status: 413, title: { vi: 'Nội dung quá lớn', en: 'The content is too large' } },
  'unsupported-media-type': { status: 415, title: { vi: 'Kiểu nội dung không được hỗ trợ', en: 'Unsupported media type' } },
  'invalid-input': { status: 422, title: { vi: 'Dữ liệu chưa hợp lệ', en: 'The input is not valid' } },
  'key-reused': { status: 422, title: { vi: 'Khóa yêu cầu đã dùng cho nội dung khác', en: 'The key was used for another request' } },
  'too-many-requests': { status: 429, title: { vi: 'Quá nhiều yêu cầu', en: 'Too many requests' } },
  'internal-error': { status: 500, title: { vi: 'Lỗi của hệ thống', en: 'Internal error' } },
  unavailable: { status: 503, title: { vi: 'Hệ thống xử lý chưa sẵn sàng', en: 'Not available right now' } },
} as const satisfies Record<string, ProblemFacts>;

export type ProblemKind = keyof typeof PROBLEMS;

interface More {
  /** One entry per field that is wrong. */
  problems?: readonly FieldProblem[];
  /** Further members of the problem, such as the state and the allowed actions. */
  members?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** An answer other than success, thrown by handlers. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: number;
  readonly problems: readonly FieldProblem[];
  readonly members: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(
    readonly kind: ProblemKind,
    readonly detail: Text,
    { problems = [], members = {}, headers = {} }: More = {},
  ) {
    super(`${kind}: ${detail.en}`);
    this.status = PROBLEMS[kind].status;
    this.problems = problems;
    this.members = members;
    this.headers = headers;
  }

  /** Stable, relative to the API's own address. */
  get type(): string {
    return typeOf(this.kind);
  }

  get title(): Text {
    return PROBLEMS[this.kind].title;
  }

  /** The body in a language. */
  body(language: Language, requestId: string): ProblemBody {
    const problems = this.problems.map(({ field, message }) => ({ field, message: message[language] }));
    return {
      type: this.type,
      title: PROBLEMS[this.kind].title[language],
      status: this.status,
      detail: this.detail[language],
      ...(problems.length ? { problems } : {}),
      ...this.members,
      requestId,
    };
  }
}

export type Language = 'vi' | 'en';

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  problems?: { field: string; message: string }[];
  requestId: string;
  [member: string]: unknown;
}

const typeOf = (kind: ProblemKind): string => `/problems/${kind}`;

/** Every problem type with its status and title, for the description. */
export function problemTypes(): { type: string; status: number; title: Text }[] {
  return Object.entries(PROBLEMS).map(([kind, facts]) => ({ type: typeOf(kind as ProblemKind), ...facts }));
}

/** Fields of the input that are wrong, in one answer. */
export function invalidInput(problems: readonly FieldProblem[]): HttpProblem {
  const fields = problems.map(({ field }) => field).join(', ');
  return new HttpProblem('invalid-input', { vi: `Cần sửa: ${fields}`, en: `To be corrected: ${fields}` }, { problems });
}

export function notFound(detail: Text = { vi: 'Không có địa chỉ hoặc hồ sơ này', en: 'There is nothing here' }): HttpProblem {
  return new HttpProblem('not-found', detail);
}

const RETRY_AFTER_SECONDS = '5';

/** The engine did not answer in time; the same Idempotency-Key later gets the one answer. */
export function unavailable(): HttpProblem {
  const detail = {
    vi: 'Bộ phận xử lý chưa trả lời. Yêu cầu có thể vẫn được thực hiện; hãy gửi lại với cùng Idempotency-Key.',
    en: 'The engine has not answered. The request may still take effect; send it again with the same Idempotency-Key.',
  };
  return new HttpProblem('unavailable', detail, { headers: { 'retry-after': RETRY_AFTER_SECONDS } });
}

/** Something with a secret that an earlier sending of the same form or request made: the secret was in that answer and is kept nowhere. */
export function madeBefore(what: Text, instead: Text): HttpProblem {
  return new HttpProblem('already-exists', {
    vi: `${what.vi} đã tạo ở lần gửi trước; bí mật chỉ hiện một lần. Nếu chưa chép được: ${instead.vi}.`,
    en: `${what.en} was made by the same request before; its secret was shown once. If it was not noted: ${instead.en}.`,
  });
}
