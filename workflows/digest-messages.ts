/** Names and inputs of the digest's workflows. Wire names are stored in histories: never rename. */
import type { LocalDate } from '../domain/dates';

export const DIGEST_WORKFLOW = 'provinceDigest';
export const DIGEST_TICK_WORKFLOW = 'digestTick';
/** Mails have a queue and a worker of their own, never the queue that serves people. */
export const MAIL_TASK_QUEUE = 'ocop-mail';

/** The hours of mail, local time: from the first up to the last. */
export const FIRST_HOUR = 8;
export const LAST_HOUR = 20;

export interface ProvinceDigestInput {
  provinceCode: string;
  /** Added to workflow time to get the province's own time; zero in production. */
  clockOffsetMs: number;
  /** The day it is for; the present one unless told. */
  day?: LocalDate;
  /** Set when a long day goes on in a new run. */
  round?: number;
}

/** `ocop-digest/37/2026-10-12` */
export function digestWorkflowId(provinceCode: string, day: LocalDate): string {
  return `ocop-digest/${provinceCode}/${day}`;
}

/** Id of a province's schedule. */
export function digestScheduleId(provinceCode: string): string {
  return `ocop-digest/${provinceCode}`;
}
