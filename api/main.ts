/** The API as a process of its own (`npm run api`), against real services. */
import { openDatabase } from '../clients/database';
import { EnvironmentProblem, readEnvironment } from '../clients/environment';
import { openLogger } from '../clients/logger';
import { connectTemporal } from '../clients/temporal';
import { loadRules } from '../plans/load';
import { CYCLE_TASK_QUEUE } from '../workflows/messages';
import { ensureAdministrator } from './auth/tokens';
import { temporalGateway } from './gateway';
import { loadReferenceData } from './reference-data';
import { startApi } from './server';

async function main(): Promise<void> {
  const asked = stopAsked();
  const environment = readEnvironment(process.env, ['DATABASE_URL', 'TEMPORAL_ADDRESS']);
  const { databaseUrl = '', databaseConnections, temporal, adminToken, logLevel, host, port } = environment;
  const clockOffsetMs = environment.clockOffsetDays * 86_400_000;
  const clock = { now: () => Date.now() + clockOffsetMs };
  const log = openLogger('api', logLevel);
  const rules = loadRules();
  const db = openDatabase(databaseUrl, { max: databaseConnections });
  try {
    await loadReferenceData(db, rules, clock.now());
    const { token } = await ensureAdministrator(db, adminToken, clock.now());
    // To the output, not into the log: a log is kept and read by others.
    if (token) process.stdout.write(`Mã truy cập quản trị, chỉ in một lần / Administrator’s token, printed only once: ${token}\n`);
    const client = await connectTemporal(temporal);
    try {
      const gateway = temporalGateway(client, { taskQueue: CYCLE_TASK_QUEUE, clockOffsetMs });
      const api = await startApi({ db, gateway, rules, log, clock }, { host, port });
      log.info({ port }, 'api listens');
      await asked;
      await api.close();
    } finally {
      await client.connection.close();
    }
  } finally {
    await db.$disconnect();
  }
}

/** Resolves when somebody asks the process to end; requests at work are still answered. */
async function stopAsked(): Promise<void> {
  await new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => done());
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof EnvironmentProblem || !(error instanceof Error) ? String(error) : error.stack}\n`);
  process.exitCode = 1;
});
