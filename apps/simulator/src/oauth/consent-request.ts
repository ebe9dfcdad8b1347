import type { SimulatorState } from '../serve/simulator-state.js';
import type { RegisteredApp } from './oauth-types.js';

/** An authorize request that can be shown to a person (FACTS §1.1). */
export interface ConsentRequest {
  readonly app: RegisteredApp;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly optionalScopes: readonly string[];
  readonly state: string | undefined;
  readonly challenge: string | undefined;
  /** From `/oauth/{accountId}/authorize`: the only portal offered. */
  readonly hubId: number | undefined;
}

export type ConsentReading =
  | { readonly valid: true; readonly request: ConsentRequest }
  /** Shown to the person: HubSpot doesn't redirect to an address it can't trust. */
  | { readonly valid: false; readonly title: string; readonly detail: string };

const listIn = (value: string | undefined): string[] => [...new Set((value ?? '').split(/[\s+]+/).filter(Boolean))];

const invalid = (title: string, detail: string): ConsentReading => ({ valid: false, title, detail });

export function readConsentRequest(
  state: SimulatorState,
  query: Readonly<Record<string, string | undefined>>,
  hubId: number | undefined,
): ConsentReading {
  const app = state.oauth.app(query['client_id'] ?? '');
  if (!app)
    return invalid('App not found', 'The link names an app that does not exist. Its client id may have changed.');
  const redirectUri = query['redirect_uri'] ?? '';
  if (!app.redirectUrls.includes(redirectUri)) {
    return invalid(
      'Redirect URL mismatch',
      `The redirect URL ${redirectUri || '(none)'} is not one of those registered for ${app.name}.`,
    );
  }
  if (!isAllowedRedirect(redirectUri)) {
    return invalid(
      'Redirect URL not allowed',
      'A redirect URL must be https, or http on localhost; an IP address is not allowed.',
    );
  }
  const scopes = listIn(query['scope']);
  if (scopes.length === 0) return invalid('Scope mismatch', 'The link asks for no scopes.');
  const missing = app.requiredScopes.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0) {
    return invalid('Scope mismatch', `The link lacks scopes that ${app.name} requires: ${missing.join(', ')}.`);
  }
  if (hubId !== undefined && !state.portals.find(hubId)) {
    return invalid('Account not found', `There is no account ${hubId}.`);
  }
  return {
    valid: true,
    request: {
      app,
      redirectUri,
      scopes,
      optionalScopes: listIn(query['optional_scope']).filter((scope) => !scopes.includes(scope)),
      state: query['state'],
      challenge: query['code_challenge'],
      hubId,
    },
  };
}

/** https, or http on localhost (FACTS §1.1). */
function isAllowedRedirect(redirectUri: string): boolean {
  const url = URL.parse(redirectUri);
  if (!url) return false;
  if (/^\d+(\.\d+){3}$/.test(url.hostname) || url.hostname.startsWith('[')) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === 'localhost');
}
