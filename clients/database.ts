import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../prisma/generated/client';

export type Database = PrismaClient;

/**
 * The records' client; close it with `$disconnect()`.
 * @param url PostgreSQL connection string
 * @param options.max most connections open at once
 */
export function openDatabase(url: string, { max = 8 }: { max?: number } = {}): Database {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max }) });
}
