import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyContextConfig } from 'fastify';
import type { RouteAccess } from '../access/route-access.js';

/** What the server must know of a route before it has read a request's body. */
export interface RouteSettings {
  /** Who may call it. */
  access?: RouteAccess;
  /** Its body stays the bytes that came, unparsed. */
  rawBody?: boolean;
  /** The largest body it takes. */
  bodyLimitBytes?: number;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    threadline?: RouteSettings;
  }
}

const SETTINGS = 'threadline:route-settings';

/** Adds to what other decorators say of the same route. On a controller: of its routes that say nothing themselves. */
export function routeSettings(settings: RouteSettings): MethodDecorator & ClassDecorator {
  return (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    if (descriptor !== undefined) {
      settle(descriptor.value as object, (own) => ({ ...own, ...settings }));
      return;
    }
    const prototype = (target as { prototype: object }).prototype;
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (name !== 'constructor' && typeof value === 'function') settle(value, (own) => ({ ...settings, ...own }));
    }
  };
}

/** Nest keeps one configuration for a route, so the decorators share one object. */
function settle(handler: object, change: (own: RouteSettings) => RouteSettings): void {
  const settings = change((Reflect.getMetadata(SETTINGS, handler) as RouteSettings | undefined) ?? {});
  Reflect.defineMetadata(SETTINGS, settings, handler);
  const config: FastifyContextConfig = { threadline: settings };
  RouteConfig(config)(handler as new () => object);
}
