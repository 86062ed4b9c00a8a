/**
 * One data folder, one running program. The holder listens on a port of 127.0.0.1 for as long as it lives and says who it is; a file in the folder
 * names that port. A killed holder, or a process number used again after a restart of the machine, can so never pass for a running program.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { withLock } from './lock';
import { StartProblem } from './start-problem';

const ANSWER_PATIENCE = 2_000;
const Holder = z.object({ pid: z.number(), url: z.string(), folder: z.string() });
type Holder = z.infer<typeof Holder>;

export interface Claim {
  /** Lets another program have the folder. */
  release: () => Promise<void>;
}

/**
 * Takes the folder for this process.
 * @param folder absolute path of an existing folder
 * @param url where people reach this program, told to whoever comes second
 * @throws StartProblem naming the process that has the folder, and its address
 */
export async function claimFolder(folder: string, url: string): Promise<Claim> {
  const file = join(folder, 'running.json');
  return await withLock(join(folder, 'running.lock'), async () => {
    const holder = await holderIn(file, folder);
    if (holder) throw taken(holder);
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(JSON.stringify({ pid: process.pid, url, folder } satisfies Holder));
    });
    await new Promise<void>((done, failed) => {
      server.once('error', failed);
      server.listen(0, '127.0.0.1', done);
    });
    server.unref();
    const address = server.address();
    await writeFile(file, String(typeof address === 'object' && address ? address.port : 0), { mode: 0o600 });
    return {
      release: async () => {
        await rm(file, { force: true });
        server.close();
      },
    };
  });
}

async function holderIn(file: string, folder: string): Promise<Holder | undefined> {
  const port = Number(await readFile(file, 'utf8').catch(() => ''));
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return undefined;
  const answer = await said(port);
  const holder = Holder.safeParse(answer);
  return holder.success && holder.data.folder === folder ? holder.data : undefined;
}

/** What whoever listens there says at once; undefined when nobody does or it is no JSON. */
async function said(port: number): Promise<unknown> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.setTimeout(ANSWER_PATIENCE, () => socket.destroy());
  try {
    return JSON.parse(await text(socket));
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}

function taken({ pid, url, folder }: Holder): StartProblem {
  return new StartProblem({
    vi: `Chương trình đang chạy trên dữ liệu này rồi (${folder}): tiến trình ${pid}, địa chỉ ${url}. Hãy mở địa chỉ đó, hoặc dừng tiến trình ấy bằng Ctrl-C; muốn chạy thêm một bản riêng thì đặt OCOP_DATA_DIR và PORT khác.`,
    en: `The program already runs on this data (${folder}): process ${pid} at ${url}. Open that address, or stop that process with Ctrl-C; for a second one of its own set another OCOP_DATA_DIR and PORT.`,
  });
}
