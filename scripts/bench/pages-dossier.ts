/** One dossier as a cycle would have recorded it: its page shows a whole state, which the country's rows do not have. */
import { recordTransition } from '../../activities/record-transition';
import { keepRules } from '../../api/cycles/pinning';
import type { Database } from '../../clients/database';
import type { ActionName } from '../../domain/cycle/actions';
import { decide, type Transition } from '../../domain/cycle/decide';
import { register } from '../../domain/cycle/register';
import { addDays, type LocalDate, startOfDay } from '../../domain/dates';
import { loadRules } from '../../plans/load';
import { pinFor } from '../../plans/pin';

const PLAN = 'qd-26-2026';
const PLACE = { provinceCode: '37', communeCode: '14329' };
const PRODUCT = `${PLACE.provinceCode}-${PLACE.communeCode}-999999-2026`;
export const ONE_DOSSIER = `${PRODUCT}.1`;
const ACTOR = { id: 'bench', role: 'administrator' as const, office: 'bench', provinceCode: null, communeCode: null };
/** Days before the day asked for. */
const STEPS: readonly [ActionName, number][] = [
  ['accept-idea', 30],
  ['submit-dossier', 20],
  ['request-supplement', 15],
  ['submit-supplement', 10],
];

/** Records the dossier unless it stands there. */
export async function recordOneDossier(db: Database, day: LocalDate): Promise<void> {
  if (await db.cycle.findUnique({ where: { id: ONE_DOSSIER } })) return;
  await db.producer.create({ data: { id: PRODUCT, name: 'Hợp tác xã của hồ sơ mẫu', communeCode: PLACE.communeCode } });
  await db.product.create({ data: { code: PRODUCT, name: 'Sản phẩm của hồ sơ mẫu', producerId: PRODUCT, ...PLACE } });
  const registeredOn = addDays(day, -60);
  const { rules } = pinFor(loadRules(), { planId: PLAN, kind: 'new', submittedOn: registeredOn, assessedOn: registeredOn });
  await keepRules({ db, clock: { now: () => startOfDay(day) } }, rules);
  const given = {
    cycleId: ONE_DOSSIER,
    productCode: PRODUCT,
    cycleNumber: 1,
    kind: 'new' as const,
    productSet: 4,
    predecessor: null,
    certificate: null,
  };
  let last = register({ ...given, ...PLACE, rules, actor: ACTOR, on: registeredOn }, startOfDay(registeredOn));
  await record(db, last);
  for (const [action, daysBefore] of STEPS) {
    const on = addDays(day, -daysBefore);
    const decision = decide(last.state, { action, payload: {}, actor: ACTOR, on, noteId: 'bench' }, startOfDay(on));
    if (!decision.ok) throw new Error(`${action}: ${JSON.stringify(decision)}`);
    last = decision;
    await record(db, last);
  }
}

async function record(db: Database, { state: { rules, ...state }, event }: Transition): Promise<void> {
  await recordTransition(db, { event, state, planId: rules.planId, regimeId: rules.regimeId, key: null });
}
