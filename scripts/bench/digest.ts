/** The country's digest of one morning: every commune's office from 20,000 dossiers, over an SMTP server on this machine. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
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
import { fillForDigest } from '../../tests/support/digest-country';
import { takeAll, type Taker } from '../../tests/support/smtp-taker';
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
  await fillForDigest(db, communes, DOSSIERS, DAY);

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
