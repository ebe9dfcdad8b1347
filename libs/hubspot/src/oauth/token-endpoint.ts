import { anySignal } from '../client/any-signal.js';
import type { ApiPaths } from '../client/api-paths.js';
import { fieldsOf, idOf, listOf, parseJson, textOf } from '../client/read-json.js';
import type { Stopping } from '../client/stopping.js';

/** The HubSpot app this product is. */
export interface OAuthApp {
  clientId: string;
  clientSecret: string;
}

export interface GrantedTokens {
  accessToken: string;
  /** What comes back is stored, whether or not it is the one that was sent. */
  refreshToken: string;
  expiresInSeconds: number;
  /** HubSpot may leave these three out; then introspection says them. */
  portalId?: string;
  scopes?: string[];
}

/** What HubSpot tells of a live access token. */
export interface TokenFacts {
  portalId?: string;
  portalDomain?: string;
  /** Email of the person who installed the app. */
  user?: string;
  scopes?: string[];
}

/**
 * Why there is no answer to build on:
 * - `revoked`: the grant is gone for good (uninstalled, revoked, portal deleted, code used);
 * - `config`: our app's settings are wrong; the grant may be as good as ever;
 * - `unavailable`: not now. A request that was lost may have taken effect.
 */
export interface TokenRefusal {
  outcome: 'revoked' | 'config' | 'unavailable';
  /** HubSpot's word for it (`BAD_REFRESH_TOKEN`, …) or ours; never a secret. */
  detail: string;
  retryAfterSeconds?: number;
}

export type TokenAnswer = { outcome: 'granted'; tokens: GrantedTokens } | TokenRefusal;

/** A token of the app itself. */
export interface AppTokenAnswer {
  outcome: 'granted';
  accessToken: string;
  expiresInSeconds: number;
}

interface FormReply {
  status: number;
  body: unknown;
  retryAfterSeconds?: number;
}

const TIMEOUT_MS = 10_000;
const TRANSIENT = new Set([408, 423, 429, 477]);
const GONE_ERRORS = new Set(['invalid_grant', 'access_denied']);
const GONE_STATUSES = new Set(['BAD_REFRESH_TOKEN', 'BAD_HUB', 'BAD_AUTH_CODE']);

/**
 * HubSpot's OAuth endpoints, of the configured version: forms only (JSON is 415), the secret in the body.
 * Failures are told apart as in the HubSpot fact sheet §1.4. Never throws for anything HubSpot does.
 */
export class TokenEndpoint {
  constructor(
    private readonly apiUrl: string,
    private readonly paths: ApiPaths,
    private readonly app: OAuthApp,
    private readonly stopping?: Stopping,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {}

  exchangeCode(code: string, redirectUri: string): Promise<TokenAnswer> {
    return this.grant({ grant_type: 'authorization_code', code, redirect_uri: redirectUri });
  }

  refresh(refreshToken: string): Promise<TokenAnswer> {
    return this.grant({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  /** For what belongs to the app and not to a portal. Versions that don't list client credentials refuse it as `config`. */
  async grantToApp(scopes: readonly string[]): Promise<AppTokenAnswer | TokenRefusal> {
    const reply = await this.post(['token'], { grant_type: 'client_credentials', scope: scopes.join(' ') });
    if (!('status' in reply)) return reply;
    const fields = fieldsOf(reply.body);
    if (reply.status !== 200) return refusalOf(reply, fields);
    const accessToken = textOf(fields['access_token']);
    const expiresInSeconds = Number(fields['expires_in']);
    if (accessToken === undefined || !(expiresInSeconds > 0)) {
      return { outcome: 'unavailable', detail: 'HubSpot answered without a token' };
    }
    return { outcome: 'granted', accessToken, expiresInSeconds };
  }

  /** `inactive`: HubSpot doesn't know the token, or no more. Undefined: it didn't answer. */
  async introspect(accessToken: string): Promise<TokenFacts | 'inactive' | undefined> {
    const reply = await this.post(['token', 'introspect'], { token: accessToken, token_type_hint: 'access_token' });
    if (!('status' in reply) || reply.status !== 200) return undefined;
    const fields = fieldsOf(reply.body);
    if (fields['active'] === false) return 'inactive';
    return {
      portalId: idOf(fields['hub_id']),
      portalDomain: textOf(fields['hub_domain']),
      user: textOf(fields['user']),
      scopes: readScopes(fields['scopes']),
    };
  }

  /** @returns whether it is over: revoked, or unknown to HubSpot already. False: try again later. */
  async revoke(refreshToken: string): Promise<boolean> {
    const reply = await this.post(['token', 'revoke'], { token: refreshToken, token_type_hint: 'refresh_token' });
    if (!('status' in reply)) return false;
    const isDone = reply.status >= 200 && reply.status < 300;
    return isDone || refusalOf(reply, fieldsOf(reply.body)).outcome === 'revoked';
  }

  private async grant(form: Record<string, string>): Promise<TokenAnswer> {
    const reply = await this.post(['token'], form);
    if (!('status' in reply)) return reply;
    const fields = fieldsOf(reply.body);
    if (reply.status !== 200) return refusalOf(reply, fields);
    const accessToken = textOf(fields['access_token']);
    const refreshToken = textOf(fields['refresh_token']);
    const expiresInSeconds = Number(fields['expires_in']);
    if (accessToken === undefined || refreshToken === undefined || !(expiresInSeconds > 0)) {
      return { outcome: 'unavailable', detail: 'HubSpot answered without tokens' };
    }
    const tokens = { accessToken, refreshToken, expiresInSeconds };
    return {
      outcome: 'granted',
      tokens: { ...tokens, portalId: idOf(fields['hub_id']), scopes: readScopes(fields['scopes']) },
    };
  }

  private async post(path: readonly string[], form: Record<string, string>): Promise<FormReply | TokenRefusal> {
    const { clientId, clientSecret } = this.app;
    const over = anySignal([AbortSignal.timeout(this.timeoutMs), this.stopping?.cutOff]);
    try {
      const response = await fetch(this.apiUrl + this.paths.of('oauth', ...path), {
        method: 'POST',
        // `fetch` labels it application/x-www-form-urlencoded.
        body: new URLSearchParams({ ...form, client_id: clientId, client_secret: clientSecret }),
        redirect: 'manual',
        signal: over.signal,
      });
      const text = await response.text();
      const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
      return {
        status: response.status,
        body: parseJson(text),
        retryAfterSeconds: retryAfter > 0 ? retryAfter : undefined,
      };
    } catch {
      return { outcome: 'unavailable', detail: 'HubSpot could not be reached' };
    } finally {
      over.release();
    }
  }
}

function refusalOf({ status, retryAfterSeconds }: FormReply, fields: Record<string, unknown>): TokenRefusal {
  const word = textOf(fields['status']);
  const detail = word !== undefined && /^[A-Z_]{1,40}$/.test(word) ? word : `HubSpot answered ${status}`;
  if (status < 400 || status >= 500 || TRANSIENT.has(status)) {
    return { outcome: 'unavailable', detail, retryAfterSeconds };
  }
  const isGone = GONE_ERRORS.has(textOf(fields['error']) ?? '') || GONE_STATUSES.has(word ?? '');
  return { outcome: isGone ? 'revoked' : 'config', detail };
}

function readScopes(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return listOf(value).filter((scope) => typeof scope === 'string');
}
