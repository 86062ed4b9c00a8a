/** Lets one transition through at a time, in the order they came. */
export class Turnstile {
  private last: Promise<unknown> = Promise.resolve();

  async pass<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work, work);
    this.last = mine.catch(() => undefined);
    return await mine;
  }
}
