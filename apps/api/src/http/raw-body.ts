import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

/** Key in a route's configuration: its body stays the bytes that came, unparsed. */
export const RAW_BODY = 'threadlineRawBody';

declare module 'fastify' {
  interface FastifyContextConfig {
    [RAW_BODY]?: boolean;
  }
}

/** For routes whose signature covers the body byte by byte. */
export function RawBody(): MethodDecorator {
  return applyDecorators(RouteConfig({ [RAW_BODY]: true }));
}

/** The bytes of a `RawBody` route; none where nothing was sent. */
export function rawBodyOf(request: FastifyRequest): Uint8Array {
  return request.body instanceof Uint8Array ? request.body : new Uint8Array();
}
