import { AppError, type Clock } from '@app/platform';
import type {
  Connection,
  ConnectionRepository,
  Credentials,
  OAuthAttemptRepository,
  RevocationRepository,
} from '@app/tenants';
import type { ApiPaths } from '../client/api-paths.js';
import { classifyAnswer } from '../client/classify-answer.js';
import type { HubSpotTransport } from '../client/hubspot-transport.js';
import { fieldsOf, idOf, textOf } from '../client/read-json.js';
import { portalRefused } from '../connect/portal-refused.js';
import { OAUTH_CALLBACK_PATH } from './begin-oauth.js';
import { hashSecret, type BrowserBinding } from './browser-binding.js';
import { credentialsOf } from './credentials-of.js';
import { REQUIRED_SCOPES } from './scopes.js';
import type { SignedInAdmin } from './start-oauth.js';
import { stateRefused } from './state-refused.js';
import type { GrantedTokens, TokenEndpoint } from './token-endpoint.js';

/** What HubSpot's consent page sent the browser back with. */
export interface ConsentAnswer {
  code?: string;
  state?: string;
  /** `access_denied` when the person declined. */
  error?: string;
}

export type FinishedOAuth = { outcome: 'connected'; connection: Connection } | { outcome: 'declined' };

/** What was found out of the account behind a grant. */
interface PortalFacts {
  portalId?: string;
  portalDomain?: string;
  user?: string;
  scopes?: string[];
  features?: readonly string[];
  uiDomain?: string;
  timeZone?: string;
}

/** The callback: from the state that came back to the stored connection. What isn't stored is given back to HubSpot. */
export class FinishOAuth {
  constructor(
    private readonly attempts: OAuthAttemptRepository,
    private readonly connections: Pick<ConnectionRepository, 'connect' | 'find' | 'findHeld' | 'endByHubSpot'>,
    private readonly revocations: Pick<RevocationRepository, 'giveBack'>,
    private readonly binding: BrowserBinding,
    private readonly endpoint: TokenEndpoint | undefined,
    private readonly transport: Pick<HubSpotTransport, 'send'>,
    private readonly paths: ApiPaths,
    private readonly publicUrl: string,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws AppError 2014 with a reason of PRODUCT.md §2.1; 3004 when HubSpot refuses the code or fails; 2005
   * `missing_scopes` with each named; 1012 `account_connected_elsewhere` or `disconnect_first`.
   */
  async execute(admin: SignedInAdmin, answer: ConsentAnswer, cookie: string | undefined): Promise<FinishedOAuth> {
    const features = await this.checkState(admin, answer, cookie);
    if (answer.error === 'access_denied') return { outcome: 'declined' };
    const { code } = answer;
    if (code === undefined || this.endpoint === undefined) {
      throw new AppError(3004, 'HubSpot ended the connection on its side. Connect HubSpot again.');
    }
    const askedAt = this.clock.now();
    const { endpoint } = this;
    const tokens = await this.exchange(endpoint, code);
    const credentials = credentialsOf(tokens, askedAt);
    const { isActive, portal } = await this.readPortal(endpoint, tokens);
    await this.store(admin, { ...portal, features }, credentials).catch(async (refusal: unknown) => {
      // Whatever becomes of it, the person reads why nothing was connected.
      await this.giveBack(endpoint, admin, portal.portalId, credentials).catch(() => undefined);
      throw refusal;
    });
    if (isActive) await this.confirm(endpoint, admin, credentials);
    return { outcome: 'connected', connection: await this.connections.find(admin.tenantId) };
  }

  private async store({ tenantId }: SignedInAdmin, portal: PortalFacts, credentials: Credentials): Promise<void> {
    const { portalId, scopes } = portal;
    if (portalId === undefined || scopes === undefined) {
      throw new AppError(3004, 'HubSpot does not say which account was connected. Nothing was stored; connect again.');
    }
    const missing = REQUIRED_SCOPES.filter((scope) => !scopes.includes(scope));
    if (missing.length > 0) {
      throw new AppError(
        2005,
        `HubSpot did not grant everything that is needed: ${missing.join(', ')}. Connect again and leave all of it ticked.`,
        { reason: 'missing_scopes', extra: { missing_scopes: missing } },
      );
    }
    const stored = await this.connections.connect(tenantId, { kind: 'oauth', ...portal, portalId }, credentials);
    if (!stored.connected) throw portalRefused(stored.reason);
  }

  /** HubSpot gave a grant that nobody here will use. Of an account it doesn't name it can only be told at once. */
  private async giveBack(
    endpoint: TokenEndpoint,
    { tenantId }: SignedInAdmin,
    portalId: string | undefined,
    credentials: Credentials,
  ): Promise<void> {
    if (portalId !== undefined) return this.revocations.giveBack(tenantId, portalId, credentials);
    const { refreshToken } = credentials;
    const used = await this.connections.findHeld(tenantId);
    // HubSpot may have given the one again that is in use here.
    if (refreshToken !== undefined && used.credentials?.refreshToken !== refreshToken)
      await endpoint.revoke(refreshToken);
  }

  /**
   * The app may have been taken out of the portal between the grant and here: by a wipe whose end HubSpot was just being
   * told of. From now on nothing here ends the grant any more. HubSpot calls every token inactive that it doesn't understand,
   * so this counts only of one that it called active before, and that can't just have run out.
   */
  private async confirm(
    endpoint: TokenEndpoint,
    { tenantId }: SignedInAdmin,
    { accessToken, expiresAt }: Credentials,
  ): Promise<void> {
    if ((await endpoint.introspect(accessToken)) !== 'inactive') return;
    if (expiresAt === undefined || expiresAt <= this.clock.now()) return;
    const { credentials, credentialsVersion } = await this.connections.findHeld(tenantId);
    if (credentials?.accessToken !== accessToken || credentialsVersion === undefined) return;
    await this.connections.endByHubSpot(tenantId, { by: 'refused_renewal', credentialsVersion });
    throw new AppError(
      3004,
      'The app was taken out of the account while it was being connected. Connect HubSpot again.',
      {
        reason: 'grant_ended',
      },
    );
  }

  /** @returns the features that were asked for when it was begun. */
  private async checkState(
    { tenantId, userId }: SignedInAdmin,
    { code, state, error }: ConsentAnswer,
    cookie: string | undefined,
  ): Promise<readonly string[]> {
    if (state === undefined || (code === undefined && error === undefined)) throw stateRefused('missing_code_or_state');
    if (cookie === undefined) throw stateRefused('missing_state_cookie');
    const browser = this.binding.verify(cookie);
    if (browser === undefined) throw stateRefused('invalid_state_cookie');
    const attempt = await this.attempts.take(tenantId, 'state', hashSecret(state));
    const isTheirs = attempt?.userId === userId && attempt.browserHash?.equals(hashSecret(browser)) === true;
    if (!isTheirs) throw stateRefused('state_mismatch');
    return attempt.features;
  }

  private async exchange(endpoint: TokenEndpoint, code: string): Promise<GrantedTokens> {
    const redirectUri = new URL(OAUTH_CALLBACK_PATH, this.publicUrl).href;
    const exchanged = await endpoint.exchangeCode(code, redirectUri);
    switch (exchanged.outcome) {
      case 'granted':
        return exchanged.tokens;
      case 'revoked':
        throw new AppError(3004, 'HubSpot did not accept the code it gave. Connect HubSpot again.', {
          reason: 'code_refused',
        });
      case 'config':
        throw new AppError(
          3004,
          `HubSpot refuses this installation's app (${exchanged.detail}). Whoever runs it must mend its settings.`,
          { reason: 'app_refused' },
        );
      case 'unavailable':
        throw new AppError(3004, 'HubSpot does not answer as it should. Nothing was stored; connect again.', {
          retryAfterSeconds: exchanged.retryAfterSeconds,
        });
    }
  }

  /** The token answer may say all, or introspection says the rest. The account's details are not worth failing for. */
  private async readPortal(
    endpoint: TokenEndpoint,
    tokens: GrantedTokens,
  ): Promise<{ isActive: boolean; portal: PortalFacts }> {
    const [told, account] = await Promise.all([endpoint.introspect(tokens.accessToken), this.readAccount(tokens)]);
    const facts = told === 'inactive' ? undefined : told;
    return {
      isActive: facts !== undefined,
      portal: {
        portalId: tokens.portalId ?? facts?.portalId ?? idOf(account['portalId']),
        scopes: tokens.scopes ?? facts?.scopes,
        portalDomain: facts?.portalDomain,
        user: facts?.user,
        uiDomain: textOf(account['uiDomain']),
        timeZone: textOf(account['timeZone']),
      },
    };
  }

  private async readAccount({ accessToken }: GrantedTokens): Promise<Record<string, unknown>> {
    const path = this.paths.of('account-info', 'details');
    const reply = await this.transport.send({ accessToken, method: 'GET', path });
    const answer = classifyAnswer(reply, { write: false, now: this.clock.now() });
    return fieldsOf(answer.outcome === 'ok' ? answer.body : undefined);
  }
}
