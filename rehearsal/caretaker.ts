/** Waits beside a rehearsal for its end, and clears its folder when it could not do so itself. */
import { setTimeout as pause } from 'node:timers/promises';
import { clearPlace } from './place';

/** A server that was being started when the rehearsal was killed appears within that time. */
const LOOK_AGAIN_MS = [0, 1_000, 3_000];

async function clear(folder: string): Promise<void> {
  for (const wait of LOOK_AGAIN_MS) {
    await pause(wait);
    await clearPlace(folder).catch(() => undefined);
  }
  process.exit(0);
}

const folder = process.env['OCOP_REHEARSAL_FOLDER'];
if (folder) process.once('disconnect', () => void clear(folder));
