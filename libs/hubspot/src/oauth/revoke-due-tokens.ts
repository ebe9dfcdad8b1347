import type { Clock, Logger } from '@app/platform';
import type { Credentials, Revocation, RevocationRepository } from '@app/tenants';
import type { ApiPaths } from '../client/api-paths.js';
import { classifyAnswer } from '../client/classify-answer.js';
import type { HubSpotAnswer } from '../client/hubspot-answer.js';
import type { HubSpotTransport } from '../client/hubspot-transport.js';
import { credentialsOf } from './credentials-of.js';
import type { TokenEndpoint } from './token-endpoint.js';

/** Tells HubSpot of connections that ended here: gives their tokens back, or takes the app out of the portal. */
export class RevokeDueTokens {
  constructor(
    private readonly revocations: Pick<RevocationRepository, 'findDue' | 'claim' | 'keep' | 'finish'>,
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
      const isOver = revocation.uninstall
        ? await this.uninstall(this.endpoint, revocation)
        : await this.revoke(this.endpoint, revocation);
      this.logger.info({ tenantId, uninstall: revocation.uninstall, isOver }, 'revoked tokens at HubSpot');
      if (!isOver) continue;
      await this.revocations.finish(revocation);
      finished += 1;
    }
    return finished;
  }

  private async revoke(endpoint: TokenEndpoint, { credentials }: Revocation): Promise<boolean> {
    return credentials.refreshToken === undefined || endpoint.revoke(credentials.refreshToken);
  }

  /** Needs a live access token, so it may have to be renewed for its own end. */
  private async uninstall(endpoint: TokenEndpoint, revocation: Revocation): Promise<boolean> {
    const { accessToken, expiresAt } = revocation.credentials;
    if (expiresAt !== undefined && expiresAt > this.clock.now()) {
      const answer = await this.leave(accessToken);
      if (answer.outcome !== 'unauthorised') return isFinal(answer);
    }
    const renewed = await this.renew(endpoint, revocation);
    if (renewed === 'gone') return true;
    return renewed !== 'not_now' && isFinal(await this.leave(renewed.accessToken));
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

  private async leave(accessToken: string): Promise<HubSpotAnswer> {
    const path = this.paths.of('appinstalls', 'external-install');
    const reply = await this.transport.send({ accessToken, method: 'DELETE', path });
    return classifyAnswer(reply, { write: true, now: this.clock.now() });
  }
}

/** A refusal is as final as a success: asking again would change nothing. */
function isFinal({ outcome }: HubSpotAnswer): boolean {
  return outcome === 'ok' || outcome === 'refused' || outcome === 'missing_scopes';
}
