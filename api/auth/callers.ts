/** Who asks: a token or a session becomes an actor of the procedure, with role, office and the units the office is bound to. */
import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/cycle/state';
import type { ApiDeps } from '../deps';
import type { UserRole } from '../http/route';

/** Somebody who proved who they are. */
export interface Caller {
  /** The token's id, or the account's: what keys of repeated requests belong to. */
  tokenId: string;
  role: UserRole;
  actor: Actor;
}

/** Office of accounts that belong to none. */
const NO_OFFICE = 'administration';
const SEEN_AGAIN_MS = 3_600_000;

/** Tokens are kept as sha256 only: they are random, so nothing slower is needed. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

interface Holder {
  id: string;
  role: UserRole;
  personId: string | null;
}

interface OfficeOfHolder {
  code: string;
  provinceCode: string | null;
  communeCode: string | null;
}

/** The caller that a token or an account of that office makes. */
export function callerOf({ id, role, personId }: Holder, office: OfficeOfHolder | null): Caller {
  const actor: Actor = {
    id: personId ?? id,
    role,
    office: office?.code ?? NO_OFFICE,
    provinceCode: office?.provinceCode ?? null,
    communeCode: office?.communeCode ?? null,
  };
  return { tokenId: id, role, actor };
}

/** The caller of a bearer token; undefined for an unknown or revoked one. */
export async function callerOfToken({ db, clock }: Pick<ApiDeps, 'db' | 'clock'>, token: string): Promise<Caller | undefined> {
  const row = await db.apiToken.findUnique({ where: { hash: hashOfToken(token) }, include: { person: true } });
  if (!row || row.revokedAt !== null || row.person?.active === false) return undefined;
  const now = clock.now();
  if (row.lastUsedAt === null || now - row.lastUsedAt.getTime() > SEEN_AGAIN_MS)
    await db.apiToken.update({ where: { id: row.id }, data: { lastUsedAt: new Date(now) } });
  const office = row.officeCode === null ? null : await db.office.findUnique({ where: { code: row.officeCode } });
  return callerOf({ id: row.id, role: row.role as UserRole, personId: row.personId }, office);
}
