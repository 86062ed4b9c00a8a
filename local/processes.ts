import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { errorCode } from './start-problem';

/** Whether the process runs. A killed orphan that nobody has reaped (a container without an init process) does not. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    return !/^\d+ \(.*\) [ZX] /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Waits until the process has gone; false when it still runs after that many milliseconds. */
export async function goneWithin(pid: number, milliseconds: number): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end; await pause(25)) if (!alive(pid)) return true;
  return !alive(pid);
}

/** Asks the process to end and waits; after the patience (milliseconds) it is killed. A process that has already gone is fine. */
export async function endProcess(pid: number, patience: number): Promise<void> {
  if (!alive(pid)) return;
  process.kill(pid, 'SIGINT');
  if (await goneWithin(pid, patience)) return;
  process.kill(pid, 'SIGKILL');
  await goneWithin(pid, 5_000);
}

/** The number at the start of a file, such as a pid file; undefined when there is none. */
export async function numberIn(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return Number.parseInt(text, 10) || undefined;
}

export interface Service {
  pid: number;
  /** True once it has ended or could not be started. */
  ended(): boolean;
  /** The last lines it wrote. */
  log(): Promise<string>;
}

/**
 * Starts a server that outlives a killed launcher: it has its own process group (Ctrl-C reaches only the launcher, which then stops things in
 * order) and writes to a file, since a pipe without a reader would end it. The log of the run before is kept beside it as `*.previous`.
 */
export async function startService(
  program: string,
  args: string[],
  options: { cwd: string; logFile: string; env?: NodeJS.ProcessEnv; uid?: number; gid?: number },
): Promise<Service> {
  const { logFile, ...rest } = options;
  await rename(logFile, `${logFile}.previous`).catch(() => undefined);
  const output = await open(logFile, 'w', 0o600);
  let ended = false;
  let failure = '';
  try {
    const child = spawn(program, args, { ...rest, detached: true, windowsHide: true, stdio: ['ignore', output.fd, output.fd] });
    child.once('exit', () => {
      ended = true;
    });
    child.once('error', (error) => {
      ended = true;
      failure = error.message;
    });
    child.unref();
    return {
      pid: child.pid ?? 0,
      ended: () => ended,
      log: async () => `${failure}${(await readFile(logFile, 'utf8').catch(() => '')).slice(-4_000)}`,
    };
  } finally {
    await output.close();
  }
}
