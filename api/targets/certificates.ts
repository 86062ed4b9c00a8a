/** Certificates as figures count them, and the area that a plan's figures are about. */
import type { Actor } from '../../domain/cycle/state';
import type { LocalDate } from '../../domain/dates';
import type { Plan } from '../../domain/plans';
import type { CertificateFact } from '../../domain/targets';
import { Prisma } from '../../prisma/generated/client';
import { inScope } from '../auth/visibility';
import type { ApiDeps } from '../deps';

/** Whose certificates: a unit's, or, for a plan of a unit that is no more, those of its own cycles. */
export interface Area {
  provinceCode?: string | undefined;
  communeCode?: string | undefined;
  planId?: string | undefined;
}

/** A province's and a commune's plan count everything of their unit; a former district's only its own cycles; the nation's what the actor sees. */
export function areaOf({ id, issuer }: Plan): Area {
  switch (issuer.level) {
    case 'province':
      return { provinceCode: issuer.provinceCode ?? undefined };
    case 'commune':
      return { communeCode: issuer.communeCode ?? undefined };
    case 'district':
      return { planId: id };
    case 'national':
      return {};
  }
}

/** An area as a condition on the table `cycle`, called c, within what the actor sees. */
export function inArea(actor: Actor, { provinceCode, communeCode, planId }: Area): Prisma.Sql {
  const conditions = [
    inScope(actor),
    ...(provinceCode === undefined ? [] : [Prisma.sql`c.province_code = ${provinceCode}`]),
    ...(communeCode === undefined ? [] : [Prisma.sql`c.commune_code = ${communeCode}`]),
    ...(planId === undefined ? [] : [Prisma.sql`c.plan_id = ${planId}`]),
  ];
  return Prisma.join(conditions, ' and ');
}

/**
 * The certificates of an area that the actor may see, by the day of issue.
 * @param since leaves out those that were issued, ran out and ended before this day: no figure from then on counts them, and none of them is the later
 * certificate of one that ran out after it
 */
export async function certificatesIn({ db }: Pick<ApiDeps, 'db'>, actor: Actor, area: Area, since?: LocalDate): Promise<CertificateFact[]> {
  const isRecent =
    since === undefined
      ? Prisma.sql`true`
      : Prisma.sql`(f.issued_on >= ${since}::date or coalesce(f.extended_until, f.valid_until) >= ${since}::date or f.ended_on >= ${since}::date)`;
  return await db.$queryRaw<CertificateFact[]>(Prisma.sql`
    select f.code, f.cycle_id as "cycleId", f.product_code as "productCode", p.name as product, r.id as "producerId", r.name as producer, r.type as "producerForm",
      c.commune_code as "communeCode", c.kind, f.star, f.issued_on::text as "issuedOn", coalesce(f.extended_until, f.valid_until)::text as "holdsUntil",
      f.status, f.ended_on::text as "endedOn"
    from certificate f join cycle c on c.id = f.cycle_id join product p on p.code = f.product_code join producer r on r.id = p.producer_id
    where ${inArea(actor, area)} and ${isRecent} order by f.issued_on, f.code`);
}
