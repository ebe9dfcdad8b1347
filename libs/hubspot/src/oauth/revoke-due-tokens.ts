import type { Clock, Logger } from '@app/platform';
import type { Credentials, Revocation, RevocationRepository } from '@app/tenants';
import type { ApiPaths } from '../client/api-paths.js';
import { classifyAnswer } from '../client/classify-answer.js';
import type { HubSpotTransport } from '../client/hubspot-transport.js';
import { credentialsOf } from './credentials-of.js';
import type { TokenEndpoint } from './token-endpoint.js';

/** Connecting the same portal waits as long as one call takes. */
const TIMEOUT_MS = 10_000;

/**
 * Tells HubSpot of grants that ended here: gives their tokens back, or takes the app out of the portal. What may be told is
 * looked up right before each call, while nobody can connect the portal: a late call must not end a new connection.
 */
export class RevokeDueTokens {
  constructor(
    private readonly revocations: Pick<
      RevocationRepository,
      'findDue' | 'claim' | 'whileNobodyConnects' | 'keep' | 'finish'
    >,
    private readonly endpoint: TokenEndpoint | undefined,
    private readonly transport: Pick<HubSpotTransport, 'send'>,
    private readonly paths: ApiPaths,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** What HubSpot doesn't take now is tried again later. @returns how many are over. */
  async execute(): Promise<number> {
    if (this.endpoint === undefined) return 0;
    let finished = 0;
    for (const { tenantId, id } of await this.revocations.findDue()) {
      const revocation = await this.revocations.claim(tenantId, id);
      if (revocation === undefined) continue;
      const isOver = await this.end(this.endpoint, revocation);
      this.logger.info({ tenantId, uninstall: revocation.uninstall, isOver }, 'revoked tokens at HubSpot');
      if (!isOver) continue;
      await this.revocations.finish(revocation);
      finished += 1;
    }
    return finished;
  }

  private async end(endpoint: TokenEndpoint, revocation: Revocation): Promise<boolean> {
    const { expiresAt } = revocation.credentials;
    const isLive = expiresAt !== undefined && expiresAt > this.clock.now();
    if (!revocation.uninstall || isLive) {
      const told = await this.tell(endpoint, revocation);
      if (told !== 'unauthorised') return told === 'over';
    }
    // Leaving a portal takes a live access token, so it may have to be renewed for its own end.
    const renewed = await this.renew(endpoint, revocation);
    if (renewed === 'gone') return true;
    return renewed !== 'not_now' && (await this.tell(endpoint, { ...revocation, credentials: renewed })) === 'over';
  }

  private async tell(endpoint: TokenEndpoint, revocation: Revocation): Promise<'over' | 'not_now' | 'unauthorised'> {
    const told = await this.revocations.whileNobodyConnects(revocation, async (may) => {
      if (may === 'uninstall') return this.leave(revocation.credentials.accessToken);
      return may === 'nothing' || (await this.revoke(endpoint, revocation)) ? 'over' : 'not_now';
    });
    return told ?? 'not_now';
  }

  private async revoke(endpoint: TokenEndpoint, { credentials }: Revocation): Promise<boolean> {
    return credentials.refreshToken === undefined || endpoint.revoke(credentials.refreshToken);
  }

  /** `gone`: HubSpot knows nothing of the grant any more. */
  private async renew(endpoint: TokenEndpoint, revocation: Revocation): Promise<Credentials | 'gone' | 'not_now'> {
    const { refreshToken } = revocation.credentials;
    if (refreshToken === undefined) return 'gone';
    const askedAt = this.clock.now();
    const answer = await endpoint.refresh(refreshToken);
    if (answer.outcome === 'revoked') return 'gone';
    if (answer.outcome !== 'granted') return 'not_now';
    const credentials = credentialsOf(answer.tokens, askedAt);
    await this.revocations.keep(revocation, credentials);
    return credentials;
  }

  private async leave(accessToken: string): Promise<'over' | 'not_now' | 'unauthorised'> {
    const path = this.paths.of('appinstalls', 'external-install');
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const reply = await this.transport.send({ accessToken, method: 'DELETE', path, signal });
    const { outcome } = classifyAnswer(reply, { write: true, now: this.clock.now() });
    if (outcome === 'unauthorised') return outcome;
    // A refusal is as final as a success: asking again would change nothing.
    return outcome === 'ok' || outcome === 'refused' || outcome === 'missing_scopes' ? 'over' : 'not_now';
  }
}
