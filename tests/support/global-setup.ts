/**
 * What a test run shares: one PostgreSQL with a migrated template database, one Temporal server that skips time, and the workflow bundle.
 * Pure tests need none of it, so a run of nothing but those starts nothing.
 */
import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../local/postgres';
import { startTemporal } from '../../local/temporal';
import { ensureAppLogin } from '../../prisma/app-role';
import { applyMigrations } from '../../prisma/migrate';
import { runSql } from '../../prisma/schema-engine';
import { bundleWorkflows } from '../../worker/workflow-source';
import globalTeardown from './global-teardown';
import { onDatabase, shared, TEMPLATE_DATABASE } from './shared';

const PURE = /(^|[/\\])tests[/\\](domain|plans)([/\\]|$)/;

export default async function globalSetup({ testPathPatterns }: { testPathPatterns: { patterns: string[] } }): Promise<void> {
  const { patterns } = testPathPatterns;
  if (patterns.length > 0 && patterns.every((pattern) => PURE.test(pattern))) return;
  const folder = await mkdtemp(join(tmpdir(), 'ocop-tests-'));
  shared.folder = folder;
  // As root the database runs under another account, which must get in.
  await chmod(folder, 0o711);
  const outcomes = await Promise.allSettled([prepareDatabase(folder), prepareTemporal(folder), prepareBundle(folder)]);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (!failure) return;
  // Jest does not tear down when the set-up throws.
  await globalTeardown();
  throw failure.reason;
}

async function prepareDatabase(folder: string): Promise<void> {
  const url = process.env.TEST_DATABASE_URL || (await startThrowAwayPostgres(folder));
  await runSql(url, `drop database if exists ${TEMPLATE_DATABASE} with (force)`);
  await runSql(url, `create database ${TEMPLATE_DATABASE} template template0`);
  const template = onDatabase(url, TEMPLATE_DATABASE);
  await applyMigrations(template);
  process.env.OCOP_TEST_OWNER_URL = url;
  process.env.OCOP_TEST_APP_URL = await ensureAppLogin(template, join(folder, 'app-password'));
}

async function startThrowAwayPostgres(folder: string): Promise<string> {
  // Not durable on purpose: this cluster is thrown away.
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };
  shared.postgres = await startPostgres({ dir: join(folder, 'postgres'), settings });
  return shared.postgres.url;
}

async function prepareTemporal(folder: string): Promise<void> {
  const progress = (line: string): void => void process.stderr.write(`${line}\n`);
  shared.temporal = await startTemporal({ dir: join(folder, 'temporal'), timeSkipping: true, progress });
  process.env.OCOP_TEST_TEMPORAL = shared.temporal.address;
}

async function prepareBundle(folder: string): Promise<void> {
  const file = join(folder, 'workflow-bundle.js');
  await writeFile(file, await bundleWorkflows());
  process.env.OCOP_TEST_BUNDLE = file;
}
