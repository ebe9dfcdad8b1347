import { finished } from 'node:stream/promises';
import { AppError } from '@app/platform';
import type { FastifyRequest } from 'fastify';
import { LARGEST_BODY_BYTES, sizeInWords } from './body-limit.js';

/** A body up to this size is read to its end before it is refused; beyond it the connection is cut. */
const DRAINED_BYTES = 4 * LARGEST_BODY_BYTES;

/**
 * Refuses a body that announces itself as too large, after reading it (and keeping nothing): a client that is answered in
 * the middle of sending sees its connection reset, and never the answer.
 * @throws AppError 1014
 */
export async function refuseOversized(request: FastifyRequest): Promise<void> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (!(announced > request.routeOptions.bodyLimit)) return;
  if (announced <= DRAINED_BYTES) await finished(request.raw.resume());
  throw oversized(request);
}

export function oversized({ routeOptions }: FastifyRequest): AppError {
  return new AppError(1014, `The body is larger than ${sizeInWords(routeOptions.bodyLimit)}`);
}
