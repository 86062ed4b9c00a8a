import type { Database } from '../../../clients/database';

export interface BareActivities {
  insert(row: { workflowId: string; sequence: number; name: string }): Promise<void>;
}

/** One insert of one small row. */
export function createBareActivities(db: Database): BareActivities {
  return {
    insert: async ({ workflowId, sequence, name }) => {
      await db.$executeRaw`insert into bench_event (workflow_id, sequence, name) values (${workflowId}, ${sequence}, ${name}) on conflict do nothing`;
    },
  };
}
