/**
 * The product's cycles beside a bare workflow with the same waits and one insert per transition: one server, one database, one worker each, in turns of a
 * few seconds, so that whatever else the machine does meets all alike.
 */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { openDatabase } from '../../clients/database';
import { dataConverter } from '../../clients/payload-compression';
import { startPostgres } from '../../local/postgres';
import { startTemporal } from '../../local/temporal';
import { applyMigrations } from '../../prisma/migrate';
import { bundleWorkflows } from '../../worker/workflow-source';
import type { Figure } from './figure';
import { ACROSS, BARE, BARE_STAGES, type Bench, prepareRows, PRODUCT, STEPS, type Subject, WITHIN } from './subjects';

const CYCLES = Number(process.env.BENCH_CYCLES ?? 320);
const OPEN = Number(process.env.BENCH_OPEN ?? 5_000);
const AT_ONCE = 40;
/** Cycles of one turn. */
const TURN = 40;
const PACED = 200;
const PACED_TURN = 50;
const ROOT = join(__dirname, '..', '..');

/** Figures of the product and the bare workflow, and their ratios. */
export async function run(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ocop-bench-'));
  chmodSync(folder, 0o711);
  const postgres = await startPostgres({ dir: join(folder, 'postgres') });
  // Started for skipped time only because that setting also lifts the server's second between two runs of a cycle; nothing skips here.
  const server = await startTemporal({ dir: join(folder, 'temporal'), timeSkipping: true });
  await applyMigrations(postgres.url);
  const db = openDatabase(postgres.url);
  const connection = await Connection.connect({ address: server.address });
  const bench: Bench = { client: new Client({ connection, dataConverter }), db };
  await prepareRows(db, CYCLES + PACED + OPEN);
  const env = { ...process.env, DATABASE_URL: postgres.url, TEMPORAL_ADDRESS: server.address, BENCH_FOLDER: folder };
  await writeBundles(folder);
  try {
    const [bare, stages, product] = await inTurnsOfAll([BARE, BARE_STAGES, PRODUCT], bench, env);
    const memory = await openCycles(bench, env);
    if (!bare || !stages || !product) throw new Error('a subject was not measured');
    return [
      ...compared('cycles started per second', product.starts, bare.starts, 'at least 0.8 of bare'),
      ...compared('transitions per second, a quarter of them ending a stage', product.overall, bare.overall, 'at least 0.8 of bare'),
      ...compared('transitions per second within a stage', product.within, bare.within, 'at least 0.8 of bare'),
      ...compared('transitions per second, every second one ending a stage', product.across, bare.across, 'at least 0.8 of bare'),
      { name: 'the same, bare workflow with a new run at each stage', value: stages.across, unit: 'bare' },
      { name: 'the same, ratio', value: product.across / stages.across, unit: 'of bare', aim: 'at least 0.8 of bare' },
      ...compared('event to record within a stage, p50 ms', product.p50, bare.p50, ''),
      ...compared('event to record within a stage, p95 ms', product.p95, bare.p95, 'at most 1.3 of bare'),
      {
        name: 'history events per transition (registration and new runs included)',
        value: product.eventsPerTransition,
        unit: 'events',
        aim: 'at most 10',
      },
      { name: 'history events of a bare transition', value: bare.eventsPerTransition, unit: 'events' },
      { name: 'history bytes per cycle after twelve transitions', value: product.bytes, unit: 'bytes' },
      { name: 'history bytes of a bare cycle after twelve', value: bare.bytes, unit: 'bytes' },
      ...memory,
    ];
  } finally {
    await Promise.all([db.$disconnect(), connection.close()]);
    await Promise.all([server.stop(), postgres.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Bundled before, as in production, so that no worker's memory holds a compiler. */
async function writeBundles(folder: string): Promise<void> {
  const bare = await bundleWorkflowCode({ workflowsPath: require.resolve('./bare/workflow'), logger: new DefaultLogger('ERROR') });
  writeFileSync(join(folder, 'bare.js'), bare.code);
  writeFileSync(join(folder, 'product.js'), await bundleWorkflows());
}

async function startWorker(subject: Subject['name'], env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const bundle = { BENCH_BUNDLE: join(env.BENCH_FOLDER ?? '', subject === 'product' ? 'product.js' : 'bare.js') };
  const worker = fork(join(__dirname, 'worker-process.ts'), [subject], { env: { ...env, ...bundle }, execArgv: ['--import', 'tsx'] });
  await once(worker, 'message');
  return worker;
}

async function stopWorker(worker: ChildProcess): Promise<void> {
  worker.kill('SIGTERM');
  await once(worker, 'exit');
}

/** The worker as operators run it: compiled, with its queue of mails, and the settings of memory that the image and the compose file give it. */
function startBuiltWorker(env: NodeJS.ProcessEnv): ChildProcess {
  execFileSync('npm', ['run', 'build'], { cwd: ROOT, stdio: 'ignore' });
  return fork(join(ROOT, 'dist/worker/main.js'), [], {
    env: { ...env, MALLOC_ARENA_MAX: '2', SMTP_URL: 'smtp://127.0.0.1:9', OCOP_LOG_LEVEL: 'error' },
    execArgv: ['--max-old-space-size=256'],
  });
}

function residentMb({ pid }: ChildProcess): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}

/** Seconds until the work is done for every index, by so many callers at once. */
async function atOnce(from: number, to: number, work: (index: number) => Promise<void>): Promise<number> {
  const began = process.hrtime.bigint();
  let next = from;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let index = next++; index < to; index = next++) await work(index);
    }),
  );
  return Number(process.hrtime.bigint() - began) / 1e9;
}

interface Measured {
  starts: number;
  /** Over all steps; a cycle from registration to its end has fewer ends of stages among its transitions than these have. */
  overall: number;
  within: number;
  across: number;
  p50: number;
  p95: number;
  eventsPerTransition: number;
  bytes: number;
}

/** Every subject does its part of the work in every turn. */
async function inTurnsOfAll(subjects: readonly Subject[], bench: Bench, env: NodeJS.ProcessEnv): Promise<Measured[]> {
  const workers = await Promise.all(subjects.map(async ({ name }) => await startWorker(name, env)));
  const all = subjects.map((subject) => ({ subject, seconds: { starts: 0, within: 0, across: 0 }, times: [] as number[] }));
  for (let from = 0; from < CYCLES; from += TURN)
    for (const { subject, seconds } of all) {
      const to = Math.min(CYCLES, from + TURN);
      seconds.starts += await started(subject, bench, from, to);
      seconds.within += await moved(subject, bench, from, to, 0, WITHIN.length);
      seconds.across += await moved(subject, bench, from, to, WITHIN.length, STEPS.length);
    }
  for (let from = CYCLES; from < CYCLES + PACED; from += PACED_TURN)
    for (const { subject, times } of all) times.push(...(await paced(subject, bench, from, from + PACED_TURN)));
  const measured = all.map(async ({ subject, seconds, times }) => {
    const { events, bytes } = await historyOf(subject, bench);
    return {
      starts: CYCLES / seconds.starts,
      overall: (CYCLES * STEPS.length) / (seconds.within + seconds.across),
      within: (CYCLES * WITHIN.length) / seconds.within,
      across: (CYCLES * ACROSS.length) / seconds.across,
      p50: quantile(times, 0.5),
      p95: quantile(times, 0.95),
      eventsPerTransition: events / (STEPS.length + 1),
      bytes,
    };
  });
  const figures = await Promise.all(measured);
  await Promise.all(workers.map(stopWorker));
  return figures;
}

/** Seconds until all of them stand in the records. */
async function started(subject: Subject, bench: Bench, from: number, to: number): Promise<number> {
  const began = process.hrtime.bigint();
  await atOnce(from, to, async (index) => await subject.start(bench, index));
  while ((await subject.recorded(bench)) < to) await new Promise((done) => setTimeout(done, 5));
  return Number(process.hrtime.bigint() - began) / 1e9;
}

async function moved(subject: Subject, bench: Bench, from: number, to: number, firstStep: number, lastStep: number): Promise<number> {
  return await atOnce(from, to, async (index) => {
    for (let step = firstStep; step < lastStep; step += 1) await subject.act(bench, index, step);
  });
}

/** Ten events a second, each timed from the call to the answer, which comes after the record stands; milliseconds. */
async function paced(subject: Subject, bench: Bench, from: number, to: number): Promise<number[]> {
  await started(subject, bench, from, to);
  const times: number[] = [];
  const under: Promise<void>[] = [];
  for (let index = from; index < to; index += 1) {
    const began = process.hrtime.bigint();
    under.push(subject.act(bench, index, 0).then(() => void times.push(Number(process.hrtime.bigint() - began) / 1e6)));
    await new Promise((done) => setTimeout(done, 100));
  }
  await Promise.all(under);
  return times;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

/** Events and bytes of one cycle over all its runs. */
async function historyOf(subject: Subject, { client }: Bench): Promise<{ events: number; bytes: number }> {
  const workflowId = subject.workflowId(1);
  let events = 0;
  let bytes = 0;
  let runId: string | undefined = (await client.workflow.getHandle(workflowId).describe()).runId;
  for (let first: string | undefined; runId; runId = first) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    events += history.events?.length ?? 0;
    bytes += temporal.api.history.v1.History.encode(history).finish().length;
    first = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
  }
  return { events, bytes };
}

/** The worker's memory with thousands of open cycles, and again after two thousand more transitions of cycles that it no longer has in memory. */
async function openCycles(bench: Bench, env: NodeJS.ProcessEnv): Promise<Figure[]> {
  const worker = startBuiltWorker(env);
  const first = CYCLES + PACED;
  const moves = Math.min(2_000, OPEN);
  await started(PRODUCT, bench, first, first + OPEN);
  const afterStart = residentMb(worker);
  const seconds = await moved(PRODUCT, bench, first, first + moves, 0, 1);
  const afterMoves = residentMb(worker);
  await stopWorker(worker);
  return [
    { name: `worker memory with ${OPEN} open cycles`, value: afterStart, unit: 'MB', aim: 'under 500' },
    { name: `the same after ${moves} more transitions`, value: afterMoves, unit: 'MB', aim: 'flat' },
    { name: 'transitions per second of cycles that slept', value: moves / seconds, unit: 'product' },
  ];
}

function compared(name: string, product: number, bare: number, aim: string): Figure[] {
  return [
    { name, value: product, unit: 'product' },
    { name: `${name}, bare workflow`, value: bare, unit: 'bare' },
    { name: `${name}, ratio`, value: product / bare, unit: 'of bare', ...(aim ? { aim } : {}) },
  ];
}
