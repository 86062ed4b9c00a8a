/**
 * A rehearsal's own place on the machine: a folder of its own in the system's folder for passing files, with everything that runs in it. It ends with
 * the rehearsal: a caretaker process clears it also when the rehearsal is killed, and whoever rehearses next clears what both left.
 */
import { fork } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { alive, endProcess, numberIn } from '../local/processes';

const PREFIX = 'ocop-rehearsal-';
const OWNER = 'owner.pid';
/** Servers of a rehearsal hold nothing that must be saved. */
const END_PATIENCE = 3_000;

export interface Place {
  folder: string;
  /** Ends what still runs there and removes the folder. */
  close(): Promise<void>;
}

/** Takes a fresh folder, after clearing those of rehearsals that were killed. */
export async function openPlace(): Promise<Place> {
  await clearDeserted();
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  // As root the database runs under another account, which must get in.
  await chmod(folder, 0o711);
  await writeFile(join(folder, OWNER), String(process.pid));
  const dismiss = hireCaretaker(folder);
  return {
    folder,
    close: async () => {
      await clearPlace(folder);
      dismiss();
    },
  };
}

/** Clears the folders of rehearsals whose process has gone. */
async function clearDeserted(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  for (const name of names) {
    const folder = join(tmpdir(), name);
    const owner = await numberIn(join(folder, OWNER));
    // Somebody else's, or one that is being made at this moment, is left alone.
    if (owner !== undefined && !alive(owner)) await clearPlace(folder).catch(() => undefined);
  }
}

/** A process that waits for the end of this one, however it comes, and then clears the folder. */
function hireCaretaker(folder: string): () => void {
  const loader = __filename.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const caretaker = fork(join(__dirname, 'caretaker'), [], {
    env: { ...process.env, OCOP_REHEARSAL_FOLDER: folder },
    execArgv: loader,
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  caretaker.on('error', () => undefined);
  caretaker.unref();
  caretaker.channel?.unref();
  return () => {
    if (caretaker.connected) caretaker.disconnect();
  };
}

/** Ends every process that runs in the folder, then removes it; a server that was just being started is caught in a second look. */
export async function clearPlace(folder: string): Promise<void> {
  for (let look = 0; look < 3; look += 1) {
    const left = await pidsIn(folder);
    if (look > 0 && left.length === 0) break;
    await Promise.all(left.map(async (pid) => await endProcess(pid, END_PATIENCE)));
    if (left.length > 0) await pause(100);
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

async function pidsIn(folder: string): Promise<number[]> {
  const running = process.platform === 'linux' ? runningIn(folder) : await notedIn(folder);
  return running.filter((pid) => pid !== process.pid && alive(pid));
}

/** Servers that wrote down who they are, for systems that do not show where a process was started. */
async function notedIn(folder: string): Promise<number[]> {
  const engines = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith('temporal'));
  const written = engines.map((name) => Number(/"pid":(\d+)/.exec(textOf(join(folder, name, 'server.json')))?.[1] ?? 0));
  const database = await numberIn(join(folder, 'postgres', 'data', 'postmaster.pid'));
  return [...written.filter((pid) => pid > 0), ...(database === undefined ? [] : [database])];
}

/** Processes that were started in the folder or name it in their command. */
function runningIn(folder: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => standsIn(pid, folder)).map(Number);
}

function standsIn(pid: string, folder: string): boolean {
  const inside = (path: string): boolean => path === folder || path.startsWith(folder + sep);
  const words = textOf(`/proc/${pid}/cmdline`).split('\0');
  if (words.some(inside)) return true;
  try {
    return inside(readlinkSync(`/proc/${pid}/cwd`));
  } catch {
    return false;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
