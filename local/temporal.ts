/**
 * The Temporal development server on a folder of ours, for one machine without a Temporal service: cycles survive restarts in an SQLite file.
 * Like the database, one process owns it, others share it, and whoever comes after a killed owner takes it over.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { z } from 'zod';
import { withLock } from './lock';
import { freePort, requirePort } from './ports';
import { alive, endProcess, startService } from './processes';
import { diskFull, StartProblem, usingFolder } from './start-problem';
import { temporalBinary } from './temporal-binary';

const START_PATIENCE = 120_000;
const LOOK_PATIENCE = 2_000;
const STOP_PATIENCE = 10_000;
const NAMESPACE = 'default';
/** Closed cycles stay readable this long; the legal record is the database's cycle_event, not Temporal's history. */
const RETENTION_DAYS = 90;

/** What an operator can search cycles by in Temporal's own pages. Codes and dates only, never personal data. */
export const SEARCH_ATTRIBUTES = {
  OcopStage: 'Keyword',
  OcopProvince: 'Keyword',
  OcopCommune: 'Keyword',
  OcopWaitingFor: 'Keyword',
  OcopPlan: 'Keyword',
  OcopDueOn: 'Datetime',
} as const;

/** Waits are skipped instead of waited for (tests and rehearsals only); the figures raise the server's ceiling on skips per second. */
const TIME_SKIPPING = {
  'frontend.WorkflowTimeSkippingEnabled': true,
  'history.timerProcessorMaxTimeShift': '10ms',
  'history.timerProcessorMaxPollRPS': 1000,
  'history.timerProcessorMaxPollHostRPS': 3000,
  // A cycle starts a new run with each stage; the server would hold one back that follows within a second.
  'history.continueAsNewMinInterval': '1ms',
};

export interface TemporalOptions {
  /** Folder for the data and the log; made when missing. */
  dir: string;
  /** Port of the service; any free one unless told. */
  port?: number;
  /** Port of Temporal's own pages; no pages unless told. */
  uiPort?: number;
  timeSkipping?: boolean;
  /** Keeps nothing on disk: all is gone when the server ends. */
  inMemory?: boolean;
  /** Told in one line when the program has to be fetched. */
  progress?: (line: string) => void;
}

export interface LocalTemporal {
  address: string;
  namespace: string;
  /** Address of Temporal's own pages, when they were asked for. */
  uiUrl: string | undefined;
  /** False when another living process of ours started the server; then stop() leaves it running. */
  owner: boolean;
  /** Process id of the server. */
  pid: number;
  stop(): Promise<void>;
}

const RunningServer = z.object({ pid: z.number(), owner: z.number(), port: z.number(), uiPort: z.number().optional() });
type RunningServer = z.infer<typeof RunningServer>;

/**
 * Starts Temporal on the folder, or joins the server that already runs there.
 * @throws StartProblem that says what a person can do about it
 */
export async function startTemporal(options: TemporalOptions): Promise<LocalTemporal> {
  const dir = resolve(options.dir);
  const binary = await temporalBinary(options.progress ? { progress: options.progress } : {});
  return await usingFolder(dir, async () => {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const stateFile = join(dir, 'server.json');
    return await withLock(`${dir}.lock`, async () => {
      const running = await runningServer(stateFile);
      if (running && alive(running.owner)) return handle(running, false, stateFile);
      const server = running ? { ...running, owner: process.pid } : await startServer(binary, dir, options);
      await writeFile(stateFile, JSON.stringify(server));
      return handle(server, true, stateFile);
    });
  });
}

function handle(server: RunningServer, owner: boolean, stateFile: string): LocalTemporal {
  return {
    address: addressOf(server),
    namespace: NAMESPACE,
    uiUrl: server.uiPort === undefined ? undefined : `http://127.0.0.1:${server.uiPort}`,
    owner,
    pid: server.pid,
    stop: async () => {
      if (!owner) return;
      await endProcess(server.pid, STOP_PATIENCE);
      await rm(stateFile, { force: true });
    },
  };
}

function addressOf(server: RunningServer): string {
  return `127.0.0.1:${server.port}`;
}

async function runningServer(stateFile: string): Promise<RunningServer | undefined> {
  const text = await readFile(stateFile, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const server = understood(text);
  return server && alive(server.pid) && (await ready(addressOf(server))) ? server : undefined;
}

/** A file that a full disk or a power cut left unreadable says as much as none. */
function understood(text: string): RunningServer | undefined {
  try {
    return RunningServer.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function startServer(binary: string, dir: string, options: TemporalOptions): Promise<RunningServer> {
  const port = options.port ? await requirePort(options.port, 'Temporal', 'OCOP_TEMPORAL_PORT') : await freePort();
  const uiPort = options.uiPort && (await requirePort(options.uiPort, 'Temporal UI', 'OCOP_TEMPORAL_UI_PORT'));
  const logFile = join(dir, 'server.log');
  const server = await startService(binary, serverArguments(dir, port, uiPort, options), { cwd: dir, logFile });
  const address = `127.0.0.1:${port}`;
  const end = Date.now() + START_PATIENCE;
  while (!(await ready(address))) {
    if (server.ended() || Date.now() > end) {
      await endProcess(server.pid, 2_000);
      throw startFailure(dir, logFile, await server.log());
    }
    await pause(100);
  }
  await keepClosedCycles(address);
  return { pid: server.pid, owner: process.pid, port, ...(uiPort ? { uiPort } : {}) };
}

function serverArguments(dir: string, port: number, uiPort: number | undefined, options: TemporalOptions): string[] {
  const { timeSkipping = false, inMemory = false } = options;
  const flags = {
    '--ip': ['127.0.0.1'],
    '--port': [port],
    '--log-level': ['error'],
    '--db-filename': inMemory ? [] : [join(dir, 'temporal.db')],
    '--sqlite-pragma': inMemory ? [] : ['journal_mode=wal', 'synchronous=normal'],
    '--search-attribute': Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => `${name}=${type}`),
    '--dynamic-config-value': timeSkipping ? Object.entries(TIME_SKIPPING).map(([name, value]) => `${name}=${JSON.stringify(value)}`) : [],
    '--ui-port': uiPort ? [uiPort] : [],
  };
  const pages = uiPort ? ['--ui-disable-news-fetch'] : ['--headless'];
  return ['server', 'start-dev', ...pages, ...Object.entries(flags).flatMap(([flag, values]) => values.flatMap((v) => [flag, String(v)]))];
}

async function ready(address: string): Promise<boolean> {
  try {
    return await withConnection(address, LOOK_PATIENCE, async ({ workflowService }) => {
      await workflowService.describeNamespace({ namespace: NAMESPACE });
      return true;
    });
  } catch {
    return false;
  }
}

async function keepClosedCycles(address: string): Promise<void> {
  await withConnection(address, START_PATIENCE, async ({ workflowService }) => {
    const retention = msToTs(RETENTION_DAYS * 86_400_000);
    await workflowService.updateNamespace({ namespace: NAMESPACE, config: { workflowExecutionRetentionTtl: retention } });
  });
}

async function withConnection<T>(address: string, connectTimeout: number, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address, connectTimeout });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

function startFailure(dir: string, logFile: string, log: string): StartProblem {
  const cause = new Error(log);
  if (/no space left on device|database or disk is full/i.test(log)) return diskFull(dir, cause);
  return new StartProblem(
    {
      vi: `Máy chủ Temporal trong ${dir} không khởi động được, có thể dữ liệu bị hỏng. Đừng xóa: hãy sao chép thư mục này, xem ${logFile}, rồi khôi phục từ bản sao lưu.`,
      en: `The Temporal server in ${dir} does not start; its data may be damaged. Do not delete it: copy the folder, read ${logFile}, then restore from a backup. Last words: ${log.trim().split('\n').at(-1) ?? ''}`,
    },
    { cause },
  );
}
