import { setTimeout as sleep } from 'node:timers/promises';
import { newId, type Clock, type Logger } from '@app/platform';
import type { ConnectionRepository, HeldConnection } from '@app/tenants';
import { credentialsOf } from '../oauth/credentials-of.js';
import type { Stopping } from '../client/stopping.js';
import type { TokenEndpoint } from '../oauth/token-endpoint.js';

/**
 * - `renewed`: the stored credentials are no longer the spent ones: read them again;
 * - `not_now`: HubSpot can't be asked; trying later may help;
 * - `refused`: it won't help until a person has acted.
 */
export type Renewal =
  | { outcome: 'renewed' }
  | { outcome: 'not_now'; detail: string; retryAfterSeconds?: number }
  | { outcome: 'refused'; detail: string };

/** Longer than the token endpoint's time-out, so that nobody asks while another's request may still be answered. */
const CLAIM_SECONDS = 15;
const MAX_WAIT_MS = 20_000;
const LOOK_AGAIN_MS = 50;
/** After HubSpot failed to renew a token that is still good, it is left in peace this long. */
const PEACE_MS = 5_000;

const ENDED = 'HubSpot no longer accepts this connection. Connect HubSpot again to go on where it stopped.';
const NOT_CONFIGURED =
  "HubSpot does not accept the app's own credentials (HUBSPOT_CLIENT_ID, HUBSPOT_CLIENT_SECRET). Whoever runs this installation must mend them; nothing is lost, and it goes on by itself.";

type Connections = Pick<
  ConnectionRepository,
  'findHeld' | 'claimRenewal' | 'releaseRenewal' | 'blameApp' | 'replaceCredentials' | 'endByHubSpot'
>;

/**
 * Renews OAuth tokens, one request at a time per connection across all processes: whoever comes second waits and uses the
 * first one's token. Only HubSpot's final no ends a connection.
 */
export class RenewTokens {
  private readonly running = new Map<string, Promise<Renewal>>();
  private readonly peaceUntil = new Map<string, number>();

  /** @param endpoint undefined: no HubSpot app is configured here. */
  constructor(
    private readonly connections: Connections,
    private readonly endpoint: TokenEndpoint | undefined,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly stopping?: Stopping,
  ) {}

  /** The access token `spent` is of no use any more. */
  async replace(tenantId: string, spent: string): Promise<Renewal> {
    const key = `${tenantId} ${spent}`;
    const known = this.running.get(key);
    if (known !== undefined) return known;
    const renewal = this.replaceAlone(tenantId, spent).finally(() => this.running.delete(key));
    this.running.set(key, renewal);
    return renewal;
  }

  /** The access token still serves for a while: renewed if nobody else is at it, without waiting for them. */
  async ahead(tenantId: string, held: HeldConnection): Promise<void> {
    const now = this.clock.now().getTime();
    if (now < (this.peaceUntil.get(tenantId) ?? 0)) return;
    // One caller of this process tries; the others go on with the token they have, also for a while after a failure.
    this.peaceUntil.set(tenantId, now + PEACE_MS);
    const renewal = await this.tryRenewal(tenantId, held);
    if (renewal === undefined || renewal.outcome === 'renewed') this.peaceUntil.delete(tenantId);
  }

  private async replaceAlone(tenantId: string, spent: string): Promise<Renewal> {
    const end = this.clock.now().getTime() + MAX_WAIT_MS;
    for (;;) {
      const held = await this.connections.findHeld(tenantId);
      if (held.credentials?.accessToken !== spent) return { outcome: 'renewed' };
      const renewal = await this.tryRenewal(tenantId, held);
      if (renewal !== undefined) return renewal;
      if (this.stopping?.begun.aborted || this.clock.now().getTime() >= end) {
        return { outcome: 'not_now', detail: 'The access token is being renewed by another process' };
      }
      await sleep(LOOK_AGAIN_MS);
    }
  }

  /** Undefined: another process is at it, or was faster. */
  private async tryRenewal(tenantId: string, held: HeldConnection): Promise<Renewal | undefined> {
    const { credentials, credentialsVersion: version } = held;
    if (credentials?.refreshToken === undefined || version === undefined || this.endpoint === undefined) {
      return { outcome: 'refused', detail: NOT_CONFIGURED };
    }
    const id = newId();
    if (!(await this.connections.claimRenewal(tenantId, { version, id, seconds: CLAIM_SECONDS }))) return undefined;
    const askedAt = this.clock.now();
    const answer = await this.endpoint.refresh(credentials.refreshToken);
    switch (answer.outcome) {
      case 'granted':
        await this.connections.replaceCredentials(tenantId, version, credentialsOf(answer.tokens, askedAt));
        return { outcome: 'renewed' };
      case 'revoked':
        this.logger.warn({ tenantId, answer: answer.detail }, 'HubSpot ended a connection');
        await this.connections.endByHubSpot(tenantId, { by: 'refused_renewal', credentialsVersion: version });
        return { outcome: 'refused', detail: ENDED };
      case 'config':
        this.logger.error({ tenantId, answer: answer.detail }, "HubSpot refuses the app's own credentials");
        await this.connections.blameApp(tenantId, id, { reason: 'app_refused', detail: NOT_CONFIGURED });
        return { outcome: 'refused', detail: NOT_CONFIGURED };
      case 'unavailable':
        this.logger.warn({ tenantId, answer: answer.detail }, 'a token could not be renewed now');
        await this.connections.releaseRenewal(tenantId, id);
        return {
          outcome: 'not_now',
          detail: 'The access token could not be renewed: HubSpot does not answer as it should',
          retryAfterSeconds: answer.retryAfterSeconds,
        };
    }
  }
}
