/**
 * How a transition gets into the records. Two retry profiles, explained once:
 *
 * - quick: a local activity inside the workflow task. One history event; a few tries within eight seconds, enough for a busy database.
 * - patient: an ordinary activity when the database is away. It goes on for some ten minutes with growing pauses; then the cycle asks for attention
 *   and tries again every ten minutes, or at once when told to. A cycle never ends because a record could not be written.
 */
import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  isCancellation,
  log,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { CycleState } from '../domain/cycle/state';
import type { CycleActivities, Later, RecordTransition } from '../activities/cycle-activities';

const quick = proxyLocalActivities<CycleActivities>({
  startToCloseTimeout: '5 seconds',
  scheduleToCloseTimeout: '8 seconds',
  retry: { initialInterval: '100 milliseconds', backoffCoefficient: 2, maximumAttempts: 3 },
});

const patient = proxyActivities<CycleActivities>({
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute', maximumAttempts: 14 },
});

const bestEffort = proxyActivities<CycleActivities>({ startToCloseTimeout: '10 seconds', retry: { maximumAttempts: 2 } });

const ATTENTION_PAUSE = '10 minutes';

export class Recorder {
  /** Why the records could not be written; null when all is well. */
  attention: string | null = null;
  private retryAsked = false;

  constructor(private readonly onAttention: () => void) {}

  retryNow(): void {
    this.retryAsked = true;
  }

  /** Returns once the transition stands in the records; with what stands there, where its place was taken. */
  async record(entry: RecordTransition): Promise<Later | null> {
    const later = await quick.recordTransition(entry).catch(async (error: unknown) => {
      if (isCancellation(error)) throw error;
      return await this.insist(entry);
    });
    if (this.attention !== null) {
      this.attention = null;
      this.onAttention();
    }
    return later;
  }

  /** What the records hold after the state; null when nothing, and when they cannot be asked now. */
  async later({ cycleId, sequence, rules }: CycleState): Promise<Later | null> {
    try {
      return await quick.readLater({ cycleId, from: sequence + 1, rulesVersion: rules.version });
    } catch (error) {
      if (isCancellation(error)) throw error;
      return null;
    }
  }

  private async insist(entry: RecordTransition): Promise<Later | null> {
    for (;;) {
      try {
        return await patient.recordTransition(entry);
      } catch (error) {
        if (isCancellation(error)) throw error;
        this.attention = reasonOf(error);
        this.onAttention();
        await this.report(entry.event.cycleId, this.attention);
        this.retryAsked = false;
        await condition(() => this.retryAsked, ATTENTION_PAUSE);
      }
    }
  }

  private async report(cycleId: string, reason: string): Promise<void> {
    try {
      await bestEffort.reportAttention({ cycleId, reason });
    } catch (error) {
      if (isCancellation(error)) throw error;
      log.error('attention could not be reported', { cycleId });
    }
  }
}

/** The kind of trouble, without the message, which may quote what was to be written. */
function reasonOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure ? (cause.type ?? 'Error') : 'Timeout';
}
