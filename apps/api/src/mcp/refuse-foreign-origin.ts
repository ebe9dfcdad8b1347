import { AppError } from '@app/platform';
import type { FastifyRequest } from 'fastify';

/**
 * A page that lets its own host name lead to this server's address could speak to it from a browser (DNS rebinding): MCP
 * demands that an `Origin` is looked at. Programs send none; of pages only our own are let in.
 * @throws AppError 2005 `foreign_origin`
 */
export function refuseForeignOrigin({ headers }: FastifyRequest, publicUrl: string): void {
  const { origin = '' } = headers;
  if (origin === '' || origin === new URL(publicUrl).origin) return;
  throw new AppError(2005, 'Web pages of other sites can’t call this', { reason: 'foreign_origin' });
}
