/** A rehearsal that a page started: the command, which also tells its parent how far it is, and ends when the parent asks or has gone. */
import { main } from './main';
import type { News } from './news';

/** A parent that goes away meanwhile hears nothing; the rehearsal is then ending already. */
async function tell(news: News): Promise<void> {
  if (process.connected) await new Promise<void>((told) => process.send?.(news, () => told()));
}

process.once('disconnect', () => process.emit('SIGTERM', 'SIGTERM'));
void main(process.argv.slice(2), {
  say: (step) => void tell({ kind: 'step', step }),
  onDay: (calendar) => void tell({ kind: 'day', calendar }),
  onProblem: async (problem) => await tell({ kind: 'problem', problem }),
});
