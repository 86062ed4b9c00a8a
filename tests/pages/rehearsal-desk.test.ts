/** The desk of rehearsals: what it hands on, one at a time, stopped, cut off; apart from production whatever happens. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { apiDeps } from '../../api/deps';
import { LISTS, type ListName, type RehearsalDesk, type Wanted } from '../../api/rehearsals/desk';
import { ownLists } from '../../api/rehearsals/own-lists';
import { rowsOf } from '../../api/rehearsals/read-list';
import type { Actor } from '../../domain/cycle/state';
import { openDesk } from '../../rehearsal/desk';
import { rehearsalEnvironment } from '../../rehearsal/launch';
import { COMMUNE, rules, useApi } from '../api/support/api';
import { registrations } from '../rehearsal/lists';
import { eventually } from '../support/eventually';
import { BY, environmentOf, PATIENCE, useRehearsals } from './support/rehearsals';

jest.setTimeout(600_000);
const api = useApi({ on: '2026-09-10' });
const rehearsals = useRehearsals(api);

/** A short season of a few products. */
function short(more: Partial<Wanted> = {}): Wanted {
  const plan = rules.plans.find(({ id }) => id === 'qd-26-2026');
  if (!plan) throw new Error('no plan');
  const lists = { registrations: { name: 'danh-sach.csv', bytes: readFileSync(registrations(2)) } };
  const nothing = { province: undefined, compareWith: undefined };
  return {
    ...nothing,
    plan,
    calendar: rules.calendar,
    lists,
    place: false,
    from: '2026-08-10',
    until: '2026-09-30',
    behaviour: 'punctual',
    seed: '1',
    changes: [],
    ...more,
  };
}

const statusOf = async (from: RehearsalDesk, id: string): Promise<string | undefined> =>
  (await from.runs()).find((run) => run.id === id)?.status;

describe('what a rehearsal gets of its program', () => {
  it('is what programs need to run, and no address or secret of production', () => {
    const given = {
      PATH: '/bin',
      HOME: '/root',
      TMPDIR: '/tmp',
      PG_BIN_DIR: '/pg',
      TEMPORAL_CLI_PATH: '/temporal',
      DATABASE_URL: 'postgresql://production',
      TEMPORAL_ADDRESS: 'production:7233',
      TEMPORAL_NAMESPACE: 'ocop',
      TEMPORAL_API_KEY: 'secret',
      TEMPORAL_TLS_CLIENT_KEY_PATH: '/key',
      SMTP_URL: 'smtp://production',
      OCOP_ADMIN_TOKEN: 'secret',
      OCOP_SIGNING_KEYS: 'secret',
      OCOP_WEBHOOK_SECRET: 'secret',
      OCOP_OIDC_CLIENT_SECRET: 'secret',
      OCOP_CLOCK_OFFSET_DAYS: '3',
      NODE_OPTIONS: '--inspect',
    };
    expect(Object.keys(rehearsalEnvironment(given)).sort()).toEqual(['HOME', 'PATH', 'PG_BIN_DIR', 'TEMPORAL_CLI_PATH', 'TMPDIR']);
  });
});

describe('the installation’s own lists', () => {
  it('are its open dossiers, its certificates in force and whom mails reach, of the province that asks', async () => {
    await api.register({ productName: 'Mắm "tép", loại 1', producer: { name: 'Hợp tác xã Gia Viễn' }, kind: 'new', communeCode: COMMUNE });
    const certificate =
      'Tên sản phẩm,Chủ thể,Mã xã,Số sao,Số quyết định,Ngày cấp,Cơ quan cấp\nTrà hoa vàng,HTX Trà,14329,3,12/QĐ-UBND,20/12/2024,UBND tỉnh\n';
    const headers = { 'content-type': 'text/csv' };
    expect((await api.send('POST', '/api/imports/certificates?province=37', { raw: certificate, headers })).status).toBeLessThan(300);
    const person = { name: 'Nguyễn Thị Thuỷ', role: 'commune_officer', email: 'thuy@xa.example.vn', phone: '0912345678' };
    await api.send('POST', `/api/offices/${COMMUNE}/people`, { body: person });
    const deps = apiDeps(api.parts);
    const actor: Actor = { ...BY };
    const { lists, rows } = await eventually(async () => {
      const own = await ownLists(deps, actor);
      expect(own.rows).toBe(2);
      return own;
    });
    expect(rows).toBe(2);
    const textOf = (list: ListName): string => lists[list]?.bytes.toString('utf8') ?? '';
    expect(textOf('registrations')).toContain('"Mắm ""tép"", loại 1","Hợp tác xã Gia Viễn","14329"');
    expect(textOf('certificates')).toContain('"Trà hoa vàng","HTX Trà","14329","3","12/QĐ-UBND","20/12/2024","20/12/2027","UBND tỉnh"');
    expect(textOf('contacts')).toContain('"14329","Nguyễn Thị Thuỷ","thuy@xa.example.vn","commune_officer"');
    for (const list of LISTS) expect(rowsOf(list, { bytes: lists[list]?.bytes ?? Buffer.alloc(0), type: 'text/csv' })).toBe(1);
    expect(await ownLists(deps, { ...actor, provinceCode: '12' })).toEqual({ lists: {}, rows: 0 });
  });
});

describe('the desk', () => {
  it('says in Vietnamese why an installation without a database server cannot rehearse, and starts nothing', async () => {
    const bare = rehearsals.newDesk({ PG_BIN_DIR: '/nowhere' });
    expect((await bare.hindrance())?.vi).toMatch(/không có chương trình máy chủ PostgreSQL/);
    await expect(bare.start('key', BY, short())).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await bare.runs()).toEqual([]);
    expect(rehearsals.places()).toEqual([]);
  });

  it('runs one at a time, answers the same form with the same rehearsal, and stops leaving nothing', async () => {
    const run = await rehearsals.desk.start('stopped', BY, short({ until: undefined }));
    expect(await rehearsals.desk.start('stopped', BY, short())).toMatchObject({ id: run.id });
    await expect(rehearsals.desk.start('second', BY, short())).rejects.toMatchObject({
      kind: 'still-running',
      detail: { vi: expect.stringMatching(/đang chạy \(Người thử\)/) },
    });
    await eventually(() => expect(run.progress.calendar?.cycles).toBe(2), PATIENCE);
    if (process.platform === 'linux') {
      const secrets = /DATABASE_URL|SMTP_URL|TEMPORAL_ADDRESS|OCOP_(?!REHEARSAL_FOLDER)/;
      expect(rehearsals.processes().length).toBeGreaterThan(2);
      for (const pid of rehearsals.processes()) expect(environmentOf(pid)).not.toMatch(secrets);
    }
    expect(await rehearsals.desk.stop(run.id, BY)).toBe(true);
    await eventually(async () => expect(await statusOf(rehearsals.desk, run.id)).toBe('stopped'), 60_000);
    await rehearsals.nothingLeft();
    expect(readdirSync(join(rehearsals.data, run.id)).sort()).toEqual(['log.txt', 'progress.json', 'run.json']);
    // It ended in order, and had not to be killed.
    expect(readFileSync(join(rehearsals.data, run.id, 'log.txt'), 'utf8')).toMatch(/Đã dừng diễn tập/);
    expect(await rehearsals.desk.stop(run.id, BY)).toBe(false);
    expect(await rehearsals.desk.start('stopped', BY, short())).toMatchObject({
      id: run.id,
      status: 'stopped',
      stoppedBy: { id: 'tests' },
    });
  });

  it('tells what went wrong', async () => {
    const bytes = Buffer.from('Tên sản phẩm\nMắm nêm\n');
    const run = await rehearsals.desk.start('wrong', BY, short({ lists: { registrations: { name: 'sai.csv', bytes } } }));
    await eventually(async () => expect(await statusOf(rehearsals.desk, run.id)).toBe('failed'), PATIENCE);
    expect(run.problem?.vi).toMatch(/Tệp .*registrations\.csv/);
    await rehearsals.nothingLeft();
  });

  it('hands the holiday table on, and tells what is wrong in it', async () => {
    const twice = [...rules.calendar.slice(0, 1), ...rules.calendar.slice(0, 1)];
    const run = await rehearsals.desk.start('holidays', BY, short({ calendar: twice }));
    await eventually(async () => expect(await statusOf(rehearsals.desk, run.id)).toBe('failed'), PATIENCE);
    expect(run.problem?.vi).toMatch(/Tệp lịch nghỉ .*calendar\.json chưa dùng được/);
    await rehearsals.nothingLeft();
  });

  it('knows after its program was killed that the rehearsal was cut off, and finds nothing of it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ocop-killed-'));
    const { NODE_OPTIONS: _none, ...env } = process.env;
    const program = spawn(process.execPath, ['--import', 'tsx', 'tests/pages/support/desk-program.ts', folder, registrations(2)], {
      cwd: resolve(__dirname, '../..'),
      env: { ...env, TMPDIR: rehearsals.root },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    program.stdout.on('data', (text: Buffer) => (said += text.toString()));
    await eventually(() => expect(said).toMatch(/day 2026-/), PATIENCE);
    program.kill('SIGKILL');
    await rehearsals.nothingLeft();
    const next = openDesk({ folder, clock: api.parts.clock });
    await eventually(async () => expect((await next.runs())[0]?.status).toBe('interrupted'), 60_000);
    const [run] = await next.runs();
    expect(run?.progress.calendar?.day).toMatch(/^2026-/);
    expect(readdirSync(join(folder, run?.id ?? '')).sort()).toEqual(['log.txt', 'progress.json', 'run.json']);
  });
});
