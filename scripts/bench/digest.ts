/** The country's digest of one morning: every commune's office from 20,000 dossiers, over an SMTP server on this machine. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { SMTPServer } from 'smtp-server';
import type { RunReport } from '../../activities/digest';
import { type Database, openDatabase } from '../../clients/database';
import { openLogger } from '../../clients/logger';
import { openMailer } from '../../clients/mail';
import { dataConverter } from '../../clients/payload-compression';
import { type LocalDate, startOfDay } from '../../domain/dates';
import { startPostgres } from '../../local/postgres';
import { startTemporal } from '../../local/temporal';
import { loadRules } from '../../plans/load';
import { applyMigrations } from '../../prisma/migrate';
import { createDigestWorker, digestDeps } from '../../worker/digest-worker';
import { DIGEST_WORKFLOW, digestWorkflowId, MAIL_TASK_QUEUE } from '../../workflows/digest-messages';
import type { Figure } from './figure';

const DOSSIERS = Number(process.env.BENCH_DOSSIERS ?? 20_000);
const DAY: LocalDate = '2026-10-12';
const MB = 1_048_576;

/** Runs the digest of all provinces at once and measures it. */
export async function run(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ocop-bench-'));
  chmodSync(folder, 0o711);
  const postgres = await startPostgres({ dir: join(folder, 'postgres') });
  const temporal = await startTemporal({ dir: join(folder, 'temporal'), timeSkipping: false });
  const smtp = await takeAll();
  try {
    await applyMigrations(postgres.url);
    const db = openDatabase(postgres.url, { max: 16 });
    const figures = await measured(db, temporal.address, smtp);
    await db.$disconnect();
    return figures;
  } finally {
    await smtp.stop();
    await temporal.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(db: Database, address: string, smtp: Taker): Promise<Figure[]> {
  const rules = loadRules();
  const communes = rules.units.flatMap(({ code, provinceCode }) => (provinceCode === null ? [] : [{ code, provinceCode }]));
  const provinces = [...new Set(communes.map((one) => one.provinceCode))];
  await fill(db, communes);

  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const [connection, native] = await Promise.all([Connection.connect({ address }), NativeConnection.connect({ address })]);
  const client = new Client({ connection, dataConverter });
  const mailer = openMailer(smtp.url, 'OCOP <ocop@example.vn>');
  const parts = {
    db,
    mailer,
    log: openLogger('bench', 'silent'),
    rules,
    publicUrl: 'https://ocop.example.vn',
    mailFrom: 'ocop@example.vn',
  };
  const worker = await createDigestWorker({ connection: native, namespace: 'default', deps: digestDeps(parts) });
  const running = worker.run();

  const began = performance.now();
  const clockOffsetMs = startOfDay(DAY) + 8 * 3_600_000 - Date.now();
  let mostMemory = 0;
  let half = 0;
  const watch = setInterval(() => {
    const { rss } = process.memoryUsage();
    mostMemory = Math.max(mostMemory, rss);
    if (smtp.count() < communes.length / 2) half = rss;
  }, 250);
  const reports = await Promise.all(
    provinces.map(
      async (provinceCode): Promise<RunReport> =>
        (await client.workflow.execute(DIGEST_WORKFLOW, {
          taskQueue: MAIL_TASK_QUEUE,
          workflowId: digestWorkflowId(provinceCode, DAY),
          args: [{ provinceCode, clockOffsetMs, day: DAY }],
        })) as RunReport,
    ),
  );
  const seconds = (performance.now() - began) / 1000;
  clearInterval(watch);
  worker.shutdown();
  await running;
  mailer.close();
  await Promise.all([connection.close(), native.close()]);
  const sum = (of: (report: RunReport) => number): number => reports.reduce((total, report) => total + of(report), 0);
  return [
    { name: 'digests of the country', value: seconds, unit: 's', aim: '< 180' },
    { name: 'mails taken by the server', value: smtp.count(), unit: '', aim: String(communes.length) },
    { name: 'mails per second', value: smtp.count() / seconds, unit: '/s' },
    { name: 'nudges settled', value: sum((one) => one.sent + one.merged), unit: '', aim: String(DOSSIERS) },
    { name: 'nudges left or failed', value: sum((one) => one.waiting + one.failed + one.suppressed), unit: '', aim: '0' },
    { name: 'memory, half-way', value: half / MB, unit: 'MB' },
    { name: 'memory, most', value: mostMemory / MB, unit: 'MB' },
  ];
}

/** Every commune with an office and one officer; dossiers spread over them in the last weeks before their limits, each with a nudge due. */
async function fill(db: Database, communes: readonly { code: string; provinceCode: string }[]): Promise<void> {
  await db.office.createMany({
    data: communes.map(({ code, provinceCode }) => ({ code, kind: 'commune', name: `UBND xã ${code}`, provinceCode, communeCode: code })),
  });
  await db.person.createMany({
    data: communes.map(({ code }) => ({
      id: `p-${code}`,
      officeCode: code,
      name: 'Cán bộ',
      role: 'commune_officer',
      email: `xa${code}@example.vn`,
    })),
  });
  const codes = communes.map((one) => one.code);
  const provinces = communes.map((one) => one.provinceCode);
  const each = `select i, (codes)[1 + i % array_length(codes, 1)] as commune, (provinces)[1 + i % array_length(codes, 1)] as province,
      date '${DAY}' + (i % 30 - 6) as due from generate_series(1, ${DOSSIERS}) i, (select $1::text[] as codes, $2::text[] as provinces) u`;
  const insert = async (into: string): Promise<void> => {
    await db.$executeRawUnsafe(`with d as (${each}) ${into}`, codes, provinces);
  };
  await insert(`insert into producer (id, name, commune_code) select 'm' || i, 'HTX ' || i, commune from d`);
  await insert(`insert into product (code, name, producer_id, province_code, commune_code)
    select 'c' || i, 'Sản phẩm ' || i, 'm' || i, province, commune from d`);
  await insert(`insert into cycle (id, product_code, cycle_number, sequence, kind, plan_id, regime_id, rules_version, province_code, commune_code, stage, step,
      waiting_for, stage_entered_at, step_entered_at, due_kind, due_on, due_operator, last_safe_on, paused, state, updated_at)
    select 'c' || i || '.1', 'c' || i, 1, 1, 'new', 'qd-26-2026', 'qd-26-2026', 'bench', province, commune, 'commune_assessment', 'commune_review', 'commune',
      date '${DAY}' - 15, date '${DAY}' - 15, 'commune-assessment', due, 'on_or_before', due, false, '{}', date '${DAY}' - 15 from d`);
  await insert(`insert into deadline (cycle_id, kind, date, operator, basis, source, candidates, set_by_sequence)
    select 'c' || i || '.1', 'commune-assessment', due, 'on_or_before', 'limit', 'bench', '[]', 1 from d`);
  await insert(`insert into nudge (cycle_id, rule_id, recipient, subject, subject_on, planned_for, status, late, recorded_at)
    select 'c' || i || '.1', 'commune-assessment-2-days', 'commune_officer', 'commune-assessment', due, date '${DAY}', 'planned', false, date '${DAY}' from d`);
  await db.$executeRawUnsafe('analyze');
}

interface Taker {
  url: string;
  count: () => number;
  stop: () => Promise<void>;
}

/** An SMTP server that takes everything and keeps nothing. */
async function takeAll(): Promise<Taker> {
  let count = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onData: (stream, _session, answer) => {
      stream.resume();
      stream.once('end', () => {
        count += 1;
        answer();
      });
    },
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    count: () => count,
    stop: async () => await new Promise<void>((done) => server.close(() => done())),
  };
}
