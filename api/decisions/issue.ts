/** Certificates for every product of a recognition decision, numbered in the order of its list. */
import { decide } from '../../domain/cycle/decide';
import type { IssueCertificate } from '../../domain/cycle/actions/issue-certificate';
import type { Actor } from '../../domain/cycle/state';
import { addDays, type LocalDate } from '../../domain/dates';
import { provinceOf } from '../certificates/issuer';
import { act } from '../cycles/actions';
import { publicCode } from '../cycles/certificates';
import { type CycleRow, readCycles, stateOf } from '../cycles/read';
import type { ApiDeps } from '../deps';
import { type FieldProblem, HttpProblem, invalidInput } from '../http/problem';
import { inTurn } from '../imports/in-turn';
import { collecting, problemsOf } from './enter';
import { keyOf, problemsIn } from './foresee';
import type { NewCertificates } from './input';
import { certificatesOf, type DecisionRow } from './view';

export interface ToIssue {
  cycleId: string;
  row: CycleRow;
  number: string | undefined;
  done: boolean;
  problems: FieldProblem[];
}

/** What would be issued to each product of a decision, and what stands against it. */
export async function foreseeIssue(deps: ApiDeps, actor: Actor, decision: DecisionRow, input: NewCertificates): Promise<ToIssue[]> {
  if (decision.kind !== 'recognition')
    throw new HttpProblem('not-allowed-now', {
      vi: 'Quyết định phê duyệt kết quả để gửi Bộ, tỉnh chưa cấp giấy chứng nhận (Điều 7 khoản 3 điểm e)',
      en: 'This decision approves results for the ministry; the province issues no certificate yet (article 7.3e)',
    });
  const problems = [...bothProblem(input), ...strangers(decision, input)];
  if (problems.length > 0) throw invalidInput(problems);
  const rows = await readCycles(
    deps,
    decision.products.map(({ cycleId }) => cycleId),
  );
  const on = input.on ?? deps.today();
  const issued = await certificatesOf(deps, decision);
  const list: ToIssue[] = [];
  for (const [index, row] of rows.entries()) {
    const number = numberOf(input, row.id, index);
    const done = issued.has(row.id);
    list.push({ cycleId: row.id, row, number, done, problems: done ? [] : await refusalOf(deps, actor, { row, on, number }) });
  }
  return await withFreeNumbers(deps, decision, list);
}

function bothProblem({ numbers, numbering }: NewCertificates): FieldProblem[] {
  const message = {
    vi: 'gửi số đã có (numbers) hoặc cách đánh số (numbering), không gửi cả hai',
    en: 'send numbers or numbering, not both',
  };
  return numbers && numbering ? [{ field: 'numbering', message }] : [];
}

function strangers({ products }: DecisionRow, { numbers = [] }: NewCertificates): FieldProblem[] {
  const listed = new Set(products.map(({ cycleId }) => cycleId));
  const message = { vi: 'không có trong danh sách của quyết định', en: 'is not on the decision’s list' };
  return numbers.flatMap(({ cycle }, index) => (listed.has(cycle) ? [] : [{ field: `numbers.${index}.cycle`, message }]));
}

function numberOf({ numbers, numbering }: NewCertificates, cycle: string, index: number): string | undefined {
  if (!numbering) return numbers?.find((one) => one.cycle === cycle)?.number;
  return numbering.pattern.replace('{n}', () => String(numbering.from + index).padStart(numbering.digits ?? 1, '0'));
}

async function refusalOf(
  deps: ApiDeps,
  actor: Actor,
  { row, on, number }: { row: CycleRow; on: LocalDate; number: string | undefined },
): Promise<FieldProblem[]> {
  const payload: IssueCertificate = { code: 'foreseen', validUntil: addDays(on, 1), ...(number === undefined ? {} : { number }) };
  const decided = decide(await stateOf(deps, row), { action: 'issue-certificate', payload, actor, on }, deps.clock.now());
  // A decision's fields are named otherwise than a certificate's: here the day is `on`.
  return decided.ok ? [] : problemsIn(decided.refusal).map((one) => (one.field === 'signedOn' ? { ...one, field: 'on' } : one));
}

/** A number stands for one certificate of a province. */
async function withFreeNumbers({ db }: ApiDeps, { provinceCode }: DecisionRow, list: ToIssue[]): Promise<ToIssue[]> {
  const numbers = list.flatMap(({ number }) => number ?? []);
  const taken = await db.$queryRaw<{ number: string; cycle: string }[]>`
    select f.number, f.cycle_id as cycle from certificate f join cycle c on c.id = f.cycle_id
    where c.province_code = ${provinceCode} and f.number = any(${numbers})`;
  const message = { vi: 'số này đã dùng cho giấy chứng nhận khác', en: 'another certificate has this number' };
  return list.map((one) => {
    if (one.number === undefined || one.done) return one;
    const elsewhere = taken.some(({ number, cycle }) => number === one.number && cycle !== one.cycleId);
    const twice = numbers.filter((number) => number === one.number).length > 1;
    return elsewhere || twice ? { ...one, problems: [...one.problems, { field: 'number', message }] } : one;
  });
}

/** Issues what is not issued yet; all or nothing before it begins. */
export async function issueCertificates(
  deps: ApiDeps,
  actor: Actor,
  { decision, input, list }: { decision: DecisionRow; input: NewCertificates; list: ToIssue[] },
): Promise<Map<string, FieldProblem[]>> {
  const problems = problemsOf(list);
  if (problems.length > 0) throw invalidInput(problems);
  const issuedBy = input.issuedBy ?? decision.authority.replace('cấp tỉnh', provinceOf(deps, decision.provinceCode).name);
  const on = input.on ?? deps.today();
  const refused = new Map<string, FieldProblem[]>();
  await inTurn(list, async ({ row, number, done }) => {
    const key = keyOf(decision.id, row.id, 'issue');
    const code = publicCode(`${row.id} ${key}`);
    const body = { on, code, issuedBy, ...(number === undefined ? {} : { number }) };
    if (!done) await collecting(refused, row.id, async () => await act(deps, { actor, row, action: 'issue-certificate', body, key }));
    await deps.db.certificate.updateMany({ where: { cycleId: row.id, decisionId: null }, data: { decisionId: decision.id } });
  });
  return refused;
}
