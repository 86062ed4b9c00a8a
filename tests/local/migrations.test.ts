import { randomUUID } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { openDatabase } from '../../clients/database';
import { type Step, STEPS } from '../../domain/cycle/stages';
import { startPostgres } from '../../local/postgres';
import { ensureAppLogin } from '../../prisma/app-role';
import { applyMigrations, findDrift, PRISMA_FOLDER } from '../../prisma/migrate';
import { runSql } from '../../prisma/schema-engine';
import { fromSetup, useDatabase } from '../support/env';
import { dossier } from '../support/nudge-records';
import { onDatabase } from '../support/shared';
import { useFolder } from './folders';

const folder = useFolder();
const records = useDatabase();
const MIGRATIONS = join(PRISMA_FOLDER, 'migrations');

/** Runs the work on an empty database of the server, dropped afterwards. */
async function onEmptyDatabase(server: string, work: (url: string) => Promise<void>): Promise<void> {
  const name = `ocop_empty_${randomUUID().replaceAll('-', '')}`;
  await runSql(server, `create database ${name} template template0`);
  try {
    await work(onDatabase(server, name));
  } finally {
    await runSql(server, `drop database ${name} with (force)`);
  }
}

async function appliesOnceOnly(url: string): Promise<void> {
  const [one, other] = await Promise.all([applyMigrations(url), applyMigrations(url)]);
  expect(Math.min(one.length, other.length)).toBe(0);
  expect(Math.max(one.length, other.length)).toBeGreaterThanOrEqual(2);
  expect(await applyMigrations(url)).toEqual([]);
  const db = openDatabase(url);
  expect(await db.cycle.count()).toBe(0);
  await db.$disconnect();
}

/** A copy of the migrations with one more, or with one changed. */
async function changedMigrations(name: string, file: string, sql: string): Promise<string> {
  const copy = folder.path(name);
  await cp(MIGRATIONS, copy, { recursive: true });
  await mkdir(join(copy, file), { recursive: true });
  await writeFile(join(copy, file, 'migration.sql'), sql);
  return copy;
}

describe('migrations', () => {
  it('apply on the embedded database: once, even when two processes start together, and then never again', async () => {
    const postgres = await startPostgres({ dir: folder.path('embedded') });
    try {
      await appliesOnceOnly(postgres.url);
    } finally {
      await postgres.stop();
    }
  });

  const server = process.env.TEST_SERVER_URL || process.env.TEST_DATABASE_URL;
  (server ? it : it.skip)('apply on a server database in the same way', async () => {
    await onEmptyDatabase(server ?? '', appliesOnceOnly);
  });

  it('produce exactly the tables of schema.prisma', async () => {
    expect(await findDrift(fromSetup('OCOP_TEST_OWNER_URL'))).toBe('');
  });

  it('refuse to go on when an applied one was edited', async () => {
    await onEmptyDatabase(fromSetup('OCOP_TEST_OWNER_URL'), async (url) => {
      const first = await changedMigrations('before-edit', '29990101000000_late', 'create table late (id int);');
      await applyMigrations(url, first);
      const edited = await changedMigrations('after-edit', '29990101000000_late', 'create table later (id int);');
      await expect(applyMigrations(url, edited)).rejects.toThrow('edited afterwards: 29990101000000_late');
    });
  });

  it('leave nothing behind of one that fails, and name it the next time', async () => {
    await onEmptyDatabase(fromSetup('OCOP_TEST_OWNER_URL'), async (url) => {
      const broken = await changedMigrations('broken', '29990101000000_broken', 'create table half (id int); select 1 / 0;');
      await expect(applyMigrations(url, broken)).rejects.toThrow(/division by zero/);
      await expect(runSql(url, 'select * from half')).rejects.toThrow(/does not exist/);
      await expect(applyMigrations(url, broken)).rejects.toThrow('failed half-way: 29990101000000_broken');
    });
  });

  it('refuse a database that is newer than this version', async () => {
    await onEmptyDatabase(fromSetup('OCOP_TEST_OWNER_URL'), async (url) => {
      await applyMigrations(url, await changedMigrations('newer', '29990101000000_newer', 'create table newer (id int);'));
      await expect(applyMigrations(url)).rejects.toThrow('does not know: 29990101000000_newer');
    });
  });
});

describe('the legal record', () => {
  const event = (sequence: number) => ({
    cycleId: '10-02881-012-2026.1',
    sequence,
    name: 'accept-idea',
    actorId: 'person-1',
    actorRole: 'commune_officer',
    officeCode: 'commune-02881',
    legalOn: new Date('2026-03-02T00:00:00Z'),
    recordedAt: new Date('2026-03-02T03:04:05Z'),
    toStage: 'product_completion',
    toStep: 'awaiting_dossier',
    payload: { officer: 'person-1' },
    rulesVersion: 'qd-26-2026@1',
  });

  beforeAll(async () => {
    await records.db.cycleEvent.create({ data: event(0) });
  });

  it('takes events from the application and answers them as written', async () => {
    await records.db.cycleEvent.create({ data: event(1) });
    const [row] = await records.db.cycleEvent.findMany({ where: { sequence: 1 } });
    expect(row).toMatchObject(event(1));
  });

  it('has one event per cycle and sequence', async () => {
    await records.db.cycleEvent.create({ data: event(2) });
    await expect(records.db.cycleEvent.create({ data: event(2) })).rejects.toThrow(/Unique constraint/);
  });

  it.each(['update cycle_event set to_step = $$changed$$', 'delete from cycle_event', 'truncate cycle_event'])(
    'cannot be changed by the application, for want of the right: %s',
    async (sql) => {
      await expect(runSql(records.url, sql)).rejects.toThrow('permission denied for table cycle_event');
    },
  );

  it.each(['update cycle_event set to_step = $$changed$$', 'delete from cycle_event', 'truncate cycle_event'])(
    'cannot be changed by the owner either, by the trigger: %s',
    async (sql) => {
      await expect(runSql(records.ownerUrl, sql)).rejects.toThrow('cycle_event is append-only');
    },
  );

  it('cannot be reached round about: the application may neither drop the trigger nor take the owner’s place', async () => {
    await expect(runSql(records.url, 'drop trigger cycle_event_no_change on cycle_event')).rejects.toThrow('must be owner');
    await expect(runSql(records.url, 'set role postgres')).rejects.toThrow('permission denied');
    await expect(runSql(records.url, 'alter table cycle_event disable trigger all')).rejects.toThrow('must be owner');
  });
});

describe('the application’s login', () => {
  it('may change ordinary tables, those of later migrations included, but not the list of migrations', async () => {
    await records.db.holiday.create({
      data: { date: new Date('2026-09-02T00:00:00Z'), kind: 'holiday', name: 'Quốc khánh', source: 'test' },
    });
    await records.db.holiday.deleteMany({});
    await runSql(records.ownerUrl, 'create table later (id int)');
    await runSql(records.url, 'insert into later values (1); delete from later');
    await expect(runSql(records.url, 'delete from _prisma_migrations')).rejects.toThrow('permission denied');
  });

  it('keeps its password over starts, and gets the kept one back after it was changed', async () => {
    const file = folder.path('logins', 'password');
    const login = `ocop_test_${randomUUID().slice(0, 8)}`;
    const url = await ensureAppLogin(records.ownerUrl, file, login);
    await runSql(records.ownerUrl, `alter role ${login} password 'other'`);
    const [again, alike] = await Promise.all([
      ensureAppLogin(records.ownerUrl, file, login),
      ensureAppLogin(records.ownerUrl, file, login),
    ]);
    expect([again, alike]).toEqual([url, url]);
    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ who: string }>('select current_user as who');
    expect(rows).toEqual([{ who: login }]);
    await client.end();
    await runSql(records.ownerUrl, `drop role ${login}`);
  });
});

describe('the day since which a dossier waits', () => {
  const later = async (
    cycleId: string,
    name: string,
    sequence: number,
    legalOn: string,
    recordedAt: Date,
    steps: [string | null, string],
  ) => {
    const [fromStep, toStep] = steps;
    const stageOf = (step: string | null) => (step === null ? null : STEPS[step as Step].stage);
    const about = { actorId: 'a', actorRole: 'commune_staff', officeCode: '14329', payload: {}, rulesVersion: 'test' };
    const moved = { fromStage: stageOf(fromStep), fromStep, toStage: STEPS[toStep as Step].stage, toStep };
    await records.db.cycleEvent.create({ data: { cycleId, sequence, name, legalOn: new Date(legalOn), recordedAt, ...about, ...moved } });
  };

  it('is the legal day for what was recorded before the rows kept it, and an event of the same instant changes nothing', async () => {
    const id = await dossier(records.db, { step: 'in_force', enteredOn: '2026-10-12' });
    const inTime = await dossier(records.db, { step: 'commune_review', enteredOn: '2026-10-12' });
    const { stepEnteredAt: entered } = await records.db.cycle.findUniqueOrThrow({ where: { id } });
    const before = new Date('2026-10-05T02:00:00Z');
    await records.db.cycle.update({ where: { id }, data: { stageEnteredAt: before } });
    await later(id, 'register', 1, '2026-10-01', before, [null, 'in_force']);
    await later(id, 'record-inspection', 2, '2026-10-08', entered, ['in_force', 'in_force']);
    await later(id, 'remind', 3, '2026-10-13', new Date('2026-10-13T02:00:00Z'), ['in_force', 'in_force']);
    await later(inTime, 'register', 1, '2026-10-12', entered, [null, 'commune_review']);
    const sql = await readFile(join(MIGRATIONS, '20261123090000_entered_on_legal_day', 'migration.sql'), 'utf8');
    await runSql(records.ownerUrl, sql);
    const rows = await records.db.cycle.findMany({ where: { id: { in: [id, inTime] } }, orderBy: { id: 'asc' } });
    expect(rows.map(({ stageEnteredAt, stepEnteredAt }) => [stageEnteredAt.toISOString(), stepEnteredAt.toISOString()])).toEqual([
      ['2026-09-30T17:00:00.000Z', '2026-10-07T17:00:00.000Z'],
      [entered.toISOString(), entered.toISOString()],
    ]);
  });
});
