/** Doing what a decision says, certificate by certificate. Sent again it goes on where it stopped; what was done stays done. */
import type { Actor } from '../../domain/cycle/state';
import type { Text } from '../../domain/sources';
import { act } from '../cycles/actions';
import type { ApiDeps } from '../deps';
import { HttpProblem } from '../http/problem';
import { inTurn } from '../imports/in-turn';
import { actionOf, type Foreseen, keyOf } from './foresee';
import type { EndingInput, OUTCOMES } from './input';

export interface Ended {
  code: string;
  outcome: (typeof OUTCOMES)[number];
  reason: Text | null;
}

/** The register's entry of the decision, made once. Throws when its number and day stand there for a decision of the other kind. */
export async function enterDecision(deps: ApiDeps, actor: Actor, id: string, provinceCode: string, input: EndingInput): Promise<void> {
  const { db, clock } = deps;
  const recordedAt = new Date(clock.now());
  const noteId = `note-ending-${id}`;
  await db.note.createMany({ data: [{ id: noteId, text: input.reason, actorId: actor.id, writtenAt: recordedAt }], skipDuplicates: true });
  const { kind, decisionNumber: number, ground = null } = input;
  const data = { id, kind, number, signedOn: new Date(input.on), provinceCode, ground, noteId };
  await db.endingDecision.createMany({
    data: [{ ...data, actorId: actor.id, officeCode: actor.office, recordedAt }],
    skipDuplicates: true,
  });
  const standing = await db.endingDecision.findUniqueOrThrow({ where: { id } });
  if (standing.kind === kind) return;
  throw new HttpProblem('already-exists', {
    vi: `Quyết định ${number} ngày này đã ghi là quyết định loại khác (${standing.kind})`,
    en: `Decision ${number} of this day stands in the register as a ${standing.kind}`,
  });
}

/** Ends or notes every certificate that may be; the others are refused one by one. Throws "unavailable" when the engine is away: send it again. */
export async function carryOut(deps: ApiDeps, actor: Actor, id: string, input: EndingInput, list: readonly Foreseen[]): Promise<Ended[]> {
  const results = new Map<string, Ended>();
  await inTurn(list, async (one) => {
    const ended = await carryOutOne(deps, actor, id, input, one);
    results.set(one.code, ended);
    await enterItem(deps, id, one, ended);
  });
  return list.flatMap(({ code }) => results.get(code) ?? []);
}

async function carryOutOne(deps: ApiDeps, actor: Actor, id: string, input: EndingInput, one: Foreseen): Promise<Ended> {
  const { code, row, would, reason, ground } = one;
  if (would === 'unchanged' || would === 'refused' || !row) return { code, outcome: would === 'unchanged' ? would : 'refused', reason };
  if (would === 'note') {
    await deps.db.certificate.updateMany({ where: { code, endDecision: null }, data: { endDecision: input.decisionNumber } });
    return { code, outcome: 'noted', reason: null };
  }
  const { action, payload } = actionOf(input, ground);
  const body = { ...payload, on: input.on, reason: input.reason, sourceDocument: input.decisionNumber };
  try {
    await act(deps, { actor, row, action, body, key: keyOf(id, code) });
    return { code, outcome: 'ended', reason: null };
  } catch (error) {
    // Somebody did something to the cycle since the dry run: this certificate is refused, the others go on.
    if (error instanceof HttpProblem && error.kind !== 'unavailable') return { code, outcome: 'refused', reason: error.detail };
    throw error;
  }
}

/** What stands in the register of the first attempt stays; only a refusal may turn into something done. */
async function enterItem({ db, clock }: ApiDeps, decisionId: string, one: Foreseen, { outcome, reason }: Ended): Promise<void> {
  if (!one.certificate) return;
  const facts = {
    outcome: outcome === 'unchanged' ? (one.certificate.status === 'expired' ? 'noted' : 'ended') : outcome,
    reasonVi: reason?.vi ?? null,
    reasonEn: reason?.en ?? null,
    ground: one.ground,
    recordedAt: new Date(clock.now()),
  };
  const key = { decisionId, certificateCode: one.code };
  const { count } = await db.endingItem.createMany({
    data: [{ ...key, cycleId: one.certificate.cycleId, ...facts }],
    skipDuplicates: true,
  });
  if (count === 0) await db.endingItem.updateMany({ where: { ...key, outcome: 'refused' }, data: facts });
}
