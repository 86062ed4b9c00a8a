import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';

const ROLE = 'ocop_app';

/**
 * Makes sure that the application has a login of its own in the role ocop_app (which a migration makes) and answers its connection string.
 * @param ownerUrl connection string of a login that may create roles, on the migrated database
 * @param passwordFile where the login's random password is kept, readable by this account only; written when missing
 */
export async function ensureAppLogin(ownerUrl: string, passwordFile: string, login = 'ocop_application'): Promise<string> {
  const password = await keptPassword(passwordFile);
  const [name, secret] = [escapeIdentifier(login), escapeLiteral(password)];
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // One at a time: two processes that start at once would both find the login missing.
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [login]);
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [login]);
    await client.query(`${rowCount ? 'alter' : 'create'} role ${name} login password ${secret}`);
    await client.query(`grant ${ROLE} to ${name}`);
    await client.query('commit');
  } finally {
    await client.end();
  }
  const url = new URL(ownerUrl);
  url.username = login;
  url.password = password;
  return url.href;
}

async function keptPassword(file: string): Promise<string> {
  const known = await readFile(file, 'utf8').catch(() => '');
  if (known.trim()) return known.trim();
  const password = randomBytes(24).toString('base64url');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, password, { mode: 0o600 });
  await chmod(file, 0o600);
  return password;
}
