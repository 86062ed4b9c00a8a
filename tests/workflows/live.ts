/** Cycles on the real engine with skipped time: each workflow has its own clock, which a test moves forward. */
import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type Client, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { temporalGateway } from '../../api/gateway';
import type { Database } from '../../clients/database';
import type { ActionName, PayloadOf } from '../../domain/cycle/actions';
import type { Refusal } from '../../domain/cycle/decide';
import type { Registration } from '../../domain/cycle/register';
import type { Actor, CycleState, Role } from '../../domain/cycle/state';
import { type Instant, type LocalDate, localDateAt } from '../../domain/dates';
import { type ActAnswer, actionUpdates, cycleIdOf, stateQuery, workflowIdOf } from '../../workflows/messages';
import { actor, nineOn } from '../domain/cycle/walk';
import { fastForward } from '../support/skipping';

/** All test files share one engine: each numbers its products from a place of its own. */
let numbers = randomInt(1_000_000, 9_000_000) * 100;

/** A product with its producer in the records, as the API would have written them before it starts a cycle. */
export async function product(db: Database, year: string): Promise<string> {
  numbers += 1;
  const code = `37-14329-${numbers}-${year}`;
  const producer = { id: `p-${code}`, name: `Hợp tác xã số ${numbers}`, communeCode: '14329' };
  await db.producer.create({ data: producer });
  await db.product.create({
    data: { code, name: `Mật ong số ${numbers}`, producerId: producer.id, productSet: 4, provinceCode: '37', communeCode: '14329' },
  });
  return code;
}

export interface LiveDeps {
  client: Client;
  db: Database;
  taskQueue: string;
}

/** One cycle on the engine. Its legal calendar begins on the day it was registered, whatever the real date is. */
export class LiveCycle {
  private keys = 0;
  private constructor(
    private readonly deps: LiveDeps,
    readonly cycleId: string,
    private readonly clockOffsetMs: number,
  ) {}

  /** Registers a cycle at nine o'clock of its day; its clock then stands still until it is moved. */
  static async start(
    deps: LiveDeps,
    registration: Omit<Registration, 'cycleId' | 'productCode'>,
    productCode?: string,
  ): Promise<LiveCycle> {
    const code = productCode ?? (await product(deps.db, registration.on.slice(0, 4)));
    const cycleId = cycleIdOf(code, registration.cycleNumber);
    const clockOffsetMs = nineOn(registration.on) - Date.now();
    const gateway = temporalGateway(deps.client, { taskQueue: deps.taskQueue, clockOffsetMs, deadlineMs: 30_000 });
    const { kind } = await gateway.start({ ...registration, cycleId, productCode: code });
    if (kind !== 'started') throw new Error(`${cycleId}: ${kind}`);
    const cycle = new LiveCycle(deps, cycleId, clockOffsetMs);
    await cycle.state();
    return cycle;
  }

  private get handle() {
    return this.deps.client.workflow.getHandle(workflowIdOf(this.cycleId));
  }

  /** The state once everything so far has been recorded. */
  async state(): Promise<CycleState> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.handle.query(stateQuery);
      } catch (error) {
        // Between two runs there is a moment in which nobody answers.
        if (tries > 100 || !String((error as Error).cause ?? error).includes('not scheduled yet')) throw error;
        await setTimeout(50);
      }
    }
  }

  /** Where the cycle's own time stands. */
  async now(): Promise<Instant> {
    const { workflowExtendedInfo } = await this.deps.client.workflowService.describeWorkflowExecution({
      namespace: this.deps.client.options.namespace,
      execution: { workflowId: workflowIdOf(this.cycleId) },
    });
    const current = workflowExtendedInfo?.timeSkippingInfo?.currentTime;
    const seconds = Number(current?.seconds ?? 0);
    return (seconds > 0 ? seconds * 1000 + (current?.nanos ?? 0) / 1e6 : Date.now()) + this.clockOffsetMs;
  }

  /** Moves the cycle's clock to nine o'clock of a day; everything on the way happens. */
  async until(date: LocalDate): Promise<this> {
    const ahead = nineOn(date) - (await this.now());
    if (ahead > 0) await fastForward(this.deps.client, workflowIdOf(this.cycleId), ahead);
    return this;
  }

  /** Moves the clock so far that the cycle ends by itself, and waits for its end. */
  async untilEnd(date: LocalDate): Promise<ActAnswer> {
    const ahead = nineOn(date) - (await this.now());
    await fastForward(this.deps.client, workflowIdOf(this.cycleId), ahead).catch((error: unknown) => {
      if (!String(error).includes('ended before')) throw error;
    });
    return await (this.handle.result() as Promise<ActAnswer>);
  }

  async does<A extends ActionName>(
    action: A,
    payload: PayloadOf<A>,
    on: LocalDate,
    extra: { by?: Role; key?: string; noteId?: string; sourceDocument?: string } = {},
  ): Promise<ActAnswer> {
    await this.until(on);
    this.keys += 1;
    const key = extra.key ?? `${this.cycleId}/${this.keys}`;
    const by = byDefault(action, extra.by);
    const request = { action, payload, actor: by, on, noteId: extra.noteId ?? 'note', sourceDocument: extra.sourceDocument ?? '12/UBND' };
    return await this.handle.executeUpdate(actionUpdates[action], { args: [{ request, key }], updateId: key });
  }

  /** The refusal of an action that must not pass. */
  async refuses<A extends ActionName>(action: A, payload: PayloadOf<A>, on: LocalDate, by?: Role): Promise<Refusal> {
    try {
      await this.does(action, payload, on, by ? { by } : {});
    } catch (error) {
      const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
      if (cause instanceof ApplicationFailure && cause.details?.[0]) return cause.details[0] as Refusal;
      throw error;
    }
    throw new Error(`${action} was not refused`);
  }

  /** What the cycle can be found by in Temporal's own pages. */
  async searchAttributes(): Promise<Record<string, unknown>> {
    const { typedSearchAttributes } = await this.handle.describe();
    return Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
  }

  async today(): Promise<LocalDate> {
    return localDateAt(await this.now());
  }

  /** Names of the recorded events, in order. */
  async recorded(): Promise<string[]> {
    const events = await this.deps.db.cycleEvent.findMany({ where: { cycleId: this.cycleId }, orderBy: { sequence: 'asc' } });
    if (events.some((event, index) => event.sequence !== index + 1)) throw new Error(`${this.cycleId} skipped a sequence number`);
    return events.map((event) => event.name);
  }

  async row() {
    return await this.deps.db.cycle.findUniqueOrThrow({ where: { id: this.cycleId } });
  }
}

const PROVINCIAL = /^(accept-package|return-package|record-|decide|issue-certificate|publish|recall|revoke|withdraw-decision|extend)/;

function byDefault(action: ActionName, role: Role | undefined): Actor {
  return actor(role ?? (PROVINCIAL.test(action) ? 'provincial_staff' : 'commune_staff'));
}
