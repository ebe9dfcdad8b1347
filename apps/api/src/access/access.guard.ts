import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ACCESS } from './access.decorators.js';
import { AdmitCaller } from './admit-caller.js';
import type { CalledRequest } from './caller.js';
import type { RouteAccess } from './route-access.js';

/** Every handler stands behind it; what came with a body was admitted before that was read. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(AdmitCaller) private readonly admit: AdmitCaller,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(ACCESS, targets);
    await this.admit.execute(context.switchToHttp().getRequest<CalledRequest>(), access);
    return true;
  }
}
