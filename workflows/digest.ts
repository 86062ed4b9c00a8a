/**
 * The daily digest of a province: collects who must hear, sends each inbox its mail by an activity of its own, tries again through the day while the
 * mail server is away, and closes the report. What is not sent by the evening stays in the ledger and goes with the next working day's digest.
 */
import {
  ActivityFailure,
  ApplicationFailure,
  continueAsNew,
  isCancellation,
  ParentClosePolicy,
  proxyActivities,
  sleep,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { DigestActivities, RunReport, SendOutcome } from '../activities/digest';
import { type LocalDate, localDateAt, startOfDay } from '../domain/dates';
import { digestWorkflowId, FIRST_HOUR, LAST_HOUR, type ProvinceDigestInput } from './digest-messages';

const records = proxyActivities<DigestActivities>({
  startToCloseTimeout: '2 minutes',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/**
 * A mail that fails three times for another reason than the mail server's is given up: it must not hold up the run. One whose worker died is sent
 * again when its heartbeat stays out.
 */
const mails = proxyActivities<DigestActivities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 3, maximumAttempts: 3 },
});

const announcements = proxyActivities<DigestActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 4, maximumAttempts: 6 },
});

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const AT_ONCE = 8;
/** Pauses between rounds while mails wait for their server; the last one is repeated. */
const PAUSES_MINUTES = [2, 10, 30, 60];

/** The schedule's own workflow: starts the day's digest once, between the first and the last hour of the day. */
export async function digestTick({ provinceCode, clockOffsetMs }: ProvinceDigestInput): Promise<string> {
  const now = Date.now() + clockOffsetMs;
  const day = localDateAt(now);
  const workflowId = digestWorkflowId(provinceCode, day);
  if (!isDaytime(now)) return `${day}: outside the hours of mail`;
  try {
    await startChild(provinceDigest, {
      workflowId,
      args: [{ provinceCode, clockOffsetMs, day }],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `${provinceCode} ${day}`,
    });
    return workflowId;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return `${workflowId} was started before`;
    throw error;
  }
}

/** One province's digest of a day, the present one unless told. Null on a day off, and where the province has no cycles. */
export async function provinceDigest(input: ProvinceDigestInput): Promise<RunReport | null> {
  const { provinceCode, clockOffsetMs, round: firstRound = 0 } = input;
  const now = (): number => Date.now() + clockOffsetMs;
  const day = input.day ?? localDateAt(now());
  const today = () => ({ provinceCode, day, at: now() });
  if (firstRound === 0 && !(await records.beginDigest(today()))) return null;
  for (let round = firstRound; ; round += 1) {
    // Waited for a worker beyond its day: the next digest takes everything along.
    if (now() >= endOfMailing(day)) return await records.finishDigest(today());
    const inboxes = await records.collectDigest(today());
    const left = await sendAll(inboxes, today);
    if (left === 'refusals') continue;
    const pause = (PAUSES_MINUTES[Math.min(round, PAUSES_MINUTES.length - 1)] ?? 0) * MINUTE_MS;
    if (left === 'nothing' || now() + pause > endOfMailing(day)) return await records.finishDigest(today());
    await sleep(pause, { summary: 'mail server is away' });
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof provinceDigest>({ ...input, day, round: round + 1 });
  }
}

/** What a round left: nothing, mails that wait for a server, or refusals, after which others may be next in line. */
type Left = 'nothing' | 'waiting' | 'refusals';

/** Sends to all, some at a time. When the server is away the rest is left for the next round. */
async function sendAll(inboxes: readonly string[], today: () => { provinceCode: string; day: LocalDate; at: number }): Promise<Left> {
  const queue = [...inboxes];
  const kinds = new Set<SendOutcome['kind']>();
  const told: Promise<void>[] = [];
  const failed: { inbox: string; kind: string }[] = [];
  const work = async (): Promise<void> => {
    for (let inbox = queue.shift(); inbox !== undefined && !kinds.has('unreachable'); inbox = queue.shift()) {
      try {
        const { kind, announcement } = await mails.sendDigest({ ...today(), inbox });
        kinds.add(kind);
        if (announcement) told.push(announce(announcement, today().at));
      } catch (error) {
        if (isCancellation(error)) throw error;
        failed.push({ inbox, kind: kindOf(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  for (const trouble of failed) await records.giveUpDigest({ ...today(), ...trouble });
  await Promise.all(told);
  if (kinds.has('address-refused') && !kinds.has('unreachable')) return 'refusals';
  return kinds.has('unreachable') || kinds.has('deferred') || kinds.has('uncertain') ? 'waiting' : 'nothing';
}

/** The second channel is a courtesy: what it does not take after its tries is left. */
async function announce(announcement: NonNullable<SendOutcome['announcement']>, at: number): Promise<void> {
  try {
    await announcements.announceDigest({ announcement, at });
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
}

function isDaytime(now: number): boolean {
  const sinceMidnight = now - startOfDay(localDateAt(now));
  return sinceMidnight >= FIRST_HOUR * HOUR_MS && sinceMidnight < LAST_HOUR * HOUR_MS;
}

const endOfMailing = (day: LocalDate): number => startOfDay(day) + LAST_HOUR * HOUR_MS;

/** The kind of a failure, without its message, which may quote what was to be written. */
function kindOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure ? (cause.type ?? 'Error') : 'Timeout';
}
