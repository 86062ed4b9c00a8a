/** The worker of mails: a queue of its own, so that a surge of mail never slows down the people who work with cycles. */
import type { Context } from '@temporalio/activity';
import { type ActivityInterceptors, type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { createDigestActivities } from '../activities/digest';
import type { DigestDeps } from '../activities/digest/deps';
import { calendarNow, templateNow } from '../activities/digest/settings';
import type { Database } from '../clients/database';
import type { Logger } from '../clients/logger';
import type { Mailer } from '../clients/mail';
import { dataConverter } from '../clients/payload-compression';
import type { Webhook } from '../clients/webhook';
import { taskReminderTitle } from '../domain/follow-ups';
import { unitDirectory } from '../domain/units/directory';
import type { Rules } from '../plans/load';
import { shippedDigestTemplate } from '../plans/mail-templates';
import { MAIL_TASK_QUEUE } from '../workflows/digest-messages';
import { workflowSource } from './workflow-source';

export interface DigestParts {
  db: Database;
  mailer: Mailer;
  webhook?: Webhook | undefined;
  log: Logger;
  rules: Rules;
  publicUrl: string;
  /** Sender of the mails, `OCOP <ocop@example.vn>`; its domain stands in message ids. */
  mailFrom: string;
  /** How long the holiday table and the wording are used before they are read again, in milliseconds. */
  freshMs?: number;
}

const FRESH_MS = 10_000;

/** The activities' dependencies from the process's parts. */
export function digestDeps({ db, mailer, webhook, log, rules, publicUrl, mailFrom, freshMs = FRESH_MS }: DigestParts): DigestDeps {
  const titles = new Map([...rules.nudges, ...rules.plans.flatMap((plan) => plan.nudges)].map((rule) => [rule.id, rule.title]));
  const units = unitDirectory(rules.units);
  const template = shippedDigestTemplate();
  return {
    db,
    mailer,
    webhook,
    log,
    calendar: kept(async () => await calendarNow(db, rules.calendar), freshMs),
    template: kept(async () => await templateNow(db, template), freshMs),
    ruleTitle: (id) => titles.get(id) ?? taskReminderTitle(rules.plans, id),
    plans: rules.plans,
    reportRules: rules.reportNudges,
    unitName: (code) => units.byCode(code)?.fullName ?? code,
    publicUrl,
    mailDomain: /@([\w.-]+)/.exec(mailFrom)?.[1] ?? 'ocop.local',
  };
}

/** A value that is read again after some time. */
function kept<T>(read: () => Promise<T>, freshMs: number): () => Promise<T> {
  let value: Promise<T> | undefined;
  let readAt = 0;
  return async () => {
    const now = performance.now();
    if (!value || now - readAt >= freshMs) {
      readAt = now;
      value = read();
      value.catch(() => {
        value = undefined;
      });
    }
    return await value;
  };
}

export interface DigestWorkerOptions {
  connection: NativeConnection;
  namespace: string;
  deps: DigestDeps;
  taskQueue?: string;
  /** Overrides for tests, such as a bundle made before. */
  worker?: Partial<WorkerOptions>;
}

const HEARTBEAT_MS = 5_000;

/** Tells the engine while an activity is at work, so that one whose worker died is given to another soon. */
function beating(context: Context): ActivityInterceptors {
  return {
    inbound: {
      async execute(input, next) {
        const beat = setInterval(() => context.heartbeat(), HEARTBEAT_MS);
        try {
          return await next(input);
        } finally {
          clearInterval(beat);
        }
      },
    },
  };
}

/** Few at once: what limits digests is the mail server. */
const ACTIVITIES_AT_ONCE = 16;
const CACHED_RUNS = 50;

/** The worker of digests. Run it with `run()`, stop it with `shutdown()`: mails under way are finished. */
export async function createDigestWorker({
  connection,
  namespace,
  deps,
  taskQueue = MAIL_TASK_QUEUE,
  worker,
}: DigestWorkerOptions): Promise<Worker> {
  return await Worker.create({
    connection,
    namespace,
    taskQueue,
    dataConverter,
    activities: createDigestActivities(deps),
    maxConcurrentActivityTaskExecutions: ACTIVITIES_AT_ONCE,
    maxCachedWorkflows: CACHED_RUNS,
    shutdownGraceTime: '30 seconds',
    interceptors: { activity: [beating] },
    ...(worker?.workflowBundle || worker?.workflowsPath ? {} : workflowSource()),
    ...worker,
  });
}
