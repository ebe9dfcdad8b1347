import { finished } from 'node:stream/promises';
import { AppError } from '@app/platform';
import type { FastifyRequest } from 'fastify';

/** PRODUCT.md §8. */
export const BODY_LIMIT_BYTES = 16 * 1024 * 1024;

/** A body up to this size is read to its end before it is refused; beyond it the connection is cut. */
const DRAINED_BYTES = 4 * BODY_LIMIT_BYTES;

/**
 * Refuses a body that announces itself as too large, after reading it: a client that is answered in the middle of sending
 * sees its connection reset, and never the answer.
 * @throws AppError 1014
 */
export async function refuseOversized(request: FastifyRequest): Promise<void> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (!(announced > BODY_LIMIT_BYTES)) return;
  if (announced <= DRAINED_BYTES) await finished(request.raw.resume());
  throw new AppError(1014, 'The body is larger than 16 MiB');
}
