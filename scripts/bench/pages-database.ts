/** The database of the pages' bench: made for one run, or kept in the folder that BENCH_DATABASE names, so that the next run need not fill it again. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../clients/database';
import { startPostgres } from '../../local/postgres';
import { applyMigrations } from '../../prisma/migrate';
import { type Country, fillCountry } from './pages-records';

export interface FilledDatabase {
  url: string;
  /** Ends the server; removes a folder that is not to be kept. */
  end(): Promise<void>;
}

/**
 * A server with the country's records and this version's migrations.
 * @throws Error when the kept folder holds records of another size or day
 */
export async function filledDatabase(country: Country): Promise<FilledDatabase> {
  const kept = process.env.BENCH_DATABASE;
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'ocop-bench-'));
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711);
  const end = async (): Promise<void> => {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  };
  const postgres = await startPostgres({ dir: join(folder, 'postgres'), settings: { fsync: 'off' } });
  try {
    await applyMigrations(postgres.url);
    await fillOnce(postgres.url, join(folder, 'filled.txt'), country);
  } catch (error) {
    await postgres.stop();
    await end();
    throw error;
  }
  return {
    url: postgres.url,
    end: async () => {
      await postgres.stop();
      await end();
    },
  };
}

async function fillOnce(url: string, mark: string, country: Country): Promise<void> {
  const { open, closed, day } = country;
  const size = `${open} open and ${closed} closed cycles on ${day}`;
  const held = existsSync(mark) ? readFileSync(mark, 'utf8') : undefined;
  if (held === size) return;
  if (held !== undefined) throw new Error(`BENCH_DATABASE holds ${held}, asked for are ${size}; name another folder`);
  const db = openDatabase(url);
  await fillCountry(db, country);
  await db.$disconnect();
  writeFileSync(mark, size);
}
