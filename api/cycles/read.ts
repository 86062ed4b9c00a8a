/** A cycle as it stands in the records, for the API's own decisions: what may be done now, by whom, under which rules. */
import type { Actor, CycleState } from '../../domain/cycle/state';
import { upgradeState } from '../../domain/cycle/upgrade';
import type { CycleRules } from '../../domain/rules';
import type { Prisma } from '../../prisma/generated/client';
import { sees } from '../auth/visibility';
import { HttpProblem, notFound } from '../http/problem';

/** The records' client, or a transaction on them. */
interface Records {
  db: Prisma.TransactionClient;
}

const withProduct = { product: { include: { producer: true } } } satisfies Prisma.CycleInclude;

export type CycleRow = Prisma.CycleGetPayload<{ include: typeof withProduct }>;

/** What of a row says how a cycle stands. */
export type RowOfState = Pick<CycleRow, 'id' | 'rulesVersion'> & { state: unknown };

/** The row of a cycle that the actor may see. Throws "not found" for others, known or not. */
export async function readCycle({ db }: Records, actor: Actor, id: string): Promise<CycleRow> {
  const row = await db.cycle.findUnique({ where: { id }, include: withProduct });
  if (!row || !sees(actor, row)) throw notFound({ vi: `Không có chu trình ${id}`, en: `There is no cycle ${id}` });
  return row;
}

/** Rows of cycles by their ids, in the order of the ids. */
export async function readCycles({ db }: Records, ids: readonly string[]): Promise<CycleRow[]> {
  const rows = await db.cycle.findMany({ where: { id: { in: [...ids] } }, include: withProduct });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Pinned rules never change under their version, so they are read once; oldest out first. */
const MOST_RULES_HELD = 200;
const held = new Map<string, CycleRules>();

/** Rules by their version. Throws when no cycle ever had them. */
export async function rulesOf({ db }: Records, version: string): Promise<CycleRules> {
  const before = held.get(version);
  if (before) return before;
  const row = await db.pinnedRules.findUnique({ where: { version } });
  if (!row) throw new Error(`rules ${version} are not in the records`);
  const rules = row.content as unknown as CycleRules;
  const [oldest] = held.keys();
  if (held.size >= MOST_RULES_HELD && oldest !== undefined) held.delete(oldest);
  held.set(version, rules);
  return rules;
}

/** The whole state as of the row, rules included. */
export async function stateOf(deps: Records, row: Omit<RowOfState, 'id'>): Promise<CycleState> {
  const state = row.state as Omit<CycleState, 'rules'>;
  return upgradeState({ ...state, rules: await rulesOf(deps, row.rulesVersion) });
}

/** The problem of a cycle that the engine no longer runs although the records have it open. */
export function outOfStep(id: string): HttpProblem {
  return new HttpProblem('unavailable', {
    vi: `Bộ phận xử lý không chạy chu trình ${id}; hãy báo quản trị viên`,
    en: `The engine does not run cycle ${id}; tell the administrator`,
  });
}
