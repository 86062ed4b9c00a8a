/**
 * migrate.ts apply | create NAME | check, on DATABASE_URL. Without it, create and check use a throw-away server, and apply the embedded database
 * in the data folder (OCOP_DATA_DIR, else .ocop).
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../local/postgres';
import { applyMigrations, createMigration, findDrift } from '../prisma/migrate';

const USAGE = 'usage: migrate.ts apply | create NAME | check';

async function onDatabase(lasting: boolean, work: (url: string) => Promise<number>): Promise<number> {
  if (process.env.DATABASE_URL) return await work(process.env.DATABASE_URL);
  return lasting ? await onEmbedded(join(process.env.OCOP_DATA_DIR || '.ocop', 'postgres'), work) : await onThrowAway(work);
}

async function onThrowAway(work: (url: string) => Promise<number>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'ocop-migrate-'));
  try {
    await chmod(folder, 0o711);
    return await onEmbedded(join(folder, 'postgres'), work);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function onEmbedded(dir: string, work: (url: string) => Promise<number>): Promise<number> {
  const postgres = await startPostgres({ dir });
  try {
    return await work(postgres.url);
  } finally {
    await postgres.stop();
  }
}

async function apply(url: string): Promise<number> {
  const applied = await applyMigrations(url);
  console.log(applied.length > 0 ? `applied ${applied.join(', ')}` : 'nothing to apply');
  return 0;
}

async function create(url: string, name: string): Promise<number> {
  console.log((await createMigration(url, name, new Date())) ?? 'schema.prisma and the migrations agree');
  return 0;
}

async function check(url: string): Promise<number> {
  const drift = await findDrift(url);
  console.log(drift ? `schema.prisma differs from the migrations:\n${drift}` : 'no drift');
  return drift ? 2 : 0;
}

async function main([command, name]: string[]): Promise<number> {
  if (command === 'apply') return await onDatabase(true, apply);
  if (command === 'check') return await onDatabase(false, check);
  if (command === 'create' && name) return await onDatabase(false, async (url) => await create(url, name));
  console.error(USAGE);
  return 1;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
