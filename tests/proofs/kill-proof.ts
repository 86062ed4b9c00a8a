/**
 * Nothing is lost when any process dies at any moment: many cycles are moved over HTTP while worker, API, engine and database are killed in turn;
 * afterwards every action that was answered stands in the records exactly once and the engine agrees with the records.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { dataConverter } from '../../clients/payload-compression';
import { openDatabase } from '../../clients/database';
import type { CycleState } from '../../domain/cycle/state';
import { stateQuery, workflowIdOf } from '../../workflows/messages';
import { ADMIN_TOKEN, type Part, PARTS, Topology } from './topology';

/** What every cycle is led through, from an idea to a certificate in force. */
const ACTIONS: readonly (readonly [string, object])[] = [
  ['accept-idea', {}],
  ['submit-dossier', {}],
  ['request-supplement', { reason: 'Thiếu phiếu kiểm nghiệm' }],
  ['submit-supplement', {}],
  ['issue-commune-report', { assessedItems: ['local_origin', 'local_labour', 'idea_origin', 'local_identity'], samples: 5 }],
  ['accept-package', {}],
  ['record-advisory-report', {}],
  ['record-council-result', { sum: 210, members: 3 }],
  ['decide', { decisionNumber: '900/QĐ-UBND', result: 'recognise', star: 4 }],
  ['issue-certificate', {}],
  ['publish-result', {}],
];

export interface KillCounts {
  cycles: number;
  kills: Record<Part, number>;
  accepted: number;
  recordedOnce: number;
  missing: number;
  twice: number;
  disagreements: number;
  stuck: number;
  repeatedRequests: number;
  seconds: number;
}

export interface KillOptions {
  cycles: number;
  /** Most milliseconds between the moment when everything answers again and the next kill. */
  calm: number;
  /** Kills at most; when they are done the rest of the cycles goes on undisturbed. */
  kills: number;
  /** Cycles moved at the same time. */
  atOnce: number;
  seed: number;
}

/** Runs the proof on a topology of its own and returns what it counted. */
export async function killProof(options: KillOptions): Promise<KillCounts> {
  const topology = new Topology();
  const began = Date.now();
  await topology.start();
  try {
    const driver = new Driver(topology);
    await topology.ready();
    const killer = new Killer(topology, options);
    const killing = killer.run();
    const waiting = Array.from({ length: options.cycles }, (_, index) => index);
    const movers = Array.from({ length: options.atOnce }, async () => {
      for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) await driver.lead(index);
    });
    const moved = await Promise.allSettled(movers);
    killer.stop();
    await killing;
    const failure = moved.find((one) => one.status === 'rejected');
    if (failure) throw failure.reason;
    return { ...(await driver.account(options.cycles)), kills: killer.counts, seconds: Math.round((Date.now() - began) / 1000) };
  } finally {
    await topology.stop();
  }
}

/** Kills one part after another and starts it again, as a keeper of services would. */
class Killer {
  readonly counts: Record<Part, number> = { worker: 0, api: 0, temporal: 0, postgres: 0 };
  private stopped = false;
  private random: number;

  constructor(
    private readonly topology: Topology,
    private readonly options: KillOptions,
  ) {
    this.random = options.seed;
  }

  stop(): void {
    this.stopped = true;
  }

  private next(below: number): number {
    this.random = (Math.imul(this.random, 1_103_515_245) + 12_345) & 0x7fffffff;
    return this.random % below;
  }

  async run(): Promise<void> {
    for (let turn = 0; turn < this.options.kills && !this.stopped; turn += 1) {
      await pause(this.next(this.options.calm));
      const part = PARTS[turn % PARTS.length] ?? 'worker';
      this.topology.kill(part);
      this.counts[part] += 1;
      await pause(200);
      if (part === 'postgres' || part === 'temporal') await this.topology.startPart(part);
      await this.topology.ready();
    }
  }
}

/** A patient client: repeats every request with its key until it is answered. */
class Driver {
  private readonly accepted = new Map<string, number>();
  private readonly ids: string[] = [];
  private repeated = 0;

  constructor(private readonly topology: Topology) {}

  private async post(path: string, key: string, body: object): Promise<Record<string, unknown>> {
    const patience = Date.now() + 900_000;
    for (let tries = 0; ; tries += 1) {
      if (tries > 0) this.repeated += 1;
      const answer = await fetch(`${this.topology.url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(20_000),
      }).catch(() => undefined);
      if (answer?.ok) return (await answer.json()) as Record<string, unknown>;
      const again = !answer || answer.status >= 500 || (answer.status === 409 && answer.headers.has('retry-after'));
      if (!again || Date.now() > patience) throw new Error(`POST ${path} (${key}) gave ${answer?.status}: ${await answer?.text()}`);
      this.topology.keepAlive();
      await pause(250);
    }
  }

  /** Leads one cycle from its registration to its certificate. */
  async lead(index: number): Promise<void> {
    const registered = await this.post('/api/cycles', `register-${index}`, {
      kind: 'new',
      productName: `Sản phẩm ${index}`,
      producer: { name: `Hợp tác xã ${index}` },
      productSet: 4,
      communeCode: '14329',
      plan: 'qd-26-2026',
    });
    const id = String(registered.id);
    this.ids.push(id);
    for (const [action, body] of ACTIONS) {
      await this.post(`/api/cycles/${id}/actions/${action}`, `${action}-${index}`, body);
      this.accepted.set(`${id} ${action}`, (this.accepted.get(`${id} ${action}`) ?? 0) + 1);
    }
  }

  /** Compares what was answered with the records, and the records with the engine. */
  async account(cycles: number): Promise<Omit<KillCounts, 'kills' | 'seconds'>> {
    await this.topology.ready();
    const db = openDatabase(this.topology.databaseUrl);
    const connection = await Connection.connect({ address: this.topology.temporalAddress });
    const client = new Client({ connection, dataConverter });
    const counts = {
      cycles,
      accepted: this.accepted.size,
      recordedOnce: 0,
      missing: 0,
      twice: 0,
      disagreements: 0,
      stuck: 0,
      repeatedRequests: this.repeated,
    };
    try {
      for (const entry of this.accepted.keys()) {
        const [cycleId = '', name = ''] = entry.split(' ');
        const times = await db.cycleEvent.count({ where: { cycleId, name } });
        if (times === 1) counts.recordedOnce += 1;
        else if (times === 0) counts.missing += 1;
        else counts.twice += 1;
      }
      for (const id of this.ids) {
        const row = await db.cycle.findUniqueOrThrow({ where: { id } });
        const events = await db.cycleEvent.findMany({ where: { cycleId: id }, orderBy: { sequence: 'asc' } });
        const state: CycleState = await client.workflow.getHandle(workflowIdOf(id)).query(stateQuery);
        const contiguous = events.every((event, index) => event.sequence === index + 1);
        const agree =
          row.sequence === state.sequence && row.stage === state.stage && row.step === state.step && events.length === state.sequence;
        if (!contiguous || !agree) counts.disagreements += 1;
        if (state.stage !== 'validity') counts.stuck += 1;
      }
      return counts;
    } finally {
      await Promise.all([db.$disconnect(), connection.close()]);
    }
  }
}
