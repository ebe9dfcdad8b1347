import type { FastifyRequest } from 'fastify';
import { routeSettings } from './route-settings.js';

/** For routes whose signature covers the body byte by byte: it stays the bytes that came. */
export function RawBody(): MethodDecorator {
  return routeSettings({ rawBody: true });
}

/** The bytes of a `RawBody` route; none where nothing was sent. */
export function rawBodyOf(request: FastifyRequest): Uint8Array {
  return request.body instanceof Uint8Array ? request.body : new Uint8Array();
}
