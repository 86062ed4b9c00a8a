/** A change of many dossiers as the API shows it. */
import { z } from 'zod';
import { ACTIONS } from '../../domain/cycle/actions';
import { STAGE_TITLES, STAGES, STEPS } from '../../domain/cycle/stages';
import type { Actor } from '../../domain/cycle/state';
import type { NudgeChange, Reminder } from '../../domain/nudges/change';
import type { BulkChange, BulkChangeItem } from '../../prisma/generated/client';
import { type CycleRow, readCycles } from '../cycles/read';
import type { ApiDeps } from '../deps';
import { bothLanguages, instant, localDate } from '../http/schemas';
import { titleOfRule } from '../nudges/titles';
import { BULK_ACTIONS, type BulkAction, keepsExtension, type Standing } from './change';
import type { DryItem } from './dry-run';
import { type Counts, ITEM_STATUSES, type ItemStatus, STATUS_TITLES, STATUSES, type BulkStatus } from './store';

const reminder = z.object({ rule: z.string(), title: bothLanguages, recipient: z.string(), subjectOn: localDate, plannedFor: localDate });

const standing = z.object({
  stage: z.enum(STAGES),
  stageTitle: bothLanguages,
  step: z.string(),
  stepTitle: bothLanguages,
  paused: z.object({ until: localDate.nullable() }).nullable(),
  due: z
    .object({ kind: z.string(), date: localDate, operator: z.enum(['before', 'on_or_before']), source: z.string(), lastSafeOn: localDate })
    .nullable(),
  officers: z.object({ commune: z.string().nullable(), province: z.string().nullable() }),
  plan: z.string(),
  planVersion: z.int(),
});

export const itemView = z
  .object({
    cycleId: z.string(),
    product: z.string(),
    producer: z.string(),
    communeCode: z.string(),
    communeName: z.string().nullable(),
    status: z.enum(ITEM_STATUSES),
    statusTitle: bothLanguages,
    before: standing,
    after: standing.nullable(),
    /** An extension granted to this dossier alone stays as it is. */
    keepsExtension: z.boolean(),
    nudges: z.object({ cancelled: z.array(reminder), added: z.array(reminder) }),
    reason: bothLanguages.nullable(),
  })
  .meta({ id: 'BulkChangeItem' });
export type ItemView = z.input<typeof itemView>;

const counts = z.object({
  total: z.int(),
  planned: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  done: z.int(),
  undone: z.int(),
  kept: z.int(),
}) satisfies z.ZodType<Counts>;

const who = z.object({ id: z.string(), name: z.string().nullable(), at: instant }).nullable();

export const changeView = z
  .object({
    id: z.string(),
    action: z.enum(BULK_ACTIONS),
    title: bothLanguages,
    body: z.record(z.string(), z.unknown()),
    chosenBy: z.record(z.string(), z.unknown()),
    reason: z.string(),
    sourceDocument: z.string().nullable(),
    provinceCode: z.string().nullable(),
    status: z.enum(STATUSES),
    statusTitle: bothLanguages,
    counts,
    proposed: who,
    decided: who,
    decisionReason: z.string().nullable(),
    undone: who,
    undoReason: z.string().nullable(),
    finishedAt: instant.nullable(),
    /** Technical trouble that stops the work for now. */
    trouble: z.string().nullable(),
    /** What the reader may do with it now. */
    may: z.object({ approve: z.boolean(), reject: z.boolean(), undo: z.boolean() }),
  })
  .meta({ id: 'BulkChange' });
export type ChangeView = z.input<typeof changeView>;

const ITEM_TITLES: Record<ItemStatus, { vi: string; en: string }> = {
  planned: { vi: 'Sẽ thay đổi', en: 'Would change' },
  unchanged: { vi: 'Không đổi', en: 'Unchanged' },
  refused: { vi: 'Không áp dụng được', en: 'Refused' },
  done: { vi: 'Đã thay đổi', en: 'Changed' },
  undone: { vi: 'Đã hoàn tác', en: 'Taken back' },
  kept: { vi: 'Không hoàn tác được', en: 'Not taken back' },
};

/** Names of people and programs by the ids that actors have, and of plans by theirs. */
export async function namesOf({ db, rules }: Pick<ApiDeps, 'db' | 'rules'>, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const [people, tokens, accounts] = await Promise.all([
    db.person.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } }),
    db.apiToken.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } }),
    db.account.findMany({ where: { id: { in: wanted } }, select: { id: true, login: true } }),
  ]);
  return new Map([
    ...rules.plans.map(({ id, title }) => [id, title.vi] as const),
    ...tokens.map(({ id, name }) => [id, name] as const),
    ...accounts.map(({ id, login }) => [id, login] as const),
    ...people.map(({ id, name }) => [id, name] as const),
  ]);
}

export function viewOfChange(row: BulkChange, counted: Counts, names: ReadonlyMap<string, string>, actor: Actor): ChangeView {
  const status = row.status as BulkStatus;
  const action = row.action as BulkAction;
  const by = (id: string | null, at: Date | null): ChangeView['proposed'] =>
    id === null || at === null ? null : { id, name: names.get(id) ?? null, at: at.toISOString() };
  return {
    id: row.id,
    action,
    title: ACTIONS[action].title,
    body: row.body as Record<string, unknown>,
    chosenBy: row.chosenBy as Record<string, unknown>,
    reason: row.reason,
    sourceDocument: row.sourceDocument,
    provinceCode: row.provinceCode,
    status,
    statusTitle: STATUS_TITLES[status],
    counts: counted,
    proposed: by(row.proposedBy, row.proposedAt),
    decided: by(row.decidedBy, row.decidedAt),
    decisionReason: row.decisionReason,
    undone: by(row.undoneBy, row.undoneAt),
    undoReason: row.undoReason,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    trouble: row.trouble,
    may: {
      approve: status === 'proposed' && row.proposedBy !== actor.id && counted.planned > 0,
      reject: status === 'proposed',
      undo: status === 'done' && counted.done > 0,
    },
  };
}

/** Items of a proposal as the dry run gave them. */
export function viewsOfDryRun(deps: ApiDeps, items: readonly DryItem[]): ItemView[] {
  return items.map(({ row, ...item }) => itemViewOf(deps, row, item));
}

/** Items as the records hold them, in their order. */
export async function viewsOfItems(deps: ApiDeps, items: readonly BulkChangeItem[]): Promise<ItemView[]> {
  const rows = await readCycles(
    deps,
    items.map(({ cycleId }) => cycleId),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return items.flatMap(({ cycleId, before, after, nudges, status, reasonVi, reasonEn }) => {
    const row = byId.get(cycleId);
    if (!row) return [];
    const reason = reasonVi === null ? null : { vi: reasonVi, en: reasonEn ?? reasonVi };
    const stood = { before: before as unknown as Standing, after: after as unknown as Standing | null };
    return [itemViewOf(deps, row, { ...stood, status: status as ItemStatus, nudges: nudges as unknown as NudgeChange, reason })];
  });
}

type ItemFacts = Omit<DryItem, 'row' | 'status'> & { status: ItemStatus };

function itemViewOf(deps: ApiDeps, row: CycleRow, { status, before, after, nudges, reason }: ItemFacts): ItemView {
  const reminders = (some: readonly Reminder[]): z.input<typeof reminder>[] =>
    some.map(({ ruleId, recipient, subjectOn, plannedFor }) => {
      return { rule: ruleId, title: titleOfRule(deps.rules, ruleId), recipient, subjectOn, plannedFor };
    });
  return {
    cycleId: row.id,
    product: row.product.name,
    producer: row.product.producer.name,
    communeCode: row.communeCode,
    communeName: deps.units.byCode(row.communeCode)?.fullName ?? null,
    status,
    statusTitle: ITEM_TITLES[status],
    before: standingView(before),
    after: after && standingView(after),
    keepsExtension: after !== null && keepsExtension(before, after),
    nudges: { cancelled: reminders(nudges.cancelled), added: reminders(nudges.added) },
    reason,
  };
}

function standingView({ stage, step, paused, due, officers, plan, planVersion }: Standing): z.input<typeof standing> {
  const shown = due && { kind: due.kind, date: due.date, operator: due.operator, source: due.source, lastSafeOn: due.lastSafeOn };
  return { stage, stageTitle: STAGE_TITLES[stage], step, stepTitle: STEPS[step].title, paused, due: shown, officers, plan, planVersion };
}
