import type { Logger } from '../logging/logger.js';

const QUIET_MS = 30_000;

/**
 * What to do with the errors of a connection to a queue, or to what else a process can do without for a while: while its server is away they come many times a second, and say the
 * same. Logs the first one, and then one every half minute.
 */
export function queueTrouble(
  logger: Logger,
  now: () => number = Date.now,
  message = 'the queue can’t be reached',
): (error: Error) => void {
  let quietUntil = 0;
  return (error) => {
    if (now() < quietUntil) return;
    quietUntil = now() + QUIET_MS;
    logger.warn({ err: { message: error.message, code: (error as { code?: unknown }).code } }, message);
  };
}
