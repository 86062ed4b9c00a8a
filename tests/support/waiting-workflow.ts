import { sleep } from '@temporalio/workflow';

/** Waits that many times one day and answers its own clock at the end (milliseconds since 1970). */
export async function waiting(days: number): Promise<number> {
  for (let day = 0; day < days; day++) await sleep('1 day');
  return Date.now();
}
