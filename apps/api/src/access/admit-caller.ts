import { AppError } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { API_ADDRESS, type ApiAddress } from './api-address.js';
import { type CalledRequest, type Caller, missingScope, tenantSuspended } from './caller.js';
import { IdentifyCaller } from './identify-caller.js';
import { RateLimits } from './rate-limits.js';
import { refuseCrossSite } from './refuse-cross-site.js';
import { type AccessRule, isOpen, type RouteAccess } from './route-access.js';

/** Lets in whom the route's rule allows; everyone else gets the exact refusal. Fails closed on undeclared routes. */
@Injectable()
export class AdmitCaller {
  constructor(
    @Inject(IdentifyCaller) private readonly identify: IdentifyCaller,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(API_ADDRESS) private readonly address: ApiAddress,
  ) {}

  /** Once a request; from then on it knows its caller. @throws AppError 1007, 2004, 2005, 2012. */
  async execute(request: CalledRequest, access: RouteAccess | undefined): Promise<void> {
    if (request.isAdmitted === true) return;
    if (access !== undefined && isOpen(access)) {
      if (!access.unlimited) await this.limits.spend(request);
    } else {
      request.caller = await this.admit(request, access ?? {});
    }
    request.isAdmitted = true;
  }

  private async admit(request: CalledRequest, rule: AccessRule): Promise<Caller> {
    const caller = await this.identify.execute(request).catch(async (error: unknown) => {
      // Guessing keys and sessions is limited too, by where it comes from.
      if (error instanceof AppError && error.status === 401) await this.limits.spend(request);
      throw error;
    });
    if (caller.kind === 'session') {
      await this.limits.spend(request, caller); // a key's request was counted with its look-up
      refuseCrossSite(request, this.address.publicUrl);
    }
    if (caller.isSuspended) throw tenantSuspended();
    authorise(caller, rule);
    return caller;
  }
}

/** @throws AppError 2005 */
function authorise(caller: Caller, { scope, session }: AccessRule): void {
  if (caller.kind === 'api_key') {
    if (scope === undefined) {
      throw new AppError(2005, 'API keys are never allowed here', { reason: 'session_required' });
    }
    if (caller.scopes.has(scope)) return;
    throw missingScope(scope);
  }
  if (session === undefined) throw new AppError(2005, 'This takes an API key', { reason: 'api_key_required' });
  if (session === 'agent' || caller.role === 'admin') return;
  throw new AppError(2005, 'Only an admin may do this', { reason: 'admin_required' });
}
