/** Proposals in the records: kept with their dry run, read back, moved on from status to status. */
import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/cycle/state';
import { type BulkChange, Prisma } from '../../prisma/generated/client';
import { scopeOf } from '../auth/visibility';
import { keepRules } from '../cycles/pinning';
import type { ApiDeps } from '../deps';
import { HttpProblem, notFound } from '../http/problem';
import type { Proposal } from './change';
import type { DryItem, DryRun } from './dry-run';

export const STATUSES = ['proposed', 'rejected', 'running', 'done', 'undoing', 'undone'] as const;
export type BulkStatus = (typeof STATUSES)[number];

/** planned, unchanged and refused by the dry run; done, refused by the dossier when it came to it; undone, or kept when it could not be taken back. */
export const ITEM_STATUSES = ['planned', 'unchanged', 'refused', 'done', 'undone', 'kept'] as const;
export type ItemStatus = (typeof ITEM_STATUSES)[number];

export type Counts = Record<ItemStatus, number> & { total: number };

const plain = (value: object): Prisma.InputJsonValue => JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue;

/** The id that a request's key gives a change: the same request again is the same change. */
function idOf(key: string): string {
  const hex = createHash('sha256').update(`bulk-change ${key}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Keeps a proposal with its dry run, once per key. Returns its id. */
export async function keepProposal(
  deps: ApiDeps,
  actor: Actor,
  proposal: Proposal,
  { items, rules }: DryRun,
  key: string,
): Promise<string> {
  const { db, clock } = deps;
  const id = idOf(key);
  if ((await db.bulkChange.count({ where: { id } })) > 0) return id;
  for (const one of rules) await keepRules(deps, one);
  const provinces = [...new Set(items.map(({ row }) => row.provinceCode))];
  await db.bulkChange.create({
    data: {
      id,
      action: proposal.change.action,
      body: plain(proposal.change.body),
      chosenBy: plain(proposal.choose.filter ?? { cycles: items.length }),
      reason: proposal.reason,
      sourceDocument: proposal.sourceDocument ?? null,
      provinceCode: provinces.length === 1 ? (provinces[0] ?? null) : null,
      status: 'proposed',
      proposedBy: actor.id,
      proposedAt: new Date(clock.now()),
      items: { createMany: { data: items.map(itemData) } },
    },
  });
  return id;
}

function itemData({ row, status, before, after, nudges, reason }: DryItem, position: number) {
  return {
    position,
    cycleId: row.id,
    status,
    before: plain(before),
    after: after ? plain(after) : Prisma.DbNull,
    nudges: plain(nudges),
    reasonVi: reason?.vi ?? null,
    reasonEn: reason?.en ?? null,
  };
}

/** Which changes an actor may see: a province those of its own dossiers, administrators all. */
export function changesSeenBy(actor: Actor): Prisma.BulkChangeWhereInput {
  const scope = scopeOf(actor);
  if (scope === null || scope.communeCode !== undefined) return { id: { in: [] } };
  return scope.provinceCode === undefined ? {} : { provinceCode: scope.provinceCode };
}

/** A change that the actor may see. Throws "not found" for others, known or not. */
export async function readChange({ db }: Pick<ApiDeps, 'db'>, actor: Actor, id: string): Promise<BulkChange> {
  const row = await db.bulkChange.findFirst({ where: { id, ...changesSeenBy(actor) } });
  if (!row) throw notFound({ vi: 'Không có đề xuất này', en: 'There is no such change' });
  return row;
}

/** How many dossiers of each change stand how. */
export async function countsOf({ db }: Pick<ApiDeps, 'db'>, ids: readonly string[]): Promise<Map<string, Counts>> {
  const groups = await db.bulkChangeItem.groupBy({ by: ['changeId', 'status'], where: { changeId: { in: [...ids] } }, _count: true });
  const none = (): Counts => ({ total: 0, planned: 0, unchanged: 0, refused: 0, done: 0, undone: 0, kept: 0 });
  const counts = new Map(ids.map((id) => [id, none()]));
  for (const { changeId, status, _count } of groups) {
    const of = counts.get(changeId);
    if (!of) continue;
    of[status as ItemStatus] = _count;
    of.total += _count;
  }
  return counts;
}

/** Moves a change on from a status; two at once: only the first does. Throws the problem of one that is somewhere else. */
export async function moveOn(
  deps: ApiDeps,
  { id }: BulkChange,
  from: BulkStatus,
  data: Prisma.BulkChangeUpdateManyMutationInput,
  actorMay: Prisma.BulkChangeWhereInput = {},
): Promise<void> {
  const { count } = await deps.db.bulkChange.updateMany({ where: { id, status: from, ...actorMay }, data });
  if (count > 0) return;
  const row = await deps.db.bulkChange.findUniqueOrThrow({ where: { id } });
  throw elsewhere(row.status as BulkStatus);
}

export const STATUS_TITLES: Record<BulkStatus, { vi: string; en: string }> = {
  proposed: { vi: 'Chờ duyệt', en: 'Awaits approval' },
  rejected: { vi: 'Không duyệt', en: 'Rejected' },
  running: { vi: 'Đang thực hiện', en: 'Under way' },
  done: { vi: 'Đã thực hiện', en: 'Done' },
  undoing: { vi: 'Đang hoàn tác', en: 'Being taken back' },
  undone: { vi: 'Đã hoàn tác', en: 'Taken back' },
};

function elsewhere(status: BulkStatus): HttpProblem {
  const { vi, en } = STATUS_TITLES[status];
  return new HttpProblem(
    'not-allowed-now',
    { vi: `Đề xuất này đang ở tình trạng “${vi}”`, en: `This change is “${en}”` },
    { members: { status } },
  );
}
