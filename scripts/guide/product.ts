/** The product for the guide's pictures: records, engine, worker and pages of its own, on the season's day, gone when the pictures are taken. */
import { join } from 'node:path';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { temporalGateway } from '../../api/gateway';
import { ensureAdministrator } from '../../api/auth/tokens';
import { loadReferenceData } from '../../api/reference-data';
import { startApi } from '../../api/server';
import type { Database } from '../../clients/database';
import { openLogger } from '../../clients/logger';
import { type LocalDate, startOfDay } from '../../domain/dates';
import { loadRules, type Rules } from '../../plans/load';
import { openDesk } from '../../rehearsal/desk';
import { type Cleanups, openEngine, workflowCode } from '../../rehearsal/engine';
import { openPlace } from '../../rehearsal/place';
import { openRecords } from '../../rehearsal/records';
import { createCycleWorker } from '../../worker/cycle-worker';

const ADMINISTRATOR = 'administrator-of-the-guide';
const PATIENCE_MS = 60_000;
const OWN_ENGINE = { address: undefined, namespace: 'default', tls: undefined, apiKey: undefined };

export interface Product {
  url: string;
  db: Database;
  rules: Rules;
  /** Asks the API as an administrator. Throws what is no success. */
  send: (method: string, path: string, body?: object) => Promise<{ body: Record<string, unknown>; location: string }>;
}

/** Runs the work on a product that stands at nine in the morning of a day. */
export async function withProduct(day: LocalDate, work: (product: Product) => Promise<void>): Promise<void> {
  const cleanups: Cleanups = [];
  try {
    await work(await startProduct(day, cleanups));
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  }
}

async function startProduct(day: LocalDate, cleanups: Cleanups): Promise<Product> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const place = await openPlace();
  cleanups.push(async () => await place.close());
  const opening = [openEngine(OWN_ENGINE, place.folder, cleanups), openRecords(place.folder, cleanups), workflowCode()] as const;
  await Promise.allSettled(opening);
  const [engine, { db }, workflowBundle] = await Promise.all(opening);
  const { workers: connection, namespace, cycleQueue: taskQueue } = engine;
  const worker = await createCycleWorker({ connection, namespace, db, taskQueue, worker: { workflowBundle } });
  const run = worker.run();
  cleanups.push(async () => {
    worker.shutdown();
    await run;
  });

  const clockOffsetMs = startOfDay(day) + 9 * 3_600_000 - Date.now();
  const clock = { now: () => Date.now() + clockOffsetMs };
  const gateway = temporalGateway(engine.client, { taskQueue, clockOffsetMs, deadlineMs: PATIENCE_MS });
  const rules = loadRules();
  await loadReferenceData(db, rules, clock.now());
  await ensureAdministrator(db, ADMINISTRATOR, clock.now());
  const rehearsals = openDesk({ folder: join(place.folder, 'rehearsals'), clock });
  cleanups.push(async () => await rehearsals.close());
  const log = openLogger('api', 'silent');
  const parts = { db, gateway, rules, log, clock, requestsPerMinute: 100_000, publicUrl: PUBLIC_URL, rehearsals };
  const api = await startApi(parts, { host: '127.0.0.1', port: 0 });
  cleanups.push(async () => await api.close());
  return { url: api.url, db, rules, send: async (method, path, body) => await send(`${api.url}${path}`, method, body) };
}

/** What the pictures show as the address of the pages. */
export const PUBLIC_URL = 'https://ocop.example.vn';

async function send(url: string, method: string, body: object | undefined): ReturnType<Product['send']> {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${ADMINISTRATOR}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  const answer = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  return { body: answer, location: response.headers.get('location') ?? '' };
}
