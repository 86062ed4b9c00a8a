/** Small rehearsals in full: a season and the 36 months, on the real engine, beside records that must not change. */
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Database } from '../../clients/database';
import { rehearse } from '../../rehearsal/rehearse';
import type { Report } from '../../rehearsal/report/report';
import { fromSetup, quietRuntime, useDatabase } from '../support/env';
import { startSmtp, type TestSmtp } from '../support/smtp';
import { certificates, contacts, registrations } from './lists';

jest.setTimeout(900_000);
const production = useDatabase();
let smtp: TestSmtp;

beforeAll(async () => {
  quietRuntime();
  smtp = await startSmtp();
  const { db } = production;
  await db.producer.create({ data: { id: 'real', name: 'Hợp tác xã thật', communeCode: '22945' } });
  await db.product.create({
    data: { code: '68-22945-001-2026', name: 'Mắm nêm số 1', producerId: 'real', provinceCode: '68', communeCode: '22945' },
  });
});
afterAll(async () => {
  await smtp.stop();
});

const folder = (): string => mkdtempSync(join(tmpdir(), 'ocop-report-'));

/** What a process has in its environment on a machine in production. */
const onProduction = (): NodeJS.ProcessEnv => ({ DATABASE_URL: production.url, SMTP_URL: smtp.url });

/** Every row of every table, as one sum each. */
async function sums(url: string): Promise<Record<string, string>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>("select tablename as name from pg_tables where schemaname = 'public' order by 1");
    const found: Record<string, string> = {};
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ sum: string }>(
        `select count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as sum from "${name}" t`,
      );
      found[name] = rows[0]?.sum ?? '';
    }
    return found;
  } finally {
    await client.end();
  }
}

interface Seen {
  ends: Record<string, number>;
  visits: number;
  nudges: number;
  sent: number;
}

/** The same questions asked of the records in another way. */
async function seen(db: Database): Promise<Seen> {
  const ends = await db.$queryRaw<
    { key: string; count: number }[]
  >`select coalesce(outcome, stage) as key, count(*)::int as count from cycle group by 1`;
  const [visits] = await db.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from cycle_event where from_stage is distinct from to_stage and to_stage not in ('validity', 'closed')`;
  return {
    ends: Object.fromEntries(ends.map(({ key, count }) => [key, count])),
    visits: visits?.n ?? 0,
    nudges: await db.nudge.count(),
    sent: await db.outboxMail.count({ where: { status: 'sent' } }),
  };
}

const capturedIn = (out: string): string[] =>
  readdirSync(join(out, 'mails')).flatMap((day) => readdirSync(join(out, 'mails', day)).map((name) => `${day}/${name}`));

test('two at once, of the same lists and seed, end with the same report to the byte, and production is untouched', async () => {
  const before = await sums(production.ownerUrl);
  const [outA, outB] = [folder(), folder()];
  const lists = { registrations: registrations(6), certificates: certificates(), contacts: contacts() };
  const options = { plan: 'qd-26-2026', from: '2026-08-10', behaviour: 'last-week-rush', seed: '11', ...lists };
  const looked: Seen[] = [];
  const watching = {
    env: onProduction(),
    bundle: { codePath: fromSetup('OCOP_TEST_BUNDLE') },
    before: async ({ db }: { db: Database }) => void looked.push(await seen(db)),
  };
  const [a, b] = await Promise.all([rehearse({ ...options, out: outA }, watching), rehearse({ ...options, out: outB }, watching)]);

  expect(readFileSync(join(outA, 'report.json'), 'utf8')).toBe(readFileSync(join(outB, 'report.json'), 'utf8'));
  for (const name of ['report.html', 'report.xlsx'])
    expect(readFileSync(join(outA, name)).equals(readFileSync(join(outB, name)))).toBe(true);
  expect(a).toEqual(b);
  holdsTogether(a, outA, looked[0]);

  expect(await sums(production.ownerUrl)).toEqual(before);
  expect(await smtp.mails()).toEqual([]);
});

function holdsTogether(report: Report, out: string, records: Seen | undefined): void {
  expect(report.refusedActs).toEqual([]);
  expect(report.lists['registrations']).toMatchObject({ created: 6, refused: [] });
  expect(report.lists['certificates']).toMatchObject({ created: 1, refused: [] });
  expect(report.checks.filter((one) => !one.ok)).toEqual([]);

  // Every cycle is accounted for, and long after 36 months none is left before its certificate.
  expect(report.ends.reduce((sum, one) => sum + one.count, 0)).toBe(report.cycles.length);
  expect(report.cycles.length).toBeGreaterThanOrEqual(7);
  expect(report.cycles.filter((one) => one.kind === 'new' && one.outcome === null)).toEqual([]);

  // What the report says of stages and nudges is what the records say.
  expect(Object.fromEntries(report.ends.map(({ key, count }) => [key, count]))).toEqual(records?.ends);
  expect(report.stages.reduce((sum, one) => sum + one.visits, 0)).toBe(records?.visits);
  expect(report.nudges.total).toBe(records?.nudges);

  // What it says of mails is what was captured: one a day for a reader, on its day.
  const mails = capturedIn(out);
  expect(mails.length).toBe(report.mails.total);
  expect(mails.length).toBe(records?.sent);
  for (const { day, mails: count } of report.mails.days) expect(mails.filter((one) => one.startsWith(day))).toHaveLength(count);
  for (const { email, mails: count } of report.mails.readers)
    expect(mails.filter((one) => one.endsWith(`/${email}.eml`))).toHaveLength(count);
  expect(new Set(report.mails.readers.map((one) => one.email))).toEqual(new Set(['an@xa.example', 'binh@tinh.example']));

  // The other commune has nobody, and the report says so.
  expect(report.unreachable.map((one) => one.office)).toEqual(['Xã Ninh Gia']);
  expect(report.unreachable[0]?.nudgesLost).toBeGreaterThan(0);
}

test('a date that is tried changes what can be met', async () => {
  const options = { plan: 'qd-26-2026', from: '2026-08-10', to: '2027-01-10', seed: '3', registrations: registrations(3) };
  const watching = { env: onProduction(), bundle: { codePath: fromSetup('OCOP_TEST_BUNDLE') } };
  const changes = [{ window: 'commune-assessment', date: '2026-08-20' }];
  const tried = await rehearse({ ...options, changes, out: folder() }, watching);
  const [first] = tried.cannotMeet;
  // Fifteen working days from Monday 10/08, Saturday 22/08 among them, which is worked in lieu.
  expect(first).toMatchObject({ kind: 'from-the-start', on: '2026-08-10', limit: '2026-08-20', earliest: '2026-08-28' });
  expect(tried.cannotMeet.filter((one) => one.kind === 'from-the-start')).toHaveLength(3);
});

test('nothing is left in the folder for passing files', () => {
  const left = readdirSync(tmpdir()).filter((name) => name.startsWith('ocop-rehearsal-'));
  const own = left.filter(
    (name) =>
      existsSync(join(tmpdir(), name, 'owner.pid')) && readFileSync(join(tmpdir(), name, 'owner.pid'), 'utf8') === String(process.pid),
  );
  expect(own).toEqual([]);
});
