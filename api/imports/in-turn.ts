/** How many rows of an import are under way at once: enough to keep the engine busy, few enough to leave it to others. */
export const AT_ONCE = 8;

/**
 * Does something for every item, several at once, in their order. After the first failure nothing new begins; what is under way is awaited, then the
 * failure is thrown.
 */
export async function inTurn<Item>(items: readonly Item[], work: (item: Item) => Promise<void>, atOnce = AT_ONCE): Promise<void> {
  const left = items.values();
  let failed = false;
  const lane = async (): Promise<void> => {
    for (const item of left) {
      if (failed) return;
      try {
        await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: atOnce }, lane));
  const failure = lanes.find((one) => one.status === 'rejected');
  if (failure) throw failure.reason;
}
