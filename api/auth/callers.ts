/** Who asks: a token becomes an actor of the procedure, with role, office and the units the office is bound to. */
import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/cycle/state';
import type { ApiDeps } from '../deps';
import type { UserRole } from '../http/route';

/** Somebody with a valid token. */
export interface Caller {
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

/** The caller of a token; undefined for an unknown or revoked one. */
export async function callerOf({ db, clock }: Pick<ApiDeps, 'db' | 'clock'>, token: string): Promise<Caller | undefined> {
  const row = await db.apiToken.findUnique({ where: { hash: hashOfToken(token) }, include: { person: true } });
  if (!row || row.revokedAt !== null || row.person?.active === false) return undefined;
  const now = clock.now();
  if (row.lastUsedAt === null || now - row.lastUsedAt.getTime() > SEEN_AGAIN_MS)
    await db.apiToken.update({ where: { id: row.id }, data: { lastUsedAt: new Date(now) } });
  const office = row.officeCode === null ? null : await db.office.findUnique({ where: { code: row.officeCode } });
  const role = row.role as UserRole;
  const actor: Actor = {
    id: row.personId ?? row.id,
    role,
    office: office?.code ?? NO_OFFICE,
    provinceCode: office?.provinceCode ?? null,
    communeCode: office?.communeCode ?? null,
  };
  return { tokenId: row.id, role, actor };
}
