import { AppError } from '@app/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Hook: a request that is still unanswered after so long is given up, and whoever asked is told. What was begun for it may
 * still end well, so the way to ask again is under an `Idempotency-Key`. Fastify's own `handlerTimeout` forgets a request
 * as soon as its body was read. An answer that has begun (a stream) is left alone.
 */
export function answerInTime(timeoutMs: number): (request: FastifyRequest, reply: FastifyReply) => void {
  return (_request, reply) => {
    const timer = setTimeout(() => {
      if (reply.sent || reply.raw.headersSent) return;
      void reply.send(new AppError(3002, 'The answer took too long', { reason: 'timeout', retryAfterSeconds: 5 }));
    }, timeoutMs);
    reply.raw.once('close', () => clearTimeout(timer));
  };
}
