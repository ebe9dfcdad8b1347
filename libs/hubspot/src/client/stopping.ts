import type { OnModuleDestroy } from '@nestjs/common';

/** What a call that is on its way still has to be answered. An operator's stop leaves a process four seconds in all. */
const ANSWER_WITHIN_MS = 2_000;

/**
 * Tells calls to HubSpot that this process is about to end. A write that is on its way is worth an answer: without one its
 * outcome is unknown, and looked for a settle time later. Nothing else is worth waiting for.
 */
export class Stopping implements OnModuleDestroy {
  private readonly beginning = new AbortController();
  private readonly cutting = new AbortController();

  /** @param finishes people wait for what is under way (an API): it has as long as a write has. */
  constructor(
    private readonly finishes = false,
    private readonly answerWithinMs = ANSWER_WITHIN_MS,
  ) {}

  /** From now on nothing goes out, and what changes nothing in HubSpot is cut off. */
  get begun(): AbortSignal {
    return this.beginning.signal;
  }

  /** From now on nothing is waited for. */
  get cutOff(): AbortSignal {
    return this.cutting.signal;
  }

  begin(): void {
    if (!this.finishes) this.beginning.abort();
    // To whoever waits it is a time-out like any other.
    const reason = new DOMException('The process is being stopped', 'TimeoutError');
    setTimeout(() => this.cutting.abort(reason), this.answerWithinMs).unref();
  }

  /** Nest's name for it: the first thing that happens after SIGTERM. */
  onModuleDestroy(): void {
    this.begin();
  }
}
