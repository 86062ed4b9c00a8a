/**
 * The shape of docker-compose.yml without containers: PostgreSQL from the distribution's packages, a Temporal server of its own, and from dist/ two
 * workers and the API, prepared by the same scripts and commands.
 */
import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import packageJson from '../../package.json';
import { freePort } from '../../local/ports';
import { type EmbeddedPostgres, startPostgres } from '../../local/postgres';
import { type LocalTemporal, startTemporal } from '../../local/temporal';
import { temporalBinary } from '../../local/temporal-binary';
import { useFolder } from '../local/folders';
import { bareEnvironment, follow, type Launched } from '../local/whole-product';
import { eventually } from '../support/eventually';

const run = promisify(execFile);
const ROOT = resolve(__dirname, '../..');
const PATIENCE = 240_000;
const TOKEN = 'administrator-of-the-topology';
const CYCLES = 4;

function distributionPostgres(): string | undefined {
  const folder = '/usr/lib/postgresql';
  const versions = existsSync(folder) ? readdirSync(folder) : [];
  return versions
    .map((version) => join(folder, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'psql')));
}

const bin = distributionPostgres();
const describeWithServer = bin ? describe : describe.skip;
if (!bin) process.stderr.write('No PostgreSQL of the distribution (apt-get install postgresql): the production topology is not tested.\n');

describeWithServer('two workers and the API from the build, on a database server and a Temporal service', () => {
  const folder = useFolder();
  const processes: Launched[] = [];
  const cycles: string[] = [];
  let postgres: EmbeddedPostgres;
  let temporal: LocalTemporal;
  let api = '';
  let production: Record<string, string> = {};
  let applicationUrl = '';

  const login = (user: string, password: string): string => {
    const url = new URL(postgres.url);
    Object.assign(url, { username: user, password, pathname: '/ocop' });
    return url.href;
  };
  const start = (script: string, settings: Record<string, string> = {}): Launched => {
    const env = bareEnvironment({ ...production, ...settings });
    const launched = follow(spawn(process.execPath, [script], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] }));
    processes.push(launched);
    return launched;
  };
  const ask = async (
    path: string,
    body?: object,
    key: string = randomUUID(),
  ): Promise<{ status: number; body: { [member: string]: unknown } }> => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': key };
    const response = await fetch(`${api}${path}`, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers });
    return { status: response.status, body: (await response.json()) as { [member: string]: unknown } };
  };

  beforeAll(async () => {
    process.env['PG_BIN_DIR'] = bin;
    [postgres, temporal] = await Promise.all([
      startPostgres({ dir: folder.path('postgres'), settings: { fsync: 'off' } }).finally(() => delete process.env['PG_BIN_DIR']),
      startTemporal({ dir: folder.path('temporal') }),
    ]);
    const { port, password } = new URL(postgres.url);
    const secrets = { OCOP_OWNER_PASSWORD: 'owner1', OCOP_APPLICATION_PASSWORD: 'application1', TEMPORAL_DB_PASSWORD: 'temporal1' };
    const connection = {
      PGHOST: '127.0.0.1',
      PGPORT: port,
      PGPASSWORD: password,
      POSTGRES_USER: 'postgres',
      PATH: `${bin}:${process.env['PATH']}`,
    };
    await run('sh', ['deploy/postgres-init.sh'], { cwd: ROOT, env: { ...connection, ...secrets } });
    const service = { TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: 'ocop', TEMPORAL_RETENTION: '90d' };
    const tools = `${dirname(await temporalBinary())}:${process.env['PATH']}`;
    // Twice: what was done before must not stand in the way of a later start.
    await run('sh', ['deploy/temporal-namespace.sh'], { cwd: ROOT, env: { ...service, PATH: tools } });
    await run('sh', ['deploy/temporal-namespace.sh'], { cwd: ROOT, env: { ...service, PATH: tools } });
    await run('npm', ['run', 'build'], { cwd: ROOT });
    await run('npm', ['run', 'migrate'], { cwd: ROOT, env: bareEnvironment({ DATABASE_URL: login('ocop_owner', 'owner1') }) });
    applicationUrl = login('ocop_application', 'application1');
    production = {
      NODE_ENV: 'production',
      DATABASE_URL: applicationUrl,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: 'ocop',
      SMTP_URL: 'smtp://127.0.0.1:1',
      OCOP_ADMIN_TOKEN: TOKEN,
      PORT: String(await freePort()),
    };
    api = `http://127.0.0.1:${production['PORT']}`;
  }, PATIENCE);

  afterAll(async () => {
    for (const { process: child } of processes) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await Promise.all([postgres.stop(), temporal.stop()]);
  }, PATIENCE);

  it(
    'is ready once the API sees a worker, and not before',
    async () => {
      expect([packageJson.scripts.worker, packageJson.scripts.api]).toEqual([
        'node --max-old-space-size=256 dist/worker/main.js',
        'node dist/api/main.js',
      ]);
      start('dist/api/main.js');
      const early = await eventually(async () => await ask('/readyz'), PATIENCE);
      expect(early).toMatchObject({ status: 503, body: { database: true, temporal: true, workerPolling: false } });
      for (const worker of [start('dist/worker/main.js'), start('dist/worker/main.js')]) await worker.says(/worker polls/);
      await eventually(async () => expect((await ask('/readyz')).status).toBe(200), PATIENCE);
    },
    PATIENCE,
  );

  it(
    'moves cycles through HTTP',
    async () => {
      for (let number = 1; number <= CYCLES; number++) {
        const product = {
          productName: `Sản phẩm ${number}`,
          producer: { name: `Hợp tác xã ${number}` },
          kind: 'new',
          communeCode: '14329',
        };
        const made = await ask('/api/cycles', product);
        expect(made).toMatchObject({ status: 201, body: { stage: 'idea_registration' } });
        cycles.push(String(made.body['id']));
      }
      for (const id of cycles)
        expect(await ask(`/api/cycles/${id}/actions/accept-idea`, {})).toMatchObject({
          status: 200,
          body: { stage: 'product_completion' },
        });
    },
    PATIENCE,
  );

  it(
    'finds engine and records in agreement, and says where they are not',
    async () => {
      const settings = { env: bareEnvironment(production), cwd: ROOT };
      const { stdout } = await run(process.execPath, ['dist/scripts/reconcile.js'], settings);
      expect(stdout).toBe(`${CYCLES} open cycles compared, 0 differ\n`);
      const owner = new Client({ connectionString: login('ocop_owner', 'owner1') });
      await owner.connect();
      await owner.query('update cycle set sequence = sequence - 1 where id = $1', [cycles[0]]);
      const differing = await run(process.execPath, ['dist/scripts/reconcile.js'], settings).catch((error: object) => error);
      expect(differing).toMatchObject({ code: 2, stdout: expect.stringContaining(`${cycles[0]}\tthe engine is ahead`) as string });
      await owner.query('update cycle set sequence = sequence + 1 where id = $1', [cycles[0]]);
      await owner.end();
    },
    PATIENCE,
  );

  it(
    'goes on with the other worker when one is killed: every action happens, once',
    async () => {
      processes[1]?.process.kill('SIGKILL');
      await Promise.all(
        cycles.map(async (id) => {
          const key = randomUUID();
          // "Not now" until the other worker takes over what the killed one had cached; the key makes the repetition safe.
          const withdrawn = await eventually(async () => {
            const answer = await ask(`/api/cycles/${id}/actions/withdraw`, { reason: 'Chủ thể xin rút' }, key);
            expect(answer.status).not.toBe(503);
            return answer;
          }, PATIENCE);
          expect(withdrawn).toMatchObject({ status: 200, body: { stage: 'closed', outcome: 'withdrawn' } });
        }),
      );
      const client = new Client({ connectionString: applicationUrl });
      await client.connect();
      const { rows } = await client.query('select name, count(*)::int as times from cycle_event group by name order by name');
      expect(rows).toEqual(['accept-idea', 'register', 'withdraw'].map((name) => ({ name, times: CYCLES })));
      await expect(client.query("update cycle_event set name = 'other'")).rejects.toThrow('permission denied');
      await client.end();
    },
    PATIENCE,
  );

  it(
    'ends cleanly when it is told to',
    async () => {
      const left = processes.filter(({ process: { signalCode } }) => signalCode === null);
      expect(left).toHaveLength(2);
      for (const { process: child } of left) child.kill('SIGTERM');
      expect(await Promise.all(left.map(async (one) => await one.ended()))).toEqual([0, 0]);
    },
    PATIENCE,
  );

  it(
    'refuses a shifted clock',
    async () => {
      const shifted = start('dist/api/main.js', { OCOP_CLOCK_OFFSET_DAYS: '30' });
      expect(await shifted.ended()).toBe(1);
      expect(shifted.output()).toContain('OCOP_CLOCK_OFFSET_DAYS: không được dùng khi vận hành thật');
    },
    PATIENCE,
  );
});
