/** Sessions of the pages: a cookie's token becomes the same caller that a bearer token gives. Only the token's sha256 is kept. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Instant } from '../../domain/dates';
import type { ApiDeps } from '../deps';
import type { UserRole } from '../http/route';
import { type Caller, callerOf, hashOfToken } from './callers';

const HOUR_MS = 3_600_000;
/** A session ends after half a day without use, and after a week in any case. */
export const IDLE_MS = 12 * HOUR_MS;
export const LONGEST_MS = 7 * 24 * HOUR_MS;
const SEEN_AGAIN_MS = 5 * 60_000;

/** Somebody signed in to the pages. */
export interface Session {
  id: string;
  /** Goes with every form; unguessable without the cookie. */
  csrf: string;
  caller: Caller;
  /** Null when a token signed in. */
  accountId: string | null;
  /** What the account is called: a person, or what the token is for. */
  name: string;
  officeName: string | null;
  /** Login name of the account; null when a token signed in. */
  login: string | null;
  mustChangePassword: boolean;
}

/** Who signs in: an account, or a token that has its pages too. */
export type Subject = { accountId: string } | { tokenId: string };

type Deps = Pick<ApiDeps, 'db' | 'clock'>;

/** Begins a session. @returns the cookie's token, which is kept nowhere */
export async function beginSession({ db, clock }: Deps, subject: Subject, device: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const now = new Date(clock.now());
  await db.pageSession.create({
    data: { id: randomUUID(), hash: hashOfToken(token), ...subject, createdAt: now, lastSeenAt: now, device: device.slice(0, 200) },
  });
  return token;
}

interface Found {
  id: string;
  accountId: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  login: string | null;
  mustChange: boolean | null;
  tokenName: string | null;
  holderId: string;
  role: UserRole;
  personId: string | null;
  personName: string | null;
  officeCode: string | null;
  officeName: string | null;
  provinceCode: string | null;
  communeCode: string | null;
}

/** An open session with its account or token, while that may still sign in. Asked at every page: one statement, planned once. */
async function openSession({ db }: Pick<Deps, 'db'>, hash: string): Promise<Found | undefined> {
  const [found] = await db.$queryRaw<Found[]>`
    /* prepared: session */
    select s.id, s.account_id as "accountId", s.created_at as "createdAt", s.last_seen_at as "lastSeenAt", a.login, a.must_change as "mustChange",
      t.name as "tokenName", coalesce(a.id, t.id) as "holderId", coalesce(a.role, t.role) as role, p.id as "personId", p.name as "personName",
      o.code as "officeCode", o.name as "officeName", o.province_code as "provinceCode", o.commune_code as "communeCode"
    from page_session s left join account a on a.id = s.account_id left join api_token t on t.id = s.token_id
    left join person p on p.id = coalesce(a.person_id, t.person_id) left join office o on o.code = coalesce(a.office_code, t.office_code)
    where s.hash = ${hash} and s.ended_at is null and (a.id is not null or t.id is not null)
      and a.disabled_at is null and t.revoked_at is null and p.active is not false`;
  return found;
}

/** The session of a cookie; undefined when it has ended, or its account or token may no longer sign in. */
export async function sessionOf(deps: Deps, token: string): Promise<Session | undefined> {
  const { db, clock } = deps;
  if (token === '') return undefined;
  const found = await openSession(deps, hashOfToken(token));
  const now = clock.now();
  if (!found || isOver(found, now)) return undefined;
  if (now - found.lastSeenAt.getTime() > SEEN_AGAIN_MS)
    await db.pageSession.update({ where: { id: found.id }, data: { lastSeenAt: new Date(now) } });
  const { officeCode: code, provinceCode, communeCode } = found;
  return {
    id: found.id,
    csrf: createHash('sha256').update(`csrf:${token}`).digest('base64url'),
    caller: callerOf({ ...found, id: found.holderId }, code === null ? null : { code, provinceCode, communeCode }),
    accountId: found.accountId,
    name: found.personName ?? found.tokenName ?? found.login ?? '',
    officeName: found.officeName,
    login: found.login,
    mustChangePassword: found.mustChange ?? false,
  };
}

function isOver({ createdAt, lastSeenAt }: { createdAt: Date; lastSeenAt: Date }, now: Instant): boolean {
  return now - lastSeenAt.getTime() > IDLE_MS || now - createdAt.getTime() > LONGEST_MS;
}

/** Ends one session; told an owner, only if it is theirs. @returns whether there was one */
export async function endSession({ db, clock }: Deps, id: string, owner?: Subject): Promise<boolean> {
  const { count } = await db.pageSession.updateMany({ where: { id, endedAt: null, ...owner }, data: { endedAt: new Date(clock.now()) } });
  return count === 1;
}

/** Ends all sessions of an account, but one if told: after a change of password, when it is disabled. */
export async function endSessionsOf({ db, clock }: Deps, owner: Subject, except?: string): Promise<void> {
  const but = except === undefined ? {} : { id: { not: except } };
  await db.pageSession.updateMany({ where: { endedAt: null, ...owner, ...but }, data: { endedAt: new Date(clock.now()) } });
}

/** Open sessions of an account or token, last used first. */
export async function sessionsOf(
  { db, clock }: Deps,
  owner: Subject,
): Promise<{ id: string; device: string; createdAt: Date; lastSeenAt: Date }[]> {
  const rows = await db.pageSession.findMany({ where: { endedAt: null, ...owner }, orderBy: { lastSeenAt: 'desc' } });
  return rows
    .filter((row) => !isOver(row, clock.now()))
    .map(({ id, device, createdAt, lastSeenAt }) => ({ id, device, createdAt, lastSeenAt }));
}

/** Removes sessions that ended a month ago or more. */
export async function sweepSessions({ db, clock }: Deps): Promise<void> {
  await db.pageSession.deleteMany({ where: { lastSeenAt: { lt: new Date(clock.now() - 31 * 24 * HOUR_MS) } } });
}
