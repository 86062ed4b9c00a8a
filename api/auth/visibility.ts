/** Which cycles an actor may see. Foreign ones do not exist for them. */
import type { Actor } from '../../domain/cycle/state';
import { Prisma } from '../../prisma/generated/client';

export interface Scope {
  provinceCode?: string;
  communeCode?: string;
}

/**
 * A commune sees its own cycles, a province all of its own; administrators, and managers who belong to no unit, see all. A council's member sees the
 * dossiers of the council's sessions there, and no cycle. Null: nothing.
 */
export function scopeOf({ role, provinceCode, communeCode }: Actor): Scope | null {
  if (role === 'administrator') return {};
  if (role === 'council_member') return null;
  if (communeCode !== null) return { communeCode };
  if (provinceCode !== null && role !== 'commune_staff') return { provinceCode };
  return role === 'manager' ? {} : null;
}

/** Whether the actor may see what belongs to that commune. */
export function sees(actor: Actor, unit: { provinceCode: string; communeCode: string }): boolean {
  const scope = scopeOf(actor);
  if (scope === null) return false;
  if (scope.communeCode !== undefined) return scope.communeCode === unit.communeCode;
  return scope.provinceCode === undefined || scope.provinceCode === unit.provinceCode;
}

/** The scope as a condition on the table `cycle`, called c. */
export function inScope(actor: Actor): Prisma.Sql {
  const scope = scopeOf(actor);
  if (scope === null) return Prisma.sql`false`;
  if (scope.communeCode !== undefined) return Prisma.sql`c.commune_code = ${scope.communeCode}`;
  if (scope.provinceCode !== undefined) return Prisma.sql`c.province_code = ${scope.provinceCode}`;
  return Prisma.sql`true`;
}

/** Whether the actor may see what belongs to an office: a commune its own, a province every one of its own. */
export function seesOffice(actor: Actor, office: { provinceCode: string | null; communeCode: string | null }): boolean {
  const scope = scopeOf(actor);
  if (scope === null) return false;
  if (scope.communeCode !== undefined) return scope.communeCode === office.communeCode;
  return scope.provinceCode === undefined || scope.provinceCode === office.provinceCode;
}

/** The same as a condition on the table `office`, called o. */
export function officesInScope(actor: Actor): Prisma.Sql {
  const scope = scopeOf(actor);
  if (scope === null) return Prisma.sql`false`;
  if (scope.communeCode !== undefined) return Prisma.sql`o.commune_code = ${scope.communeCode}`;
  if (scope.provinceCode !== undefined) return Prisma.sql`o.province_code = ${scope.provinceCode}`;
  return Prisma.sql`true`;
}
