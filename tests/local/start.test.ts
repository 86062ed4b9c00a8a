import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { freePort } from '../../local/ports';
import { eventually } from '../support/eventually';
import { useFolder } from './folders';
import { type Launched, launch, processesWith } from './whole-product';

const folder = useFolder();
const PATIENCE = 180_000;
const READY = /OCOP is ready\.[\s\S]*Stop: Ctrl-C/;

async function settings(name: string): Promise<Record<string, string>> {
  const [port, uiPort] = [await freePort(), await freePort()];
  return { OCOP_DATA_DIR: folder.path(name), PORT: String(port), OCOP_TEMPORAL_UI_PORT: String(uiPort) };
}

/** Signals it and answers how it ended. */
async function stopped(launched: Launched, signal: NodeJS.Signals): Promise<number | string> {
  launched.process.kill(signal);
  return await launched.ended();
}

interface Answer {
  status: number;
  body: { [member: string]: unknown };
}

async function ask(token: string, url: string, body?: string): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(url, body === undefined ? { headers } : { method: 'POST', headers, body });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

describe('npm start', () => {
  let given: Record<string, string>;
  let running: Launched;
  let token = '';
  let address = '';
  let cycle = '';

  beforeAll(async () => {
    given = await settings('product');
    address = `http://127.0.0.1:${given['PORT']}`;
    running = launch(given);
    await running.says(READY);
  }, PATIENCE);

  afterAll(async () => {
    if (running.process.exitCode === null) await stopped(running, 'SIGINT');
  }, PATIENCE);

  it('shows where everything is, and the administrator’s token', async () => {
    const screen = running.output();
    expect(screen).toContain(`${address}/api/openapi.json`);
    expect(screen).toContain(`http://127.0.0.1:${given['OCOP_TEMPORAL_UI_PORT']}`);
    token = /^ {2}(ocop_\S+)$/m.exec(screen)?.[1] ?? '';
    expect(token).toHaveLength(37);
    expect((await fetch(`http://127.0.0.1:${given['OCOP_TEMPORAL_UI_PORT']}/`)).status).toBe(200);
  });

  it('suggests two commands that work as they stand', async () => {
    const [, body = '', target = ''] = /-d '(.+)' (http\S+)$/m.exec(running.output()) ?? [];
    const made = await ask(token, target, body);
    expect(made).toMatchObject({ status: 201, body: { stage: 'idea_registration', waitingFor: 'commune' } });
    cycle = String(made.body['id']);
    const [, list = ''] = /'(http\S+province=\d+)'$/m.exec(running.output()) ?? [];
    expect(await ask(token, list)).toMatchObject({ status: 200, body: { items: [{ id: cycle }] } });
  });

  it(
    'refuses a second start on the same data and names the first',
    async () => {
      const second = launch({ ...(await settings('product')) });
      expect(await second.ended()).toBe(1);
      expect(second.output()).toContain(`tiến trình ${running.process.pid}, địa chỉ ${address}`);
      expect(second.output()).toContain(`process ${running.process.pid} at ${address}`);
    },
    PATIENCE,
  );

  it(
    'brings back a killed worker, API, database and Temporal',
    async () => {
      const dir = folder.path('product');
      const server = JSON.parse(await readFile(`${dir}/temporal/server.json`, 'utf8')) as { pid: number };
      const database = Number.parseInt(await readFile(`${dir}/postgres/data/postmaster.pid`, 'utf8'), 10);
      const workerAndApi = await processesWith(`OCOP_DATA_DIR=${dir}`, 'local/child');
      expect(workerAndApi).toHaveLength(2);
      for (const pid of [server.pid, database, ...workerAndApi]) process.kill(pid, 'SIGKILL');
      const read = await eventually(async () => {
        expect((await fetch(`${address}/readyz`)).status).toBe(200);
        return await ask(token, `${address}/api/cycles/${cycle}`);
      }, 90_000);
      expect(read).toMatchObject({ status: 200, body: { id: cycle } });
      expect(running.output()).toMatch(/The worker process ended/);
      expect(running.output()).toMatch(/The PostgreSQL server ended/);
    },
    PATIENCE,
  );

  it(
    'stops on Ctrl-C and leaves nothing running',
    async () => {
      expect(await stopped(running, 'SIGINT')).toBe(0);
      expect(running.output()).toContain('Stopped; the data is kept.');
      expect(await processesWith(`OCOP_DATA_DIR=${folder.path('product')}`)).toEqual([]);
      await expect(fetch(address)).rejects.toThrow('fetch failed');
    },
    PATIENCE,
  );

  it(
    'goes on with every cycle where it was when it is started again, and tells no token',
    async () => {
      running = launch(given);
      await running.says(READY);
      expect(running.output()).not.toContain('ocop_');
      expect(await ask(token, `${address}/api/cycles/${cycle}`)).toMatchObject({ status: 200, body: { stage: 'idea_registration' } });
      const accepted = await ask(token, `${address}/api/cycles/${cycle}/actions/accept-idea`, '{}');
      expect(accepted).toMatchObject({ status: 200, body: { stage: 'product_completion', waitingFor: 'producer' } });
      expect(await stopped(running, 'SIGTERM')).toBe(0);
    },
    PATIENCE,
  );
});

describe('npm start that cannot', () => {
  let other: Server;
  let taken = 0;

  beforeAll(async () => {
    taken = await freePort();
    other = createServer();
    await new Promise<void>((done) => other.listen(taken, '127.0.0.1', done));
  });
  afterAll(() => void other.close());

  it.each(['PORT', 'OCOP_TEMPORAL_UI_PORT'])(
    'says which port is taken and that %s chooses another',
    async (name) => {
      const launched = launch({ ...(await settings(`taken-${name}`)), [name]: String(taken) });
      expect(await launched.ended()).toBe(1);
      expect(launched.output()).toMatch(new RegExp(`Cổng ${taken} .* đặt ${name} thành cổng khác`));
      expect(await processesWith(folder.path(`taken-${name}`))).toEqual([]);
    },
    PATIENCE,
  );

  it(
    'refuses a shifted clock on a real database',
    async () => {
      const launched = launch({
        ...(await settings('clock')),
        DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
        OCOP_CLOCK_OFFSET_DAYS: '-700',
      });
      expect(await launched.ended()).toBe(1);
      expect(launched.output()).toContain('OCOP_CLOCK_OFFSET_DAYS works only with the embedded services');
    },
    PATIENCE,
  );

  it(
    'ends cleanly when it is stopped while it prepares',
    async () => {
      const launched = launch(await settings('early'));
      await launched.says(/Starting database/);
      expect(await stopped(launched, 'SIGTERM')).toBe(0);
      expect(await processesWith(folder.path('early'))).toEqual([]);
    },
    PATIENCE,
  );
});
