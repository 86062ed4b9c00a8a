/** A province's digests on the real engine, database and mail server, each run to its end; its days are skipped, not waited for. */
import { createDigestActivities } from '../../activities/digest';
import type { RunReport } from '../../activities/digest';
import { openLogger } from '../../clients/logger';
import { openMailer } from '../../clients/mail';
import { type LocalDate, startOfDay } from '../../domain/dates';
import { digestDeps } from '../../worker/digest-worker';
import { DIGEST_WORKFLOW, digestWorkflowId } from '../../workflows/digest-messages';
import { RULES } from '../domain/rules-of';
import { type TestDatabase, useDatabase, useTemporal } from '../support/env';
import { clearNudges } from '../support/nudge-records';
import { SKIP_EVERYTHING } from '../support/skipping';
import { startSmtp, type TestSmtp } from '../support/smtp';

const HOUR = 3_600_000;

export const DUE = { kind: 'commune-assessment', on: '2026-10-14' };
export const LATE = { kind: 'commune-assessment', on: '2026-10-09' };

/** What a fault is made from: called before each mail is made; what it throws, the activity throws. */
type Fault = (input: { inbox?: string }) => void;

export interface TestDigests {
  database: TestDatabase;
  /** The mail server of the test that runs. */
  smtp: TestSmtp;
  /** Runs the province's digest of a day to its end; at eight o'clock unless told. */
  digest: (date: LocalDate, hour?: number) => Promise<RunReport | null>;
  /** A nudge as it stands now. */
  row: (id: bigint) => ReturnType<TestDatabase['db']['nudge']['findUniqueOrThrow']>;
  /** Makes mails fail before they are made, until the test ends. */
  failWith(fault: Fault): void;
  /** The mail server comes back at its address. */
  restartMail(): Promise<void>;
}

/** Digests for the tests of a file; each test has a mail server and records of its own. */
export function useDigests(): TestDigests {
  const database = useDatabase();
  let smtp: TestSmtp | undefined;
  let port = 0;
  let fault: Fault | undefined;
  let runs = 0;

  function activities(): object {
    const mailer = {
      // One per call, so that a server that went away and came back is reached anew.
      deliver: async (mail: Parameters<ReturnType<typeof openMailer>['deliver']>[0]) => {
        const one = openMailer(`smtp://127.0.0.1:${port}`, 'OCOP <ocop@ocop.test>', { patienceMs: 1500 });
        try {
          return await one.deliver(mail);
        } finally {
          one.close();
        }
      },
      send: async () => undefined,
      close: () => undefined,
    };
    const { db } = database;
    const log = openLogger('test', 'silent');
    const deps = digestDeps({
      db,
      mailer,
      log,
      rules: RULES,
      publicUrl: 'https://ocop.test',
      mailFrom: 'OCOP <ocop@ocop.test>',
      freshMs: 0,
    });
    const real = createDigestActivities(deps);
    return {
      ...real,
      sendDigest: async (input: Parameters<typeof real.sendDigest>[0]) => {
        fault?.(input);
        return await real.sendDigest(input);
      },
    };
  }

  const temporal = useTemporal(activities, () => SKIP_EVERYTHING);
  const startMail = async (): Promise<void> => {
    smtp = await startSmtp(port);
    port = Number(new URL(smtp.url).port);
  };
  beforeEach(async () => {
    await startMail();
    fault = undefined;
    await clearNudges(database.db);
  });
  afterEach(async () => await smtp?.stop());

  return {
    database,
    get smtp() {
      if (!smtp) throw new Error('the mail server runs only inside tests');
      return smtp;
    },
    digest: async (date, hour = 8) => {
      runs += 1;
      const clockOffsetMs = startOfDay(date) + hour * HOUR - Date.now();
      return (await temporal.client.workflow.execute(DIGEST_WORKFLOW, {
        taskQueue: temporal.taskQueue,
        workflowId: `${digestWorkflowId('37', date)}/${runs}`,
        args: [{ provinceCode: '37', clockOffsetMs, day: date }],
      })) as RunReport | null;
    },
    row: (id) => database.db.nudge.findUniqueOrThrow({ where: { id } }),
    failWith: (given) => {
      fault = given;
    },
    restartMail: startMail,
  };
}
