/** The same work once more on a clock that stands in another year. */
export async function atAnotherTime<T>(work: () => Promise<T>): Promise<T> {
  jest.useFakeTimers({
    now: Date.UTC(2031, 4, 6, 7, 8, 10),
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
  try {
    return await work();
  } finally {
    jest.useRealTimers();
  }
}
