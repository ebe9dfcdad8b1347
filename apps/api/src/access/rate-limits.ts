import { AppError } from '@app/platform';
import { AdmitApiKey, type Allowance, Allowances, type ApiKeyIdentity, networkOf, type Spending } from '@app/tenants';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from './caller.js';

export interface RateLimitOptions {
  /** Requests a minute, of one API key or one signed-in session. */
  perCaller: number;
  /** Requests a minute, of one address, whoever calls from there. */
  perAddress: number;
}

/** Nest injection token. */
export const RATE_LIMIT_OPTIONS = Symbol('RateLimitOptions');

/** Every request spends from its address, and from its key or session once that is known. */
@Injectable()
export class RateLimits {
  constructor(
    @Inject(Allowances) private readonly allowances: Allowances,
    @Inject(AdmitApiKey) private readonly admitApiKey: AdmitApiKey,
    @Inject(RATE_LIMIT_OPTIONS) private readonly options: RateLimitOptions,
  ) {}

  /** @throws AppError 1007 with `retry_after`. */
  async spend(request: FastifyRequest, caller?: Caller): Promise<void> {
    const { perAddress, perCaller } = this.options;
    const allowances: Allowance[] = [{ name: `address:${networkOf(request.ip)}`, size: perAddress, periodSeconds: 60 }];
    if (caller !== undefined) allowances.push({ name: nameOf(caller), size: perCaller, periodSeconds: 60 });
    refuseOverspent(await this.allowances.spend(allowances));
  }

  /**
   * Who presents this key, and the spending of its request, in one look-up.
   * @returns undefined, and nothing spent, for a key that is unknown or revoked.
   * @throws AppError 1007 with `retry_after`.
   */
  async admit(request: FastifyRequest, presented: string): Promise<ApiKeyIdentity | undefined> {
    const { perAddress, perCaller } = this.options;
    const network = networkOf(request.ip);
    const admission = await this.admitApiKey.execute({ presented, network, perAddress, perKey: perCaller });
    if (admission === undefined) return undefined;
    refuseOverspent(admission.spending);
    return admission.key;
  }
}

function refuseOverspent(spending: Spending): void {
  if (spending.granted) return;
  const who = spending.refused.startsWith('address:') ? 'from this address' : 'by this caller';
  throw new AppError(1007, `Too many requests ${who}: wait as long as retry_after says`, {
    retryAfterSeconds: spending.retryAfterSeconds,
  });
}

function nameOf(caller: Caller): string {
  return caller.kind === 'api_key' ? `key:${caller.keyId}` : `session:${caller.sessionId}`;
}
