/** `npm start` as a person runs it: a process whose output is read and which gets signals. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { alive } from '../../local/processes';

const ROOT = resolve(__dirname, '../..');
const OURS = /^(DATABASE_URL|SMTP_URL|PORT|HOST|NODE_ENV|NODE_OPTIONS|TEMPORAL_(ADDRESS|NAMESPACE|TLS.*|API_KEY)|OCOP_.*)$/;

export interface Launched {
  process: ChildProcess;
  /** Everything that was written so far. */
  output(): string;
  /** Waits until the output matches; fails when the process ends first. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Waits for its end: the exit code, or the signal that ended it. */
  ended(): Promise<number | string>;
}

/** The environment of a machine on which nothing of ours is set. */
export function bareEnvironment(settings: Record<string, string>): NodeJS.ProcessEnv {
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !OURS.test(name))), ...settings };
}

/** Runs the launcher with nothing but these settings. */
export function launch(settings: Record<string, string>): Launched {
  const child = spawn(process.execPath, ['--import', 'tsx', 'local/start.ts'], {
    cwd: ROOT,
    env: bareEnvironment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return follow(child);
}

/** A process whose output can be waited for. */
export function follow(child: ChildProcess): Launched {
  let output = '';
  let end: number | string | undefined;
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const exit = once(child, 'close').then(([code, signal]: (number | string | null)[]) => (end = code ?? signal ?? 'unknown'));
  return {
    process: child,
    output: () => output,
    says: async (pattern) => {
      for (;;) {
        const match = pattern.exec(output);
        if (match) return match;
        if (end !== undefined) throw new Error(`it ended with ${end} and did not say ${String(pattern)}:\n${output}`);
        await pause(50);
      }
    },
    ended: async () => await exit,
  };
}

/** Processes that were started with this text in their environment (and in their command) and still run; only Linux tells. */
export async function processesWith(text: string, inCommand = ''): Promise<number[]> {
  const numbers = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const of = async (pid: string, file: string): Promise<string> => await readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
  const found = await Promise.all(
    numbers.map(async (pid) =>
      (await of(pid, 'environ')).includes(text) && (await of(pid, 'cmdline')).includes(inCommand) ? [Number(pid)] : [],
    ),
  );
  return found.flat().filter(alive);
}
