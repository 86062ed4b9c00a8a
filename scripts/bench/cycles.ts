/**
 * The product's cycles beside a bare workflow with the same waits and one insert per transition: one server, one database, one worker each, in one run.
 */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { type Database, openDatabase } from '../../clients/database';
import { dataConverter } from '../../clients/payload-compression';
import type { ActionName } from '../../domain/cycle/actions';
import { localDateAt } from '../../domain/dates';
import { startPostgres } from '../../local/postgres';
import { startTemporal } from '../../local/temporal';
import { loadRules } from '../../plans/load';
import { pinFor } from '../../plans/pin';
import { applyMigrations } from '../../prisma/migrate';
import { actionUpdates, CYCLE_TASK_QUEUE, CYCLE_WORKFLOW, workflowIdOf } from '../../workflows/messages';
import { eventUpdate } from './bare/workflow';
import type { Figure } from './figure';

const CYCLES = Number(process.env.BENCH_CYCLES ?? 300);
const OPEN = Number(process.env.BENCH_OPEN ?? 5_000);
const AT_ONCE = 40;
const ROOT = join(__dirname, '..', '..');
const PACED = 200;
const TODAY = localDateAt(Date.now());

/** Six transitions that leave the cycle in its stage. */
const WITHIN: readonly (readonly [ActionName, object])[] = Array.from({ length: 6 }, (_, n) => [
  'assign-officer',
  { side: 'commune', officerId: `o-${n}` },
]);

/** Six transitions, three of which end a stage and with it the run. */
const ACROSS: readonly (readonly [ActionName, object])[] = [
  ['accept-idea', {}],
  ['submit-dossier', {}],
  ['request-supplement', {}],
  ['submit-supplement', {}],
  ['assign-officer', { side: 'commune', officerId: 'o-9' }],
  ['issue-commune-report', { assessedItems: ['local_origin', 'local_labour', 'idea_origin', 'local_identity'], samples: 5 }],
];
const STEPS = [...WITHIN, ...ACROSS];
/** The transitions after which a stage has ended. */
const STAGE_ENDS = [7, 8, 12];

interface Bench {
  client: Client;
  db: Database;
  worker: ChildProcess;
}
interface Subject {
  name: 'product' | 'bare' | 'bare-stages';
  start(bench: Bench, index: number): Promise<void>;
  act(bench: Bench, index: number, step: number): Promise<void>;
  recorded(bench: Bench): Promise<number>;
  workflowId(index: number): string;
}

const rules = pinFor(loadRules(), { planId: 'qd-26-2026', kind: 'new', submittedOn: TODAY, assessedOn: TODAY }).rules;
const codeOf = (index: number): string => `37-14329-${index}-2026`;
const actor = { id: 'a', role: 'administrator' as const, office: 'a', provinceCode: null, communeCode: null };

const PRODUCT: Subject = {
  name: 'product',
  workflowId: (index) => workflowIdOf(`${codeOf(index)}.1`),
  async start({ client }, index) {
    const productCode = codeOf(index);
    const registration = {
      cycleId: `${productCode}.1`,
      productCode,
      cycleNumber: 1,
      kind: 'new' as const,
      productSet: 4,
      provinceCode: '37',
      communeCode: '14329',
      predecessor: null,
      certificate: null,
      rules,
      actor,
      on: TODAY,
    };
    await client.workflow.start(CYCLE_WORKFLOW, {
      workflowId: this.workflowId(index),
      taskQueue: CYCLE_TASK_QUEUE,
      args: [{ registration, clockOffsetMs: 0 }],
    });
  },
  async act({ client }, index, step) {
    const [action, payload] = STEPS[step] ?? ['pause', {}];
    const key = `${index}-${step}`;
    const request = { action, payload, actor, on: TODAY, noteId: 'n' };
    await client.workflow
      .getHandle(this.workflowId(index))
      .executeUpdate(actionUpdates[action], { args: [{ request, key }], updateId: key });
  },
  recorded: async ({ db }) => await db.cycle.count(),
};

/** The bare workflow, either as one run or with a new run wherever the product begins one. */
function bareSubject(name: 'bare' | 'bare-stages', newRunAfter: readonly number[]): Subject {
  return {
    name,
    workflowId: (index) => `${name}/${index}`,
    async start({ client }, index) {
      const args = [{ events: STEPS.length, newRunAfter }];
      await client.workflow.start('bareCycle', { workflowId: this.workflowId(index), taskQueue: 'bare', args });
    },
    async act({ client }, index, step) {
      await client.workflow.getHandle(this.workflowId(index)).executeUpdate(eventUpdate, { args: [`e${step}`] });
    },
    async recorded({ db }) {
      const [row] = await db.$queryRaw<{ n: bigint }[]>`
        select count(*) as n from bench_event where sequence = 0 and workflow_id like ${`${name}/%`}`;
      return Number(row?.n ?? 0);
    },
  };
}

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
  const client = new Client({ connection, dataConverter });
  await prepareRows(db);
  const env = { ...process.env, DATABASE_URL: postgres.url, TEMPORAL_ADDRESS: server.address, BENCH_FOLDER: folder };
  await bundle(join(__dirname, '../../workflows/index.ts'), join(folder, 'product.js'));
  await bundle(join(__dirname, 'bare/workflow.ts'), join(folder, 'bare.js'));
  try {
    const bare = await measure(bareSubject('bare', []), { client, db }, env);
    const stages = await measure(bareSubject('bare-stages', STAGE_ENDS), { client, db }, env);
    const product = await measure(PRODUCT, { client, db }, env);
    const memory = await openCycles({ client, db }, env);
    return [
      ...compared('cycles started per second', product.starts, bare.starts, 'at least 0.8 of bare'),
      ...compared('transitions per second within a stage', product.within, bare.within, 'at least 0.8 of bare'),
      ...compared('transitions per second, every second one ending a stage', product.across, bare.across, 'at least 0.8 of bare'),
      { name: 'the same, bare workflow with a new run at each stage', value: stages.across, unit: 'bare' },
      { name: 'the same, ratio', value: product.across / stages.across, unit: 'of bare' },
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
async function bundle(workflowsPath: string, file: string): Promise<void> {
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  writeFileSync(file, code);
}

async function prepareRows(db: Database): Promise<void> {
  await db.$executeRaw`create table bench_event (workflow_id text, sequence int, name text, primary key (workflow_id, sequence))`;
  await db.producer.create({ data: { id: 'p', name: 'HTX', communeCode: '14329' } });
  const data = Array.from({ length: CYCLES + PACED + OPEN }, (_, index) => ({
    code: codeOf(index),
    name: `SP ${index}`,
    producerId: 'p',
    productSet: 4,
    provinceCode: '37',
    communeCode: '14329',
  }));
  await db.product.createMany({ data });
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

/** The worker as operators run it: compiled, with its queue of mails. */
function startBuiltWorker(env: NodeJS.ProcessEnv): ChildProcess {
  execFileSync('npm', ['run', 'build'], { cwd: ROOT, stdio: 'ignore' });
  return fork(join(ROOT, 'dist/worker/main.js'), [], { env: { ...env, SMTP_URL: 'smtp://127.0.0.1:9', OCOP_LOG_LEVEL: 'error' } });
}

function residentMb({ pid }: ChildProcess): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}

async function inTurns(count: number, work: (index: number) => Promise<void>): Promise<number> {
  const began = process.hrtime.bigint();
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let index = next++; index < count; index = next++) await work(index);
    }),
  );
  return Number(process.hrtime.bigint() - began) / 1e9;
}

interface Measured {
  starts: number;
  within: number;
  across: number;
  p50: number;
  p95: number;
  eventsPerTransition: number;
  bytes: number;
}

async function measure(subject: Subject, made: Omit<Bench, 'worker'>, env: NodeJS.ProcessEnv): Promise<Measured> {
  const worker = await startWorker(subject.name, env);
  const bench = { ...made, worker };
  const began = process.hrtime.bigint();
  await inTurns(CYCLES, async (index) => await subject.start(bench, index));
  while ((await subject.recorded(bench)) < CYCLES) await new Promise((done) => setTimeout(done, 5));
  const startSeconds = Number(process.hrtime.bigint() - began) / 1e9;

  const take = async (from: number, to: number): Promise<number> =>
    await inTurns(CYCLES, async (index) => {
      for (let step = from; step < to; step += 1) await subject.act(bench, index, step);
    });
  const within = (CYCLES * WITHIN.length) / (await take(0, WITHIN.length));
  const across = (CYCLES * ACROSS.length) / (await take(WITHIN.length, STEPS.length));

  const times = await paced(subject, bench);
  const sizes = await historyOf(subject, bench);
  await stopWorker(worker);
  return {
    starts: CYCLES / startSeconds,
    within,
    across,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    eventsPerTransition: sizes.events / (STEPS.length + 1),
    bytes: sizes.bytes,
  };
}

/** Ten events a second, each timed from the call to the answer, which comes after the record stands. */
async function paced(subject: Subject, bench: Bench): Promise<number[]> {
  await inTurns(PACED, async (index) => await subject.start(bench, CYCLES + index));
  const times: number[] = [];
  const under: Promise<void>[] = [];
  for (let index = 0; index < PACED; index += 1) {
    const began = process.hrtime.bigint();
    under.push(subject.act(bench, CYCLES + index, 0).then(() => void times.push(Number(process.hrtime.bigint() - began) / 1e6)));
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

/** The worker's memory with thousands of open cycles, and again after two thousand more transitions. */
async function openCycles(made: Omit<Bench, 'worker'>, env: NodeJS.ProcessEnv): Promise<Figure[]> {
  const worker = startBuiltWorker(env);
  const bench = { ...made, worker };
  const offset = CYCLES + PACED;
  await inTurns(OPEN, async (index) => await PRODUCT.start(bench, offset + index));
  while ((await PRODUCT.recorded(bench)) < offset + OPEN) await new Promise((done) => setTimeout(done, 50));
  const afterStart = residentMb(worker);
  await inTurns(Math.min(2_000, OPEN), async (index) => await PRODUCT.act(bench, offset + index, 0));
  const afterMoves = residentMb(worker);
  await stopWorker(worker);
  return [
    { name: `worker memory with ${OPEN} open cycles`, value: afterStart, unit: 'MB', aim: 'under 500' },
    { name: 'the same after 2,000 more transitions', value: afterMoves, unit: 'MB', aim: 'flat' },
  ];
}

function compared(name: string, product: number, bare: number, aim: string): Figure[] {
  return [
    { name, value: product, unit: 'product' },
    { name: `${name}, bare workflow`, value: bare, unit: 'bare' },
    { name: `${name}, ratio`, value: product / bare, unit: 'of bare', ...(aim ? { aim } : {}) },
  ];
}
