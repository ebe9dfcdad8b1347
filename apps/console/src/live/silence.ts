import { tellWhile } from '../show/tell.js';

/** A stream that is renewed, or a server that is restarted, is back by then: nobody needs to hear of it. */
const TOLD_AFTER_MS = 5_000;

/** While nothing is heard of what happens, it is said: what is shown may be old. */
export class Silence {
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private takeAway: (() => void) | undefined;

  begin(): void {
    this.waiting ??= setTimeout(() => {
      this.takeAway = tellWhile(
        'Live updates are interrupted',
        'What you see may be old. Threadline is tried again by itself.',
      );
    }, TOLD_AFTER_MS);
  }

  end(): void {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.takeAway?.();
    this.takeAway = undefined;
  }
}
