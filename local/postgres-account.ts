import { chown, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StartProblem } from './start-problem';

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

/** Makes the folder private to the account; as root, every folder above it must let that account through. */
export async function privateFolder(folder: string, account: Account | undefined): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!account) return;
  await chown(folder, account.uid, account.gid);
  for (let above = dirname(folder); above !== dirname(above); above = dirname(above)) {
    const { uid, gid, mode } = await stat(above);
    if (uid === account.uid || (gid === account.gid && mode & 0o010) || mode & 0o001) continue;
    throw new StartProblem({
      vi: `Đang chạy bằng root, PostgreSQL chạy bằng tài khoản số ${account.uid} và không vào được ${above}. Hãy chạy chmod o+x ${above}, đặt OCOP_DATA_DIR tới nơi khác, hoặc chạy bằng tài khoản thường.`,
      en: `Running as root, PostgreSQL runs as account ${account.uid}, which cannot enter ${above}. Run chmod o+x ${above}, set OCOP_DATA_DIR elsewhere, or run as an ordinary user.`,
    });
  }
}
