/**
 * A namespace of a real Temporal service that was made for rehearsals: one rehearsal at a time has it, and leaves it empty. Who has it is written in a
 * workflow that nobody works on.
 */
import { hostname } from 'node:os';
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { alive } from '../local/processes';
import { StartProblem } from '../local/start-problem';

const CLAIM = 'ocop-rehearsal';
/** A rehearsal that lasts longer has died on a machine that nobody can ask. */
const LONGEST = '6 hours';
const OWN = '(WorkflowId STARTS_WITH "ocop-cycle/" OR WorkflowId STARTS_WITH "ocop-digest/")';
const PATIENCE_MS = 60_000;

/**
 * Takes the namespace, and clears what a killed rehearsal left there.
 * @returns what gives it back, empty
 * @throws StartProblem naming who has it
 */
export async function hostedNamespace(client: Client): Promise<() => Promise<void>> {
  await claim(client);
  await clear(client);
  return async () => {
    await clear(client);
    await client.workflow.getHandle(CLAIM).terminate('rehearsal ended');
  };
}

async function claim(client: Client): Promise<void> {
  const take = async (): Promise<void> => {
    await client.workflow.start('ocopRehearsal', {
      workflowId: CLAIM,
      taskQueue: CLAIM,
      workflowExecutionTimeout: LONGEST,
      workflowIdConflictPolicy: 'FAIL',
      memo: { host: hostname(), pid: process.pid },
    });
  };
  try {
    await take();
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    const { memo } = await client.workflow.getHandle(CLAIM).describe();
    const { host = '?', pid = 0 } = (memo ?? {}) as { host?: string; pid?: number };
    if (host !== hostname() || alive(pid)) throw taken(client.options.namespace, host, pid);
    await client.workflow.getHandle(CLAIM).terminate('its process has gone');
    await take();
  }
}

async function clear(client: Client): Promise<void> {
  const { namespace } = client.options;
  const end = Date.now() + PATIENCE_MS;
  for (let left = 1; left > 0 && Date.now() < end; ) {
    left = 0;
    for await (const { workflowId, status } of client.workflow.list({ query: OWN })) {
      left += 1;
      if (status.name === 'RUNNING')
        await client.workflow
          .getHandle(workflowId)
          .terminate('rehearsal ended')
          .catch(() => undefined);
      await client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } }).catch(() => undefined);
    }
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function taken(namespace: string, host: string, pid: number): StartProblem {
  return new StartProblem({
    vi: `Một lần diễn tập khác đang dùng không gian tên “${namespace}” (máy ${host}, tiến trình ${pid}). Hãy chờ lần đó xong; nếu nó đã chết, hãy kết thúc workflow “${CLAIM}” trong không gian tên ấy.`,
    en: `Another rehearsal has the namespace “${namespace}” (host ${host}, process ${pid}). Wait for its end; if it has died, terminate the workflow “${CLAIM}” there.`,
  });
}
