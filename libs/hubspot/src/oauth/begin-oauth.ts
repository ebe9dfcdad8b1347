import { AppError } from '@app/platform';
import type { OAuthAttemptRepository } from '@app/tenants';
import { hashSecret, newSecret } from './browser-binding.js';
import type { Feature } from './scopes.js';

/** Where the browser begins and ends its way through HubSpot's consent page. */
export const OAUTH_PATH = '/integrations/hubspot/oauth';
export const OAUTH_CALLBACK_PATH = `${OAUTH_PATH}/callback`;

/** Begins connecting by OAuth: an address with a single-use ticket, for a browser that an admin is signed in to. */
export class BeginOAuth {
  /** @param isConfigured whether there is a HubSpot app to connect with. */
  constructor(
    private readonly attempts: OAuthAttemptRepository,
    private readonly publicUrl: string,
    private readonly isConfigured: boolean,
  ) {}

  /** @returns the start page's address. @throws AppError 3003 without a HubSpot app. */
  async execute(tenantId: string, features: readonly Feature[]): Promise<string> {
    if (!this.isConfigured) {
      throw new AppError(3003, 'Connecting by OAuth needs HUBSPOT_CLIENT_ID and HUBSPOT_CLIENT_SECRET', {
        reason: 'oauth_not_configured',
      });
    }
    const ticket = newSecret();
    await this.attempts.put(tenantId, { kind: 'ticket', hash: hashSecret(ticket), features: [...features] });
    const url = new URL(`${OAUTH_PATH}/start`, this.publicUrl);
    url.searchParams.set('ticket', ticket);
    return url.href;
  }
}
