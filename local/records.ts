/** Brings the records up to what this version needs: migrations by the owner, a login of its own for the application, somebody who can administer. */
import { join } from 'node:path';
import { ensureAdministrator } from '../api/auth/tokens';
import { openDatabase } from '../clients/database';
import { ensureAppLogin } from '../prisma/app-role';
import { applyMigrations, MigrationProblem } from '../prisma/migrate';
import type { AdministratorToken } from './screen';
import type { Services } from './services';
import { StartProblem } from './start-problem';

export interface Records {
  /** What worker and API connect with. On a given database it is the login that was given, on ours one that may not change the event table. */
  applicationUrl: string;
  token: AdministratorToken;
}

/** @throws StartProblem when the database is newer than this version, was changed by hand, or refuses the login */
export async function prepareRecords(
  { databaseUrl, ownDatabase }: Services,
  folder: string,
  adminToken: string | undefined,
): Promise<Records> {
  await migrate(databaseUrl);
  const applicationUrl = ownDatabase ? await ensureAppLogin(databaseUrl, join(folder, 'application-password')) : databaseUrl;
  const db = openDatabase(applicationUrl, { max: 1 });
  try {
    const { token } = await ensureAdministrator(db, adminToken, Date.now());
    return { applicationUrl, token: token ? { made: token } : adminToken ? 'from-variable' : 'told-before' };
  } finally {
    await db.$disconnect();
  }
}

async function migrate(url: string): Promise<void> {
  try {
    await applyMigrations(url);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof MigrationProblem) throw notOurs(reason, error);
    throw refused(reason, error);
  }
}

function notOurs(reason: string, cause: unknown): StartProblem {
  return new StartProblem(
    {
      vi: `Cơ sở dữ liệu không khớp với phiên bản này: ${reason}. Hãy dùng phiên bản mới hơn, hoặc khôi phục từ bản sao lưu.`,
      en: `The database does not fit this version: ${reason}. Use a newer version, or restore from a backup.`,
    },
    { cause },
  );
}

function refused(reason: string, cause: unknown): StartProblem {
  return new StartProblem(
    {
      vi: `Không cập nhật được cơ sở dữ liệu: ${reason}. Nếu dùng DATABASE_URL, hãy kiểm tra địa chỉ và dùng tài khoản sở hữu các bảng; khi đó worker và API có thể chạy riêng bằng tài khoản hẹp hơn (npm run worker, npm run api).`,
      en: `The database could not be brought up to date: ${reason}. With DATABASE_URL, check the address and use the login that owns the tables; worker and API can then run apart with a narrower one (npm run worker, npm run api).`,
    },
    { cause },
  );
}
