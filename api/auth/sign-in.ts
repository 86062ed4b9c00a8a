/** Signing in by login name and password, or by a token. Wrong passwords in a row close the account for a while that doubles. */
import type { Instant } from '../../domain/dates';
import type { ApiDeps } from '../deps';
import { HttpProblem, invalidInput } from '../http/problem';
import { callerOfToken } from './callers';
import { hashPassword, isPassword, LONGEST_PASSWORD, passwordProblems } from './passwords';
import { endSessionsOf, type Subject } from './sessions';

const MINUTE_MS = 60_000;
/** So many wrong passwords in a row cost nothing. */
const FREE_TRIES = 4;
const LONGEST_LOCK_MINUTES = 60;

type Deps = Pick<ApiDeps, 'db' | 'clock'>;

/** Login names as they are kept and compared. */
export const loginOf = (written: string): string => written.normalize('NFC').trim().toLowerCase();

/** Minutes for which an account is closed after that many wrong passwords in a row: 1, 2, 4 … 60. */
export function lockMinutes(failures: number): number {
  return failures <= FREE_TRIES ? 0 : Math.min(LONGEST_LOCK_MINUTES, 2 ** (failures - FREE_TRIES - 1));
}

/**
 * The account of a login name and password.
 * @throws HttpProblem "invalid-input", the same for an unknown name and a wrong password; "too-many-requests" while the account is closed
 */
export async function signIn({ db, clock }: Deps, written: string, password: string): Promise<Subject> {
  const account = await db.account.findUnique({ where: { login: loginOf(written) }, include: { person: true } });
  const now = clock.now();
  if (account?.lockedUntil && account.lockedUntil.getTime() > now) throw closedUntil(account.lockedUntil.getTime());
  const usable = account?.passwordHash && account.disabledAt === null && account.person?.active !== false;
  // A name that nobody has takes as long as one that somebody has.
  const hash = usable ? account.passwordHash : await standIn();
  const isRight = password.length <= LONGEST_PASSWORD && (await isPassword(password, hash ?? ''));
  if (account && usable && isRight) {
    if (account.failures > 0) await db.account.update({ where: { id: account.id }, data: { failures: 0, lockedUntil: null } });
    return { accountId: account.id };
  }
  if (account) await countFailure(db, account.id, now);
  throw new HttpProblem('invalid-input', WRONG);
}

const WRONG = { vi: 'Tên đăng nhập hoặc mật khẩu chưa đúng.', en: 'The login name or the password is wrong.' };

async function countFailure(db: ApiDeps['db'], id: string, now: Instant): Promise<void> {
  const { failures } = await db.account.update({ where: { id }, data: { failures: { increment: 1 } } });
  const minutes = lockMinutes(failures);
  if (minutes > 0) await db.account.update({ where: { id }, data: { lockedUntil: new Date(now + minutes * MINUTE_MS) } });
}

function closedUntil(until: Instant): HttpProblem {
  const time = new Date(until + 7 * 60 * MINUTE_MS + MINUTE_MS - 1).toISOString().slice(11, 16);
  return new HttpProblem('too-many-requests', {
    vi: `Sai mật khẩu nhiều lần nên tài khoản tạm khóa. Thử lại sau ${time}, hoặc nhờ quản trị viên đặt lại mật khẩu.`,
    en: `Too many wrong passwords. Try again after ${time}, or have the administrator reset the password.`,
  });
}

let madeUp: Promise<string> | undefined;
/** A hash of nothing that anybody could type. */
async function standIn(): Promise<string> {
  return await (madeUp ??= hashPassword(`${Math.random()}`));
}

/** The token that signs in to the pages. Throws the problem of an unknown or revoked one. */
export async function signInByToken(deps: Deps, token: string): Promise<Subject> {
  const caller = await callerOfToken(deps, token);
  if (caller) return { tokenId: caller.tokenId };
  throw new HttpProblem('invalid-input', { vi: 'Mã truy cập không đúng hoặc đã bị thu hồi.', en: 'The token is wrong or revoked.' });
}

/**
 * Changes an account's own password; its other sessions end.
 * @throws HttpProblem "invalid-input" for a wrong present password or an unusable new one
 */
export async function changePassword(
  deps: Deps,
  { accountId, sessionId }: { accountId: string; sessionId: string },
  given: { present: string; next: string; again: string },
): Promise<void> {
  const account = await deps.db.account.findUniqueOrThrow({ where: { id: accountId } });
  const now = deps.clock.now();
  if (account.lockedUntil && account.lockedUntil.getTime() > now) throw closedUntil(account.lockedUntil.getTime());
  const isRight = given.present.length <= LONGEST_PASSWORD && (await isPassword(given.present, account.passwordHash ?? ''));
  if (!isRight) await countFailure(deps.db, accountId, now);
  const problems = [
    ...(isRight ? [] : [{ field: 'present', message: { vi: 'chưa đúng', en: 'is wrong' } }]),
    ...passwordProblems('next', given.next),
    ...(given.next === given.again ? [] : [{ field: 'again', message: { vi: 'không giống mật khẩu mới', en: 'is not the new password' } }]),
    ...(given.next === given.present
      ? [{ field: 'next', message: { vi: 'phải khác mật khẩu cũ', en: 'must differ from the old one' } }]
      : []),
  ];
  if (problems.length) throw invalidInput(problems);
  const passwordHash = await hashPassword(given.next);
  await deps.db.account.update({ where: { id: accountId }, data: { passwordHash, mustChange: false, failures: 0, lockedUntil: null } });
  await endSessionsOf(deps, { accountId }, sessionId);
}
