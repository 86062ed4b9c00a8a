/** The records of a rehearsal: a PostgreSQL server of its own, not made to outlive it. */
import { join } from 'node:path';
import { type Database, openDatabase } from '../clients/database';
import { startPostgres } from '../local/postgres';
import { ensureAppLogin } from '../prisma/app-role';
import { applyMigrations } from '../prisma/migrate';
import type { Cleanups } from './engine';

const CONNECTIONS = 12;
/** Nothing must survive a power cut: this cluster is thrown away. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '60' };

export interface Records {
  db: Database;
  serverPid: number;
}

/** Starts the records, empty and with the tables as in production; the rehearsal works with the application's own rights. */
export async function openRecords(folder: string, cleanups: Cleanups): Promise<Records> {
  const server = await startPostgres({ dir: join(folder, 'postgres'), settings: SETTINGS });
  cleanups.push(async () => await server.stop());
  await applyMigrations(server.url);
  const db = openDatabase(await ensureAppLogin(server.url, join(folder, 'application-password')), { max: CONNECTIONS });
  cleanups.push(async () => await db.$disconnect());
  return { db, serverPid: server.pid };
}
