/** What people do with changes of many dossiers: propose, approve, reject, take back. The API and the pages both come here. */
import type { Actor } from '../../domain/cycle/state';
import type { BulkChange } from '../../prisma/generated/client';
import type { ApiDeps } from '../deps';
import { HttpProblem } from '../http/problem';
import type { Proposal } from './change';
import { chosen } from './choose';
import { dryRun, type DryItem, type DryRun } from './dry-run';
import { keepProposal, moveOn, readChange } from './store';

/** What a proposal would do; nothing is kept. */
export async function tryProposal(deps: ApiDeps, actor: Actor, proposal: Proposal): Promise<DryRun> {
  const rows = await chosen(deps, actor, proposal.choose);
  return await dryRun(deps, actor, proposal, rows);
}

/** Keeps a proposal with what it would do, once per key. Throws the problem of one that would change nothing. */
export async function propose(deps: ApiDeps, actor: Actor, proposal: Proposal, key: string): Promise<{ id: string; items: DryItem[] }> {
  const run = await tryProposal(deps, actor, proposal);
  if (!run.items.some(({ status }) => status === 'planned')) throw nothingToDo(run.items);
  return { id: await keepProposal(deps, actor, proposal, run, key), items: run.items };
}

function nothingToDo(items: readonly DryItem[]): HttpProblem {
  const reasons = [...new Map(items.flatMap(({ reason }) => (reason ? [[reason.vi, reason] as const] : []))).values()].slice(0, 5);
  const [vi, en] = [reasons.map((one) => one.vi).join('; '), reasons.map((one) => one.en).join('; ')];
  return new HttpProblem('invalid-input', {
    vi: `Không hồ sơ nào sẽ thay đổi (${items.length} hồ sơ đã chọn): ${vi}`,
    en: `No dossier would change (${items.length} were chosen): ${en}`,
  });
}

/** Approves a proposal: the work on it begins. The second person must be another one. */
export async function approve(deps: ApiDeps, actor: Actor, id: string): Promise<BulkChange> {
  const row = await readChange(deps, actor, id);
  if (row.proposedBy === actor.id) {
    throw new HttpProblem('not-allowed', {
      vi: 'Người lập đề xuất không được tự duyệt; cần một người thứ hai',
      en: 'Who proposed it may not approve it; a second person is needed',
    });
  }
  const decided = { decidedBy: actor.id, decider: { ...actor }, decidedAt: new Date(deps.clock.now()) };
  await moveOn(deps, row, 'proposed', { status: 'running', ...decided });
  return await readChange(deps, actor, id);
}

/** Rejects a proposal; its own author withdraws it so. */
export async function reject(deps: ApiDeps, actor: Actor, id: string, reason: string): Promise<BulkChange> {
  const row = await readChange(deps, actor, id);
  const decided = { decidedBy: actor.id, decidedAt: new Date(deps.clock.now()), decisionReason: reason };
  await moveOn(deps, row, 'proposed', { status: 'rejected', ...decided });
  return await readChange(deps, actor, id);
}

/** Begins to take a change back, dossier by dossier: by a further act in each, recorded like any other. */
export async function undo(deps: ApiDeps, actor: Actor, id: string, reason: string): Promise<BulkChange> {
  const row = await readChange(deps, actor, id);
  const asked = { undoneBy: actor.id, undoer: { ...actor }, undoReason: reason, undoneAt: new Date(deps.clock.now()) };
  await moveOn(deps, row, 'done', { status: 'undoing', ...asked });
  return await readChange(deps, actor, id);
}
