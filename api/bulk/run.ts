/**
 * The work on approved changes, beside the requests: one process at a time holds a change, dossier after dossier, and whoever finds it left alone goes
 * on with it. Nothing is held in memory that a kill could take.
 */
import type { BulkChange, BulkChangeItem } from '../../prisma/generated/client';
import { Prisma } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { inTurn } from '../imports/in-turn';
import { noteIdOf, doItem, undoItem } from './work';

/** A holder that has not said anything for so long was killed. */
const HELD_FOR_MS = 60_000;
/** After technical trouble the change is left alone for so long. */
const AGAIN_AFTER_MS = 10_000;
const AT_ONCE = 8;
const BATCH = 40;

/** Takes the next change that waits for work; undefined when there is none. */
async function claim({ db, clock }: ApiDeps): Promise<BulkChange | undefined> {
  const now = new Date(clock.now());
  const [row] = await db.$queryRaw<{ id: string }[]>(Prisma.sql`
    update bulk_change set claimed_until = ${new Date(clock.now() + HELD_FOR_MS)}
    where id = (select id from bulk_change where status in ('running', 'undoing') and (claimed_until is null or claimed_until < ${now})
      order by decided_at limit 1 for update skip locked)
    returning id`);
  return row && ((await db.bulkChange.findUnique({ where: { id: row.id } })) ?? undefined);
}

/** Works on every change that waits, until none does or `stopped` says so. */
export async function workOff(deps: ApiDeps, stopped: () => boolean = () => false): Promise<void> {
  while (!stopped()) {
    const change = await claim(deps);
    if (!change) return;
    await workOn(deps, change, stopped);
  }
}

async function workOn(deps: ApiDeps, change: BulkChange, stopped: () => boolean): Promise<void> {
  const { db, clock, log } = deps;
  const { id } = change;
  const undo = change.status === 'undoing';
  const hold = async (untilMs: number, trouble: string | null): Promise<void> => {
    await db.bulkChange.update({ where: { id }, data: { claimedUntil: new Date(clock.now() + untilMs), trouble } });
  };
  try {
    await keepNote(deps, change, undo);
    for (;;) {
      const items = await db.bulkChangeItem.findMany({
        where: { changeId: id, status: undo ? 'done' : 'planned' },
        orderBy: { position: 'asc' },
        take: BATCH,
      });
      if (items.length === 0) break;
      const answered = await inBatch(deps, change, items, undo, stopped);
      if (stopped()) return await hold(0, null);
      if (!answered) return await hold(AGAIN_AFTER_MS, 'unavailable');
      await hold(HELD_FOR_MS, null);
    }
    const finishedAt = new Date(clock.now());
    const end = undo ? { status: 'undone' } : { status: 'done', finishedAt };
    await db.bulkChange.update({ where: { id }, data: { ...end, claimedUntil: null, trouble: null } });
    log.info({ changeId: id, undo }, 'change of many dossiers finished');
  } catch (error) {
    log.error({ err: error, changeId: id }, 'change of many dossiers interrupted');
    await hold(AGAIN_AFTER_MS, 'fault');
  }
}

/** Does a batch; false when the engine did not answer for some of it. */
async function inBatch(
  deps: ApiDeps,
  change: BulkChange,
  items: readonly BulkChangeItem[],
  undo: boolean,
  stopped: () => boolean,
): Promise<boolean> {
  let answered = true;
  await inTurn(
    items,
    async (item) => {
      if (stopped() || !answered) return;
      const { kind } = undo ? await undoItem(deps, change, item) : await doItem(deps, change, item);
      if (kind === 'later') answered = false;
    },
    AT_ONCE,
  );
  return answered;
}

/** The written reason, once per change: the cycles' histories carry its id. */
async function keepNote({ db, clock }: ApiDeps, change: BulkChange, undo: boolean): Promise<void> {
  const text = undo ? `Hoàn tác thay đổi nhiều hồ sơ: ${change.undoReason ?? ''}` : change.reason;
  const actorId = (undo ? change.undoneBy : change.decidedBy) ?? change.proposedBy;
  const row = { id: noteIdOf(change, undo), text, actorId, writtenAt: new Date(clock.now()) };
  await db.note.createMany({ data: [row], skipDuplicates: true });
}

const LOOK_EVERY_MS = 1000;

/** Looks for work regularly. Returns what stops it: it waits for the dossiers under way. */
export function watchChanges(deps: ApiDeps, everyMs = LOOK_EVERY_MS): () => Promise<void> {
  let ended = false;
  let work: Promise<void> = Promise.resolve();
  let busy = false;
  const look = async (): Promise<void> => {
    busy = true;
    try {
      await workOff(deps, () => ended);
    } catch (error) {
      deps.log.warn({ err: error }, 'changes of many dossiers could not be looked at');
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => {
    if (!busy && !ended) work = look();
  }, everyMs);
  timer.unref();
  return async () => {
    ended = true;
    clearInterval(timer);
    await work;
  };
}
