import type { Logger } from '../logging/logger.js';

const QUIET_MS = 30_000;

/**
 * What to do with the errors of a queue's connection: while its server is away they come many times a second, and say the
 * same. Logs the first one, and then one every half minute.
 */
export function queueTrouble(logger: Logger, now: () => number = Date.now): (error: Error) => void {
  let quietUntil = 0;
  return (error) => {
    if (now() < quietUntil) return;
    quietUntil = now() + QUIET_MS;
    logger.warn(
      { err: { message: error.message, code: (error as { code?: unknown }).code } },
      'the queue can’t be reached',
    );
  };
}
