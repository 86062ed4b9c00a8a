import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the test file that other accounts may pass through, removed at its end. */
export function useFolder(): { path: (...parts: string[]) => string } {
  let folder: string | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ocop-local-'));
    await chmod(folder, 0o711);
  });
  afterAll(async () => {
    if (folder) await rm(folder, { recursive: true, force: true });
  });
  return {
    path: (...parts) => {
      if (!folder) throw new Error('the folder is there only inside tests and hooks');
      return join(folder, ...parts);
    },
  };
}
