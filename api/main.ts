/** The API as a process of its own: `npm run api`. */
import { join, resolve } from 'node:path';
import { openDatabase } from '../clients/database';
import { EnvironmentProblem, readEnvironment } from '../clients/environment';
import { type Logger, openLogger } from '../clients/logger';
import { openSigningKeys } from '../clients/signing-keys';
import { openIdConnect, SIGN_ON_RETURN } from '../clients/open-id';
import { connectTemporal } from '../clients/temporal';
import { loadRules } from '../plans/load';
import { openDesk } from '../rehearsal/desk';
import { CYCLE_TASK_QUEUE } from '../workflows/messages';
import { ensureAdministrator } from './auth/tokens';
import { temporalGateway } from './gateway';
import { requestsPerMinuteIn } from './http/rate-limit';
import { loadReferenceData } from './reference-data';
import { startApi } from './server';

const DAY_MS = 86_400_000;

async function main(): Promise<void> {
  const environment = readEnvironment(process.env, ['DATABASE_URL', 'TEMPORAL_ADDRESS']);
  const requestsPerMinute = requestsPerMinuteIn(process.env);
  const clockOffsetMs = environment.clockOffsetDays * DAY_MS;
  const clock = { now: () => Date.now() + clockOffsetMs };
  const log = openLogger('api', environment.logLevel);
  const rules = loadRules();
  const signingKeys = openSigningKeys(join(environment.dataDir, 'keys'), environment.signingKeys);
  const db = openDatabase(environment.databaseUrl ?? '', { max: environment.databaseConnections });
  const temporal = await connectTemporal(environment.temporal);
  await loadReferenceData(db, rules, clock.now());
  const { token } = await ensureAdministrator(db, environment.adminToken, clock.now());
  if (token) process.stdout.write(`Mã quản trị đầu tiên, chỉ hiện một lần (first administrator's token, shown once): ${token}\n`);
  const gateway = temporalGateway(temporal, { taskQueue: CYCLE_TASK_QUEUE, clockOffsetMs });
  const rehearsals = openDesk({ folder: resolve(environment.dataDir, 'rehearsals', 'pages'), clock });
  const { publicUrl, mailFolder, openId } = environment;
  const parts = {
    db,
    gateway,
    rules,
    log,
    clock,
    publicUrl,
    signingKeys,
    rehearsals,
    ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    ...(mailFolder === undefined ? {} : { mailFolder }),
    ...(openId ? { signOn: openIdConnect({ ...openId, redirectUri: `${publicUrl}${SIGN_ON_RETURN}` }) } : {}),
  };
  const api = await startApi(parts, environment);
  log.info({ url: api.url }, 'listening');
  endOnSignal(log, async () => {
    await Promise.all([api.close(), rehearsals.close()]);
    await temporal.connection.close();
    await db.$disconnect();
  });
}

/** Ends what is at work, once, when the process is asked to stop. */
function endOnSignal(log: Logger, end: () => Promise<void>): void {
  let ending = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (ending) return;
    ending = true;
    log.info({ signal }, 'stopping');
    end().catch((error: unknown) => {
      log.error({ err: error }, 'did not stop cleanly');
      process.exitCode = 1;
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  const words =
    error instanceof EnvironmentProblem || !(error instanceof Error) ? String(error instanceof Error ? error.message : error) : error.stack;
  process.stderr.write(`${words ?? ''}\n`);
  process.exitCode = 1;
});
