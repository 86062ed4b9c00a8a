/**
 * What can stop the embedded services from starting, said so that the person at the keyboard knows what to do: Vietnamese first, English below.
 */
import type { Text } from '../domain/sources';

/** A start that failed for a reason a person can remove. The message holds both languages, one line each. */
export class StartProblem extends Error {
  readonly vi: string;
  readonly en: string;

  constructor(text: Text, options?: ErrorOptions) {
    super(`${text.vi}\n${text.en}`, options);
    this.name = 'StartProblem';
    this.vi = text.vi;
    this.en = text.en;
  }
}

/** The code of a system error ("EACCES", "ENOSPC"), or undefined for any other thrown value. */
export function errorCode(error: unknown): string | undefined {
  // Not instanceof: inside Jest the system's errors come from another realm.
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

export function diskFull(folder: string, cause?: unknown): StartProblem {
  return new StartProblem(
    {
      vi: `Ổ đĩa chứa thư mục ${folder} đã đầy. Hãy giải phóng dung lượng hoặc đặt OCOP_DATA_DIR tới ổ đĩa khác, rồi chạy lại.`,
      en: `The disk that holds ${folder} is full. Free some space or set OCOP_DATA_DIR to another disk, then start again.`,
    },
    { cause },
  );
}

export function notWritable(folder: string, cause?: unknown): StartProblem {
  return new StartProblem(
    {
      vi: `Không ghi được vào thư mục dữ liệu ${folder}. Hãy cấp quyền ghi cho tài khoản đang chạy hoặc đặt OCOP_DATA_DIR tới thư mục khác.`,
      en: `The data folder ${folder} cannot be written. Give this account the right to write there or set OCOP_DATA_DIR to another folder.`,
    },
    { cause },
  );
}

/** Runs work that touches the folder; a full disk or a missing right comes out as a StartProblem, anything else as it was. */
export async function usingFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOSPC' || code === 'EDQUOT') throw diskFull(folder, error);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST')
      throw notWritable(folder, error);
    throw error;
  }
}
