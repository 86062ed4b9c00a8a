/** What a decision would do to each of its certificates, from the records, before anything is done. */
import { createHash } from 'node:crypto';
import type { Actor, CycleState } from '../../domain/cycle/state';
import { decide } from '../../domain/cycle/decide';
import type { Text } from '../../domain/sources';
import type { Certificate } from '../../prisma/generated/client';
import { sees } from '../auth/visibility';
import { type CycleRow, readCycles, stateOf } from '../cycles/read';
import type { ApiDeps } from '../deps';
import { invalidInput } from '../http/problem';
import type { EndingInput, FORESEEN } from './input';

/** One certificate on the list, with what the decision would do to it. */
export interface Foreseen {
  code: string;
  ground: string | null;
  certificate: Certificate | null;
  row: CycleRow | null;
  would: (typeof FORESEEN)[number];
  reason: Text | null;
}

const NO_SUCH: Text = { vi: 'không có giấy chứng nhận mang mã này', en: 'there is no certificate with this code' };
const REVOKED: Text = { vi: 'giấy chứng nhận đã kết thúc theo quyết định khác', en: 'another decision has ended the certificate' };
const SUPERSEDED: Text = { vi: 'đã được thay bằng giấy chứng nhận mới', en: 'a newer certificate has taken its place' };

/** The decision's own id: the same decision sent again, whole or in part, is the same. */
export function endingId(provinceCode: string, { decisionNumber, on }: Pick<EndingInput, 'decisionNumber' | 'on'>): string {
  return createHash('sha256').update(`${provinceCode}\n${decisionNumber}\n${on}`).digest('hex').slice(0, 20);
}

/** Names what the decision does to one certificate; the engine and the records do it once under this name. */
export const keyOf = (id: string, certificateCode: string): string => `ending/${id}/${certificateCode}`;

/** Every certificate of the request in its order. Throws the problem of a request that names none, or those of several provinces. */
export async function foresee(
  deps: ApiDeps,
  actor: Actor,
  input: EndingInput,
): Promise<{ id: string; provinceCode: string; list: Foreseen[] }> {
  const { provinceCode, found } = await findWanted(deps, actor, input);
  const id = endingId(provinceCode, input);
  const list: Foreseen[] = [];
  for (const one of found) list.push({ ...one, ...(await foreseeOne(deps, actor, { ...input, id }, one)) });
  return { id, provinceCode, list };
}

/** What names the certificates of a decision, before it has a number. */
export type Chosen = Pick<EndingInput, 'certificates' | 'recognisedBy' | 'ground'> & Partial<Pick<EndingInput, 'decisionNumber'>>;
/** A certificate of the request with its cycle; both null where there is none that the actor may see. */
export type Found = Omit<Foreseen, 'would' | 'reason'>;

/** The certificates that a request names. Throws as `foresee`. */
export async function findWanted(deps: ApiDeps, actor: Actor, input: Chosen): Promise<{ provinceCode: string; found: Found[] }> {
  const wanted = await wantedCertificates(deps, actor, input);
  const certificates = await deps.db.certificate.findMany({ where: { code: { in: wanted.map(({ code }) => code) } } });
  const byCode = new Map(certificates.map((one) => [one.code, one]));
  const rows = await readCycles(
    deps,
    certificates.map((one) => one.cycleId),
  );
  const byCycle = new Map(rows.filter((row) => sees(actor, row)).map((row) => [row.id, row]));
  const found = wanted.map((one) => {
    const certificate = byCode.get(one.code) ?? null;
    return { ...one, certificate, row: (certificate && byCycle.get(certificate.cycleId)) ?? null };
  });
  const provinceCode = oneProvince(
    found.flatMap(({ row }) => row?.provinceCode ?? []),
    actor,
  );
  return { provinceCode, found };
}

type Wanted = Pick<Foreseen, 'code' | 'ground'>;

async function wantedCertificates({ db }: ApiDeps, actor: Actor, input: Chosen): Promise<Wanted[]> {
  const { certificates, recognisedBy, ground = null } = input;
  if ((certificates === undefined) === (recognisedBy === undefined)) throw invalidInput([ONE_OF_TWO]);
  if (certificates) {
    const codes = certificates.map(({ code }) => code);
    const twice = codes.find((code, index) => codes.indexOf(code) !== index);
    if (twice !== undefined)
      throw invalidInput([{ field: 'certificates', message: { vi: `mã ${twice} có hai lần`, en: `${twice} stands there twice` } }]);
    return certificates.map((one) => ({ code: one.code, ground: one.ground ?? ground }));
  }
  const rows = await db.certificate.findMany({
    where: {
      decisionNumber: recognisedBy ?? '',
      OR: [
        { status: { in: ['in_force', 'expired'] } },
        ...(input.decisionNumber === undefined ? [] : [{ endDecision: input.decisionNumber }]),
      ],
    },
    orderBy: { code: 'asc' },
  });
  const visible = await db.cycle.findMany({
    where: { id: { in: rows.map((row) => row.cycleId) } },
    select: { id: true, provinceCode: true, communeCode: true },
  });
  const mine = new Set(visible.filter((cycle) => sees(actor, cycle)).map((cycle) => cycle.id));
  const found = rows.filter((row) => mine.has(row.cycleId)).map(({ code }) => ({ code, ground }));
  if (found.length === 0)
    throw invalidInput([
      {
        field: 'recognisedBy',
        message: {
          vi: 'không có giấy chứng nhận nào còn hiệu lực hoặc đã hết hạn theo quyết định này',
          en: 'no certificate of this decision is in force or has run out',
        },
      },
    ]);
  return found;
}

const ONE_OF_TWO = {
  field: 'certificates',
  message: {
    vi: 'gửi danh sách (certificates) hoặc số quyết định công nhận (recognisedBy), một trong hai',
    en: 'send a list (certificates) or the recognising decision (recognisedBy), one of the two',
  },
};

function oneProvince(codes: readonly string[], actor: Actor): string {
  const [first, second] = new Set(codes);
  if (second !== undefined)
    throw invalidInput([
      {
        field: 'certificates',
        message: { vi: 'một quyết định chỉ của một tỉnh', en: 'a decision is of one province only' },
      },
    ]);
  return first ?? actor.provinceCode ?? '';
}

interface Asked extends EndingInput {
  id: string;
}

async function foreseeOne(
  deps: ApiDeps,
  actor: Actor,
  asked: Asked,
  { code, ground, certificate, row }: Found,
): Promise<Pick<Foreseen, 'would' | 'reason'>> {
  if (!certificate || !row) return { would: 'refused', reason: NO_SUCH };
  const doneBefore = await deps.db.cycleEvent.count({ where: { cycleId: row.id, idempotencyKey: keyOf(asked.id, code) } });
  if (doneBefore > 0) return { would: 'unchanged', reason: null };
  switch (certificate.status) {
    case 'in_force':
      return await wouldEnd(deps, actor, asked, await stateOf(deps, row), ground);
    case 'expired':
      if (certificate.endDecision === null) return { would: 'note', reason: null };
      return certificate.endDecision === asked.decisionNumber
        ? { would: 'unchanged', reason: null }
        : { would: 'refused', reason: REVOKED };
    case 'superseded':
      return { would: 'refused', reason: SUPERSEDED };
    default:
      return { would: 'refused', reason: REVOKED };
  }
}

/** The action of a cycle that the decision is. */
export function actionOf({ kind, decisionNumber }: EndingInput, ground: string | null) {
  return kind === 'revocation'
    ? ({ action: 'revoke-certificate', payload: { ground: ground ?? '', decisionNumber } } as const)
    : ({ action: 'withdraw-decision', payload: { decisionNumber } } as const);
}

async function wouldEnd(
  { clock }: ApiDeps,
  actor: Actor,
  input: EndingInput,
  state: CycleState,
  ground: string | null,
): Promise<Pick<Foreseen, 'would' | 'reason'>> {
  const request = { ...actionOf(input, ground), actor, on: input.on, noteId: 'dry-run' };
  const decision = decide(state, request, clock.now());
  if (decision.ok) return { would: 'end', reason: null };
  const { message, problems } = decision.refusal;
  const all = [message, ...problems.map((one) => one.message)];
  return { would: 'refused', reason: { vi: all.map(({ vi }) => vi).join(': '), en: all.map(({ en }) => en).join(': ') } };
}
