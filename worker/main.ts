/** The worker as a process of its own (`npm run worker`), against real services. */
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { openDatabase } from '../clients/database';
import { EnvironmentProblem, readEnvironment } from '../clients/environment';
import { openLogger } from '../clients/logger';
import { connectTemporalWorker } from '../clients/temporal-worker';
import { createCycleWorker } from './cycle-worker';

async function main(): Promise<void> {
  const environment = readEnvironment(process.env, ['DATABASE_URL', 'TEMPORAL_ADDRESS']);
  const logger = openLogger('worker', environment.logLevel);
  const log = new DefaultLogger('INFO', ({ level, message, meta }) => {
    if (level === 'ERROR' || level === 'WARN') logger.warn({ workflowId: meta?.workflowId, taskQueue: meta?.taskQueue }, message);
  });
  // Signals end the worker gently: no new tasks, those under way finish.
  Runtime.install({ logger: log, shutdownSignals: ['SIGINT', 'SIGTERM'] });
  const connection = await connectTemporalWorker(environment.temporal);
  const db = openDatabase(environment.databaseUrl ?? '', { max: environment.databaseConnections });
  try {
    const worker = await createCycleWorker({ connection, namespace: environment.temporal.namespace, db });
    logger.info({ taskQueue: worker.options.taskQueue }, 'worker polls');
    await worker.run();
  } finally {
    await db.$disconnect();
    await connection.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof EnvironmentProblem || !(error instanceof Error) ? String(error) : error.stack}\n`);
  process.exitCode = 1;
});
