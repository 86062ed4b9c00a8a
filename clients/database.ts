import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../prisma/generated/client';

export type Database = PrismaClient;

/** How long a transaction waits for a connection, and may take, in milliseconds: a busy machine is no reason to refuse. */
const PATIENCE = { maxWait: 20_000, timeout: 30_000 };
/** A connection that nobody uses is kept this long: a page asks on several at once, and opening one costs more than most questions. */
const IDLE_MS = 10 * 60_000;

/**
 * The records' client; close it with `$disconnect()`.
 * @param url PostgreSQL connection string
 * @param options.max most connections open at once
 */
export function openDatabase(url: string, { max = 8 }: { max?: number } = {}): Database {
  const adapter = new PrismaPg(
    { connectionString: url, max, idleTimeoutMillis: IDLE_MS },
    { statementNameGenerator: ({ sql }) => preparedName(sql) },
  );
  return new PrismaClient({ adapter, transactionOptions: PATIENCE });
}

/**
 * A name makes the server keep a statement's plan on the connection. Only the hot ones are worth it, which carry theirs as a first comment
 * (`prepared: name`); an empty name is an ordinary statement.
 */
function preparedName(sql: string): string {
  return /^\s*\/\* prepared: ([\w-]+) \*\//.exec(sql)?.[1] ?? '';
}
