/** Doing one dossier of a change, and taking it back. The key names change and dossier, so that a repetition after a kill finds what was done. */
import type { Request } from '../../domain/cycle/action';
import { decide } from '../../domain/cycle/decide';
import type { Actor } from '../../domain/cycle/state';
import type { Text } from '../../domain/sources';
import { type BulkChange, type BulkChangeItem, Prisma } from '../../prisma/generated/client';
import { readCycles, rulesOf, stateOf } from '../cycles/read';
import type { ApiDeps } from '../deps';
import { type Change, change as changeSchema, type Standing, standingOf, standsAs } from './change';
import { inOneLine } from './dry-run';
import type { ItemStatus } from './store';

/** What became of a dossier; `later`: the engine did not answer, the next round tries again. */
type Outcome = { kind: 'settled' } | { kind: 'later' };

const MOVED_ON: Text = {
  vi: 'Hồ sơ đã thay đổi sau khi lập đề xuất, nên không thực hiện',
  en: 'The dossier has changed since the proposal, so nothing was done',
};
const MOVED_ON_SINCE: Text = {
  vi: 'Hồ sơ đã đi tiếp sau thay đổi này, nên không hoàn tác được',
  en: 'The dossier has moved on since, so it cannot be taken back',
};
const MAILED: Text = {
  vi: 'Đã có thư nhắc gửi đi theo nội dung mới, nên không hoàn tác được',
  en: 'A mail based on it has gone out, so it cannot be taken back',
};
const NOT_RUN: Text = {
  vi: 'Bộ phận xử lý không chạy hồ sơ này; hãy báo quản trị viên',
  en: 'The engine does not run this dossier; tell the administrator',
};

/** The change that a row of the records holds. */
export function changeIn({ action, body }: BulkChange): Change {
  return changeSchema.parse({ action, body });
}

const doKey = ({ id }: BulkChange): string => `bulk-${id}`;
const undoKey = ({ id }: BulkChange): string => `bulk-undo-${id}`;
/** Id of the note with the reason of a change, or of its undoing. */
export const noteIdOf = (change: BulkChange, undo: boolean): string => `note-${undo ? undoKey(change) : doKey(change)}`;

/** Does a change in one dossier, once. */
export async function doItem(deps: ApiDeps, change: BulkChange, item: BulkChangeItem): Promise<Outcome> {
  const before = await doneUnder(deps, item.cycleId, doKey(change));
  if (before) {
    const after = await standingUnder(deps, item.cycleId, before.sequence);
    return await settle(deps, item, { status: 'done', sequence: before.sequence, doneAt: before.recordedAt, ...after });
  }
  const startedAt = new Date(deps.clock.now());
  const request = await requestOf(deps, change, item);
  const result = await attempt(deps, item, item.before as unknown as Standing, MOVED_ON, request, doKey(change));
  if ('later' in result) return { kind: 'later' };
  if ('reason' in result) return await settle(deps, item, { status: 'refused', ...words(result.reason) });
  return await settle(deps, item, { status: 'done', sequence: result.sequence, doneAt: startedAt, after: stored(result.after) });
}

/** Takes a change of one dossier back, once; what cannot be taken back stays, with the reason. */
export async function undoItem(deps: ApiDeps, change: BulkChange, item: BulkChangeItem): Promise<Outcome> {
  const before = await doneUnder(deps, item.cycleId, undoKey(change));
  if (before) return await settle(deps, item, { status: 'undone', undoneSequence: before.sequence, undoneAt: before.recordedAt });
  if (await mailedSince(deps, item)) return await settle(deps, item, { status: 'kept', ...words(MAILED) });
  const request = await undoRequestOf(deps, change, item);
  const result = await attempt(deps, item, item.after as unknown as Standing, MOVED_ON_SINCE, request, undoKey(change));
  if ('later' in result) return { kind: 'later' };
  if ('reason' in result) return await settle(deps, item, { status: 'kept', ...words(result.reason) });
  return await settle(deps, item, { status: 'undone', undoneSequence: result.sequence, undoneAt: new Date(deps.clock.now()) });
}

const stored = (standing: Standing): Prisma.InputJsonValue => JSON.parse(JSON.stringify(standing)) as Prisma.InputJsonValue;

/** How the dossier stood after an earlier attempt did it, as long as nothing else has happened. */
async function standingUnder(deps: ApiDeps, cycleId: string, sequence: number): Promise<{ after?: Prisma.InputJsonValue }> {
  const [row] = await readCycles(deps, [cycleId]);
  return row?.sequence === sequence ? { after: stored(standingOf(await stateOf(deps, row))) } : {};
}

const words = ({ vi, en }: Text): { reasonVi: string; reasonEn: string } => ({ reasonVi: vi, reasonEn: en });

async function doneUnder({ db }: ApiDeps, cycleId: string, idempotencyKey: string) {
  return await db.cycleEvent.findUnique({ where: { cycleId_idempotencyKey: { cycleId, idempotencyKey } } });
}

async function settle(
  { db }: ApiDeps,
  { changeId, cycleId }: BulkChangeItem,
  data: { status: ItemStatus } & Prisma.BulkChangeItemUpdateInput,
): Promise<Outcome> {
  await db.bulkChangeItem.update({ where: { changeId_cycleId: { changeId, cycleId } }, data });
  return { kind: 'settled' };
}

type Attempted = { sequence: number; after: Standing } | { reason: Text } | { later: true };

/** Hands a request to a dossier that stands as it did; says why not otherwise. */
async function attempt(
  deps: ApiDeps,
  { cycleId }: BulkChangeItem,
  expected: Standing,
  movedOn: Text,
  request: Request,
  key: string,
): Promise<Attempted> {
  const [row] = await readCycles(deps, [cycleId]);
  if (!row) return { reason: NOT_RUN };
  const state = await stateOf(deps, row);
  if (!standsAs(standingOf(state), expected)) return { reason: movedOn };
  const decision = decide(state, request, deps.clock.now());
  if (!decision.ok) return { reason: inOneLine(decision.refusal.message, decision.refusal.problems) };
  const result = await deps.gateway.act(cycleId, request, key);
  switch (result.kind) {
    case 'done':
      return { sequence: result.answer.sequence, after: standingOf(decision.state) };
    case 'refused':
      return { reason: inOneLine(result.refusal.message, result.refusal.problems) };
    case 'gone':
      return { reason: NOT_RUN };
    case 'unavailable':
      return { later: true };
  }
}

async function requestOf(deps: ApiDeps, change: BulkChange, item: BulkChangeItem): Promise<Request> {
  const { action, body } = changeIn(change);
  const { rulesVersion } = item.after as unknown as Standing;
  return {
    action,
    ...(action === 'adopt-rules' ? { payload: {}, rules: await rulesOf(deps, rulesVersion) } : { payload: body }),
    actor: change.decider as unknown as Actor,
    on: deps.today(),
    noteId: noteIdOf(change, false),
    ...(change.sourceDocument === null ? {} : { sourceDocument: change.sourceDocument }),
  };
}

/** The act that brings a dossier back to where it stood. */
async function undoRequestOf(deps: ApiDeps, change: BulkChange, item: BulkChangeItem): Promise<Request> {
  const before = item.before as unknown as Standing;
  const act = { actor: change.undoer as unknown as Actor, on: deps.today(), noteId: noteIdOf(change, true) };
  const done = changeIn(change);
  switch (done.action) {
    case 'extend-deadline':
      return { ...act, action: 'extend-deadline', payload: { date: null } };
    case 'assign-officer': {
      const { side } = done.body;
      return { ...act, action: 'assign-officer', payload: { side, officerId: before.officers[side] } };
    }
    case 'adopt-rules':
      return { ...act, action: 'adopt-rules', payload: {}, rules: await rulesOf(deps, before.rulesVersion) };
    case 'pause':
      return { ...act, action: 'resume', payload: {} };
    case 'resume':
      return { ...act, action: 'pause', payload: before.paused?.until ? { until: before.paused.until } : {} };
  }
}

/** Whether a mail that names the dossier has gone out, or may have, since it was changed. */
async function mailedSince({ db }: ApiDeps, { cycleId, doneAt }: BulkChangeItem): Promise<boolean> {
  const link = `/ho-so/${encodeURIComponent(cycleId)}\n`;
  const [row] = await db.$queryRaw<{ mailed: boolean }[]>(Prisma.sql`
    select exists (
      select from outbox_mail m where coalesce(m.sent_at, case when m.status = 'sending' then m.created_at end) >= ${doneAt}
        and (position(${link} in m.text_body || E'\n') > 0
          or exists (select from nudge_delivery d join nudge n on n.id = d.nudge_id where d.mail_id = m.id and n.cycle_id = ${cycleId}))
    ) as mailed`);
  return row?.mailed ?? false;
}
