import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { createCycleActivities } from '../activities/cycle-activities';
import type { Database } from '../clients/database';
import { dataConverter } from '../clients/payload-compression';
import { CYCLE_TASK_QUEUE } from '../workflows/messages';
import { workflowSource } from './workflow-source';

/**
 * Cycles sleep for months, so few are worth keeping in memory: a cached one costs about 0.3 MB, one that is not costs the replay of its present
 * stage, some dozens of events.
 */
const CACHED_CYCLES = 60;

/**
 * How long a task waits for the worker that has its cycle cached before any other may take it. Longer spares replays when a surge outlasts it, shorter
 * answers sooner after a killed worker. People wait for the answer, and a replay of one stage is short: ten seconds.
 */
const STICKY_PATIENCE = '10 seconds';

export interface CycleWorkerOptions {
  connection: NativeConnection;
  namespace: string;
  db: Database;
  taskQueue?: string;
  /** Overrides for tests, such as a bundle made before. */
  worker?: Partial<WorkerOptions>;
}

/** The worker of cycles: decides, waits and records. Run it with `run()`, stop it with `shutdown()`. */
export async function createCycleWorker({
  connection,
  namespace,
  db,
  taskQueue = CYCLE_TASK_QUEUE,
  worker,
}: CycleWorkerOptions): Promise<Worker> {
  return await Worker.create({
    connection,
    namespace,
    taskQueue,
    dataConverter,
    activities: createCycleActivities(db),
    maxCachedWorkflows: CACHED_CYCLES,
    stickyQueueScheduleToStartTimeout: STICKY_PATIENCE,
    shutdownGraceTime: '10 seconds',
    ...(worker?.workflowBundle || worker?.workflowsPath ? {} : workflowSource()),
    ...worker,
  });
}
