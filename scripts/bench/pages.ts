/** The managers' pages with a country's records: server time of each main page beside the bare SQL that it cannot do without, in the same run. */
import { Client } from 'pg';
import { hashOfToken } from '../../api/auth/callers';
import { beginSession } from '../../api/auth/sessions';
import { type CycleGateway, type EngineHealth } from '../../api/gateway';
import { loadReferenceData } from '../../api/reference-data';
import { type RunningApi, startApi } from '../../api/server';
import { type Database, openDatabase } from '../../clients/database';
import { openLogger } from '../../clients/logger';
import { type LocalDate, startOfDay } from '../../domain/dates';
import { loadRules } from '../../plans/load';
import { PAGE_QUERIES } from './bare/page-queries';
import type { Figure } from './figure';
import { filledDatabase } from './pages-database';

const OPEN = Number(process.env.BENCH_OPEN ?? 20_000);
const CLOSED = Number(process.env.BENCH_CLOSED ?? 100_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 40);
const REQUESTS = Number(process.env.BENCH_REQUESTS ?? 10_000);
const DAY: LocalDate = '2026-10-12';
const PROVINCE = '37';
const MB = 1_048_576;
const AIM_MS = 100;
/** Drawings, icons among them; the figures of a chart stand beside it as text. */
const CHART = /<svg[\s\S]*?<\/svg>/g;

/** Runs the pages of a province's and the country's managers and measures them. */
export async function run(): Promise<Figure[]> {
  const rules = loadRules();
  const database = await filledDatabase({ open: OPEN, closed: CLOSED, day: DAY, communes: rules.units });
  try {
    const db = openDatabase(database.url);
    const clock = { now: () => startOfDay(DAY) + 9 * 3_600_000 };
    await loadReferenceData(db, rules, clock.now());
    const parts = { db, gateway: NO_ENGINE, rules, log: openLogger('api', 'silent'), clock, requestsPerMinute: 1_000_000_000 };
    const api = await startApi(parts, { host: '127.0.0.1', port: 0 });
    const sql = new Client({ connectionString: database.url });
    await sql.connect();
    const figures = await measured({ db, api, sql, clock });
    await sql.end();
    await api.close();
    await db.$disconnect();
    return figures;
  } finally {
    await database.end();
  }
}

const unused = async (): Promise<never> => await Promise.reject(new Error('pages that only read need no engine'));
/** Pages that only read never reach the engine. */
const NO_ENGINE = new Proxy({} as CycleGateway, { get: () => unused as () => Promise<EngineHealth> });

interface Bench {
  db: Database;
  api: RunningApi;
  sql: Client;
  clock: { now(): number };
}

async function measured({ db, api, sql, clock }: Bench): Promise<Figure[]> {
  const province = await signedIn(db, clock, 'province', PROVINCE);
  const country = await signedIn(db, clock, 'country', null);
  const figures: Figure[] = [];
  for (const [who, cookie, code] of [
    ['province', province, PROVINCE],
    ['country', country, null],
  ] as const) {
    for (const [path, bare] of Object.entries(PAGE_QUERIES)) {
      const asked = code === null && path === '/theo-xa' ? `${path}?province=${PROVINCE}` : path;
      const page = await timed(async () => await open(api.url, asked, cookie));
      const queries = await timed(async () => {
        for (const query of bare) await sql.query(query(code ?? (path === '/theo-xa' ? PROVINCE : null), DAY));
      });
      const name = `${who} ${path}`;
      figures.push(
        { name: `${name}, median`, value: page.median, unit: 'ms', aim: `< ${(2 * queries.median).toFixed(1)}, twice the bare SQL` },
        { name: `${name}, 95 %`, value: page.p95, unit: 'ms', aim: `< ${AIM_MS}` },
        { name: `${name}, bare SQL median`, value: queries.median, unit: 'ms' },
        { name: `${name}, size without charts`, value: page.bytes / 1024, unit: 'kB', aim: '< 100' },
      );
    }
  }
  return [...figures, ...(await memoryOver(api.url, province))];
}

/** The cookie of a manager who is signed in. */
async function signedIn(db: Database, clock: Bench['clock'], name: string, office: string | null): Promise<string> {
  const token = { id: name, hash: hashOfToken(name), name, role: 'manager', officeCode: office, createdAt: new Date(clock.now()) };
  await db.apiToken.upsert({ where: { id: name }, create: token, update: {} });
  return `ocop=${await beginSession({ db, clock }, { tokenId: name }, 'bench')}`;
}

async function open(url: string, path: string, cookie: string): Promise<number> {
  const response = await fetch(`${url}${path}`, { headers: { cookie }, redirect: 'manual' });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
  return Buffer.byteLength(text.replaceAll(CHART, ''));
}

interface Timed {
  median: number;
  p95: number;
  bytes: number;
}

/** One after another, the first few not counted. */
async function timed(work: () => Promise<number | void>): Promise<Timed> {
  const times: number[] = [];
  let bytes = 0;
  for (let round = -3; round < ROUNDS; round += 1) {
    const began = performance.now();
    bytes = (await work()) ?? 0;
    if (round >= 0) times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  return { median: at(0.5), p95: at(0.95), bytes };
}

/** Memory of the process that serves, after a tenth of the requests and at the end. */
async function memoryOver(url: string, cookie: string): Promise<Figure[]> {
  const rss = (): number => {
    globalThis.gc?.();
    return process.memoryUsage().rss / MB;
  };
  const paths = Object.keys(PAGE_QUERIES);
  let early = 0;
  for (let request = 0; request < REQUESTS; request += 1) {
    await open(url, paths[request % paths.length] ?? '/tong-quan', cookie);
    if (request === Math.floor(REQUESTS / 10)) early = rss();
  }
  return [
    { name: `memory after ${Math.floor(REQUESTS / 10)} requests`, value: early, unit: 'MB' },
    { name: `memory after ${REQUESTS} requests`, value: rss(), unit: 'MB', aim: 'flat' },
  ];
}
