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

/** Whether nothing is kept from the actor: administrators, and managers of the whole country. */
export function seesEverything(actor: Actor): boolean {
  const scope = scopeOf(actor);
  return scope !== null && scope.communeCode === undefined && scope.provinceCode === undefined;
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

/**
 * The scope, and a province, commune or plan of it, as a condition on any column that names a cycle. Of the whole country nothing is asked: the records
 * need not be joined to say yes.
 */
export function isCycleWithin(
  cycleId: Prisma.Sql,
  actor: Actor,
  { province, commune, plan }: { province?: string | undefined; commune?: string | undefined; plan?: string | undefined } = {},
): Prisma.Sql {
  const conditions = [
    ...(seesEverything(actor) ? [] : [inScope(actor)]),
    ...(province === undefined ? [] : [Prisma.sql`c.province_code = ${province}`]),
    ...(commune === undefined ? [] : [Prisma.sql`c.commune_code = ${commune}`]),
    ...(plan === undefined ? [] : [Prisma.sql`c.plan_id = ${plan}`]),
  ];
  if (conditions.length === 0) return Prisma.sql`true`;
  return Prisma.sql`${cycleId} in (select c.id from cycle c where ${Prisma.join(conditions, ' and ')})`;
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
