export interface RegisteredApp {
  readonly appId: number;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
  readonly redirectUrls: readonly string[];
  readonly requiredScopes: readonly string[];
  readonly optionalScopes: readonly string[];
  /** Seconds an access token lives; HubSpot's are 1800. */
  readonly accessTokenSeconds: number;
  /** Seconds a code lives; HubSpot's figure isn't published (FACTS §1.1 simulates 60). */
  readonly codeSeconds: number;
}

/** One app in one portal. */
export interface Installation {
  readonly appId: number;
  readonly hubId: number;
  readonly userId: number;
  readonly user: string;
  readonly scopes: readonly string[];
  readonly installedAt: number;
}

export interface AuthorizationCode {
  readonly appId: number;
  readonly hubId: number;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
  /** PKCE S256 challenge, when the authorize request had one. */
  readonly challenge?: string;
}

export interface RefreshToken {
  readonly token: string;
  readonly appId: number;
  readonly hubId: number;
  readonly issuedAt: number;
  readonly scopes: readonly string[];
}

export interface AccessToken {
  readonly token: string;
  readonly appId: number;
  readonly hubId: number;
  readonly expiresAt: number;
  readonly scopes: readonly string[];
}

export interface StaticToken {
  readonly token: string;
  readonly appId: number;
  readonly hubId: number;
  readonly userId: number;
  readonly scopes: readonly string[];
}
