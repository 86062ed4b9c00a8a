/**
 * No mail is lost when the worker is killed while it sends: a digest of one province goes out to many offices, the worker is killed again and again,
 * and afterwards every office has its mail and the ledger says so. Mails that went twice are counted: at least once is what mail can promise.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { dataConverter } from '../../clients/payload-compression';
import { openDatabase } from '../../clients/database';
import { startOfDay } from '../../domain/dates';
import { DIGEST_WORKFLOW, digestWorkflowId, MAIL_TASK_QUEUE } from '../../workflows/digest-messages';
import { fillForDigest } from '../support/digest-country';
import { takeAll } from '../support/smtp-taker';
import { Topology } from './topology';

const PROVINCE = '37';
const DAY = '2026-10-12';
const HOUR_MS = 3_600_000;

export interface MailCounts {
  mails: number;
  kills: number;
  /** Mails that the server took, repeats included. */
  taken: number;
  /** Offices without a mail. */
  missing: number;
  /** Mails that the server took a second time, and how many repeats the records admit. */
  repeated: number;
  repeatsRecorded: number;
  settled: number;
  unsettled: number;
  seconds: number;
}

export interface MailProofOptions {
  mails: number;
  kills: number;
}

/** Runs the proof on a topology of its own and returns what it counted. */
export async function mailProof({ mails, kills }: MailProofOptions): Promise<MailCounts> {
  const began = Date.now();
  const smtp = await takeAll({ slowMs: 60, keepIds: true });
  const topology = new Topology(smtp.url);
  await topology.start();
  const db = openDatabase(topology.databaseUrl);
  const connection = await Connection.connect({ address: topology.temporalAddress });
  try {
    const communes = Array.from({ length: mails }, (_, index) => ({ code: `x${index}`, provinceCode: PROVINCE }));
    await fillForDigest(db, communes, mails * 3, DAY);
    await topology.ready();
    const client = new Client({ connection, dataConverter });
    const clockOffsetMs = startOfDay(DAY) + 8 * HOUR_MS - Date.now();
    const digest = client.workflow.execute(DIGEST_WORKFLOW, {
      taskQueue: MAIL_TASK_QUEUE,
      workflowId: digestWorkflowId(PROVINCE, DAY),
      args: [{ provinceCode: PROVINCE, clockOffsetMs, day: DAY }],
    });
    let finished = false;
    const end = digest.finally(() => {
      finished = true;
    });
    let done = 0;
    while (!finished) {
      const next = ((done + 1) * mails) / (kills + 1);
      if (done < kills && smtp.byMessageId.size >= next) {
        topology.kill('worker');
        done += 1;
      }
      await pause(20);
      topology.keepAlive();
    }
    await end;
    const run = await db.nudgeRun.findFirstOrThrow();
    const repeated = [...smtp.byMessageId.values()].reduce((sum, times) => sum + times - 1, 0);
    const settled = await db.nudge.count({ where: { status: { in: ['sent', 'merged'] } } });
    return {
      mails,
      kills: done,
      taken: smtp.count(),
      missing: mails - smtp.byMessageId.size,
      repeated,
      repeatsRecorded: run.repeats,
      settled,
      unsettled: mails * 3 - settled,
      seconds: Math.round((Date.now() - began) / 1000),
    };
  } finally {
    await Promise.all([db.$disconnect(), connection.close()]);
    await topology.stop();
    await smtp.stop();
  }
}
