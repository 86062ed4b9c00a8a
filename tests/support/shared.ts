import type { EmbeddedPostgres } from '../../local/postgres';
import type { LocalTemporal } from '../../local/temporal';

export const TEMPLATE_DATABASE = 'ocop_test_template';

/** What the set-up started and the tear-down stops; both run in one process. */
export const shared: { folder?: string; postgres?: EmbeddedPostgres; temporal?: LocalTemporal } = {};

/** The same server and login, another database. */
export function onDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}
