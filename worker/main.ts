/** The worker as a process of its own (`npm run worker`), against real services. */
import { DefaultLogger, Runtime, type Worker } from '@temporalio/worker';
import { openDatabase } from '../clients/database';
import { type Environment, EnvironmentProblem, readEnvironment } from '../clients/environment';
import { openLogger } from '../clients/logger';
import { openMailer } from '../clients/mail';
import { connectTemporal } from '../clients/temporal';
import { connectTemporalWorker } from '../clients/temporal-worker';
import { openWebhook } from '../clients/webhook';
import { loadRules, type Rules } from '../plans/load';
import { createCycleWorker } from './cycle-worker';
import { ensureDigestSchedules } from './digest-schedules';
import { createDigestWorker, digestDeps } from './digest-worker';

const DAY_MS = 86_400_000;

async function main(): Promise<void> {
  const environment = readEnvironment(process.env, ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'SMTP_URL']);
  const logger = openLogger('worker', environment.logLevel);
  const log = new DefaultLogger('INFO', ({ level, message, meta }) => {
    if (level === 'ERROR' || level === 'WARN') logger.warn({ workflowId: meta?.workflowId, taskQueue: meta?.taskQueue }, message);
  });
  // Signals end the worker gently: no new tasks, those under way finish.
  Runtime.install({ logger: log, shutdownSignals: ['SIGINT', 'SIGTERM'] });
  const connection = await connectTemporalWorker(environment.temporal);
  const db = openDatabase(environment.databaseUrl ?? '', { max: environment.databaseConnections });
  const mailer = openMailer(environment.smtpUrl ?? '', environment.mailFrom, { perSecond: environment.mailPerSecond });
  try {
    const { namespace } = environment.temporal;
    const rules = loadRules();
    const { publicUrl, mailFrom } = environment;
    const webhook = environment.webhook && openWebhook(environment.webhook);
    const deps = digestDeps({ db, mailer, webhook, log: logger, rules, publicUrl, mailFrom });
    const workers = [await createCycleWorker({ connection, namespace, db }), await createDigestWorker({ connection, namespace, deps })];
    await scheduleDigests(environment, rules);
    for (const { options } of workers) logger.info({ taskQueue: options.taskQueue }, 'worker polls');
    await runAll(workers);
  } finally {
    mailer.close();
    await db.$disconnect();
    await connection.close();
  }
}

/** Every province has its daily digest; one without cycles has nothing to do. */
async function scheduleDigests({ temporal, clockOffsetDays }: Environment, { units }: Rules): Promise<void> {
  const client = await connectTemporal(temporal);
  try {
    const provinceCodes = units.filter((unit) => unit.provinceCode === null).map((unit) => unit.code);
    await ensureDigestSchedules(client, { provinceCodes, clockOffsetMs: clockOffsetDays * DAY_MS });
  } finally {
    await client.connection.close();
  }
}

/** Runs until all have stopped; when one ends the others are stopped. */
async function runAll(workers: readonly Worker[]): Promise<void> {
  const running = workers.map(async (worker) => {
    try {
      await worker.run();
    } finally {
      for (const other of workers) if (other.getState() === 'RUNNING') other.shutdown();
    }
  });
  const outcomes = await Promise.allSettled(running);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof EnvironmentProblem || !(error instanceof Error) ? String(error) : error.stack}\n`);
  process.exitCode = 1;
});
