import { randomBytes, randomUUID } from 'node:crypto';
import type { WriteEntry } from '../journal/journal-entries.js';
import type {
  AccessToken,
  AuthorizationCode,
  Installation,
  RefreshToken,
  RegisteredApp,
  StaticToken,
} from './oauth-types.js';

/** An access token of about 250 characters: clients must allow 512 and more (FACTS §1.2). */
const ACCESS_TOKEN_BYTES = 186;

/** Apps, where they are installed, and every token there is. */
export class OAuthState {
  private readonly appsByClientId = new Map<string, RegisteredApp>();
  private readonly installations = new Map<string, Installation>();
  private readonly codes = new Map<string, AuthorizationCode>();
  private readonly refreshTokens = new Map<string, RefreshToken>();
  private readonly accessTokens = new Map<string, AccessToken>();
  private readonly staticTokens = new Map<string, StaticToken>();
  /** Kind by value, also of what is gone: a log must not hold those either. */
  private readonly everIssued = new Map<string, string>();

  /** @param onUninstalled told after an app has left a portal. */
  constructor(
    private readonly write: WriteEntry,
    private readonly onUninstalled: (appId: number, hubId: number) => void = () => undefined,
  ) {}

  registerApp(app: RegisteredApp): void {
    this.appsByClientId.set(app.clientId, app);
    this.everIssued.set(app.clientSecret, 'client secret');
    this.write({ k: 'app', app });
  }

  apps(): readonly RegisteredApp[] {
    return [...this.appsByClientId.values()];
  }

  /** Every code, token and client secret since this simulator began. */
  issued(): { kind: string; value: string }[] {
    return Array.from(this.everIssued, ([value, kind]) => ({ kind, value }));
  }

  app(clientId: string): RegisteredApp | undefined {
    return this.appsByClientId.get(clientId);
  }

  appById(appId: number): RegisteredApp | undefined {
    return this.apps().find((app) => app.appId === appId);
  }

  /** App ids of registered apps and static tokens share one sequence. */
  nextAppId(): number {
    const taken = [...this.apps(), ...this.staticTokens.values()].map((holder) => holder.appId);
    return Math.max(1_000_000, ...taken) + 1;
  }

  install(installation: Installation): void {
    this.installations.set(`${installation.appId}:${installation.hubId}`, installation);
    this.write({ k: 'installation', installation });
  }

  installation(appId: number, hubId: number): Installation | undefined {
    return this.installations.get(`${appId}:${hubId}`);
  }

  allInstallations(): readonly Installation[] {
    return [...this.installations.values()];
  }

  /** Ends refresh tokens at once; access tokens too unless they may live out their time (FACTS §1.5: UNCERTAIN). */
  uninstall(appId: number, hubId: number, keepAccessTokens: boolean): boolean {
    const removed = this.forgetInstallation(appId, hubId);
    for (const token of this.refreshTokens.values()) {
      if (token.appId === appId && token.hubId === hubId) this.revokeRefreshToken(token.token);
    }
    if (!keepAccessTokens) {
      for (const token of this.accessTokens.values()) {
        if (token.appId === appId && token.hubId === hubId) this.revokeAccessToken(token.token);
      }
    }
    if (removed) this.onUninstalled(appId, hubId);
    return removed;
  }

  /** The installation alone; its tokens go by `uninstall`. */
  forgetInstallation(appId: number, hubId: number): boolean {
    const removed = this.installations.delete(`${appId}:${hubId}`);
    if (removed) this.write({ k: 'installation-gone', appId, hub: hubId });
    return removed;
  }

  issueCode(grant: AuthorizationCode, hublet: string): string {
    const code = `${hublet}-${randomUUID()}`;
    this.codes.set(code, grant);
    this.everIssued.set(code, 'authorization code');
    return code;
  }

  /** Whose a code is, without using it. */
  code(code: string): AuthorizationCode | undefined {
    return this.codes.get(code);
  }

  /** Single use: taking it ends it. Expired ones are gone as well. */
  takeCode(code: string, now: number): AuthorizationCode | undefined {
    const grant = this.codes.get(code);
    this.codes.delete(code);
    return grant && grant.expiresAt > now ? grant : undefined;
  }

  issueRefreshToken(grant: Omit<RefreshToken, 'token'>, hublet: string): RefreshToken {
    const token = { ...grant, token: `${hublet}-${randomUUID()}` };
    this.putRefreshToken(token);
    return token;
  }

  putRefreshToken(token: RefreshToken): void {
    this.refreshTokens.set(token.token, token);
    this.everIssued.set(token.token, 'refresh token');
    this.write({
      k: 'refresh-token',
      token: token.token,
      appId: token.appId,
      hub: token.hubId,
      issuedAt: token.issuedAt,
      scopes: [...token.scopes],
    });
  }

  refreshToken(token: string): RefreshToken | undefined {
    return this.refreshTokens.get(token);
  }

  allRefreshTokens(): Iterable<RefreshToken> {
    return this.refreshTokens.values();
  }

  revokeRefreshToken(token: string): boolean {
    const removed = this.refreshTokens.delete(token);
    if (removed) this.write({ k: 'refresh-token-gone', token });
    return removed;
  }

  issueAccessToken(grant: Omit<AccessToken, 'token'>): AccessToken {
    const token = { ...grant, token: `CJ${randomBytes(ACCESS_TOKEN_BYTES).toString('base64url')}` };
    this.putAccessToken(token);
    return token;
  }

  putAccessToken(token: AccessToken): void {
    this.accessTokens.set(token.token, token);
    this.everIssued.set(token.token, 'access token');
    this.write({
      k: 'access-token',
      token: token.token,
      appId: token.appId,
      hub: token.hubId,
      expiresAt: token.expiresAt,
      scopes: [...token.scopes],
    });
  }

  accessToken(token: string): AccessToken | undefined {
    return this.accessTokens.get(token);
  }

  allAccessTokens(): Iterable<AccessToken> {
    return this.accessTokens.values();
  }

  revokeAccessToken(token: string): boolean {
    const removed = this.accessTokens.delete(token);
    if (removed) this.write({ k: 'access-token-gone', token });
    return removed;
  }

  putStaticToken(token: StaticToken): void {
    this.staticTokens.set(token.token, token);
    this.everIssued.set(token.token, 'static token');
    this.write({ k: 'static-token', token });
  }

  staticToken(token: string): StaticToken | undefined {
    return this.staticTokens.get(token);
  }

  allStaticTokens(): Iterable<StaticToken> {
    return this.staticTokens.values();
  }

  revokeStaticToken(token: string): boolean {
    const removed = this.staticTokens.delete(token);
    if (removed) this.write({ k: 'static-token-gone', token });
    return removed;
  }

  /** Everything of one portal, when the portal itself is removed. */
  forgetPortal(hubId: number): void {
    for (const installation of this.allInstallations()) {
      if (installation.hubId === hubId) this.uninstall(installation.appId, hubId, false);
    }
    for (const token of this.staticTokens.values()) if (token.hubId === hubId) this.revokeStaticToken(token.token);
  }
}
