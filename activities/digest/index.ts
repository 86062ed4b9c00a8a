/** The digest's activities as the workflow knows them; time comes with every call. */
import type { Instant, LocalDate } from '../../domain/dates';
import { UNREADABLE } from '../../domain/nudges/reasons';
import type { Inbox } from '../../domain/nudges/recipients';
import { isWorkingDay } from '../../domain/working-days';
import { collect } from './collect';
import type { DigestDeps } from './deps';
import { Contacting, dueRows, officesOf } from './read';
import { planReports, reportsWait } from './reports';
import { addTrouble, closeRun, openRun, type RunReport, runIdOf } from './run';
import { type Announcement, type SendDigest, type SendOutcome, sendDigest } from './send';
import { fail, outstanding } from './settle';

export type { Announcement, RunReport, SendOutcome };

/** A province on a day, at an instant of the workflow's time. */
export interface DigestDay {
  provinceCode: string;
  day: LocalDate;
  at: Instant;
}

export interface DigestActivities {
  /** Enters what is owed by this day and opens the run's report; false on a day off and for a province without cycles and reports. */
  beginDigest(input: DigestDay): Promise<boolean>;
  /** The inboxes that must hear today. */
  collectDigest(input: DigestDay): Promise<Inbox[]>;
  /** Sends one inbox its mail. */
  sendDigest(input: SendDigest): Promise<SendOutcome>;
  /** Ends as failed what no mail could be made of, and puts it into the run's report. */
  giveUpDigest(input: DigestDay & { inbox: Inbox; kind: string }): Promise<void>;
  /** Tells the second channel. */
  announceDigest(input: { announcement: Announcement; at: Instant }): Promise<void>;
  /** Counts and closes the run. */
  finishDigest(input: DigestDay): Promise<RunReport>;
}

/** The activities on their dependencies. */
export function createDigestActivities(deps: DigestDeps): DigestActivities {
  const { db, log } = deps;
  return {
    async beginDigest({ provinceCode, day, at }) {
      if (!isWorkingDay(await deps.calendar(), day)) return false;
      await planReports(deps, { provinceCode, day, at });
      const hasCycles = (await db.cycle.findFirst({ where: { provinceCode }, select: { id: true } })) !== null;
      if (!hasCycles && !(await reportsWait(db, provinceCode))) return false;
      await openRun(db, provinceCode, day, at);
      return true;
    },
    collectDigest: async (input) => await collect(deps, input),
    sendDigest: async (input) => await sendDigest(deps, input),
    async giveUpDigest({ inbox, kind, provinceCode, day, at }) {
      const runId = runIdOf(provinceCode, day);
      log.error({ inbox, runId, kind }, 'no digest could be made for an inbox');
      const area = { provinceCode, communeCode: null };
      const contacting = new Contacting(await officesOf(db, area));
      const rows = (await dueRows(db, area, day)).filter((row) => outstanding(row, contacting).includes(inbox));
      await fail(
        db,
        rows.map((row) => row.id),
        UNREADABLE,
        { at, runId },
      );
      await addTrouble(db, runId, { about: inbox, kind });
    },
    async announceDigest({ announcement, at }) {
      await deps.webhook?.send({ id: announcement.id, body: announcement, at });
    },
    async finishDigest({ provinceCode, day, at }) {
      const report = await closeRun(db, provinceCode, day, at);
      log.info({ ...report }, 'digest finished');
      return report;
    },
  };
}
