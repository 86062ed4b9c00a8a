/** One worker in a process of its own: `worker-process.ts product|bare|bare-stages`, settings from the environment. */
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { openDatabase } from '../../clients/database';
import { createCycleWorker } from '../../worker/cycle-worker';
import { createBareActivities } from './bare/activities';

async function main(): Promise<void> {
  const { DATABASE_URL = '', TEMPORAL_ADDRESS = '', BENCH_BUNDLE = '' } = process.env;
  const workflowBundle = { codePath: BENCH_BUNDLE };
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: ['SIGINT', 'SIGTERM'] });
  const connection = await NativeConnection.connect({ address: TEMPORAL_ADDRESS });
  const db = openDatabase(DATABASE_URL);
  const worker =
    process.argv[2] === 'product'
      ? await createCycleWorker({ connection, namespace: 'default', db, worker: { workflowBundle } })
      : await Worker.create({
          connection,
          taskQueue: process.argv[2] ?? 'bare',
          workflowBundle,
          activities: createBareActivities(db),
          maxCachedWorkflows: 150,
          stickyQueueScheduleToStartTimeout: '10 seconds',
        });
  const running = worker.run();
  process.send?.('ready');
  await running;
  await db.$disconnect();
  await connection.close();
  process.exit(0);
}

void main();
