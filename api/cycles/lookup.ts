/** Looking up a dossier without an account: by its code and the secret on its receipt. */
import { randomInt } from 'node:crypto';
import { dueDeadline } from '../../domain/cycle/due';
import { OUTCOME_TITLES, STAGE_TITLES, STEPS } from '../../domain/cycle/stages';
import type { Party, Stage } from '../../domain/cycle/stages';
import type { DeadlineDate } from '../../domain/deadlines';
import type { Text } from '../../domain/sources';
import type { ApiDeps } from '../deps';
import { stateOf } from './read';

/** Letters and figures that nobody mistakes for one another: 31 of them, 10 places, 49 bits. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const PLACES = 10;

/** The secret of a dossier's receipt, made when it is first asked for; the same ever after. */
export async function lookupSecret({ db, clock }: Pick<ApiDeps, 'db' | 'clock'>, cycleId: string): Promise<string> {
  const known = await db.lookupSecret.findUnique({ where: { cycleId } });
  if (known) return written(known.secret);
  const secret = Array.from({ length: PLACES }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  await db.lookupSecret.createMany({ data: [{ cycleId, secret, madeAt: new Date(clock.now()) }], skipDuplicates: true });
  const row = await db.lookupSecret.findUniqueOrThrow({ where: { cycleId } });
  return written(row.secret);
}

/** In two halves, easier to copy by hand. */
const written = (secret: string): string => `${secret.slice(0, PLACES / 2)}-${secret.slice(PLACES / 2)}`;

/** What anybody with the receipt may know: no name of a person or producer, no address. */
export interface LookedUp {
  code: string;
  productName: string;
  stage: Stage;
  stageTitle: Text;
  stepTitle: Text;
  waitingFor: Party | null;
  due: DeadlineDate | null;
  paused: boolean;
  star: number | null;
  certificateCode: string | null;
}

/** The dossier of a code and its secret, however they were typed; undefined when they do not belong together. */
export async function lookUp(deps: ApiDeps, typedCode: string, typedSecret: string): Promise<LookedUp | undefined> {
  const cycleId = typedCode.trim();
  const secret = typedSecret.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  const known = await deps.db.lookupSecret.findUnique({ where: { cycleId } });
  if (!known || known.secret !== secret) return undefined;
  const row = await deps.db.cycle.findUnique({ where: { id: cycleId }, include: { product: { include: { producer: true } } } });
  if (!row) return undefined;
  const state = await stateOf(deps, row);
  const due = dueDeadline(state);
  return {
    code: row.id,
    productName: row.product.name,
    stage: state.stage,
    stageTitle: STAGE_TITLES[state.stage],
    stepTitle: state.outcome ? OUTCOME_TITLES[state.outcome] : STEPS[state.step].title,
    waitingFor: state.waitingFor,
    due: due && state.waitingFor ? { date: due.date, operator: due.operator } : null,
    paused: state.paused !== null,
    star: state.certificate?.star ?? null,
    certificateCode: state.certificate?.code ?? null,
  };
}
