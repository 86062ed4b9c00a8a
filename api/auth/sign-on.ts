/** From whom the single sign-on vouches for to an account: by its subject once used, before that by the e-mail address. */
import type { SignedOn } from '../../clients/open-id';
import type { ApiDeps } from '../deps';
import { HttpProblem } from '../http/problem';
import type { Subject } from './sessions';

/**
 * The account of whoever signed on; the first time its e-mail address must be the account's login name or its person's address, and of one account only.
 * @throws HttpProblem "not-allowed" when there is none
 */
export async function accountOf({ db }: Pick<ApiDeps, 'db'>, { subject, email }: SignedOn): Promise<Subject> {
  const known = await db.account.findUnique({ where: { subject }, include: { person: true } });
  if (known) {
    if (known.disabledAt !== null || known.person?.active === false) throw noAccount(email);
    return { accountId: known.id };
  }
  if (email === undefined) throw noAccount(email);
  const address = { equals: email, mode: 'insensitive' } as const;
  const found = await db.account.findMany({
    where: { disabledAt: null, subject: null, OR: [{ login: email }, { person: { email: address, active: true } }] },
    take: 2,
  });
  const [only, another] = found;
  if (!only || another) throw noAccount(email);
  await db.account.update({ where: { id: only.id }, data: { subject } });
  return { accountId: only.id };
}

function noAccount(email: string | undefined): HttpProblem {
  const whose = email === undefined ? '' : ` ${email}`;
  return new HttpProblem('not-allowed', {
    vi: `Đã xác nhận được người đăng nhập, nhưng địa chỉ${whose} chưa gắn với tài khoản nào. Hãy nhờ quản trị viên lập tài khoản.`,
    en: `You are known, but the address${whose} belongs to no account here. Ask the administrator to make one.`,
  });
}
