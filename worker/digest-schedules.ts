/** One Temporal Schedule per province: 08:00 every day. Whether it is a working day is decided when it runs, so a new holiday changes no schedule. */
import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import {
  DIGEST_TICK_WORKFLOW,
  digestScheduleId,
  FIRST_HOUR,
  MAIL_TASK_QUEUE,
  type ProvinceDigestInput,
} from '../workflows/digest-messages';

export interface DigestSchedules {
  provinceCodes: readonly string[];
  clockOffsetMs: number;
  taskQueue?: string;
}

/** Makes the schedules that are missing and brings the others up to date; to be called at every start. */
export async function ensureDigestSchedules(
  client: Client,
  { provinceCodes, clockOffsetMs, taskQueue = MAIL_TASK_QUEUE }: DigestSchedules,
): Promise<void> {
  for (const provinceCode of provinceCodes) {
    const scheduleId = digestScheduleId(provinceCode);
    const options = scheduleOf({ provinceCode, clockOffsetMs }, taskQueue);
    try {
      await client.schedule.create({ scheduleId, ...options });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await client.schedule.getHandle(scheduleId).update((before) => ({ ...options, state: before.state }));
    }
  }
}

function scheduleOf(input: ProvinceDigestInput, taskQueue: string) {
  return {
    spec: { calendars: [{ hour: FIRST_HOUR, minute: 0, comment: 'thư tổng hợp hằng ngày' }], timezone: 'Asia/Ho_Chi_Minh' },
    policies: {
      overlap: ScheduleOverlapPolicy.SKIP,
      // A morning that the engine missed is made up for on the same day; a missed day goes with the next digest, which takes everything along.
      catchupWindow: '12 hours' as const,
    },
    action: {
      type: 'startWorkflow' as const,
      workflowType: DIGEST_TICK_WORKFLOW,
      workflowId: `ocop-digest-tick/${input.provinceCode}`,
      taskQueue,
      args: [input] as [ProvinceDigestInput],
    },
  };
}
