import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

/** Starts a service in a process of its own and waits until it says that the service runs. */
export async function launcher(service: 'postgres' | 'temporal', dir: string): Promise<ChildProcess> {
  const script = resolve(__dirname, 'start-and-wait.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, service, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the launcher ended with ${String(code)}`);
  });
  ended.catch(() => undefined);
  await Promise.race([once(child.stdout, 'data'), ended]);
  return child;
}

/** Kills it as a power cut would, and waits until it has gone. */
export async function killLauncher(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
