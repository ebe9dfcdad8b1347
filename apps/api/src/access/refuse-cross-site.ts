import { AppError } from '@app/platform';
import type { FastifyRequest } from 'fastify';

const CHANGES_NOTHING: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * A browser sends the session's cookie whoever asks it to, so what changes something must come from our own pages. Every
 * current browser says where a request comes from (`Origin`, `Sec-Fetch-Site`); what says neither is no browser, and
 * nobody's cookie is borrowed. Together with `SameSite=Lax` and the insistence on JSON bodies.
 * @throws AppError 2005 `cross_site`
 */
export function refuseCrossSite({ method, headers }: FastifyRequest, publicUrl: string): void {
  if (CHANGES_NOTHING.includes(method)) return;
  const { origin, 'sec-fetch-site': site } = headers;
  const isOurs = origin === undefined || origin === new URL(publicUrl).origin;
  const isSameOrigin = site === undefined || site === 'same-origin' || site === 'none';
  if (!isOurs || !isSameOrigin) {
    throw new AppError(2005, 'A signed-in person’s requests must come from the console’s own pages', {
      reason: 'cross_site',
    });
  }
}
