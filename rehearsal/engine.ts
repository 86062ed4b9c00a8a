/**
 * The engine of a rehearsal: a Temporal server in memory that skips time, or a namespace of a real one that was made for it. Its workers run the same
 * workflows and activities as in production, on queues of their own.
 */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, isGrpcServiceError } from '@temporalio/client';
import type { NativeConnection, WorkflowBundleOption } from '@temporalio/worker';
import type { TemporalSettings } from '../clients/environment';
import { connectTemporal } from '../clients/temporal';
import { connectTemporalWorker } from '../clients/temporal-worker';
import { StartProblem } from '../local/start-problem';
import { type LocalTemporal, startTemporal } from '../local/temporal';
import { bundleWorkflows } from '../worker/workflow-source';
import { hostedNamespace } from './hosted-namespace';
import { skipFromStart, SKIP_EVERYTHING } from './skipping';

export type Cleanups = (() => Promise<void>)[];

export interface Engine {
  client: Client;
  workers: NativeConnection;
  namespace: string;
  cycleQueue: string;
  mailQueue: string;
  /** Process id of the server where it is the rehearsal's own. */
  serverPid: number | undefined;
  /** Workflows started by the work skip every wait; others stand in real time until they are moved. */
  skippingEverything<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Starts the rehearsal's own server, or checks the one that is named.
 * @param given the settings of TEMPORAL_ADDRESS and its companions
 * @param cleanups gets what must be undone, last thing first
 * @throws StartProblem when the named server or namespace does not skip time, or another rehearsal has it
 */
export async function openEngine(given: TemporalSettings, folder: string, cleanups: Cleanups): Promise<Engine> {
  const settings: TemporalSettings = { ...given };
  let serverPid: number | undefined;
  if (!given.address) {
    const own = await startOwn(folder);
    cleanups.push(async () => await own.stop());
    Object.assign(settings, { address: own.address, namespace: own.namespace, tls: undefined, apiKey: undefined });
    serverPid = own.pid;
  }
  const client = await connectTemporal(settings);
  cleanups.push(async () => await client.connection.close());
  await requireSkipping(client, settings);
  if (given.address) cleanups.push(await hostedNamespace(client));
  const workers = await connectTemporalWorker(settings);
  cleanups.push(async () => await workers.close());
  let everything = 0;
  skipFromStart(client.connection, () => (everything > 0 ? SKIP_EVERYTHING : undefined));
  const run = randomUUID().slice(0, 8);
  return {
    client,
    workers,
    namespace: settings.namespace,
    cycleQueue: `rehearsal-cycles-${run}`,
    mailQueue: `rehearsal-mail-${run}`,
    serverPid,
    skippingEverything: async (work) => {
      everything += 1;
      try {
        return await work();
      } finally {
        everything -= 1;
      }
    },
  };
}

const STARTS = 3;

/** A server without data that did not come up on a busy machine is simply started anew. */
async function startOwn(folder: string): Promise<LocalTemporal> {
  for (let start = 1; ; start += 1) {
    try {
      return await startTemporal({ dir: join(folder, `temporal-${start}`), timeSkipping: true, inMemory: true });
    } catch (error) {
      if (start === STARTS) throw error;
    }
  }
}

const UNIMPLEMENTED = 12;
const INVALID_ARGUMENT = 3;

/** The flag is a namespace's own, and only one made for tests and rehearsals has it: asked for without leaving anything behind. */
async function requireSkipping(client: Client, { address, namespace }: TemporalSettings): Promise<void> {
  const workflowId = `ocop-rehearsal-probe/${randomUUID()}`;
  try {
    await client.workflowService.startWorkflowExecution({
      namespace,
      workflowId,
      requestId: randomUUID(),
      workflowType: { name: 'ocopRehearsalProbe' },
      taskQueue: { name: 'ocop-rehearsal-probe' },
      workflowExecutionTimeout: { seconds: 60 as never },
      timeSkippingConfig: { enabled: true },
    });
    await client.workflow.getHandle(workflowId).terminate('probe');
    await client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } });
  } catch (error) {
    if (!isGrpcServiceError(error) || (error.code !== UNIMPLEMENTED && error.code !== INVALID_ARGUMENT)) throw error;
    throw new StartProblem(
      {
        vi: `Không gian tên “${namespace}” trên ${address ?? ''} không bật tua thời gian, nên không phải nơi dành cho diễn tập. Hãy chỉ tới một không gian tên dành riêng (frontend.WorkflowTimeSkippingEnabled), hoặc bỏ TEMPORAL_ADDRESS để diễn tập trên máy này. Không đụng đến không gian tên vận hành thật.`,
        en: `The namespace “${namespace}” on ${address ?? ''} does not skip time, so it is no place for rehearsals. Name one made for them (frontend.WorkflowTimeSkippingEnabled), or unset TEMPORAL_ADDRESS to rehearse on this machine. Nothing was touched.`,
      },
      { cause: error },
    );
  }
}

/** The workflows' code, bundled once for both workers; the one that `npm run build` made where it is there. */
export async function workflowCode(): Promise<WorkflowBundleOption> {
  const codePath = join(__dirname, '..', 'worker', 'workflow-bundle.js');
  if (existsSync(codePath)) return { codePath };
  return { code: await bundleWorkflows() };
}
