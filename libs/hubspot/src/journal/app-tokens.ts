import type { Clock } from '@app/platform';
import type { AppTokenAnswer, TokenEndpoint, TokenRefusal } from '../oauth/token-endpoint.js';

const SCOPES = [
  'developer.webhooks_journal.read',
  'developer.webhooks_journal.subscriptions.read',
  'developer.webhooks_journal.subscriptions.write',
];

/** A token is replaced this long before it expires, or after half its life if that is shorter. */
const AHEAD_MS = 60_000;

/** The token of the app itself, by client credentials: of no portal, kept in memory alone. */
export class AppTokens {
  private held: { accessToken: string; renewAt: number } | undefined;

  constructor(
    private readonly endpoint: Pick<TokenEndpoint, 'grantToApp'>,
    private readonly clock: Clock,
  ) {}

  async get(): Promise<AppTokenAnswer | TokenRefusal> {
    const now = this.clock.now().getTime();
    if (this.held !== undefined && now < this.held.renewAt) {
      return {
        outcome: 'granted',
        accessToken: this.held.accessToken,
        expiresInSeconds: (this.held.renewAt - now) / 1000,
      };
    }
    const answer = await this.endpoint.grantToApp(SCOPES);
    if (answer.outcome === 'granted') {
      const lifeMs = answer.expiresInSeconds * 1000;
      this.held = { accessToken: answer.accessToken, renewAt: now + lifeMs - Math.min(AHEAD_MS, lifeMs / 2) };
    }
    return answer;
  }

  /** HubSpot rejected it. */
  drop(rejected: string): void {
    if (this.held?.accessToken === rejected) this.held = undefined;
  }
}
