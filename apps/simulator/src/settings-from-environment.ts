import type { JsonObject } from './serve/read-json.js';

/** What the simulator's process is told from outside; see README for every variable. */
export interface EnvironmentSettings {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string | undefined;
  /** The portal that is made when there is none yet, as the control API takes it; undefined: none. */
  readonly firstPortal: JsonObject | undefined;
  /** The OAuth app that is registered at every start; undefined: none. */
  readonly app: JsonObject | undefined;
}

export type ReadSettings =
  | { readonly valid: true; readonly settings: EnvironmentSettings }
  | { readonly valid: false; readonly problems: readonly string[] };

/** Reads all variables and complains about all that are wrong at once. */
export function settingsFromEnvironment(env: Readonly<Record<string, string | undefined>>): ReadSettings {
  const problems: string[] = [];
  const text = (name: string): string | undefined => env[name] || undefined;
  const whole = (name: string): number | undefined => {
    const value = text(name);
    if (value === undefined) return undefined;
    if (!/^\d{1,12}$/.test(value)) problems.push(`${name} must be a whole number`);
    return Number(value);
  };
  const list = (name: string): string[] => (text(name) ?? '').split(/[\s,]+/).filter(Boolean);

  const port = whole('SIMULATOR_PORT') ?? 4010;
  if (port > 65_535) problems.push('SIMULATOR_PORT must be at most 65535');
  const hubId = whole('SIMULATOR_HUB_ID');
  const contacts = whole('SIMULATOR_SEED_CONTACTS');
  const seed = whole('SIMULATOR_SEED');
  const searchLagMs = whole('SIMULATOR_SEARCH_LAG_MS');
  const token = text('SIMULATOR_STATIC_TOKEN');
  const settings: Record<string, unknown> = {
    hubId,
    searchLagMs,
    name: text('SIMULATOR_PORTAL_NAME'),
    uiDomain: text('SIMULATOR_UI_DOMAIN'),
    timeZone: text('SIMULATOR_TIME_ZONE'),
    seed: contacts === undefined ? undefined : { contacts, seed: seed ?? 1 },
    token: token === undefined ? undefined : { token },
  };
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  const clientId = text('SIMULATOR_CLIENT_ID');
  const clientSecret = text('SIMULATOR_CLIENT_SECRET');
  if ((clientId === undefined) !== (clientSecret === undefined)) {
    problems.push('SIMULATOR_CLIENT_ID and SIMULATOR_CLIENT_SECRET belong together');
  }
  if (problems.length > 0) return { valid: false, problems };
  return {
    valid: true,
    settings: {
      port,
      host: text('SIMULATOR_HOST') ?? '127.0.0.1',
      dataDir: text('SIMULATOR_DATA_DIR'),
      firstPortal: Object.keys(given).length === 0 ? undefined : given,
      app:
        clientId === undefined
          ? undefined
          : {
              clientId,
              clientSecret,
              name: text('SIMULATOR_APP_NAME') ?? 'Threadline',
              redirectUrls: list('SIMULATOR_REDIRECT_URL'),
              requiredScopes: list('SIMULATOR_REQUIRED_SCOPES'),
              optionalScopes: list('SIMULATOR_OPTIONAL_SCOPES'),
            },
    },
  };
}
