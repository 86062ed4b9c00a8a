import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { startPostgres } from '../../local/postgres';
import { launchAs, privateFolder, serverAccount } from '../../local/postgres-account';
import { postgresBinaries } from '../../local/postgres-binaries';
import { alive } from '../../local/processes';
import { StartProblem } from '../../local/start-problem';
import { useFolder } from './folders';
import { killLauncher, launcher } from './launcher';

const run = promisify(execFile);
const folder = useFolder();

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function serverPid(dir: string): Promise<number> {
  return Number.parseInt(await readFile(`${dir}/data/postmaster.pid`, 'utf8'), 10);
}

async function problemOf(work: Promise<unknown>): Promise<StartProblem> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof StartProblem)) throw new Error(`expected a StartProblem, got ${String(error)}`);
  return error;
}

describe('the embedded database', () => {
  it('keeps its data over a restart and is really stopped in between', async () => {
    const dir = folder.path('restarted');
    const first = await startPostgres({ dir });
    await query(first.url, 'create table kept as select 42 as answer');
    const pid = await serverPid(dir);
    await first.stop();
    expect(alive(pid)).toBe(false);
    const second = await startPostgres({ dir });
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  it('is one server for two that start it at once, and the one that only joined leaves it running', async () => {
    const dir = folder.path('shared');
    const [one, other] = await Promise.all([startPostgres({ dir }), startPostgres({ dir })]);
    const owner = one.owner ? one : other;
    const guest = one.owner ? other : one;
    expect([owner.owner, guest.owner]).toEqual([true, false]);
    expect(guest.url).toBe(owner.url);
    await guest.stop();
    expect(await query(owner.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await owner.stop();
  });

  it('is taken over from a launcher that was killed, with its data', async () => {
    const dir = folder.path('orphan');
    const killed = await launcher('postgres', dir);
    const pid = await serverPid(dir);
    await killLauncher(killed);
    expect(alive(pid)).toBe(true);
    const next = await startPostgres({ dir });
    expect(next.owner).toBe(true);
    expect(await serverPid(dir)).toBe(pid);
    await next.stop();
    expect(alive(pid)).toBe(false);
  });

  it('comes back after the server itself was killed, with every committed row', async () => {
    const dir = folder.path('power-cut');
    const first = await startPostgres({ dir });
    await query(first.url, 'create table kept as select 7 as answer');
    process.kill(await serverPid(dir), 'SIGKILL');
    const second = await startPostgres({ dir });
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 7 }]);
    await second.stop();
  });

  it('refuses a wrong password', async () => {
    const server = await startPostgres({ dir: folder.path('password') });
    const wrong = new URL(server.url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    await server.stop();
  });

  it('sorts and lowers Vietnamese letters', async () => {
    const server = await startPostgres({ dir: folder.path('letters') });
    const sorted = `select string_agg(name, ' ' order by name collate "vi-x-icu") as names, lower('ĐỨC') as lower
      from unnest(array['Em', 'Đào', 'Ân', 'Anh', 'Dũng', 'Ăn']) as name`;
    expect(await query(server.url, sorted)).toEqual([{ names: 'Anh Ăn Ân Dũng Đào Em', lower: 'đức' }]);
    await server.stop();
  });
});

describe('a start that cannot succeed says what to do', () => {
  it('names the log and asks for a backup when the data is damaged', async () => {
    const dir = folder.path('damaged');
    await (await startPostgres({ dir })).stop();
    await truncate(`${dir}/data/global/pg_control`, 0);
    const problem = await problemOf(startPostgres({ dir }));
    expect(problem.vi).toMatch(/có thể dữ liệu bị hỏng.*khôi phục từ bản sao lưu/);
    expect(problem.en).toContain(`${dir}/server.log`);
    expect(problem.message).toBe(`${problem.vi}\n${problem.en}`);
  });

  it('names both versions when the data belongs to another PostgreSQL', async () => {
    const dir = folder.path('other-version');
    await (await startPostgres({ dir })).stop();
    await writeFile(`${dir}/data/PG_VERSION`, '9.6\n');
    expect((await problemOf(startPostgres({ dir }))).en).toContain('belongs to PostgreSQL 9.6');
  });

  it('names the missing password file', async () => {
    const dir = folder.path('no-password');
    await (await startPostgres({ dir })).stop();
    await rm(`${dir}/password`);
    expect((await problemOf(startPostgres({ dir }))).vi).toContain(`${dir}/password`);
  });

  it('says that the data folder cannot be written when a file stands in its way', async () => {
    await writeFile(folder.path('a-file'), '');
    const problem = await problemOf(startPostgres({ dir: folder.path('a-file', 'postgres') }));
    expect(problem.vi).toContain('Không ghi được vào thư mục dữ liệu');
    expect(problem.vi).toContain('OCOP_DATA_DIR');
  });

  const asRoot = process.getuid?.() === 0 ? it : it.skip;

  asRoot('started by root it runs in a folder that no other account may enter, and leaves the folder closed', async () => {
    const closed = folder.path('closed');
    await mkdir(closed, { mode: 0o700 });
    const server = await startPostgres({ dir: `${closed}/postgres` });
    try {
      expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      expect((await stat(closed)).mode & 0o777).toBe(0o700);
    } finally {
      await server.stop();
    }
  });

  asRoot('its programs run from a folder that no other account may enter', async () => {
    const closed = folder.path('closed-programs');
    await cp(join(await postgresBinaries(), '..'), closed, { recursive: true, verbatimSymlinks: true });
    await chmod(closed, 0o700);
    const account = await serverAccount();
    const data = folder.path('beside', 'data');
    await privateFolder(dirname(data), account);
    const { program, args, ids } = await launchAs(account, join(closed, 'bin', 'initdb'), ['-D', data, '-A', 'trust', '-N'], [data]);
    await run(program, args, { ...ids, cwd: dirname(data) });
    expect(existsSync(join(data, 'PG_VERSION'))).toBe(true);
    expect((await stat(closed)).mode & 0o777).toBe(0o700);
  });

  asRoot('without the means to pass a closed folder it names that folder', async () => {
    const closed = folder.path('barred');
    await mkdir(closed, { mode: 0o700 });
    const launch = launchAs({ uid: 54_321, gid: 54_321 }, '/bin/true', [], [`${closed}/postgres`], folder.path('no-such-setpriv'));
    expect((await problemOf(launch)).vi).toContain(`chmod o+x ${closed}`);
  });
});
