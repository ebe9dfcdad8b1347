import { describe, expect, it } from '@jest/globals';
import { type Config, createLogger, type Database, readConfig } from '@app/platform';
import { RequestMethod, type Type } from '@nestjs/common';
import { ApiContract } from '../../test/api-contract.js';
import { ACCESS_RULES, PAGES } from '../../test/access-rules.js';
import { ApiModule } from '../api.module.js';
import { ACCESS } from './access.decorators.js';

const config = readConfig({
  DATABASE_URL: 'postgres://nobody@localhost/nothing',
  ENCRYPTION_KEYS: `none:${Buffer.alloc(32).toString('base64')}`,
  SESSION_SECRET: '-'.repeat(32),
});
/** What Nest will serve, read from the controllers themselves: also what the document leaves out. */
const ROUTES = routesOf(config);

function routesOf(settings: Config): { route: string; handler: object; controller: Type }[] {
  const silent = createLogger({ level: 'silent', name: 'test' });
  const { controllers = [] } = ApiModule.with(settings, {} as Database, silent);
  return controllers.flatMap(routesOfController);
}

function routesOfController(controller: Type): { route: string; handler: object; controller: Type }[] {
  const prefix = Reflect.getMetadata('path', controller) as string;
  const prototype = controller.prototype as Record<string, object>;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = name === 'constructor' ? undefined : prototype[name];
    const path = handler === undefined ? undefined : (Reflect.getMetadata('path', handler) as string | undefined);
    if (handler === undefined || path === undefined) return [];
    const method = RequestMethod[Reflect.getMetadata('method', handler) as number] ?? '';
    const address = `/${prefix}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
    return [{ route: `${method} ${address.replace(/:(\w+)/g, '{$1}')}`, handler, controller }];
  });
}

describe('every route', () => {
  it('has a line in the table of access or in that of pages, which the walk asserts', () => {
    const unruled = ROUTES.filter(({ route }) => ACCESS_RULES[route] === undefined && PAGES[route] === undefined);
    expect(ROUTES.length).toBeGreaterThan(30);
    expect(unruled.map(({ route }) => route)).toEqual([]);
  });

  it('says who may call it, so that the guard need not close it', () => {
    const silent = ROUTES.filter(
      ({ handler, controller }) =>
        Reflect.getMetadata(ACCESS, handler) === undefined && Reflect.getMetadata(ACCESS, controller) === undefined,
    );
    expect(silent.map(({ route }) => route)).toEqual([]);
  });

  it('of the demo is one of these, served in the demo alone', () => {
    const known = new Set(ROUTES.map(({ route }) => route));
    const added = routesOf({ ...config, demo: true }).filter(({ route }) => !known.has(route));
    const who = added.map(({ route, handler }) => [route, Reflect.getMetadata(ACCESS, handler) as unknown]);
    const limited = { open: true, unlimited: false };
    expect(Object.fromEntries(who)).toEqual({
      'POST /demo/customers': { session: 'agent' },
      // Whoever holds a link, which is sealed and ends.
      'GET /demo/customers/{token}': limited,
      'POST /demo/customers/{token}/messages': limited,
      'POST /demo/customers/{token}/conversations': limited,
      'GET /demo/customers/{token}/events': limited,
    });
  });

  it('names in the document the credentials that the table of access names', () => {
    const documented = ApiContract.load().operations();
    expect(documented.length).toBeGreaterThan(25);
    for (const { method, path, operation } of documented) {
      const rule = ACCESS_RULES[`${method} ${path}`] ?? { open: true };
      const schemes = (operation.security ?? [{ unsaid: [] }]).flatMap((way) => Object.keys(way));
      const expected = 'open' in rule ? [] : 'ownDoor' in rule ? [rule.by] : schemesOf(rule);
      expect([path, schemes.toSorted()]).toEqual([path, expected]);
    }
  });
});

function schemesOf({ scope, session }: { scope?: string; session?: string }): string[] {
  return [...(scope === undefined ? [] : ['apiKey']), ...(session === undefined ? [] : ['session'])];
}
