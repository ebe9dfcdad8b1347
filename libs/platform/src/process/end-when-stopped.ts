import type { INestApplicationContext } from '@nestjs/common';
import type { Logger } from '../logging/logger.js';

/**
 * Ends the process after SIGTERM or SIGINT: as soon as everything has been let go, and soon even when something that is away
 * (a queue, a database) won't let go. What was under way is taken up by the next one, as after a crash.
 */
export function endWhenStopped(
  app: INestApplicationContext,
  logger: Logger,
  { stopWithinSeconds }: { stopWithinSeconds: number },
): void {
  // By itself Nest ends the process by the signal it got, and the lines that the logger has not written yet are lost.
  app.enableShutdownHooks([], { useProcessExit: true });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      setTimeout(() => {
        logger.warn({ signal }, 'stopping took too long; ended without waiting');
        process.exit(0);
      }, stopWithinSeconds * 1_000).unref();
    });
  }
}
