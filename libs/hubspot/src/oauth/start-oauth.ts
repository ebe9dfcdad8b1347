import type { ConnectionRepository, OAuthAttemptRepository } from '@app/tenants';
import { OAUTH_CALLBACK_PATH } from './begin-oauth.js';
import { hashSecret, newSecret, type BrowserBinding } from './browser-binding.js';
import { FEATURES, furtherScopes, REQUIRED_SCOPES } from './scopes.js';
import { stateRefused } from './state-refused.js';

/** The admin in front of the browser. */
export interface SignedInAdmin {
  tenantId: string;
  userId: string;
}

export interface OAuthStart {
  /** HubSpot's consent page. */
  consentUrl: string;
  /** To be set in the browser. */
  cookie: string;
  /** Whether browsers reach us over https alone. */
  isSecure: boolean;
}

/** The start page: takes the ticket and sends the browser to HubSpot with a state that only it can bring back. */
export class StartOAuth {
  /** @param clientId undefined: no tickets are given out, so none is taken. */
  constructor(
    private readonly attempts: OAuthAttemptRepository,
    private readonly connections: Pick<ConnectionRepository, 'find'>,
    private readonly binding: BrowserBinding,
    private readonly urls: { publicUrl: string; appUrl: string },
    private readonly clientId: string | undefined,
  ) {}

  /**
   * @param cookie what the browser sent: one that is ours is kept, so that two tabs don't end each other's attempt.
   * @throws AppError 2014 `state_mismatch`: the ticket is unknown, used, expired, or another tenant's.
   */
  async execute(
    { tenantId, userId }: SignedInAdmin,
    ticket: string | undefined,
    cookie: string | undefined,
  ): Promise<OAuthStart> {
    const taken = await this.attempts.take(tenantId, 'ticket', hashSecret(ticket ?? ''));
    if (taken === undefined || this.clientId === undefined) throw stateRefused('state_mismatch');
    const bound = this.binding.sign(cookie === undefined ? undefined : this.binding.verify(cookie));
    const state = newSecret();
    await this.attempts.put(tenantId, {
      kind: 'state',
      hash: hashSecret(state),
      features: taken.features,
      userId,
      browserHash: hashSecret(bound.browser),
    });
    const { scopes = [] } = await this.connections.find(tenantId);
    const further = furtherScopes(
      FEATURES.filter((feature) => taken.features.includes(feature)),
      scopes,
    );
    const url = new URL('/oauth/authorize', this.urls.appUrl);
    url.search = new URLSearchParams({
      client_id: this.clientId,
      redirect_uri: new URL(OAUTH_CALLBACK_PATH, this.urls.publicUrl).href,
      scope: REQUIRED_SCOPES.join(' '),
      ...(further.length === 0 ? {} : { optional_scope: further.join(' ') }),
      state,
    }).toString();
    return { consentUrl: url.href, cookie: bound.cookie, isSecure: this.urls.publicUrl.startsWith('https:') };
  }
}
