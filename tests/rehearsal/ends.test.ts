/** However a rehearsal ends, nothing of it stays: no process, no folder; and it begins only where time may be skipped. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';
import { SEARCH_ATTRIBUTES, startTemporal } from '../../local/temporal';
import { clearPlace, openPlace } from '../../rehearsal/place';
import { rehearse } from '../../rehearsal/rehearse';
import { fromSetup, quietRuntime } from '../support/env';
import { eventually } from '../support/eventually';
import { registrations } from './lists';

jest.setTimeout(600_000);
beforeAll(() => quietRuntime());

const folder = (): string => mkdtempSync(join(tmpdir(), 'ocop-report-'));
const REPOSITORY = resolve(__dirname, '../..');
const bundle = () => ({ codePath: fromSetup('OCOP_TEST_BUNDLE') });
const short = () => ({ plan: 'qd-26-2026', from: '2026-08-10', to: '2026-08-24', registrations: registrations(2), out: folder() });

/** Processes that run in a folder or name it. */
function running(place: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(place) || readlinkSync(`/proc/${pid}/cwd`).startsWith(place);
    } catch {
      return false;
    }
  });
}

const places = (root: string): string[] => readdirSync(root).filter((name) => name.startsWith('ocop-rehearsal-'));

/** The command in a folder for passing files of its own. */
function command(root: string, ...more: string[]) {
  const { NODE_OPTIONS: _none, ...env } = process.env;
  const args = [
    '--import',
    'tsx',
    'scripts/rehearse.ts',
    '--plan',
    'qd-26-2026',
    '--registrations',
    registrations(2),
    '--out',
    folder(),
    ...more,
  ];
  const child = spawn(process.execPath, args, { cwd: REPOSITORY, env: { ...env, TMPDIR: root }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
  const ended = new Promise<number | null>((done) => void child.once('exit', (code) => done(code)));
  return { child, ended, said: () => said };
}

function ownRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'ocop-root-'));
  // As root the database runs under another account, which must get in.
  chmodSync(root, 0o711);
  return root;
}

const linux = process.platform === 'linux' ? test : test.skip;

linux.each(['SIGKILL', 'SIGINT'] as const)(
  'ended half-way by %s it leaves neither process nor folder, and the next one runs',
  async (signal) => {
    const root = ownRoot();
    const first = command(root);
    await eventually(() => expect(first.said()).toMatch(/Rehearsing from/), 180_000);
    expect(places(root)).toHaveLength(1);
    first.child.kill(signal);
    await first.ended;
    await eventually(() => expect({ places: places(root), running: running(root) }).toEqual({ places: [], running: [] }), 60_000);

    const second = command(root, '--until', '2026-07-20');
    if ((await second.ended) !== 0) throw new Error(second.said());
    expect(second.said()).toMatch(/report\.html/);
    await eventually(() => expect({ places: places(root), running: running(root) }).toEqual({ places: [], running: [] }), 60_000);
  },
);

test('what a killed rehearsal and its caretaker left is cleared by the next', async () => {
  const place = await openPlace();
  expect(existsSync(place.folder)).toBe(true);
  await clearPlace(place.folder);
  expect(existsSync(place.folder)).toBe(false);
  await place.close();
});

test('a server that does not skip time refuses, and is left as it was', async () => {
  const server = await startTemporal({ dir: join(folder(), 'temporal'), inMemory: true });
  try {
    const env = { TEMPORAL_ADDRESS: server.address };
    await expect(rehearse(short(), { env, bundle: bundle() })).rejects.toThrow(/không bật tua thời gian[^]*does not skip time/);
    const connection = await Connection.connect({ address: server.address });
    const client = new Client({ connection });
    expect(await client.workflow.count()).toMatchObject({ count: 0 });
    await connection.close();
  } finally {
    await server.stop();
  }
});

/** A namespace of the shared server, with the search attributes that cycles carry. */
async function namespaceForRehearsals(connection: Connection): Promise<string> {
  const namespace = `rehearsal-${randomUUID().slice(0, 8)}`;
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('1 day') });
  const { INDEXED_VALUE_TYPE_KEYWORD, INDEXED_VALUE_TYPE_DATETIME } = temporal.api.enums.v1.IndexedValueType;
  const kinds = { Keyword: INDEXED_VALUE_TYPE_KEYWORD, Datetime: INDEXED_VALUE_TYPE_DATETIME };
  const searchAttributes = Object.fromEntries(Object.entries(SEARCH_ATTRIBUTES).map(([name, kind]) => [name, kinds[kind]]));
  const add = async () => await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  // A namespace is known everywhere some seconds after it was made.
  await eventually(async () => void (await add()), 60_000);
  return namespace;
}

test('a namespace made for rehearsals has one at a time, and is empty after it', async () => {
  const address = fromSetup('OCOP_TEST_TEMPORAL');
  const connection = await Connection.connect({ address });
  const namespace = await namespaceForRehearsals(connection);
  const env = { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
  const client = new Client({ connection, namespace });
  let second: Promise<unknown> | undefined;
  const onDay = (): void => {
    second ??= rehearse(short(), { env, bundle: bundle() }).catch((error: unknown) => error);
  };
  const report = await rehearse({ ...short(), to: '2026-09-30' }, { env, bundle: bundle(), onDay });
  expect(report.checks.every((one) => one.ok)).toBe(true);
  expect(String(await second)).toMatch(/Một lần diễn tập khác đang dùng/);
  const open = "ExecutionStatus = 'Running'";
  await eventually(async () => expect((await client.workflow.count(open)).count).toBe(0), 60_000);
  await connection.close();
});
