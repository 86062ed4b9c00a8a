/** The API as operators run it, compiled and in a process of its own, for the bench of pages: its memory and its work are its own. */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../local/ports';
import { startTemporal } from '../../local/temporal';

const ROOT = join(__dirname, '..', '..');
const READY_WITHIN_MS = 60_000;
/** As Linux counts processes' time. */
const TICKS_PER_SECOND = 100;

export interface BuiltApi {
  url: string;
  /** Memory that it has resident, in MB. */
  residentMb(): number;
  /** Its processor time until now, in ms. */
  cpuMs(): number;
  end(): Promise<void>;
}

/**
 * Builds the product and starts its API on these records, with an engine that nobody asks.
 * @throws Error when it does not answer within a minute
 */
export async function startBuiltApi({ databaseUrl, clockOffsetDays }: { databaseUrl: string; clockOffsetDays: number }): Promise<BuiltApi> {
  execFileSync('npm', ['run', 'build'], { cwd: ROOT, stdio: 'ignore' });
  const folder = mkdtempSync(join(tmpdir(), 'ocop-bench-api-'));
  const temporal = await startTemporal({ dir: join(folder, 'temporal') });
  const port = await freePort();
  const api = fork(join(ROOT, 'dist/api/main.js'), [], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporal.address,
      PORT: String(port),
      OCOP_DATA_DIR: folder,
      OCOP_CLOCK_OFFSET_DAYS: String(clockOffsetDays),
      OCOP_RATE_LIMIT: '1000000',
      OCOP_LOG_LEVEL: 'fatal',
    },
    // The compiler of this process is none of its business.
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const end = async (): Promise<void> => {
    await stop(api);
    await temporal.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await answering(`${url}/readyz`, api);
  } catch (error) {
    await end();
    throw error;
  }
  return { url, end, residentMb: () => residentMb(api), cpuMs: () => cpuMs(api) };
}

async function answering(url: string, api: ChildProcess): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until && api.exitCode === null) {
    // Any answer will do: how the engine is does not matter here.
    if (await fetch(url).catch(() => undefined)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the API did not answer');
}

async function stop(api: ChildProcess): Promise<void> {
  if (api.exitCode !== null) return;
  api.kill('SIGTERM');
  await once(api, 'exit');
}

function residentMb({ pid }: ChildProcess): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}

function cpuMs({ pid }: ChildProcess): number {
  // After the name in parentheses; user and system time are the 14th and 15th of all.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}
