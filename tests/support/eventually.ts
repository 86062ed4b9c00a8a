import { setTimeout as pause } from 'node:timers/promises';

/** Tries a check again until it holds, at most that many milliseconds; then the check's own failure is the test's. */
export async function eventually<T>(check: () => Promise<T> | T, patience = 30_000): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await pause(50);
    }
  }
}
