import type { Logger } from '../logging/logger.js';

/** What an operator's stop leaves a process (Docker: 10 s, `npm start`: 5 s), with something to spare. */
const STOP_WITHIN_MS = 4_000;

/**
 * Ends the process soon after SIGTERM or SIGINT even when something that is away (a queue, a database) won't let go. What
 * was under way is taken up by the next one, as after a crash.
 */
export function endInTime(logger: Logger): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      setTimeout(() => {
        logger.warn({ signal }, 'stopping took too long; ended without waiting');
        process.exit(0);
      }, STOP_WITHIN_MS).unref();
    });
  }
}
