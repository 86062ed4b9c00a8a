/**
 * A rehearsal: a season and the 36 months after it on the real workflows, activities and rules, apart from production. Everything it starts and writes
 * is its own and ends with it; what remains is the report and the mails.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Worker } from '@temporalio/worker';
import { apiDeps } from '../api/deps';
import { temporalGateway } from '../api/gateway';
import { readEnvironment } from '../clients/environment';
import { openLogger } from '../clients/logger';
import { openMailer } from '../clients/mail';
import { formatVietnamese, type LocalDate } from '../domain/dates';
import type { Text } from '../domain/sources';
import { startMail } from '../local/mail';
import { createCycleWorker } from '../worker/cycle-worker';
import { createDigestWorker, digestDeps } from '../worker/digest-worker';
import { cycleIdOf } from '../workflows/messages';
import { nineOn, worldClock } from './clock';
import { type Cleanups, openEngine, workflowCode } from './engine';
import { enterCertificates, enterContacts, enterRegistrations, inventContacts, type ListReport } from './inputs';
import { openPlace } from './place';
import { readProfile } from './profiles';
import { openRecords, type Records } from './records';
import type { Report } from './report/report';
import { collectReport } from './report/collect';
import { writeReport } from './report/write';
import { type Change, firstDayOf, lastDayOf, rehearsalRules } from './rules';
import { World } from './world';

export interface RehearsalOptions {
  /** Id of a shipped plan, or path of a plan's file. */
  plan: string;
  /** Dates of the plan that are tried instead of its own. */
  changes?: readonly Change[];
  /** Path of a holiday table (JSON, rows as in data/holidays-vn.csv) instead of the shipped one. */
  calendar?: string | undefined;
  registrations?: string | undefined;
  certificates?: string | undefined;
  contacts?: string | undefined;
  /** Code of the province of the lists where neither plan nor rows name one. */
  province?: string | undefined;
  /** Puts the products into communes of the plan's province. */
  place?: boolean;
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
  /** Name of a shipped profile, or path of one. */
  behaviour?: string;
  seed?: string;
  /** Folder of the report. */
  out: string;
}

export interface Watching {
  /** Told of each part of the work in one line. */
  say?: (text: Text) => void;
  /** Told of each day on which something happened. */
  onDay?: (progress: Progress) => void;
  /** Ends the rehearsal early, with everything it started. */
  stop?: AbortSignal;
  env?: NodeJS.ProcessEnv;
  /** The workflows' code where it has been bundled already. */
  bundle?: { codePath: string };
  /** Looks at the records before they are thrown away. */
  before?: (standing: Standing, report: Report) => Promise<void>;
}

/** What still runs when the report has been written. */
export interface Standing {
  db: Records['db'];
  /** Process ids of the rehearsal's own servers. */
  postgres: number;
  temporal: number | undefined;
}

export interface Progress {
  day: LocalDate;
  from: LocalDate;
  to: LocalDate;
  cycles: number;
  open: number;
  mails: number;
}

const MAIL_FROM = 'OCOP (diễn tập) <ocop@rehearsal.example>';
const BEHAVIOUR = 'punctual';
const SEED = '1';

/**
 * Rehearses and writes report.json, report.html, report.xlsx and the mails.
 * @throws StartProblem when the options cannot be used, or the engine is not one for rehearsals
 */
export async function rehearse(options: RehearsalOptions, watching: Watching = {}): Promise<Report> {
  const { say = () => undefined, stop, bundle } = watching;
  const environment = readEnvironment(watching.env ?? process.env);
  const { rules, plan } = rehearsalRules(options.plan, options.changes ?? [], options.calendar);
  const profile = readProfile(options.behaviour ?? BEHAVIOUR);
  const from = options.from ?? firstDayOf(plan, rules);
  const to = options.to ?? lastDayOf(from);
  const seed = options.seed ?? SEED;
  await mkdir(options.out, { recursive: true });

  const cleanups: Cleanups = [];
  try {
    const place = await openPlace();
    cleanups.push(async () => await place.close());
    say({ vi: 'Đang dựng nơi diễn tập riêng …', en: 'Setting up a place of its own …' });
    const opening = [
      openEngine(environment.temporal, place.folder, cleanups),
      openRecords(place.folder, cleanups),
      bundle ? Promise.resolve(bundle) : workflowCode(),
    ] as const;
    // All of them settle before one that failed is told, so that nothing is started behind the back of the clean-up.
    await Promise.allSettled(opening);
    const [engine, records, bundled] = await Promise.all(opening);
    stop?.throwIfAborted();
    const { db } = records;
    const mail = await startMail({ dir: join(place.folder, 'mail') });
    cleanups.push(async () => await mail.stop());
    const mailer = openMailer(mail.smtpUrl, MAIL_FROM);
    cleanups.push(async () => mailer.close());

    const log = openLogger('rehearsal', 'silent');
    const worker = { workflowBundle: bundled, maxCachedWorkflows: CACHED_CYCLES };
    const { workers: connection, namespace } = engine;
    const digest = digestDeps({ db, mailer, log, rules, publicUrl: environment.publicUrl, mailFrom: MAIL_FROM, freshMs: Infinity });
    const workers = [
      await createCycleWorker({ connection, namespace, db, taskQueue: engine.cycleQueue, worker }),
      await createDigestWorker({
        connection,
        namespace,
        deps: digest,
        taskQueue: engine.mailQueue,
        worker: { workflowBundle: worker.workflowBundle },
      }),
    ];
    cleanups.push(running(workers));

    const clock = worldClock(nineOn(from));
    const offsets = new Map<string, number>();
    const gateway = temporalGateway(engine.client, { taskQueue: engine.cycleQueue, deadlineMs: GATEWAY_PATIENCE_MS });
    const deps = apiDeps({
      db,
      rules,
      log,
      clock,
      gateway: {
        ...gateway,
        // Every cycle begins at the world's time of that moment.
        start: async (registration) => {
          const clockOffsetMs = clock.now() - Date.now();
          offsets.set(cycleIdOf(registration.productCode, registration.cycleNumber), clockOffsetMs);
          return await temporalGateway(engine.client, {
            taskQueue: engine.cycleQueue,
            clockOffsetMs,
            deadlineMs: GATEWAY_PATIENCE_MS,
          }).start(registration);
        },
      },
    });

    say({ vi: 'Đang nhập danh sách …', en: 'Entering the lists …' });
    const lists: Record<string, ListReport> = {};
    const listing = { plan, province: options.province, place: options.place ?? false };
    if (options.certificates) lists['certificates'] = await enterCertificates(deps, options.certificates, listing);
    if (options.registrations) lists['registrations'] = await enterRegistrations(deps, options.registrations, listing);
    if (options.contacts) lists['contacts'] = await enterContacts(deps, options.contacts);
    else await inventContacts(deps);
    await everyCycleRecorded(deps.db, [...offsets.keys()]);

    say({ vi: `Đang diễn tập từ ${formatVietnamese(from)} đến ${formatVietnamese(to)} …`, en: `Rehearsing from ${from} to ${to} …` });
    const world = new World({
      deps,
      engine,
      clock,
      profile,
      seed,
      from,
      to,
      offsets,
      stop,
      onDay: (day, { cycles, open, mails }) => watching.onDay?.({ day, from, to, cycles, open, mails }),
    });
    await world.live();

    say({ vi: 'Đang lập báo cáo …', en: 'Writing the report …' });
    const about = {
      plan,
      profile,
      seed,
      from,
      to,
      changes: options.changes ?? [],
      placed: options.place ?? false,
      lists,
      refusedActs: world.refused,
    };
    const report = await collectReport(deps, about, await mail.list());
    await writeReport(report, options.out, await mail.list(), db);
    await watching.before?.({ db, postgres: records.serverPid, temporal: engine.serverPid }, report);
    return report;
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  }
}

/** The whole of a province stays in memory: a rehearsal comes back to every cycle often within minutes. */
const CACHED_CYCLES = 1_500;
const GATEWAY_PATIENCE_MS = 60_000;

/** Runs the workers; the answer stops them. A worker that ends by itself ends the rehearsal. */
function running(workers: readonly Worker[]): () => Promise<void> {
  const runs = workers.map(async (worker) => await worker.run());
  for (const run of runs) run.catch(() => undefined);
  return async () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await Promise.allSettled(runs);
  };
}

/** Imports do not wait for the records, the world does. */
async function everyCycleRecorded(db: Records['db'], ids: readonly string[]): Promise<void> {
  for (const end = Date.now() + GATEWAY_PATIENCE_MS * 5; ; ) {
    if ((await db.cycle.count({ where: { id: { in: [...ids] } } })) >= ids.length) return;
    if (Date.now() > end) throw new Error('the registrations did not come into the records');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
