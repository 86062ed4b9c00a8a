/** The managers' pages with a country's records: server time of each main page beside the bare SQL that it cannot do without, in the same run. */
import { Client } from 'pg';
import { hashOfToken } from '../../api/auth/callers';
import { beginSession } from '../../api/auth/sessions';
import type { UserRole } from '../../api/http/route';
import { type Database, openDatabase } from '../../clients/database';
import { daysBetween, type LocalDate, localDateAt } from '../../domain/dates';
import { loadRules } from '../../plans/load';
import { PAGE_QUERIES, type Query, STAFF_QUERIES } from './bare/page-queries';
import type { Figure } from './figure';
import { type BuiltApi, startBuiltApi } from './pages-api';
import { filledDatabase } from './pages-database';
import { recordOneDossier } from './pages-dossier';

const OPEN = Number(process.env.BENCH_OPEN ?? 20_000);
const CLOSED = Number(process.env.BENCH_CLOSED ?? 100_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 40);
const REQUESTS = Number(process.env.BENCH_REQUESTS ?? 10_000);
const DAY: LocalDate = '2026-10-12';
const PROVINCE = '37';
const DAY_MS = 86_400_000;
/** A country's manager asks for one province where a page is about one. */
const OF_ONE_PROVINCE: Record<string, string> = {
  '/theo-xa': `/theo-xa?province=${PROVINCE}`,
  '/chi-tieu': '/chi-tieu?plan=ninh-binh-2026',
};
const AIM_MS = 100;
const READERS_AT_ONCE = 4;
/** Drawings, icons among them; the figures of a chart stand beside it as text. */
const CHART = /<svg[\s\S]*?<\/svg>/g;

/** Runs the pages of a province's and the country's managers, and a province's staff, and measures them. */
export async function run(): Promise<Figure[]> {
  const database = await filledDatabase({ open: OPEN, closed: CLOSED, day: DAY, communes: loadRules().units });
  const clockOffsetDays = daysBetween(localDateAt(Date.now()), DAY);
  const db = openDatabase(database.url);
  const sql = new Client({ connectionString: database.url });
  try {
    await recordOneDossier(db, DAY);
    const api = await startBuiltApi({ databaseUrl: database.url, clockOffsetDays });
    await sql.connect();
    try {
      return await measured({ db, api, sql, clock: { now: () => Date.now() + clockOffsetDays * DAY_MS } });
    } finally {
      await api.end();
    }
  } finally {
    await Promise.all([sql.end(), db.$disconnect()]);
    await database.end();
  }
}

interface Bench {
  db: Database;
  api: BuiltApi;
  sql: Client;
  clock: { now(): number };
}

interface Reader {
  who: string;
  role: UserRole;
  office: string | null;
  pages: Record<string, readonly Query[]>;
}

const READERS: readonly Reader[] = [
  { who: 'province', role: 'manager', office: PROVINCE, pages: PAGE_QUERIES },
  { who: 'country', role: 'manager', office: null, pages: PAGE_QUERIES },
  { who: 'staff', role: 'provincial_staff', office: PROVINCE, pages: STAFF_QUERIES },
];

async function measured(bench: Bench): Promise<Figure[]> {
  const figures: Figure[] = [];
  const asked: { path: string; cookie: string }[] = [];
  for (const reader of READERS) {
    const cookie = await signedIn(bench, reader);
    for (const [page, bare] of Object.entries(reader.pages)) {
      const isOfOne = reader.office === null && page in OF_ONE_PROVINCE;
      const path = isOfOne ? (OF_ONE_PROVINCE[page] ?? page) : page;
      asked.push({ path, cookie });
      figures.push(...(await onePage(bench, { name: `${reader.who} ${page}`, path, cookie }, bare, isOfOne ? PROVINCE : reader.office)));
    }
  }
  return [...figures, ...(await memoryOver(bench.api, asked))];
}

interface Asked {
  name: string;
  path: string;
  cookie: string;
}

async function onePage(
  { api, sql }: Bench,
  { name, path, cookie }: Asked,
  bare: readonly Query[],
  province: string | null,
): Promise<Figure[]> {
  const page = await timed(
    async () => await open(api.url, path, cookie),
    () => api.cpuMs(),
  );
  const queries = await timed(async () => {
    for (const query of bare) await sql.query(query(province, DAY));
  });
  return [
    { name: `${name}, median`, value: page.median, unit: 'ms', aim: `< ${(2 * queries.median).toFixed(1)}, twice the bare SQL` },
    { name: `${name}, 95 %`, value: page.p95, unit: 'ms', aim: `< ${AIM_MS}` },
    { name: `${name}, bare SQL median`, value: queries.median, unit: 'ms' },
    { name: `${name}, the API's own processor time`, value: page.cpu, unit: 'ms' },
    { name: `${name}, size without charts`, value: page.bytes / 1024, unit: 'kB', aim: '< 100' },
  ];
}

/** The cookie of somebody who is signed in. */
async function signedIn({ db, clock }: Bench, { who, role, office }: Reader): Promise<string> {
  const token = { id: who, hash: hashOfToken(who), name: who, role, officeCode: office, createdAt: new Date(clock.now()) };
  await db.apiToken.upsert({ where: { id: who }, create: token, update: {} });
  return `ocop=${await beginSession({ db, clock }, { tokenId: who }, 'bench')}`;
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
  /** Mean of what was spent of the counter. */
  cpu: number;
}

const WARM_UP = 20;

/** One after another, the first few not counted. */
async function timed(work: () => Promise<number | void>, counter: () => number = () => 0): Promise<Timed> {
  let bytes = 0;
  for (let round = 0; round < WARM_UP; round += 1) await work();
  const times: number[] = [];
  const before = counter();
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    bytes = (await work()) ?? 0;
    times.push(performance.now() - began);
  }
  const cpu = (counter() - before) / ROUNDS;
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  return { median: at(0.5), p95: at(0.95), bytes, cpu };
}

/** Memory of the API's process in the course of the requests: every page in turn, some at once. */
async function memoryOver(api: BuiltApi, asked: readonly { path: string; cookie: string }[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  let request = 0;
  const readUntil = async (last: number): Promise<void> => {
    while (request < last) {
      request += 1;
      const page = asked[request % asked.length];
      if (page) await open(api.url, page.path, page.cookie);
    }
  };
  for (const tenth of Array.from({ length: 10 }, (_, index) => Math.floor((REQUESTS * (index + 1)) / 10))) {
    await Promise.all(Array.from({ length: READERS_AT_ONCE }, async () => await readUntil(tenth)));
    figures.push({ name: `the API's memory after ${tenth} requests`, value: api.residentMb(), unit: 'MB', aim: 'flat' });
  }
  return figures;
}
