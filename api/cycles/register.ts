/** Registering a product’s cycle: what was prepared is entered and started. Doing it twice gives the same cycle. */
import { setTimeout } from 'node:timers/promises';
import type { Actor } from '../../domain/cycle/state';
import { cycleIdOf } from '../../workflows/messages';
import type { ApiDeps } from '../deps';
import { HttpProblem, invalidInput, unavailable } from '../http/problem';
import { keepRules } from './pinning';
import { type Prepared, prepareRegistration, type Unusable } from './prepare-registration';
import { enterProduct, productByCode } from './products';
import type { RegistrationInput } from './registration-input';
import { keepSupportNeeds } from './support-needs';

/**
 * Enters the product and starts its cycle.
 * @param entered told the cycle's id before the engine is asked
 * @returns the cycle's id, and whether the engine was reached; it may have started the cycle even when it was not
 */
export async function startPrepared(
  deps: ApiDeps,
  prepared: Prepared,
  entered: (cycleId: string) => Promise<void> = async () => undefined,
): Promise<{ cycleId: string; kind: 'started' | 'already-started' | 'unavailable' }> {
  const { registration, place, producer, productSet, supportNeeds } = prepared;
  const year = Number(registration.on.slice(0, 4));
  const standing = prepared.productCode === undefined ? undefined : await productByCode(deps.db, prepared.productCode);
  const product = { name: prepared.productName, productSet, producer, place, code: prepared.productCode, year };
  const productCode = standing?.code ?? (await enterProduct(deps.db, product));
  const cycleId = cycleIdOf(productCode, registration.cycleNumber);
  await entered(cycleId);
  if (supportNeeds !== undefined)
    await keepSupportNeeds(deps.db, { cycleId, needs: supportNeeds, actorId: registration.actor.id, at: new Date(deps.clock.now()) });
  await keepRules(deps, registration.rules);
  const { kind } = await deps.gateway.start({ ...registration, cycleId, productCode });
  return { cycleId, kind };
}

/**
 * Registers one cycle and waits until it stands in the records.
 * @returns the cycle's id
 * @throws HttpProblem that says what is wrong, that the cycle exists, or that the engine is away
 */
export async function registerCycle(
  deps: ApiDeps,
  actor: Actor,
  input: RegistrationInput,
  entered?: (cycleId: string) => Promise<void>,
): Promise<string> {
  const prepared = await prepareRegistration(deps, actor, input);
  switch (prepared.kind) {
    case 'unusable':
      throw withCandidates(prepared);
    case 'not-yours':
      throw new HttpProblem('not-allowed', prepared.detail);
    case 'exists':
      throw alreadyExists(prepared.cycleId);
    case 'prepared': {
      const { cycleId, kind } = await startPrepared(deps, prepared, entered);
      if (kind === 'unavailable') throw unavailable();
      await awaitRecord(deps, cycleId);
      return cycleId;
    }
  }
}

/** Together some seven seconds. */
const MOST_LOOKS = 25;

const SHORTEST_PAUSE_MS = 20;

const LONGEST_PAUSE_MS = 400;

/** Waits until a started cycle stands in the records. Throws "unavailable" when it does not in time. */
export async function awaitRecord({ db, gateway }: ApiDeps, cycleId: string): Promise<void> {
  const { kind } = await gateway.recorded(cycleId);
  if (kind === 'unavailable') throw unavailable();
  // While a record is slow to be written the engine answers before it stands.
  for (let look = 1; (await db.cycle.count({ where: { id: cycleId } })) === 0; look += 1) {
    if (look > MOST_LOOKS) throw unavailable();
    await setTimeout(Math.min(LONGEST_PAUSE_MS, look * SHORTEST_PAUSE_MS));
  }
}

function withCandidates({ problems, candidates }: Unusable): HttpProblem {
  const { kind, detail } = invalidInput(problems);
  return new HttpProblem(kind, detail, { problems, ...(candidates.length ? { members: { candidates } } : {}) });
}

/** The problem of a product whose later cycle is open already. */
export function alreadyExists(cycleId: string): HttpProblem {
  return new HttpProblem(
    'already-exists',
    { vi: `Sản phẩm này đã có chu trình đang chạy: ${cycleId}`, en: `This product has an open cycle: ${cycleId}` },
    { members: { cycleId }, headers: { location: `/api/cycles/${cycleId}` } },
  );
}
