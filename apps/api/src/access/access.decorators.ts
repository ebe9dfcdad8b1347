import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiExtension } from '@nestjs/swagger';
import { ACCESS_EXTENSION } from '../docs/document-refusals.js';
import { routeSettings } from '../http/route-settings.js';
import type { CalledRequest, Caller } from './caller.js';
import type { AccessRule, RouteAccess } from './route-access.js';

/** Metadata of a route: who may call it. */
export const ACCESS = 'threadline:access';

/** A route without it (and not `Open`) answers nobody. */
export function Access(rule: AccessRule): MethodDecorator & ClassDecorator {
  return applyDecorators(
    declareAccess(rule),
    ApiExtension(ACCESS_EXTENSION, rule),
    ...(rule.scope === undefined ? [] : [ApiBearerAuth('apiKey')]),
    ...(rule.session === undefined ? [] : [ApiCookieAuth('session')]),
  );
}

/** Needs no credentials, but spends from its address's allowance, unless it is what an operator's probes ask. */
export function Open({ unlimited = false } = {}): MethodDecorator & ClassDecorator {
  return applyDecorators(
    declareAccess({ open: true, unlimited }),
    ApiExtension(ACCESS_EXTENSION, { open: unlimited ? 'unlimited' : 'limited' }),
  );
}

/** For the server, which asks before it reads a body, and for the guard. */
function declareAccess(access: RouteAccess): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(ACCESS, access), routeSettings({ access }));
}

/** The tenant a request speaks for. */
export const TenantId = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  return callerOf(context).tenantId;
});

/** Who is calling. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  return callerOf(context);
});

function callerOf(context: ExecutionContext): Caller {
  const { caller } = context.switchToHttp().getRequest<CalledRequest>();
  if (caller === undefined) throw new Error('A route that asks for its caller must have an access rule');
  return caller;
}
