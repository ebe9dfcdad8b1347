import { AppError } from '@app/platform';
import { type ApiKeyScope, AuthenticateApiKey } from '@app/tenants';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { IS_OPEN, REQUIRED_SCOPE } from './access.decorators.js';
import type { Caller } from './caller.js';

/** Lets an API key with the route's scope in; everyone else gets the exact refusal. Fails closed on undeclared routes. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(AuthenticateApiKey) private readonly authenticate: AuthenticateApiKey,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(IS_OPEN, targets) === true) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest & { caller?: Caller }>();
    const key = readBearer(request.headers.authorization);
    const caller = await this.authenticate.execute(key);
    if (caller === undefined) throw new AppError(2004, 'The API key is unknown or revoked');
    const scope = this.reflector.getAllAndOverride<ApiKeyScope | undefined>(REQUIRED_SCOPE, targets);
    if (scope === undefined) throw new AppError(2005, 'This route is closed');
    if (!caller.scopes.has(scope)) {
      throw new AppError(2005, `The API key lacks the scope ${scope}`, {
        reason: 'missing_scope',
        extra: { missing_scopes: [scope] },
      });
    }
    request.caller = caller;
    return true;
  }
}

function readBearer(header: string | undefined): string {
  if (header === undefined) throw new AppError(2012, 'Send an API key: Authorization: Bearer tl_live_…');
  const [, key] = /^Bearer +(\S+) *$/i.exec(header) ?? [];
  if (key === undefined) throw new AppError(2004, 'The Authorization header must be: Bearer tl_live_…');
  return key;
}
