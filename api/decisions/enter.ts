/** A decision enters the register once and reaches every product through its own cycle. Sent again, it goes on where it stopped. */
import type { Actor } from '../../domain/cycle/state';
import type { Decision } from '../../prisma/generated/client';
import { act } from '../cycles/actions';
import { dateOf } from '../cycles/representation';
import type { ApiDeps } from '../deps';
import { type FieldProblem, HttpProblem, invalidInput } from '../http/problem';
import { inTurn } from '../imports/in-turn';
import { authorityFor, decisionId, type Foreseen, keyOf, RESULTS } from './foresee';
import type { NewDecision } from './input';

/** Every problem under its place in the list. */
export function problemsOf(list: readonly { problems: FieldProblem[] }[]): FieldProblem[] {
  return list.flatMap(({ problems }, index) => problems.map(({ field, message }) => ({ field: `products.${index}.${field}`, message })));
}

/**
 * Enters a decision and has every cycle take it.
 * @throws HttpProblem with a problem per product when any of them cannot take it (then nothing is done), or when the number was used for another list
 */
export async function enterDecision(
  deps: ApiDeps,
  actor: Actor,
  input: NewDecision,
  list: Foreseen[],
): Promise<{ id: string; refused: Map<string, FieldProblem[]> }> {
  const problems = problemsOf(list);
  if (problems.length > 0) throw invalidInput(problems);
  const province = list[0]?.row?.provinceCode ?? '';
  const id = decisionId(province, input);
  await keepDecision(deps, actor, { id, province, input, list });
  const refused = new Map<string, FieldProblem[]>();
  await inTurn(
    list.filter((one) => !one.done),
    async ({ row, star, reason }) => {
      if (!row) return;
      const body = {
        on: input.signedOn,
        decisionNumber: input.number,
        result: RESULTS[input.kind],
        ...(star === null ? {} : { star }),
        ...(reason === undefined ? {} : { reason }),
      };
      await collecting(
        refused,
        row.id,
        async () => await act(deps, { actor, row, action: 'decide', body, key: keyOf(id, row.id, 'decide') }),
      );
    },
  );
  return { id, refused };
}

/** Does the work for one product; a refusal is told under its cycle, "not available" ends the whole request, which may be sent again. */
export async function collecting(refused: Map<string, FieldProblem[]>, cycle: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof HttpProblem) || error.kind === 'unavailable') throw error;
    refused.set(cycle, error.problems.length > 0 ? [...error.problems] : [{ field: 'cycle', message: error.detail }]);
  }
}

interface Entry {
  id: string;
  province: string;
  input: NewDecision;
  list: Foreseen[];
}

async function keepDecision({ db, clock }: ApiDeps, actor: Actor, { id, province, input, list }: Entry): Promise<void> {
  const { kind, number, signedOn } = input;
  const products = list.map(({ cycleId, star }, index) => ({ decisionId: id, cycleId, star, place: index + 1 }));
  const decision = {
    id,
    kind,
    number,
    signedOn: new Date(signedOn),
    officeCode: province,
    provinceCode: province,
    authority: input.authority ?? authorityFor(list) ?? '',
    actorId: actor.id,
    recordedAt: new Date(clock.now()),
  };
  await db.$transaction([
    db.decision.createMany({ data: [decision], skipDuplicates: true }),
    // The list stands with its decision: of another list under the same number nothing is kept.
    db.$executeRaw`
      insert into decision_product (decision_id, cycle_id, place, star)
      select ${id}, p."cycleId", p.place, p.star
      from jsonb_to_recordset(${JSON.stringify(products)}::jsonb) as p("cycleId" text, place int, star int)
      where not exists (select from decision_product where decision_id = ${id})`,
  ]);
  const kept = await db.decision.findUniqueOrThrow({ where: { id }, include: { products: true } });
  if (!isSame(kept, kept.products, { kind, list }))
    throw new HttpProblem(
      'already-exists',
      {
        vi: `Số ${kept.number} ngày ${dateOf(kept.signedOn)} đã ghi cho một danh sách khác`,
        en: `Number ${kept.number} of ${dateOf(kept.signedOn)} is already in the register with another list`,
      },
      { members: { decision: id } },
    );
}

function isSame(
  kept: Decision,
  products: { cycleId: string; star: number | null }[],
  { kind, list }: { kind: string; list: Foreseen[] },
): boolean {
  const lineOf = ({ cycleId, star }: { cycleId: string; star: number | null }): string => `${cycleId} ${star ?? '-'}`;
  return kept.kind === kind && products.map(lineOf).sort().join() === list.map(lineOf).sort().join();
}
