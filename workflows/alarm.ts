import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

/** One timer that is moved only when its instant changes, so that an action which leaves the next moment alone costs no timer events. */
export class Alarm {
  private setFor: number | undefined;
  private scope: CancellationScope | undefined;
  rang = false;

  /** Rings at that workflow instant (epoch milliseconds); undefined turns it off. Setting it to the same instant again does nothing. */
  set(instant: number | undefined, summary: string): void {
    if (instant === this.setFor && !this.rang) return;
    this.scope?.cancel();
    this.scope = undefined;
    this.setFor = instant;
    this.rang = false;
    if (instant === undefined) return;
    const scope = new CancellationScope({ cancellable: true });
    this.scope = scope;
    scope
      .run(() => sleep(Math.max(1, instant - Date.now()), { summary }))
      .then(
        () => {
          if (this.scope === scope) this.rang = true;
        },
        (error: unknown) => {
          if (!isCancellation(error)) throw error;
        },
      );
  }
}
