import { createServer } from 'node:net';
import { readFile } from 'node:fs/promises';
import { Client, Connection } from '@temporalio/client';
import { freePort } from '../../local/ports';
import { alive } from '../../local/processes';
import { StartProblem } from '../../local/start-problem';
import { SEARCH_ATTRIBUTES, startTemporal } from '../../local/temporal';
import { useFolder } from './folders';
import { killLauncher, launcher } from './launcher';

const folder = useFolder();

async function withClient<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await work(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

async function startSomething(address: string, workflowId: string): Promise<void> {
  await withClient(address, async (client) => await client.workflow.start('anything', { taskQueue: 'nobody', workflowId, args: [] }));
}

async function serverPid(dir: string): Promise<number> {
  const state: { pid: number } = JSON.parse(await readFile(`${dir}/server.json`, 'utf8'));
  return state.pid;
}

describe('the embedded Temporal', () => {
  it('keeps workflows over a restart and is really stopped in between', async () => {
    const dir = folder.path('restarted');
    const first = await startTemporal({ dir });
    await startSomething(first.address, 'kept');
    const pid = await serverPid(dir);
    await first.stop();
    expect(alive(pid)).toBe(false);
    const second = await startTemporal({ dir });
    const description = await withClient(second.address, async (client) => await client.workflow.getHandle('kept').describe());
    expect(description.status.name).toBe('RUNNING');
    await second.stop();
  });

  it('knows the search attributes of a cycle, keeps closed ones for ninety days, and shows its pages', async () => {
    const server = await startTemporal({ dir: folder.path('attributes'), uiPort: await freePort() });
    const { namespace } = server;
    const [attributes, described] = await withClient(server.address, async ({ connection, workflowService }) => [
      await connection.operatorService.listSearchAttributes({ namespace }),
      await workflowService.describeNamespace({ namespace }),
    ]);
    expect(Object.keys(attributes.customAttributes ?? {}).toSorted()).toEqual(Object.keys(SEARCH_ATTRIBUTES).toSorted());
    expect(Number(described.config?.workflowExecutionRetentionTtl?.seconds)).toBe(90 * 86_400);
    expect(server.uiUrl).toBeDefined();
    expect((await fetch(`${server.uiUrl}/`)).status).toBe(200);
    await server.stop();
  });

  it('skips no time unless asked: production cannot', async () => {
    const server = await startTemporal({ dir: folder.path('real-time') });
    const skipping = withClient(server.address, async ({ workflowService, options }) => {
      await workflowService.startWorkflowExecution({
        namespace: options.namespace,
        workflowId: 'skipping',
        workflowType: { name: 'anything' },
        taskQueue: { name: 'nobody' },
        requestId: 'one',
        timeSkippingConfig: { enabled: true },
      });
    });
    await expect(skipping).rejects.toThrow(/not enabled for namespace/i);
    await server.stop();
  });

  it('is shared by a second start and taken over from a killed launcher', async () => {
    const dir = folder.path('orphan');
    const killed = await launcher('temporal', dir);
    const guest = await startTemporal({ dir });
    expect(guest.owner).toBe(false);
    const pid = await serverPid(dir);
    await killLauncher(killed);
    await startSomething(guest.address, 'survivor');
    const next = await startTemporal({ dir });
    expect([next.owner, next.address]).toEqual([true, guest.address]);
    await next.stop();
    expect(alive(pid)).toBe(false);
  });

  it('says which port is taken and which variable chooses another', async () => {
    const other = createServer();
    const port = await freePort();
    await new Promise<void>((done) => other.listen(port, '127.0.0.1', done));
    const start = startTemporal({ dir: folder.path('taken'), uiPort: port }).finally(() => other.close());
    await expect(start).rejects.toThrow(StartProblem);
    await expect(start).rejects.toThrow(new RegExp(`Cổng ${port} .*OCOP_TEMPORAL_UI_PORT[^]*Port ${port}`));
  });
});
