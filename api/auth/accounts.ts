/** Accounts to sign in to the pages: made for a person or a role, reset, disabled. A first password is shown once and must be changed. */
import { randomInt, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ApiDeps } from '../deps';
import { HttpProblem, invalidInput, notFound } from '../http/problem';
import { route, type Route, USER_ROLES, type UserRole } from '../http/route';
import { code, instant, text } from '../http/schemas';
import { hashPassword, passwordProblems } from './passwords';
import { endSessionsOf } from './sessions';
import { loginOf } from './sign-in';
import { officeProblems } from './tokens';

type Deps = Pick<ApiDeps, 'db' | 'clock'>;

const LOGIN = /^[\p{L}\p{N}][\p{L}\p{N}._@+-]{2,99}$/u;

const LOGIN_WORDS = {
  vi: 'gồm 3 đến 100 chữ cái, chữ số hoặc . _ @ + -, không có khoảng trắng',
  en: 'has 3 to 100 letters, digits or . _ @ + -, without spaces',
};

const login = text(100)
  .transform(loginOf)
  .refine((value) => LOGIN.test(value), { params: LOGIN_WORDS });

export const accountInput = z
  .strictObject({ login, role: z.enum(USER_ROLES), office: code.optional(), personId: z.string().min(1).max(100).optional() })
  .meta({ id: 'NewAccount' });
export type AccountInput = z.output<typeof accountInput>;

const accountView = z.object({
  id: z.string(),
  login: z.string(),
  role: z.enum(USER_ROLES),
  office: z.string().nullable(),
  person: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Signs in through single sign-on too. */
  singleSignOn: z.boolean(),
  createdAt: instant,
  lockedUntil: instant.nullable(),
  disabledAt: instant.nullable(),
});
export type AccountView = z.input<typeof accountView>;

const withPerson = { person: { select: { id: true, name: true } } } as const;

/** Every account, by login name. */
export async function listAccounts({ db }: Deps): Promise<AccountView[]> {
  const rows = await db.account.findMany({ include: withPerson, orderBy: { login: 'asc' } });
  return rows.map(({ officeCode, role, subject, createdAt, lockedUntil, disabledAt, ...row }) => ({
    id: row.id,
    login: row.login,
    role: role as UserRole,
    office: officeCode,
    person: row.person,
    singleSignOn: subject !== null,
    createdAt: createdAt.toISOString(),
    lockedUntil: lockedUntil?.toISOString() ?? null,
    disabledAt: disabledAt?.toISOString() ?? null,
  }));
}

/**
 * Makes an account with a first password.
 * @returns its id and the password, which is kept nowhere
 * @throws HttpProblem "invalid-input" for a login name that is taken, or a role that does not go with the office or person
 */
export async function createAccount(deps: ApiDeps, input: AccountInput): Promise<{ id: string; password: string }> {
  const problems = await officeProblems(deps, input);
  if (problems.length) throw invalidInput(problems);
  const password = firstPassword();
  const id = await insert(deps, input, { passwordHash: await hashPassword(password), mustChange: true });
  return { id, password };
}

async function insert({ db, clock }: Deps, input: AccountInput, secret: { passwordHash: string; mustChange: boolean }): Promise<string> {
  const { login: name, role, office = null, personId = null } = input;
  const row = { id: randomUUID(), login: name, role, officeCode: office, personId, createdAt: new Date(clock.now()), ...secret };
  const { count } = await db.account.createMany({ data: [row], skipDuplicates: true });
  if (count === 1) return row.id;
  throw invalidInput([{ field: 'login', message: { vi: 'tên đăng nhập này đã có', en: 'there is an account with this login name' } }]);
}

/** The first administrator, signed in by a token, gives themself a login name and a password. @returns the account's id */
export async function createOwnAccount(deps: Deps, given: { login: string; password: string }): Promise<string> {
  const name = login.safeParse(given.login);
  const problems = [...(name.success ? [] : [{ field: 'login', message: LOGIN_WORDS }]), ...passwordProblems('password', given.password)];
  if (!name.success || problems.length) throw invalidInput(problems);
  const passwordHash = await hashPassword(given.password);
  return await insert(deps, { login: name.data, role: 'administrator' }, { passwordHash, mustChange: false });
}

/** Gives an account a new first password, opens it if it was closed for wrong ones, and ends its sessions. @returns the password */
export async function resetPassword(deps: Deps, id: string): Promise<string> {
  const password = firstPassword();
  const passwordHash = await hashPassword(password);
  const { count } = await deps.db.account.updateMany({
    where: { id },
    data: { passwordHash, mustChange: true, failures: 0, lockedUntil: null },
  });
  if (count === 0) throw notFound();
  await endSessionsOf(deps, { accountId: id });
  return password;
}

/** Disables an account and ends its sessions. */
export async function disableAccount(deps: Deps, id: string): Promise<void> {
  const { count } = await deps.db.account.updateMany({ where: { id, disabledAt: null }, data: { disabledAt: new Date(deps.clock.now()) } });
  if (count === 0) throw notFound();
  await endSessionsOf(deps, { accountId: id });
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Three groups of four: 59 bits, easy to read out. */
function firstPassword(): string {
  const group = (): string => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return [group(), group(), group()].join('-');
}

const TAG = 'Tài khoản';
const id = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) });
const withPassword = z.object({ id: z.string(), password: z.string().nullable() });
const shownOnce = {
  vi: 'Mật khẩu đầu chỉ hiện một lần, trong câu trả lời này, và phải đổi ở lần đăng nhập đầu.',
  en: 'The first password is shown once, in this answer, and must be changed at the first sign-in.',
};

const create = route({
  method: 'post',
  path: '/api/accounts',
  tag: TAG,
  summary: { vi: 'Lập tài khoản', en: 'Make an account' },
  description: shownOnce,
  who: ['administrator'],
  body: accountInput,
  answer: { status: 201, schema: withPassword.meta({ id: 'AccountMade' }), description: { vi: 'Tài khoản đã lập', en: 'The account' } },
  kept: (answer) => ({ ...answer, password: null }),
  handler: async ({ deps, body }) => ({ body: await createAccount(deps, body) }),
});

const list = route({
  method: 'get',
  path: '/api/accounts',
  tag: TAG,
  summary: { vi: 'Các tài khoản', en: 'List accounts' },
  who: ['administrator'],
  answer: {
    status: 200,
    schema: z.object({ items: z.array(accountView.meta({ id: 'Account' })) }),
    description: { vi: 'Mọi tài khoản', en: 'Every account' },
  },
  handler: async ({ deps }) => ({ body: { items: await listAccounts(deps) } }),
});

const reset = route({
  method: 'post',
  path: '/api/accounts/{id}/reset',
  tag: TAG,
  summary: { vi: 'Đặt lại mật khẩu', en: 'Reset the password' },
  description: shownOnce,
  who: ['administrator'],
  params: id,
  answer: { status: 200, schema: withPassword, description: { vi: 'Mật khẩu đầu mới', en: 'The new first password' } },
  kept: (answer) => ({ ...answer, password: null }),
  handler: async ({ deps, params }) => ({ body: { id: params.id, password: await resetPassword(deps, params.id) } }),
});

const disable = route({
  method: 'delete',
  path: '/api/accounts/{id}',
  tag: TAG,
  summary: { vi: 'Khóa tài khoản', en: 'Disable an account' },
  who: ['administrator'],
  params: id,
  answer: { status: 204, description: { vi: 'Đã khóa', en: 'Disabled' } },
  refusals: [409],
  async handler({ deps, params, caller }) {
    if (params.id === caller.tokenId)
      throw new HttpProblem('not-allowed-now', { vi: 'Không khóa được tài khoản đang dùng', en: 'An account cannot disable itself' });
    await disableAccount(deps, params.id);
    return {};
  },
});

export const ACCOUNT_ROUTES: Route[] = [create, list, reset, disable];
