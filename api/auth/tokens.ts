/** Tokens: made, listed, revoked. The secret is shown once and kept as sha256 only. */
import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '../../clients/database';
import type { Instant } from '../../domain/dates';
import type { ApiDeps } from '../deps';
import { type FieldProblem, HttpProblem, invalidInput, madeBefore, notFound } from '../http/problem';
import { route, type Route, USER_ROLES, type UserRole } from '../http/route';
import { code, instant, text } from '../http/schemas';
import { hashOfToken } from './callers';

const newSecret = (): string => `ocop_${randomBytes(24).toString('base64url')}`;

/**
 * Makes sure that somebody can administer: the token given, or, where there is no administrator yet, a new one.
 * @returns the new token, to be shown once; nothing when there is one already
 */
export async function ensureAdministrator(db: Database, given: string | undefined, now: Instant): Promise<{ token?: string }> {
  const createdAt = new Date(now);
  const administrator = (token: string) => ({
    id: randomUUID(),
    hash: hashOfToken(token),
    name: 'Quản trị viên',
    role: 'administrator',
    createdAt,
  });
  if (given !== undefined) {
    await db.apiToken.createMany({ data: [administrator(given)], skipDuplicates: true });
    return {};
  }
  if ((await db.apiToken.count({ where: { role: 'administrator', revokedAt: null } })) > 0) return {};
  const token = newSecret();
  await db.apiToken.create({ data: administrator(token) });
  return { token };
}

export const tokenInput = z
  .strictObject({
    /** What it is for; not a person's name. */
    name: text(100),
    role: z.enum(USER_ROLES),
    office: code.optional(),
    personId: z.string().min(1).max(100).optional(),
  })
  .meta({ id: 'NewToken' });

const tokenView = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(USER_ROLES),
  office: z.string().nullable(),
  personId: z.string().nullable(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
});

export type TokenView = z.input<typeof tokenView>;

interface TokenRow {
  id: string;
  name: string;
  role: string;
  officeCode: string | null;
  personId: string | null;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

function viewOf({ officeCode, role, ...row }: TokenRow): TokenView {
  const { id, name, personId } = row;
  const dates = {
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
  return { id, name, role: role as UserRole, office: officeCode, personId, ...dates };
}

/** What role and office must have to do with each other. */
export async function officeProblems(
  { db }: Pick<ApiDeps, 'db'>,
  { role, office, personId }: Pick<z.output<typeof tokenInput>, 'role' | 'office' | 'personId'>,
): Promise<FieldProblem[]> {
  const problem = (field: string, vi: string, en: string): FieldProblem[] => [{ field, message: { vi, en } }];
  const row = office === undefined ? null : await db.office.findUnique({ where: { code: office } });
  if (office !== undefined && !row) return problem('office', 'không có đơn vị này', 'there is no such office');
  if (role === 'commune_staff' && !row?.communeCode)
    return problem('office', 'cán bộ xã cần mã đơn vị của xã (5 chữ số)', 'commune staff need the office of a commune (5 digits)');
  const provincial = role === 'provincial_staff' || role === 'council_secretary' || role === 'council_member';
  if (provincial && (!row?.provinceCode || row.communeCode))
    return problem('office', 'cần mã đơn vị của tỉnh (2 chữ số)', 'the office of a province is needed (2 digits)');
  if (personId === undefined)
    return role === 'council_member'
      ? problem('personId', 'thành viên Hội đồng là một người cụ thể: cần personId', 'a council member is a person: personId is needed')
      : [];
  const person = await db.person.findUnique({ where: { id: personId } });
  if (!person) return problem('personId', 'không có người này', 'there is no such person');
  return person.officeCode === office ? [] : problem('personId', 'người này thuộc đơn vị khác', 'this person is in another office');
}

const create = route({
  method: 'post',
  path: '/api/tokens',
  tag: 'Tài khoản',
  summary: { vi: 'Cấp mã truy cập', en: 'Make a token' },
  description: {
    vi: 'Mã chỉ hiện một lần, trong câu trả lời này; khi gửi lại với cùng Idempotency-Key, mã là null.',
    en: 'The token is shown once, in this answer; a repetition with the same Idempotency-Key has null in its place.',
  },
  who: ['administrator'],
  body: tokenInput,
  answer: {
    status: 201,
    schema: tokenView.extend({ token: z.string().nullable() }).meta({ id: 'TokenMade' }),
    description: { vi: 'Mã đã cấp', en: 'The token' },
  },
  kept: (answer) => ({ ...answer, token: null }),
  refusals: [409],
  handler: async ({ deps, body, key }) => ({ body: await makeToken(deps, body, key) }),
});

/**
 * Makes a token, one per key; its secret is in the answer and kept nowhere. Throws the problem of a role that does not go with the office or person, and
 * of a key that has made one.
 */
export async function makeToken(deps: ApiDeps, input: z.output<typeof tokenInput>, key: string): Promise<TokenView & { token: string }> {
  const problems = await officeProblems(deps, input);
  if (problems.length) throw invalidInput(problems);
  const token = newSecret();
  const data = {
    id: key,
    hash: hashOfToken(token),
    name: input.name,
    role: input.role,
    officeCode: input.office ?? null,
    personId: input.personId ?? null,
    createdAt: new Date(deps.clock.now()),
  };
  const [row] = await deps.db.apiToken.createManyAndReturn({ data: [data], skipDuplicates: true });
  if (row) return { ...viewOf(row), token };
  throw madeBefore(
    { vi: `Mã truy cập “${input.name}”`, en: `The token “${input.name}”` },
    { vi: 'hãy thu hồi mã này rồi cấp mã khác', en: 'revoke it and make another' },
  );
}

/** Every token, oldest first, without secrets. */
export async function listTokens({ db }: Pick<ApiDeps, 'db'>): Promise<TokenView[]> {
  const rows = await db.apiToken.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  return rows.map(viewOf);
}

/** Revokes a token of that id; `own` is the one in use, which cannot revoke itself. */
export async function revokeToken({ db, clock }: Pick<ApiDeps, 'db' | 'clock'>, id: string, own: string): Promise<void> {
  if (id === own)
    throw new HttpProblem('not-allowed-now', { vi: 'Không thu hồi được mã đang dùng', en: 'The token in use cannot revoke itself' });
  const { count } = await db.apiToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date(clock.now()) } });
  if (count === 0) throw notFound();
}

const list = route({
  method: 'get',
  path: '/api/tokens',
  tag: 'Tài khoản',
  summary: { vi: 'Các mã truy cập', en: 'List tokens' },
  who: ['administrator'],
  answer: {
    status: 200,
    schema: z.object({ items: z.array(tokenView.meta({ id: 'Token' })) }),
    description: { vi: 'Mọi mã, cũ trước', en: 'Every token, oldest first' },
  },
  handler: async ({ deps }) => ({ body: { items: await listTokens(deps) } }),
});

const revoke = route({
  method: 'delete',
  path: '/api/tokens/{id}',
  tag: 'Tài khoản',
  summary: { vi: 'Thu hồi mã truy cập', en: 'Revoke a token' },
  who: ['administrator'],
  params: z.object({ id: z.string().regex(/^[\w-]{1,64}$/) }),
  answer: { status: 204, description: { vi: 'Đã thu hồi', en: 'Revoked' } },
  refusals: [409],
  async handler({ deps, params, caller }) {
    await revokeToken(deps, params.id, caller.tokenId);
    return {};
  },
});

export const TOKEN_ROUTES: Route[] = [create, list, revoke];
