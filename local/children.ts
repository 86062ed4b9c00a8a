/**
 * The worker and the API as processes of their own, the same programs as in production: a fault of one (memory, native code) does not take the other
 * or the databases with it. Whoever dies is started again.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, renameSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Text } from '../domain/sources';

const ENTRY = join(__dirname, 'child');
const STOP_PATIENCE = 15_000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
/** After that long alive a process counts as sound and its next restart comes quickly again. */
const SOUND_AFTER = 60_000;
const LARGEST_LOG = 20_000_000;

export type ChildName = 'worker' | 'api';

export interface ChildOptions {
  name: ChildName;
  env: NodeJS.ProcessEnv;
  /** One JSON object per line; at start a file over 20 MB is kept beside as `*.previous`. */
  logFile: string;
  /** Told when the process died and is started again. */
  notice: (text: Text) => void;
}

export interface Child {
  /** How often it had to be started again. */
  restarts(): number;
  pid(): number | undefined;
  /** The last lines it wrote. */
  lastWords(): Promise<string>;
  /** Ends it gently, after fifteen seconds by force. */
  stop(): Promise<void>;
}

/** Keeps a process running until stopped. */
export function keepRunning(options: ChildOptions): Child {
  let restarts = 0;
  let pause = FIRST_PAUSE;
  let stopping = false;
  let waiting: NodeJS.Timeout | undefined;
  let child = begin();

  function begin(): ChildProcess {
    const startedAt = performance.now();
    const started = launch(options);
    started.once('exit', (code, signal) => {
      if (stopping) return;
      pause = performance.now() - startedAt > SOUND_AFTER ? FIRST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE);
      options.notice(died(options, signal ?? code));
      waiting = setTimeout(() => {
        restarts += 1;
        child = begin();
      }, pause);
    });
    return started;
  }

  return {
    restarts: () => restarts,
    pid: () => (hasEnded(child) ? undefined : child.pid),
    lastWords: async () => await endOf(options.logFile),
    stop: async () => {
      stopping = true;
      clearTimeout(waiting);
      await end(child);
    },
  };
}

/** A process group of its own, so that Ctrl-C reaches only us, who then stop things in order; the channel's end tells it that we have gone. */
function launch({ name, env, logFile }: ChildOptions): ChildProcess {
  const log = openLog(logFile);
  try {
    return spawn(process.execPath, [...process.execArgv, ENTRY, name], {
      env,
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log, log, 'ipc'],
    });
  } finally {
    closeSync(log);
  }
}

function openLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST_LOG) renameSync(file, `${file}.previous`);
  return openSync(file, 'a', 0o600);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise<void>((done) => void child.once('exit', () => done()));
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE);
  if (child.connected) child.disconnect();
  await ended;
  clearTimeout(force);
}

async function endOf(file: string): Promise<string> {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return '';
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, 4_000);
    const { buffer } = await handle.read({ buffer: Buffer.alloc(length), position: size - length });
    return buffer.toString('utf8').trim();
  } finally {
    await handle.close();
  }
}

function died({ name, logFile }: ChildOptions, how: string | number | null): Text {
  return {
    vi: `Tiến trình ${name} đã dừng (${how}), đang khởi động lại; xem ${logFile}`,
    en: `The ${name} process ended (${how}) and is started again; see ${logFile}`,
  };
}
