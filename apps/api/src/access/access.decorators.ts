import type { ApiKeyScope } from '@app/tenants';
import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Caller } from './caller.js';

export const REQUIRED_SCOPE = 'threadline:required-scope';
export const IS_OPEN = 'threadline:open';

/** The scope an API key needs for this route. A route without it (and not `Open`) answers nobody. */
export function RequireScope(scope: ApiKeyScope): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(REQUIRED_SCOPE, scope), ApiBearerAuth('apiKey'));
}

/** Needs no credentials. */
export function Open(): MethodDecorator & ClassDecorator {
  return SetMetadata(IS_OPEN, true);
}

/** The tenant a request speaks for. */
export const TenantId = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const { caller } = context.switchToHttp().getRequest<FastifyRequest & { caller?: Caller }>();
  if (caller === undefined) throw new Error('A route that asks for its tenant must require a scope');
  return caller.tenantId;
});
