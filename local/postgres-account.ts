import { execFile } from 'node:child_process';
import { chown, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { StartProblem } from './start-problem';

const run = promisify(execFile);

export interface Account {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root: there it gets the account `postgres`, else `nobody`. Undefined when we are not root. */
export async function serverAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const rows = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const row = rows.find(([name]) => name === 'postgres') ?? rows.find(([name]) => name === 'nobody');
  if (!row) {
    throw new StartProblem({
      vi: 'Đang chạy bằng tài khoản root nhưng máy không có tài khoản postgres hay nobody cho PostgreSQL. Hãy chạy bằng tài khoản thường.',
      en: 'Running as root, and there is neither a postgres nor a nobody account for PostgreSQL. Run as an ordinary user.',
    });
  }
  return { uid: Number(row[2]), gid: Number(row[3]) };
}

/** Makes the folder private to the account. */
export async function privateFolder(folder: string, account: Account | undefined): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (account) await chown(folder, account.uid, account.gid);
}

/** How a program is started under an account. */
export interface Launch {
  program: string;
  args: string[];
  ids: { uid?: number; gid?: number };
}

/**
 * Starts a program as the account. Where a folder above it or its data bars the account, as /root does, the program keeps root's right to pass
 * folders and nothing else of root: it is still another account to PostgreSQL, and nobody's folders are opened to others. initdb asks with
 * access(2) whether it may run its neighbours, which counts the kept right only without the kernel's set-uid fixup.
 * @throws StartProblem that names the folder, where the system has no means to do that
 */
export async function launchAs(
  account: Account | undefined,
  program: string,
  args: string[],
  needs: string[],
  setpriv = 'setpriv',
): Promise<Launch> {
  if (!account) return { program, args, ids: {} };
  const barred = await firstBarred([program, ...needs], account);
  if (barred === undefined) return { program, args, ids: { uid: account.uid, gid: account.gid } };
  if (!(await run(setpriv, ['--version']).catch(() => undefined))) throw cannotEnter(barred, account);
  const identity = [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
  return {
    program: setpriv,
    args: [
      ...identity,
      '--securebits=+no_setuid_fixup',
      '--inh-caps=+dac_override',
      '--ambient-caps=+dac_override',
      '--',
      program,
      ...args,
    ],
    ids: {},
  };
}

/** The first folder above one of the paths that the account may not pass. */
export async function firstBarred(paths: readonly string[], account: Account): Promise<string | undefined> {
  for (const path of paths)
    for (let above = dirname(path); above !== dirname(above); above = dirname(above)) {
      const { uid, gid, mode } = await stat(above);
      const passes = uid === account.uid ? mode & 0o100 : gid === account.gid ? mode & 0o010 : mode & 0o001;
      if (!passes) return above;
    }
  return undefined;
}

function cannotEnter(folder: string, { uid }: Account): StartProblem {
  return new StartProblem({
    vi: `Đang chạy bằng root, PostgreSQL chạy bằng tài khoản số ${uid} và không vào được ${folder}. Hãy cài setpriv (gói util-linux), chạy chmod o+x ${folder}, đặt OCOP_DATA_DIR tới nơi khác, hoặc chạy bằng tài khoản thường.`,
    en: `Running as root, PostgreSQL runs as account ${uid}, which cannot enter ${folder}. Install setpriv (package util-linux), run chmod o+x ${folder}, set OCOP_DATA_DIR elsewhere, or run as an ordinary user.`,
  });
}
