/** What a decision would do to each of its products, and what stands against it. Nothing is changed here. */
import { createHash } from 'node:crypto';
import { decide, type Refusal } from '../../domain/cycle/decide';
import type { Decide } from '../../domain/cycle/actions/decide';
import type { Actor, CycleState } from '../../domain/cycle/state';
import type { Procedure, Star } from '../../domain/regimes';
import { type CycleRow, readCycles, stateOf } from '../cycles/read';
import { sees } from '../auth/visibility';
import type { ApiDeps } from '../deps';
import type { FieldProblem } from '../http/problem';
import type { DecisionKind, NewDecision } from './input';

export interface Foreseen {
  cycleId: string;
  row: CycleRow | null;
  star: Star | null;
  reason: string | undefined;
  /** Who decides on this product under its regime. */
  authority: string | null;
  /** The cycle has taken this very decision already. */
  done: boolean;
  problems: FieldProblem[];
}

export const RESULTS: Record<DecisionKind, Decide['result']> = { recognition: 'recognise', approval: 'approve-and-forward' };

/** The decision's identity: the same number and day of one province is the same decision. */
export function decisionId(provinceCode: string, { number, signedOn }: Pick<NewDecision, 'number' | 'signedOn'>): string {
  const letters = createHash('sha256').update(`${number}\n${signedOn}`).digest('hex').slice(0, 16);
  return `qd-${provinceCode}-${letters}`;
}

/** Names the action on one product to the engine: a decision sent again never acts twice. */
export function keyOf(id: string, cycle: string, what: 'decide' | 'issue'): string {
  return createHash('sha256').update(`${id} ${cycle} ${what}`).digest('hex').slice(0, 40);
}

const problem = (field: string, vi: string, en: string): FieldProblem => ({ field, message: { vi, en } });

/** Every product of a decision in the order of its list. */
export async function foresee(deps: ApiDeps, actor: Actor, input: NewDecision): Promise<Foreseen[]> {
  const ids = input.products.map(({ cycle }) => cycle);
  const rows = new Map((await readCycles(deps, ids)).filter((row) => sees(actor, row)).map((row) => [row.id, row]));
  const province = provinceOf(rows.values());
  const list: Foreseen[] = [];
  for (const [index, { cycle, star, reason }] of input.products.entries()) {
    const row = rows.get(cycle) ?? null;
    const none = { cycleId: cycle, row, star: star ?? null, reason, authority: null, done: false };
    if (!row) list.push({ ...none, problems: [problem('cycle', `không có chu trình ${cycle}`, `there is no cycle ${cycle}`)] });
    else if (ids.indexOf(cycle) !== index) list.push({ ...none, problems: [problem('cycle', 'sản phẩm ghi hai lần', 'listed twice')] });
    else if (row.provinceCode !== province)
      list.push({ ...none, problems: [problem('cycle', 'sản phẩm thuộc tỉnh khác', 'a product of another province')] });
    else list.push(await foreseeOne(deps, actor, { input, row, star, reason, id: decisionId(province, input) }));
  }
  return withOneAuthority(list, input.authority);
}

function provinceOf(rows: Iterable<CycleRow>): string {
  for (const { provinceCode } of rows) return provinceCode;
  return '';
}

interface Wanted {
  input: NewDecision;
  row: CycleRow;
  star: Star | undefined;
  reason: string | undefined;
  id: string;
}

async function foreseeOne(deps: ApiDeps, actor: Actor, { input, row, star: given, reason, id }: Wanted): Promise<Foreseen> {
  const { kind, number, signedOn } = input;
  const state = await stateOf(deps, row);
  const star = kind === 'approval' ? null : (given ?? proposedStar(state));
  const authority = authorityOf(state.rules.procedure, star);
  const known = { cycleId: row.id, row, star, reason, authority };
  const done = await deps.db.cycleEvent.count({ where: { cycleId: row.id, idempotencyKey: keyOf(id, row.id, 'decide') } });
  if (done > 0 || carries(state, { number, on: signedOn, star })) return { ...known, done: true, problems: [] };
  if (kind === 'approval' && given !== undefined)
    return {
      ...known,
      done: false,
      problems: [problem('star', 'phê duyệt kết quả không công nhận hạng sao', 'an approval recognises no star')],
    };
  const payload: Decide = { decisionNumber: number, result: RESULTS[kind], ...(star === null ? {} : { star }) };
  const request = { action: 'decide', payload, actor, on: signedOn, ...(reason === undefined ? {} : { noteId: 'given' }) };
  const decided = decide(state, request, deps.clock.now());
  return { ...known, done: false, problems: decided.ok ? [] : problemsIn(decided.refusal) };
}

/** Whether the cycle has this decision already, entered for it alone. */
function carries({ facts: { decision } }: CycleState, wanted: { number: string; on: string; star: Star | null }): boolean {
  return decision?.number === wanted.number && decision.on === wanted.on && decision.star === wanted.star;
}

/** What the council proposed; the national one once it is in. */
export function proposedStar({ facts, step }: CycleState): Star | null {
  const verdict = step === 'national_below_bar' ? facts.national : facts.council;
  return verdict?.star ?? null;
}

/**
 * Who decides on a star under the regime. Districts no longer exist: what they recognised is the province's to decide. An approval is the province's.
 */
function authorityOf({ recognises }: Procedure, star: Star | null): string | null {
  const provincial = recognises.value.find(({ level }) => level === 'province')?.signer ?? null;
  const entry = recognises.value.find((one) => one.star === star);
  return entry && entry.level === 'national' ? entry.signer : provincial;
}

/** What a refusal of the cycle says, by the fields of a decision. */
export function problemsIn({ message, problems }: Refusal): FieldProblem[] {
  if (problems.length === 0) return [{ field: 'cycle', message }];
  return problems.map(({ field, message: what }) => ({ field: DECISION_FIELDS[field] ?? field.replace(/^payload\.?/, ''), message: what }));
}

const DECISION_FIELDS: Record<string, string> = {
  on: 'signedOn',
  'payload.decisionNumber': 'number',
  payload: 'cycle',
  'payload.result': 'cycle',
};

/** One decision has one authority: the regime's for every product, and the one that is written on it. */
function withOneAuthority(list: Foreseen[], written: string | undefined): Foreseen[] {
  const bare = (name: string): string =>
    name
      .normalize('NFC')
      .toLocaleLowerCase('vi')
      .replace(/^chủ tịch /, '');
  const first = written ?? authorityFor(list);
  return list.map((one) => {
    if (one.authority === null || first === null || bare(one.authority) === bare(first)) return one;
    const found = problem(
      'authority',
      `${one.star === null ? 'sản phẩm này' : `hạng ${one.star} sao`} do ${one.authority} quyết định, không phải ${first}`,
      `${one.star === null ? 'this product is' : `${one.star} stars are`} decided by ${one.authority}, not by ${first}`,
    );
    return { ...one, problems: [...one.problems, found] };
  });
}

/** The authority of the whole decision: the chair where some regime names the chair. */
export function authorityFor(list: readonly Foreseen[]): string | null {
  const named = list.flatMap(({ authority }) => authority ?? []);
  return named.find((one) => one.startsWith('Chủ tịch')) ?? named[0] ?? null;
}
