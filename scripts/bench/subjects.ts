/** What the bench of cycles measures: the product's cycle, and a bare workflow with the same waits and one insert per transition. */
import type { Client } from '@temporalio/client';
import { temporalGateway } from '../../api/gateway';
import type { Database } from '../../clients/database';
import type { ActionName } from '../../domain/cycle/actions';
import { localDateAt } from '../../domain/dates';
import { loadRules } from '../../plans/load';
import { pinFor } from '../../plans/pin';
import { actionUpdates, CYCLE_TASK_QUEUE, workflowIdOf } from '../../workflows/messages';
import { eventUpdate } from './bare/workflow';

/** Six transitions that leave the cycle in its stage. */
export const WITHIN: readonly (readonly [ActionName, object])[] = Array.from({ length: 6 }, (_, n) => [
  'assign-officer',
  { side: 'commune', officerId: `o-${n}` },
]);

/** Six transitions, three of which end a stage and with it the run. */
export const ACROSS: readonly (readonly [ActionName, object])[] = [
  ['accept-idea', {}],
  ['submit-dossier', {}],
  ['request-supplement', {}],
  ['submit-supplement', {}],
  ['assign-officer', { side: 'commune', officerId: 'o-9' }],
  ['issue-commune-report', { assessedItems: ['local_origin', 'local_labour', 'idea_origin', 'local_identity'], samples: 5 }],
];
export const STEPS = [...WITHIN, ...ACROSS];
/** The transitions after which a stage has ended. */
const STAGE_ENDS = [7, 8, 12];

export interface Bench {
  client: Client;
  db: Database;
}

export interface Subject {
  name: 'product' | 'bare' | 'bare-stages';
  start(bench: Bench, index: number): Promise<void>;
  act(bench: Bench, index: number, step: number): Promise<void>;
  /** How many starts stand in the records. */
  recorded(bench: Bench): Promise<number>;
  workflowId(index: number): string;
}

const TODAY = localDateAt(Date.now());
const rules = pinFor(loadRules(), { planId: 'qd-26-2026', kind: 'new', submittedOn: TODAY, assessedOn: TODAY }).rules;
const actor = { id: 'a', role: 'administrator' as const, office: 'a', provinceCode: null, communeCode: null };

const codeOf = (index: number): string => `37-14329-${index}-2026`;

export const PRODUCT: Subject = {
  name: 'product',
  workflowId: (index) => workflowIdOf(`${codeOf(index)}.1`),
  async start({ client }, index) {
    const productCode = codeOf(index);
    const registration = {
      cycleId: `${productCode}.1`,
      productCode,
      cycleNumber: 1,
      kind: 'new' as const,
      productSet: 4,
      provinceCode: '37',
      communeCode: '14329',
      predecessor: null,
      certificate: null,
      rules,
      actor,
      on: TODAY,
    };
    const { kind } = await temporalGateway(client, { taskQueue: CYCLE_TASK_QUEUE, deadlineMs: 60_000 }).start(registration);
    if (kind !== 'started') throw new Error(`${productCode}: ${kind}`);
  },
  async act({ client }, index, step) {
    const [action, payload] = STEPS[step] ?? ['pause', {}];
    const key = `${index}-${step}`;
    const request = { action, payload, actor, on: TODAY, noteId: 'n' };
    await client.workflow
      .getHandle(this.workflowId(index))
      .executeUpdate(actionUpdates[action], { args: [{ request, key }], updateId: key });
  },
  recorded: async ({ db }) => await db.cycle.count(),
};

/** One run for the whole cycle. */
export const BARE = bareSubject('bare', []);
/** A new run wherever the product begins one. */
export const BARE_STAGES = bareSubject('bare-stages', STAGE_ENDS);

function bareSubject(name: 'bare' | 'bare-stages', newRunAfter: readonly number[]): Subject {
  return {
    name,
    workflowId: (index) => `${name}/${index}`,
    async start({ client }, index) {
      const args = [{ events: STEPS.length, newRunAfter }];
      await client.workflow.start('bareCycle', { workflowId: this.workflowId(index), taskQueue: name, args });
    },
    async act({ client }, index, step) {
      await client.workflow.getHandle(this.workflowId(index)).executeUpdate(eventUpdate, { args: [`e${step}`] });
    },
    async recorded({ db }) {
      const [row] = await db.$queryRaw<{ n: bigint }[]>`
        select count(*) as n from bench_event where sequence = 0 and workflow_id like ${`${name}/%`}`;
      return Number(row?.n ?? 0);
    },
  };
}

/** The rows both sides need before the first start. */
export async function prepareRows(db: Database, cycles: number): Promise<void> {
  await db.$executeRaw`create table bench_event (workflow_id text, sequence int, name text, primary key (workflow_id, sequence))`;
  await db.producer.create({ data: { id: 'p', name: 'HTX', communeCode: '14329' } });
  const data = Array.from({ length: cycles }, (_, index) => ({
    code: codeOf(index),
    name: `SP ${index}`,
    producerId: 'p',
    productSet: 4,
    provinceCode: '37',
    communeCode: '14329',
  }));
  await db.product.createMany({ data });
}
