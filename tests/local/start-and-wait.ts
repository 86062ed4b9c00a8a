/** A launcher of its own for the tests that kill one: starts a service, prints what it got, and then does nothing until killed. */
import { startPostgres } from '../../local/postgres';
import { startTemporal } from '../../local/temporal';

const [service, dir] = process.argv.slice(2);

async function main(): Promise<void> {
  if (!dir) throw new Error('usage: start-and-wait.ts postgres|temporal FOLDER');
  const started = service === 'temporal' ? await startTemporal({ dir }) : await startPostgres({ dir });
  process.stdout.write(`${JSON.stringify({ owner: started.owner })}\n`);
  setInterval(() => undefined, 60_000);
}

void main();
