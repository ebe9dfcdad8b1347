import type { ApiKeyScope, UserRole } from '@app/tenants';
import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiExtension } from '@nestjs/swagger';
import { ACCESS_EXTENSION } from '../docs/document-refusals.js';
import type { CalledRequest, Caller } from './caller.js';

export const ACCESS_RULE = 'threadline:access-rule';
export const IS_OPEN = 'threadline:open';

/** Who may call a route. A way that is left out is never allowed. */
export interface AccessRule {
  /** What an API key needs. */
  scope?: ApiKeyScope;
  /** The least a signed-in person must be; an admin may do what an agent may. */
  session?: UserRole;
}

/** A route without it (and not `Open`) answers nobody. */
export function Access(rule: AccessRule): MethodDecorator & ClassDecorator {
  return applyDecorators(
    SetMetadata(ACCESS_RULE, rule),
    ApiExtension(ACCESS_EXTENSION, rule),
    ...(rule.scope === undefined ? [] : [ApiBearerAuth('apiKey')]),
    ...(rule.session === undefined ? [] : [ApiCookieAuth('session')]),
  );
}

/** Needs no credentials, but spends from its address's allowance, unless it is what an operator's probes ask. */
export function Open({ unlimited = false } = {}): MethodDecorator & ClassDecorator {
  return applyDecorators(
    SetMetadata(IS_OPEN, { unlimited }),
    ApiExtension(ACCESS_EXTENSION, { open: unlimited ? 'unlimited' : 'limited' }),
  );
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
