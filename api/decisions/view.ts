import { z } from 'zod';
import type { Actor } from '../../domain/cycle/state';
import type { Certificate, Prisma } from '../../prisma/generated/client';
import { scopeOf, sees } from '../auth/visibility';
import { type CycleRow, readCycles } from '../cycles/read';
import { dateOf } from '../cycles/representation';
import type { ApiDeps } from '../deps';
import { type FieldProblem, notFound } from '../http/problem';
import { bothLanguages, instant, localDate } from '../http/schemas';
import { keyOf } from './foresee';
import { DECISION_KINDS, type DecisionKind } from './input';

const withProducts = { products: { orderBy: { place: 'asc' } } } satisfies Prisma.DecisionInclude;
export type DecisionRow = Prisma.DecisionGetPayload<{ include: typeof withProducts }>;

const fieldProblem = z.object({ field: z.string(), message: bothLanguages });

const productView = z.object({
  cycle: z.string(),
  productName: z.string(),
  producerName: z.string(),
  communeName: z.string().nullable(),
  star: z.int().nullable(),
  /** Whether the cycle has taken the decision. */
  decided: z.boolean(),
  stage: z.string().nullable(),
  step: z.string().nullable(),
  certificate: z.object({ code: z.string(), number: z.string().nullable(), issuedOn: localDate, validUntil: localDate }).nullable(),
  /** What kept the cycle from taking it, on this request. */
  problems: z.array(fieldProblem),
});

export const decisionSummary = z
  .object({
    id: z.string(),
    kind: z.enum(DECISION_KINDS),
    number: z.string(),
    signedOn: localDate,
    authority: z.string(),
    provinceCode: z.string(),
    products: z.int(),
    certificates: z.int(),
    recordedAt: instant,
  })
  .meta({ id: 'DecisionSummary' });

export type DecisionSummary = z.input<typeof decisionSummary>;

export const decisionView = decisionSummary.extend({ products: z.array(productView) }).meta({ id: 'Decision' });

/** What would become of every product; nothing was done. */
export const dryRunView = z
  .object({
    dryRun: z.literal(true),
    accepted: z.int(),
    refused: z.int(),
    products: z.array(
      z.object({
        cycle: z.string(),
        productName: z.string().nullable(),
        star: z.int().nullable(),
        number: z.string().nullable(),
        problems: z.array(fieldProblem),
      }),
    ),
  })
  .meta({ id: 'DecisionDryRun' });

interface Tried {
  cycleId: string;
  row: CycleRow | null;
  star?: number | null;
  number?: string | undefined;
  problems: FieldProblem[];
}

/** A trial's answer. */
export function dryRunOf(list: readonly Tried[]): z.input<typeof dryRunView> {
  const refused = list.filter(({ problems }) => problems.length > 0).length;
  const products = list.map(({ cycleId, row, star = null, number = null, problems }) => ({
    cycle: cycleId,
    productName: row?.product.name ?? null,
    star,
    number,
    problems,
  }));
  return { dryRun: true, accepted: list.length - refused, refused, products };
}

/** A decision that the actor may see. Throws "not found" for others, known or not. */
export async function readDecision({ db }: Pick<ApiDeps, 'db'>, actor: Actor, id: string): Promise<DecisionRow> {
  const row = await db.decision.findFirst({ where: { id, ...(await visible({ db }, actor)) }, include: withProducts });
  if (!row) throw notFound({ vi: `Không có quyết định ${id}`, en: `There is no decision ${id}` });
  return row;
}

/** The decisions of the actor's province; a commune's are those with a product of its own. */
export async function visible({ db }: Pick<ApiDeps, 'db'>, actor: Actor): Promise<Prisma.DecisionWhereInput> {
  const scope = scopeOf(actor);
  if (scope === null) return { id: '' };
  if (scope.communeCode === undefined) return scope.provinceCode === undefined ? {} : { provinceCode: scope.provinceCode };
  const own = await db.cycle.findMany({ where: { communeCode: scope.communeCode }, select: { id: true } });
  return { products: { some: { cycleId: { in: own.map(({ id }) => id) } } } };
}

/** A decision with those of its products that the actor may see. */
export async function viewOfDecision(
  deps: ApiDeps,
  actor: Actor,
  decision: DecisionRow,
  problems: ReadonlyMap<string, FieldProblem[]> = new Map(),
): Promise<z.input<typeof decisionView>> {
  const ids = decision.products.map(({ cycleId }) => cycleId);
  const rows = (await readCycles(deps, ids)).filter((row) => sees(actor, row));
  const keys = rows.map((row) => keyOf(decision.id, row.id, 'decide'));
  const events = await deps.db.cycleEvent.findMany({
    where: { cycleId: { in: ids }, idempotencyKey: { in: keys } },
    select: { cycleId: true },
  });
  const decided = new Set(events.map(({ cycleId }) => cycleId));
  const certificates = await certificatesOf(deps, decision);
  const stars = new Map(decision.products.map(({ cycleId, star }) => [cycleId, star]));
  return {
    ...summaryOfDecision(decision, certificates.size),
    products: rows.map((row) => {
      const certificate = certificates.get(row.id);
      return {
        cycle: row.id,
        productName: row.product.name,
        producerName: row.product.producer.name,
        communeName: deps.units.byCode(row.communeCode)?.fullName ?? null,
        star: stars.get(row.id) ?? null,
        decided: decided.has(row.id) || numberTaken(row) === decision.number,
        stage: row.stage,
        step: row.step,
        certificate: certificate
          ? {
              code: certificate.code,
              number: certificate.number,
              issuedOn: dateOf(certificate.issuedOn),
              validUntil: dateOf(certificate.validUntil),
            }
          : null,
        problems: problems.get(row.id) ?? [],
      };
    }),
  };
}

/** The number of the decision that a cycle carries. */
function numberTaken({ state }: CycleRow): string | undefined {
  return (state as { facts?: { decision?: { number: string } } }).facts?.decision?.number;
}

/** The certificates of a decision's products by their cycles, whether issued together or one by one. */
export async function certificatesOf({ db }: Pick<ApiDeps, 'db'>, { number, products }: DecisionRow): Promise<Map<string, Certificate>> {
  const rows = await db.certificate.findMany({
    where: { cycleId: { in: products.map(({ cycleId }) => cycleId) }, decisionNumber: number },
  });
  return new Map(rows.map((row) => [row.cycleId, row]));
}

/** A decision in a list. */
export function summaryOfDecision(decision: DecisionRow, certificates: number): z.input<typeof decisionSummary> {
  const { id, number, authority, provinceCode } = decision;
  return {
    id,
    kind: decision.kind as DecisionKind,
    number,
    signedOn: dateOf(decision.signedOn),
    authority,
    provinceCode,
    products: decision.products.length,
    certificates,
    recordedAt: decision.recordedAt.toISOString(),
  };
}
