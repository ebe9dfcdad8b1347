import type { FastifyReply } from 'fastify';

/** Aborted when the client has gone before it was answered: what is done for it can stop. */
export function goneOf(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}
