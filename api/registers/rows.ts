/** What the registers are made of: registrations with their support needs, certificates, results. Within what the actor may see. */
import { z } from 'zod';
import { OUTCOME_TITLES, type Outcome, STEPS, type Step } from '../../domain/cycle/stages';
import type { Actor, Verdict } from '../../domain/cycle/state';
import type { LocalDate } from '../../domain/dates';
import { PRODUCER_TYPE_TITLES, producerTypeOf } from '../../domain/producers';
import { truncatedMean } from '../../domain/stars/totals';
import { Prisma } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { code, communeCode, localDate, provinceCode } from '../http/schemas';
import { inArea } from '../targets/certificates';

/** Which part of a register; nothing asked gives all that the actor sees. */
export const registerQuestions = {
  plan: code.optional(),
  province: provinceCode.optional(),
  commune: communeCode.optional(),
  from: localDate.optional(),
  to: localDate.optional(),
};
const schema = z.strictObject(registerQuestions);
export type RegisterQuestions = z.output<typeof schema>;

export const KIND_TITLES: Record<string, string> = { new: 'Sản phẩm mới', reevaluation: 'Đánh giá lại', upgrade: 'Nâng hạng' };

interface ProductRow {
  cycleId: string;
  productCode: string;
  product: string;
  producer: string;
  producerType: string | null;
  communeCode: string;
  productSet: number | null;
  kind: string;
}

export interface RegistrationRow extends ProductRow {
  registeredOn: LocalDate;
  step: Step;
  outcome: Outcome | null;
  lastSafeOn: LocalDate | null;
  needs: string | null;
}

const PRODUCT = Prisma.sql`c.id as "cycleId", c.product_code as "productCode", p.name as product, r.name as producer, r.type as "producerType",
  c.commune_code as "communeCode", coalesce(c.product_set, p.product_set) as "productSet", c.kind`;
const FROM = Prisma.sql`cycle c join product p on p.code = c.product_code join producer r on r.id = p.producer_id`;

const within = (column: Prisma.Sql, { from, to }: Pick<RegisterQuestions, 'from' | 'to'>): Prisma.Sql =>
  Prisma.sql`${from === undefined ? Prisma.sql`true` : Prisma.sql`${column} >= ${from}::date`}
    and ${to === undefined ? Prisma.sql`true` : Prisma.sql`${column} <= ${to}::date`}`;

const areaAsked = (actor: Actor, { plan, province, commune }: RegisterQuestions): Prisma.Sql =>
  inArea(actor, { planId: plan, provinceCode: province, communeCode: commune });

/** Products registered, by commune; those that only came under watch with a certificate in force are none. */
export async function registrations({ db }: Pick<ApiDeps, 'db'>, actor: Actor, asked: RegisterQuestions): Promise<RegistrationRow[]> {
  return await db.$queryRaw<RegistrationRow[]>(Prisma.sql`
    select ${PRODUCT}, e.legal_on::text as "registeredOn", c.step, c.outcome, c.last_safe_on::text as "lastSafeOn", s.text as needs
    from ${FROM} join cycle_event e on e.cycle_id = c.id and e.sequence = 1 left join support_need s on s.cycle_id = c.id
    where ${areaAsked(actor, asked)} and e.payload->>'certificate' is null and ${within(Prisma.sql`e.legal_on`, asked)}
    order by c.commune_code, e.legal_on, c.id`);
}

export interface CertificateRow extends ProductRow {
  code: string;
  number: string | null;
  star: number;
  decisionNumber: string | null;
  issuedBy: string | null;
  issuedOn: LocalDate;
  validUntil: LocalDate;
  extendedUntil: LocalDate | null;
  status: string;
  endedOn: LocalDate | null;
}

/** Certificates by the day of issue, whatever became of them. */
export async function certificates({ db }: Pick<ApiDeps, 'db'>, actor: Actor, asked: RegisterQuestions): Promise<CertificateRow[]> {
  return await db.$queryRaw<CertificateRow[]>(Prisma.sql`
    select ${PRODUCT}, f.code, f.number, f.star, f.decision_number as "decisionNumber", f.issued_by as "issuedBy", f.issued_on::text as "issuedOn",
      f.valid_until::text as "validUntil", f.extended_until::text as "extendedUntil", f.status, f.ended_on::text as "endedOn"
    from ${FROM} join certificate f on f.cycle_id = c.id
    where ${areaAsked(actor, asked)} and ${within(Prisma.sql`f.issued_on`, asked)} order by f.issued_on, c.commune_code, f.code`);
}

export interface ResultRow extends ProductRow {
  scoredOn: LocalDate;
  council: Verdict;
  national: Verdict | null;
  decision: { number: string; on: LocalDate; star: number | null } | null;
  step: Step;
  outcome: Outcome | null;
  certificateCode: string | null;
}

/** Council results, by the day they were recorded; of a dossier that was scored twice the last. */
export async function results({ db }: Pick<ApiDeps, 'db'>, actor: Actor, asked: RegisterQuestions): Promise<ResultRow[]> {
  return await db.$queryRaw<ResultRow[]>(Prisma.sql`
    select ${PRODUCT}, e.legal_on::text as "scoredOn", c.state->'facts'->'council' as council, c.state->'facts'->'national' as national,
      c.state->'facts'->'decision' as decision, c.step, c.outcome, c.certificate_code as "certificateCode"
    from ${FROM} join lateral (
      select legal_on from cycle_event where cycle_id = c.id and name = 'record-council-result' order by sequence desc limit 1) e on true
    where ${areaAsked(actor, asked)} and c.state->'facts'->'council' is not null and ${within(Prisma.sql`e.legal_on`, asked)}
    order by e.legal_on, c.commune_code, c.id`);
}

/** The legal form in words, from what is written or from the name; empty when neither tells. */
export function formOf({ producerType, producer }: ProductRow): string {
  const form = producerTypeOf({ type: producerType, name: producer });
  return form ? PRODUCER_TYPE_TITLES[form].vi : '';
}

/** Where a dossier stands in words: its step, or how it ended. */
export function standing({ step, outcome }: { step: Step; outcome: Outcome | null }): string {
  return outcome === null ? STEPS[step].title.vi : OUTCOME_TITLES[outcome].vi;
}

/** The mean as a number with two decimals, cut and not rounded. */
export function shownMean({ sum, members }: Verdict): number {
  return Number(truncatedMean({ sum, count: members }, 2));
}
