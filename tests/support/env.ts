import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { type Database, openDatabase } from '../../clients/database';
import { dataConverter } from '../../clients/payload-compression';
import { runSql } from '../../prisma/schema-engine';
import { onDatabase, TEMPLATE_DATABASE } from './shared';
import { skipFromStart, type TimeSkipping } from './skipping';

/** A value that the set-up of the run left; an error when it left none. */
export function fromSetup(name: 'OCOP_TEST_OWNER_URL' | 'OCOP_TEST_APP_URL' | 'OCOP_TEST_TEMPORAL' | 'OCOP_TEST_BUNDLE'): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: this run started no services (see tests/support/global-setup.ts)`);
  return value;
}

export interface TestDatabase {
  /** Client with the application's own rights, as in production. */
  db: Database;
  url: string;
  /** Connection string of the owner, for what the application may not do. */
  ownerUrl: string;
}

/** A migrated, empty database of its own for the test file, dropped at its end. Its fields can be read inside tests and hooks. */
export function useDatabase(): TestDatabase {
  const name = `ocop_test_${randomUUID().replaceAll('-', '')}`;
  let made: TestDatabase | undefined;
  beforeAll(async () => {
    const server = fromSetup('OCOP_TEST_OWNER_URL');
    await runSql(server, `create database ${name} template ${TEMPLATE_DATABASE}`);
    const url = onDatabase(fromSetup('OCOP_TEST_APP_URL'), name);
    made = { db: openDatabase(url, { max: 4 }), url, ownerUrl: onDatabase(server, name) };
  });
  afterAll(async () => {
    await made?.db.$disconnect();
    await runSql(fromSetup('OCOP_TEST_OWNER_URL'), `drop database if exists ${name} with (force)`);
  });
  return {
    get db() {
      return inTests(made).db;
    },
    get url() {
      return inTests(made).url;
    },
    get ownerUrl() {
      return inTests(made).ownerUrl;
    },
  };
}

export interface TestTemporal {
  client: Client;
  taskQueue: string;
}

/**
 * A client and a running worker on the shared workflow bundle for the test file.
 * @param activities called inside beforeAll, so it may use what useDatabase() gave
 * @param skipping time skipping of workflows started by this client, asked at each start; real time unless told
 */
export function useTemporal(activities: () => object, skipping: () => TimeSkipping | undefined = () => undefined): TestTemporal {
  const taskQueue = `test-${randomUUID()}`;
  let client: Client | undefined;
  let stop = async (): Promise<void> => undefined;
  beforeAll(async () => {
    quietRuntime();
    const address = fromSetup('OCOP_TEST_TEMPORAL');
    const [connection, native] = await Promise.all([Connection.connect({ address }), NativeConnection.connect({ address })]);
    skipFromStart(connection, skipping);
    client = new Client({ connection, dataConverter });
    const workflowBundle = { codePath: fromSetup('OCOP_TEST_BUNDLE') };
    const worker = await Worker.create({ connection: native, taskQueue, activities: activities(), workflowBundle, dataConverter });
    const running = worker.run();
    stop = async () => {
      worker.shutdown();
      await running;
      await Promise.all([connection.close(), native.close()]);
    };
  });
  afterAll(async () => {
    await stop();
  });
  return {
    taskQueue,
    get client() {
      return inTests(client);
    },
  };
}

let runtimeIsQuiet = false;

/** Only errors of the SDK are printed; must come before the first connection of the test file, and only once. */
export function quietRuntime(): void {
  if (runtimeIsQuiet) return;
  runtimeIsQuiet = true;
  Runtime.install({ logger: new DefaultLogger('ERROR') });
}

function inTests<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('this is there only inside tests and hooks, not while the file is read');
  return value;
}
