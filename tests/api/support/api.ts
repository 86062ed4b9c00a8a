/** A running API for a test file: its own database, the real engine with a worker, tokens of every kind. */
import { randomInt, randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { createCycleActivities } from '../../../activities/cycle-activities';
import { ensureAdministrator } from '../../../api/auth/tokens';
import type { ApiParts } from '../../../api/deps';
import { temporalGateway } from '../../../api/gateway';
import type { UserRole } from '../../../api/http/route';
import { loadReferenceData } from '../../../api/reference-data';
import { type RunningApi, startApi } from '../../../api/server';
import type { Database } from '../../../clients/database';
import { openLogger } from '../../../clients/logger';
import { type LocalDate, startOfDay } from '../../../domain/dates';
import { NativeConnection, Worker } from '@temporalio/worker';
import { dataConverter } from '../../../clients/payload-compression';
import { loadRules } from '../../../plans/load';
import { fromSetup, type TestDatabase, type TestTemporal, useDatabase, useTemporal } from '../../support/env';

export const ADMIN_TOKEN = 'administrator-of-the-tests';
export const PROVINCE = '37';
export const COMMUNE = '14329';
export const OTHER_COMMUNE = '14359';
export const OTHER_PROVINCE = '12';

export const rules = loadRules();

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
  text: string;
}

export interface Send {
  token?: string | null;
  body?: unknown;
  raw?: string | Uint8Array;
  headers?: Record<string, string>;
}

export type Sender = (method: string, path: string, send?: Send) => Promise<Answer>;

export interface TestApi {
  url: string;
  database: TestDatabase;
  temporal: TestTemporal;
  parts: ApiParts;
  /** Tokens by name: administrator, province, commune, otherCommune, otherProvince, secretary, member, manager, provinceManager. */
  tokens: Record<TokenName, string>;
  /** Everything that was logged so far. */
  log(): string;
  send: Sender;
  /** Registers a product and answers the path of its cycle; asks again with the same key while the machine is too busy. */
  register(body: object): Promise<string>;
  /** A worker on the queue that nobody polls (`worker: false`). */
  startWorker(): Promise<void>;
  taskQueue: string;
  clockOffsetMs: number;
  /** Another instance of the API on the same records, as after a restart. */
  another(parts?: Partial<ApiParts>): Promise<{ url: string; send: Sender; close(): Promise<void> }>;
}

export type TokenName =
  | 'administrator'
  | 'province'
  | 'commune'
  | 'otherCommune'
  | 'otherProvince'
  | 'secretary'
  | 'member'
  | 'manager'
  | 'provinceManager';

const ACCOUNTS: Record<Exclude<TokenName, 'administrator'>, { role: UserRole; office?: string; personId?: string }> = {
  province: { role: 'provincial_staff', office: PROVINCE },
  commune: { role: 'commune_staff', office: COMMUNE },
  otherCommune: { role: 'commune_staff', office: OTHER_COMMUNE },
  otherProvince: { role: 'provincial_staff', office: OTHER_PROVINCE },
  secretary: { role: 'council_secretary', office: PROVINCE },
  member: { role: 'council_member', office: PROVINCE, personId: 'member-of-the-tests' },
  manager: { role: 'manager' },
  provinceManager: { role: 'manager', office: PROVINCE },
};

/** Nine o'clock in the morning, local time. */
const nineOn = (date: LocalDate): number => startOfDay(date) + 9 * 3_600_000;

export async function send(url: string, token: string | null, method: string, path: string, given: Send = {}): Promise<Answer> {
  const { body, raw, headers = {} } = given;
  const bearer = given.token === undefined ? token : given.token;
  const response = await fetch(`${url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(raw === undefined ? (body === undefined ? {} : { body: JSON.stringify(body) }) : { body: raw as BodyInit }),
  });
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
  return { status: response.status, headers: response.headers, text, body: (json ? JSON.parse(text) : {}) as Answer['body'] };
}

/** All test files share one engine: each numbers its products from a place of its own. */
async function numberApart(db: Database, year: number): Promise<void> {
  const last = randomInt(10_000, 9_000_000) * 100;
  await db.productNumber.createMany({ data: [COMMUNE, OTHER_COMMUNE].map((communeCode) => ({ communeCode, year, last })) });
}

/** The API of a test file, with its clock at nine on a day and the cycles' time shifted to it. */
export function useApi(options: { on: LocalDate; deadlineMs?: number; worker?: boolean }): TestApi {
  const offset = nineOn(options.on) - Date.now();
  const database = useDatabase();
  const temporal = useTemporal(() => createCycleActivities(database.db));
  const taskQueue = options.worker === false ? `${temporal.taskQueue}-nobody` : temporal.taskQueue;
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  let parts: ApiParts | undefined;
  let running: RunningApi | undefined;
  let stopWorker = async (): Promise<void> => undefined;
  const tokens = { administrator: ADMIN_TOKEN } as Record<TokenName, string>;

  beforeAll(async () => {
    const clock = { now: () => Date.now() + offset };
    const gateway = temporalGateway(temporal.client, { taskQueue, clockOffsetMs: offset, deadlineMs: options.deadlineMs ?? 30_000 });
    parts = { db: database.db, gateway, rules, log: openLogger('api', 'info', sink), clock, requestsPerMinute: 100_000 };
    await loadReferenceData(database.db, rules, clock.now());
    await ensureAdministrator(database.db, ADMIN_TOKEN, clock.now());
    await numberApart(database.db, Number(options.on.slice(0, 4)));
    running = await startApi(parts, { host: '127.0.0.1', port: 0 });
    await database.db.person.create({
      data: { id: 'member-of-the-tests', officeCode: PROVINCE, name: 'Thành viên Hội đồng', role: 'council_member' },
    });
    for (const [name, account] of Object.entries(ACCOUNTS)) {
      const { body, status, text } = await send(running.url, ADMIN_TOKEN, 'POST', '/api/tokens', { body: { name, ...account } });
      if (status !== 201) throw new Error(text);
      tokens[name as TokenName] = String(body['token']);
    }
  });
  afterAll(async () => {
    await running?.close();
    await stopWorker();
  });

  const started = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('the API runs only inside tests and hooks');
    return value;
  };
  return {
    database,
    temporal,
    taskQueue,
    clockOffsetMs: offset,
    tokens,
    get url() {
      return started(running).url;
    },
    get parts() {
      return started(parts);
    },
    log: () => lines.join(''),
    send: async (method, path, given) => await send(started(running).url, ADMIN_TOKEN, method, path, given),
    register: async (body) => {
      const headers = { 'idempotency-key': randomUUID() };
      for (let attempt = 1; ; attempt += 1) {
        const answer = await send(started(running).url, ADMIN_TOKEN, 'POST', '/api/cycles', { body, headers });
        if (answer.status === 201) return String(answer.headers.get('location'));
        if (answer.status !== 503 || attempt === 5) throw new Error(answer.text);
      }
    },
    startWorker: async () => {
      const connection = await NativeConnection.connect({ address: fromSetup('OCOP_TEST_TEMPORAL') });
      const workflowBundle = { codePath: fromSetup('OCOP_TEST_BUNDLE') };
      const activities = createCycleActivities(database.db);
      const worker = await Worker.create({ connection, taskQueue, activities, workflowBundle, dataConverter });
      const run = worker.run();
      stopWorker = async () => {
        worker.shutdown();
        await run;
        await connection.close();
      };
    },
    another: async (more = {}) => {
      const other = await startApi({ ...started(parts), ...more }, { host: '127.0.0.1', port: 0 });
      return {
        url: other.url,
        send: async (method, path, given) => await send(other.url, ADMIN_TOKEN, method, path, given),
        close: async () => await other.close(),
      };
    },
  };
}
