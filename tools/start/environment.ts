import { createHmac } from 'node:crypto';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings.ts';

/** What the demo tenant is called, and who signs in to it. `.example` can't be anybody's address (RFC 2606). */
export const DEMO = {
  tenant: 'Demo',
  adminEmail: 'admin@demo.example',
  agentEmail: 'agent@demo.example',
  aiAgent: 'Reception',
  otherTenant: 'Second demo',
  otherAdminEmail: 'admin@second.example',
} as const;

/** HubSpot's dated version of the paths used for the demo; the simulator has them all. */
export const API_VERSION = '2026-09';

/** The HubSpot app that the simulator knows, so that connecting by OAuth can be tried. */
export const DEMO_APP_ID = 'threadline-demo';

/** Made from what is made once anyway: nothing more to keep. */
function demoAppSecret({ sessionSecret }: Secrets): string {
  return createHmac('sha256', sessionSecret).update('the demo app of the simulator').digest('hex');
}

/** What the simulator is told of that app. */
export function simulatedApp(settings: Settings, secrets: Secrets): NodeJS.ProcessEnv {
  return {
    SIMULATOR_CLIENT_ID: DEMO_APP_ID,
    SIMULATOR_CLIENT_SECRET: demoAppSecret(secrets),
    SIMULATOR_REDIRECT_URL: `${settings.publicUrl}/integrations/hubspot/oauth/callback`,
  };
}

interface Addresses {
  databaseUrl: string;
  /** Undefined: the real HubSpot, or the one that HUBSPOT_API_URL names. */
  simulatorUrl?: string;
}

/** The environment of API and worker: the caller's, and what it left open. A production start gets no made-up secrets. */
export function productEnvironment(
  settings: Settings,
  secrets: Secrets,
  { databaseUrl, simulatorUrl }: Addresses,
): NodeJS.ProcessEnv {
  const made = settings.production
    ? {}
    : { ENCRYPTION_KEYS: secrets.encryptionKeys, SESSION_SECRET: secrets.sessionSecret };
  const hubspot = simulatorUrl
    ? {
        HUBSPOT_API_URL: simulatorUrl,
        HUBSPOT_APP_URL: simulatorUrl,
        HUBSPOT_CLIENT_ID: DEMO_APP_ID,
        HUBSPOT_CLIENT_SECRET: demoAppSecret(secrets),
      }
    : {};
  const set = Object.entries(process.env).filter(([, value]) => value !== undefined && value.trim() !== '');
  return {
    ...made,
    ...hubspot,
    ...Object.fromEntries(set),
    DATABASE_URL: databaseUrl,
    PORT: String(settings.port),
    PUBLIC_URL: settings.publicUrl,
  };
}

/** The same with the first tenant, which the API makes at its start. */
export function apiEnvironment(settings: Settings, secrets: Secrets, addresses: Addresses): NodeJS.ProcessEnv {
  const bootstrap = settings.demo
    ? {
        DEMO: 'on',
        BOOTSTRAP_TENANT: DEMO.tenant,
        BOOTSTRAP_ADMIN_EMAIL: DEMO.adminEmail,
        BOOTSTRAP_ADMIN_PASSWORD: secrets.demo.adminPassword,
        BOOTSTRAP_API_KEY: secrets.demo.apiKey,
      }
    : {};
  return { ...productEnvironment(settings, secrets, addresses), ...bootstrap };
}
