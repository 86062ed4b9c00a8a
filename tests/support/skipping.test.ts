import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import { fromSetup, quietRuntime } from './env';
import { fastForward, SKIP_EVERYTHING, setSkipping, skipFromStart, skipInfo, type TimeSkipping } from './skipping';

const DAY = 86_400_000;
const taskQueue = `skipping-${randomUUID()}`;
let wanted: TimeSkipping | undefined;
let client: Client;
let stop: () => Promise<void>;

beforeAll(async () => {
  quietRuntime();
  const address = fromSetup('OCOP_TEST_TEMPORAL');
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  skipFromStart(connection, () => wanted);
  client = new Client({ connection });
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: require.resolve('./waiting-workflow'),
    logger: new DefaultLogger('WARN'),
  });
  const worker = await Worker.create({ connection: native, taskQueue, workflowBundle });
  const running = worker.run();
  stop = async () => {
    worker.shutdown();
    await running;
    await connection.close();
    await native.close();
  };
});

afterAll(async () => {
  await stop();
});

const options = (days: number) => ({ taskQueue, workflowId: randomUUID(), args: [days] as [number] });

describe('skipped time', () => {
  it('lets a workflow live through 230 days in seconds, past the server’s own limit of skips', async () => {
    wanted = SKIP_EVERYTHING;
    const before = Date.now();
    const end: number = await client.workflow.execute('waiting', options(230));
    expect(end - before).toBeGreaterThanOrEqual(230 * DAY);
    expect(Date.now() - before).toBeLessThan(60_000);
  });

  it('reaches a workflow started by a signal too', async () => {
    wanted = SKIP_EVERYTHING;
    const handle = await client.workflow.signalWithStart('waiting', { ...options(3), signal: 'ignored', signalArgs: [] });
    expect(Number(await handle.result())).toBeGreaterThan(Date.now() + 2 * DAY);
  });

  it('moves a standing workflow forward by exactly what is asked, as often as asked', async () => {
    wanted = undefined;
    const started = Date.now();
    const handle = await client.workflow.start('waiting', options(30));
    await fastForward(client, handle.workflowId, 5 * DAY);
    await fastForward(client, handle.workflowId, 2 * DAY);
    const info = await skipInfo(client, handle.workflowId);
    const days = ((info?.now?.getTime() ?? 0) - started) / DAY;
    expect(days).toBeGreaterThanOrEqual(7);
    expect(days).toBeLessThan(7.01);
    expect(info?.enabled).toBe(false);
    await setSkipping(client, handle.workflowId, { enabled: true });
    expect(Number(await handle.result())).toBeGreaterThanOrEqual(started + 30 * DAY);
  });

  it('says so when the workflow ended before the time was reached', async () => {
    wanted = undefined;
    const handle = await client.workflow.start('waiting', options(1));
    await expect(fastForward(client, handle.workflowId, 9 * DAY)).rejects.toThrow(/was not moved forward: .*ended/);
  });

  it('leaves a workflow that never asked in real time', async () => {
    wanted = undefined;
    const handle = await client.workflow.start('waiting', options(1));
    expect(await skipInfo(client, handle.workflowId)).toBeUndefined();
    await handle.terminate();
  });
});
