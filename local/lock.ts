import { randomUUID } from 'node:crypto';
import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { alive, numberIn } from './processes';
import { errorCode, StartProblem } from './start-problem';

interface LockOptions {
  /** How long to wait for another holder, in milliseconds; five minutes unless told. */
  patience?: number;
  /** Told once with the holder's process id when we have to wait. */
  waiting?: (pid: number) => void;
}

/** Takes the lock file if nobody holds it. link() fails when the target exists, and the target is never seen empty. */
async function took(ticket: string, path: string): Promise<boolean> {
  try {
    await link(ticket, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function waitForTurn(ticket: string, path: string, options: LockOptions): Promise<void> {
  const end = Date.now() + (options.patience ?? 300_000);
  let told = false;
  while (!(await took(ticket, path))) {
    const holder = await numberIn(path);
    if (holder !== undefined && !alive(holder)) {
      await rm(path, { force: true });
      continue;
    }
    if (holder !== undefined && !told) {
      told = true;
      options.waiting?.(holder);
    }
    if (Date.now() > end) {
      throw new StartProblem({
        vi: `Đã chờ quá lâu tiến trình ${holder ?? '?'} đang giữ ${path}. Nếu đó không phải là chương trình này, hãy xóa tệp ấy rồi chạy lại.`,
        en: `Waited too long for process ${holder ?? '?'}, which holds ${path}. If that is not this program, delete that file and start again.`,
      });
    }
    await pause(100);
  }
}

/** Runs the work while no other process runs work under the same lock file. A lock whose process has gone is taken over. */
export async function withLock<T>(path: string, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const ticket = `${path}.${process.pid}.${randomUUID()}`;
  await writeFile(ticket, String(process.pid));
  try {
    await waitForTurn(ticket, path, options);
    try {
      return await work();
    } finally {
      await rm(path, { force: true });
    }
  } finally {
    await rm(ticket, { force: true });
  }
}
