/**
 * reconcile.ts, on DATABASE_URL and TEMPORAL_ADDRESS with a worker running: whether every open cycle stands in the engine where it stands in the
 * records. Reads only. Ends with 0 when all agree, 2 when some differ.
 */
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { type Database, openDatabase } from '../clients/database';
import { EnvironmentProblem, readEnvironment } from '../clients/environment';
import { connectTemporal } from '../clients/temporal';
import { cycleIdFromWorkflowId, CYCLE_WORKFLOW, stateQuery, workflowIdOf } from '../workflows/messages';

const AT_ONCE = 16;
const ANSWER_WITHIN_MS = 30_000;

interface Difference {
  id: string;
  finding: string;
}

async function differences(db: Database, client: Client): Promise<{ compared: number; found: Difference[] }> {
  const open = await db.cycle.findMany({
    where: { stage: { not: 'closed' } },
    select: { id: true, sequence: true },
    orderBy: { id: 'asc' },
  });
  const found = await unrecorded(client, new Set(open.map(({ id }) => id)));
  const queue = [...open];
  const compare = async (): Promise<void> => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const finding = await findingOf(client, next);
      if (finding) found.push({ id: next.id, finding });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, compare));
  return { compared: open.length, found: found.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
}

/** Workflows that run without an open cycle in the records. */
async function unrecorded(client: Client, recorded: Set<string>): Promise<Difference[]> {
  const found: Difference[] = [];
  for await (const { workflowId } of client.workflow.list({
    query: `WorkflowType = '${CYCLE_WORKFLOW}' and ExecutionStatus = 'Running'`,
  })) {
    const id = cycleIdFromWorkflowId(workflowId);
    if (id && !recorded.has(id)) found.push({ id, finding: 'runs in the engine, is not open in the records' });
  }
  return found;
}

async function findingOf(client: Client, { id, sequence }: { id: string; sequence: number }): Promise<string | undefined> {
  try {
    const state = await client.withDeadline(
      Date.now() + ANSWER_WITHIN_MS,
      async () => await client.workflow.getHandle(workflowIdOf(id)).query(stateQuery),
    );
    if (state.sequence === sequence) return undefined;
    const ahead = state.sequence > sequence ? 'engine is' : 'records are';
    return `the ${ahead} ahead: engine at ${state.sequence}, records at ${sequence}`;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'is open in the records, has no workflow';
    return `could not be asked: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function main(): Promise<void> {
  const environment = readEnvironment(process.env, ['DATABASE_URL', 'TEMPORAL_ADDRESS']);
  const db = openDatabase(environment.databaseUrl ?? '', { max: 2 });
  const client = await connectTemporal(environment.temporal);
  try {
    const { compared, found } = await differences(db, client);
    for (const { id, finding } of found) console.log(`${id}\t${finding}`);
    console.log(`${compared} open cycles compared, ${found.length} differ`);
    process.exitCode = found.length > 0 ? 2 : 0;
  } finally {
    await client.connection.close();
    await db.$disconnect();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvironmentProblem ? error.message : error);
  process.exitCode = 1;
});
