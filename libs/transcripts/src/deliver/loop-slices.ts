import { setImmediate as breathe } from 'node:timers/promises';

/** The event loop is left to others after this long: their answers and time limits are waiting. */
const LOOP_SLICE_MS = 10;

/** Long work, a slice at a time. */
export class LoopSlices {
  private endsAt = performance.now() + LOOP_SLICE_MS;

  /** Lets others have the event loop where a slice is used up. */
  async pause(): Promise<void> {
    if (performance.now() < this.endsAt) return;
    await breathe();
    this.endsAt = performance.now() + LOOP_SLICE_MS;
  }

  /** Does all steps, pausing between them. */
  async run<Result>(steps: Generator<void, Result>): Promise<Result> {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (performance.now() >= this.endsAt) await this.pause();
    }
  }
}
