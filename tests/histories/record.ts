/**
 * `npm run histories -- <release>`: walks cycles on a throw-away engine and stores the history of every run, for tests/workflows/replay.test.ts. Run it once
 * for each release; never change a stored file afterwards, cycles of that release may still sleep.
 */
import { mkdtempSync, chmodSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { NativeConnection } from '@temporalio/worker';
import { openDatabase } from '../../clients/database';
import { dataConverter } from '../../clients/payload-compression';
import { startPostgres } from '../../local/postgres';
import { startTemporal } from '../../local/temporal';
import { applyMigrations } from '../../prisma/migrate';
import { createCycleWorker } from '../../worker/cycle-worker';
import { workflowIdOf } from '../../workflows/messages';
import { FULL_REPORT, registration, verdict } from '../domain/cycle/walk';
import { rulesOf } from '../domain/rules-of';
import { LiveCycle, type LiveDeps } from '../workflows/live';

const R3 = rulesOf('qd-26-2026', 'ninh-binh-2026');
const R1 = rulesOf('qd-148-2023', 'lai-chau-2024');

async function main(release: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ocop-histories-'));
  chmodSync(folder, 0o711);
  const postgres = await startPostgres({ dir: join(folder, 'postgres') });
  const temporal = await startTemporal({ dir: join(folder, 'temporal'), timeSkipping: true });
  await applyMigrations(postgres.url);
  const db = openDatabase(postgres.url);
  const connection = await Connection.connect({ address: temporal.address });
  const native = await NativeConnection.connect({ address: temporal.address });
  const worker = await createCycleWorker({ connection: native, namespace: temporal.namespace, db });
  const running = worker.run();
  try {
    const deps: LiveDeps = { client: new Client({ connection, dataConverter }), db, taskQueue: worker.options.taskQueue };
    for (const [scenario, walk] of Object.entries(SCENARIOS)) await store(release, scenario, await walk(deps), deps.client);
  } finally {
    worker.shutdown();
    await running;
    await Promise.all([connection.close(), native.close(), db.$disconnect()]);
    await Promise.all([temporal.stop(), postgres.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

const SCENARIOS: Record<string, (deps: LiveDeps) => Promise<LiveCycle>> = {
  'three-stars-to-expiry': async (deps) => {
    const cycle = await LiveCycle.start(deps, registration(R3));
    await cycle.does('accept-idea', {}, '2026-08-10');
    await cycle.does('submit-dossier', {}, '2026-09-07');
    await cycle.does('request-supplement', { dueOn: '2026-09-21' }, '2026-09-14');
    await cycle.does('submit-supplement', {}, '2026-09-18');
    await cycle.does('issue-commune-report', FULL_REPORT, '2026-09-25');
    await cycle.does('accept-package', {}, '2026-10-05');
    await cycle.does('record-advisory-report', {}, '2026-11-05');
    await cycle.does('record-council-result', { verdict: verdict(209, 3) }, '2026-12-01');
    await cycle.does('decide', { decisionNumber: '900/QĐ-UBND', result: 'recognise', star: 3 }, '2026-12-10');
    await cycle.does('issue-certificate', { code: 'NB-0001', validUntil: '2029-12-15' }, '2026-12-15');
    await cycle.does('publish-result', {}, '2026-12-16');
    await cycle.untilEnd('2030-01-05');
    return cycle;
  },
  'national-and-back': async (deps) => {
    const cycle = await LiveCycle.start(deps, registration(R3));
    await cycle.does('accept-idea', {}, '2026-08-10');
    await cycle.does('pause', { until: '2026-08-20' }, '2026-08-12');
    await cycle.does('resume', {}, '2026-08-21');
    await cycle.does('submit-dossier', {}, '2026-09-07');
    await cycle.does('issue-commune-report', FULL_REPORT, '2026-09-25');
    await cycle.does('return-package', {}, '2026-10-01');
    await cycle.does('issue-commune-report', FULL_REPORT, '2026-10-12');
    await cycle.does('accept-package', {}, '2026-10-15');
    await cycle.does('record-advisory-report', {}, '2026-11-05');
    await cycle.does('record-council-result', { verdict: verdict(276, 3) }, '2026-12-01');
    await cycle.does('decide', { decisionNumber: '900/QĐ-UBND', result: 'approve-and-forward' }, '2026-12-10');
    await cycle.does('record-national-result', { verdict: verdict(264, 3, { route: 'province' }) }, '2027-03-15');
    return cycle;
  },
  'three-tiers': async (deps) => {
    const cycle = await LiveCycle.start(deps, registration(R1, { on: '2024-05-06' }));
    await cycle.does('accept-idea', {}, '2024-05-10');
    await cycle.does('submit-dossier', {}, '2024-08-01');
    await cycle.does('issue-commune-report', FULL_REPORT, '2024-08-15');
    await cycle.does('record-district-result', { verdict: verdict(225, 3) }, '2024-10-20');
    return cycle;
  },
  'watched-and-superseded': async (deps) => {
    const issued = { code: 'OLD', number: null, star: 3 as const, issuedOn: '2025-06-01', validUntil: '2028-06-01', decisionNumber: '9/QĐ', issuedBy: null };
    const old = await LiveCycle.start(deps, registration(R3, { certificate: issued }));
    const code = (await old.row()).productCode;
    const predecessor = { cycleId: old.cycleId, validUntil: '2028-06-01', star: 3 as const };
    const upgrade = await LiveCycle.start(deps, registration(R3, { kind: 'upgrade', cycleNumber: 2, predecessor }), code);
    await upgrade.does('submit-dossier', {}, '2026-08-20');
    await upgrade.does('withdraw', {}, '2026-08-25');
    return old;
  },
};

/** Follows a cycle from its first run to its present one and stores each. */
async function store(release: string, scenario: string, cycle: LiveCycle, client: Client): Promise<void> {
  const workflowId = workflowIdOf(cycle.cycleId);
  // The query is answered once the newest run has done its first task; a closed cycle answers as well.
  await cycle.state();
  const runs: string[] = [];
  for await (const run of client.workflow.list({ query: `WorkflowId = "${workflowId}"` })) runs.unshift(run.runId);
  for (const [index, runId] of runs.entries()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const started = history.events?.[0]?.workflowExecutionStartedEventAttributes;
    const stage = JSON.parse(Buffer.from(started?.searchAttributes?.indexedFields?.OcopStage?.data ?? '""').toString()) as string;
    const file = join(__dirname, `${release}-${scenario}-${index + 1}-${stage}.json`);
    writeFileSync(file, `${JSON.stringify({ workflowId, stage, release, history: JSON.parse(historyToJSON(history)) as object }, null, 1)}\n`);
    process.stdout.write(`${file}: ${history.events?.length ?? 0} events\n`);
  }
}

const [release] = process.argv.slice(2);
if (!release) throw new Error('usage: npm run histories -- <release>');
main(release).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
