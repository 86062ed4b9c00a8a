/**
 * A real PostgreSQL server in a folder of ours, for one machine without a database server. Several processes may start it on one folder: the
 * first one owns it, the others share it, and whoever comes after a killed owner takes it over.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { withLock } from './lock';
import { portNear } from './ports';
import { type Account, launchAs, privateFolder, serverAccount } from './postgres-account';
import { postgresBinaries } from './postgres-binaries';
import { alive, endProcess, numberIn, startService } from './processes';
import { diskFull, StartProblem, usingFolder } from './start-problem';

const run = promisify(execFile);
const START_PATIENCE = 60_000;
const STOP_PATIENCE = 30_000;

export interface EmbeddedPostgres {
  /** Connection string of the owner (superuser). The application gets a narrower login, see prisma/app-role.ts. */
  url: string;
  /** False when another living process of ours started the server; then stop() leaves it running. */
  owner: boolean;
  /** Process id of the server. */
  pid: number;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Folder for the data, the password and the log; made when missing. */
  dir: string;
  /** Port to use if it is free, such as the one before a crash; else any free one. */
  preferredPort?: number;
  /** Server settings by name, such as { fsync: 'off' } for tests. */
  settings?: Record<string, string>;
}

/** Everything that starting needs to know about the folder and the machine. */
interface Place {
  dir: string;
  data: string;
  passwordFile: string;
  ownerFile: string;
  logFile: string;
  bin: string;
  account: Account | undefined;
}

/**
 * Starts PostgreSQL on the folder, or joins the server that already runs there.
 * @throws StartProblem that says what a person can do about it
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const dir = resolve(options.dir);
  return await usingFolder(dir, async () => {
    const bin = await postgresBinaries();
    const account = await serverAccount();
    return await withLock(
      `${dir}.lock`,
      async () => {
        await privateFolder(dir, account);
        const place: Place = {
          dir,
          data: join(dir, 'data'),
          passwordFile: join(dir, 'password'),
          ownerFile: join(dir, 'owner.pid'),
          logFile: join(dir, 'server.log'),
          bin,
          account,
        };
        if (!existsSync(place.data)) await createCluster(place);
        return await joinOrStart(place, options);
      },
      { patience: START_PATIENCE + STOP_PATIENCE },
    );
  });
}

/** initdb into a folder beside, then rename: a start that was killed half-way leaves nothing that looks like data. */
async function createCluster(place: Place): Promise<void> {
  const fresh = `${place.data}.new`;
  await rm(fresh, { recursive: true, force: true });
  await writeFile(place.passwordFile, randomBytes(18).toString('base64url'), { mode: 0o600 });
  if (place.account) await chown(place.passwordFile, place.account.uid, place.account.gid);
  // The C library of other systems does not know C.UTF-8; PostgreSQL 17 brings its own.
  const locale =
    process.platform === 'linux' ? ['--locale=C.UTF-8'] : ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const args = ['-D', fresh, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${place.passwordFile}`, '-E', 'UTF8', ...locale];
  const launch = await launchAs(place.account, join(place.bin, 'initdb'), args, [place.data]);
  try {
    await run(launch.program, launch.args, { ...launch.ids, cwd: place.dir, env: serverEnvironment() });
  } catch (error) {
    throw startFailure(place, error instanceof Error ? error.message : String(error));
  }
  await rename(fresh, place.data);
}

async function joinOrStart(place: Place, { settings = {}, preferredPort }: PostgresOptions): Promise<EmbeddedPostgres> {
  const password = await passwordOf(place);
  const urlAt = (port: number): string => `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  const end = Date.now() + START_PATIENCE;
  for (;;) {
    const running = await runningServer(place, urlAt);
    if (running) return await joinRunning(place, running);
    const port = await portNear(preferredPort);
    const launch = await launchAs(place.account, join(place.bin, 'postgres'), serverArguments(place, port, settings), [place.data]);
    const server = await startService(launch.program, launch.args, {
      ...launch.ids,
      cwd: place.dir,
      env: serverEnvironment(),
      logFile: place.logFile,
    });
    while (!server.ended() && Date.now() < end) {
      if (await answers(urlAt(port))) return await own(place, urlAt(port), server.pid);
      await pause(25);
    }
    const log = await server.log();
    // Left-over backends of a killed server need a moment, and somebody may have taken the port; everything else is final.
    const passing = /lock file .* already exists|shared memory block|Address already in use/.test(log);
    if (!passing || Date.now() > end) {
      await endProcess(server.pid, 2_000);
      throw startFailure(place, log);
    }
    await pause(250);
  }
}

function serverArguments(place: Place, port: number, settings: Record<string, string>): string[] {
  const all: Record<string, string> = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings };
  return ['-D', place.data, '-p', String(port), ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** The server's messages are read by startFailure: they must be in English whatever the machine's language. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: process.platform === 'linux' ? 'C.UTF-8' : 'C' };
}

async function passwordOf(place: Place): Promise<string> {
  const password = await readFile(place.passwordFile, 'utf8').catch(() => '');
  if (password) return password.trim();
  throw new StartProblem({
    vi: `Thiếu tệp mật khẩu ${place.passwordFile} của cơ sở dữ liệu. Hãy khôi phục cả thư mục ${place.dir} từ bản sao lưu.`,
    en: `The database's password file ${place.passwordFile} is missing. Restore the whole folder ${place.dir} from a backup.`,
  });
}

interface RunningServer {
  url: string;
  pid: number;
}

/** postmaster.pid holds the pid in its first line and the port in its fourth. A stale one is PostgreSQL's to clean up. */
async function runningServer(place: Place, urlAt: (port: number) => string): Promise<RunningServer | undefined> {
  const lines = (await readFile(join(place.data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!pid || !port || !alive(pid)) return undefined;
  return (await answers(urlAt(port))) ? { url: urlAt(port), pid } : undefined;
}

async function joinRunning(place: Place, running: RunningServer): Promise<EmbeddedPostgres> {
  const owner = await numberIn(place.ownerFile);
  if (owner !== undefined && alive(owner)) return { ...running, owner: false, stop: async () => undefined };
  return await own(place, running.url, running.pid);
}

async function own(place: Place, url: string, pid: number): Promise<EmbeddedPostgres> {
  await writeFile(place.ownerFile, String(process.pid));
  return {
    url,
    owner: true,
    pid,
    stop: async () => {
      await endProcess(pid, STOP_PATIENCE);
      await rm(place.ownerFile, { force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function startFailure(place: Place, log: string): StartProblem {
  if (/No space left on device|Disk quota exceeded/.test(log)) return diskFull(place.dir, new Error(log));
  const version = /initialized by PostgreSQL version (\S+?),? which is not compatible with this version (\S+)/.exec(log);
  if (version) {
    return new StartProblem(
      {
        vi: `Dữ liệu trong ${place.data} thuộc PostgreSQL ${version[1]}, chương trình này dùng bản ${version[2]}. Hãy kết xuất bằng bản cũ rồi nạp lại, hoặc đặt PG_BIN_DIR tới bản cũ.`,
        en: `The data in ${place.data} belongs to PostgreSQL ${version[1]}, this program has ${version[2]}. Dump it with the old version and load it again, or set PG_BIN_DIR to the old version.`,
      },
      { cause: new Error(log) },
    );
  }
  return new StartProblem(
    {
      vi: `Cơ sở dữ liệu trong ${place.data} không khởi động được, có thể dữ liệu bị hỏng. Đừng xóa: hãy sao chép thư mục ${dirname(place.data)}, xem ${place.logFile}, rồi khôi phục từ bản sao lưu.`,
      en: `The database in ${place.data} does not start; its data may be damaged. Do not delete it: copy the folder ${dirname(place.data)}, read ${place.logFile}, then restore from a backup. Last words: ${lastWords(log)}`,
    },
    { cause: new Error(log) },
  );
}

/** The line of the log that says why, else its last one. */
function lastWords(log: string): string {
  const lines = log.trim().split('\n');
  return lines.findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? lines.at(-1) ?? '';
}
