import { AppError } from '@app/platform';
import { AuthenticateSession } from '@app/tenants';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ApiKeyCaller, Caller, SessionCaller } from './caller.js';
import { RateLimits } from './rate-limits.js';
import { SessionCookie } from './session-cookie.js';

/** Reads a request's credentials: an API key in `Authorization`, else the session of its cookie. */
@Injectable()
export class IdentifyCaller {
  constructor(
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(AuthenticateSession) private readonly authenticateSession: AuthenticateSession,
    @Inject(SessionCookie) private readonly cookie: SessionCookie,
  ) {}

  /** A key's request is also counted against its limits. @throws AppError 2012 no credentials, 2004 bad ones, 1007. */
  async execute(request: FastifyRequest): Promise<Caller> {
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.byApiKey(request, authorization);
    if (this.cookie.read(request) === undefined) {
      throw new AppError(2012, 'Send an API key (Authorization: Bearer tl_live_…) or sign in');
    }
    const caller = await this.bySession(request);
    if (caller === undefined)
      throw new AppError(2004, 'The session is over: sign in again', { reason: 'session_over' });
    return caller;
  }

  /** For pages, which send people to sign in instead of refusing them. */
  async bySession(request: FastifyRequest): Promise<SessionCaller | undefined> {
    const secret = this.cookie.read(request);
    const session = secret === undefined ? undefined : await this.authenticateSession.execute(secret);
    if (session === undefined) return undefined;
    const { expiresAt: _expiresAt, ...identity } = session;
    return { kind: 'session', ...identity };
  }

  private async byApiKey(request: FastifyRequest, authorization: string): Promise<ApiKeyCaller> {
    const [, key] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
    if (key === undefined) throw new AppError(2004, 'The Authorization header must be: Bearer tl_live_…');
    const identity = await this.limits.admit(request, key);
    if (identity === undefined) throw new AppError(2004, 'The API key is unknown or revoked');
    return { kind: 'api_key', ...identity };
  }
}
