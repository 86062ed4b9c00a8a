import { rm } from 'node:fs/promises';
import { shared } from './shared';

/** Stops what the set-up started and removes its folder. */
export default async function globalTeardown(): Promise<void> {
  await Promise.all([shared.temporal?.stop(), shared.postgres?.stop()]);
  if (shared.folder) await rm(shared.folder, { recursive: true, force: true });
}
