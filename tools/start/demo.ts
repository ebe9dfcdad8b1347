import { setTimeout as delay } from 'node:timers/promises';
import { call, fields, TIMEOUT_MS, unexpected } from './call.ts';
import { ensureAiAgent, ensureCustomObject, installPack } from './demo-skills.ts';
import { API_VERSION, DEMO, DEMO_APP_ID } from './environment.ts';
import { PlainFailure } from '../errors/plain-failure.ts';
import type { SignedInPerson } from './signed-in-person.ts';

/** The portal that the demo writes to. */
export interface DemoPortal {
  hubId: number;
  token: string;
}

export interface OpenedPortal {
  portal: DemoPortal;
  /** Its token is not the one that was connected earlier. */
  made: boolean;
}

/** A contact of the portal, to close a conversation with. */
export interface ExampleContact {
  firstName: string;
  lastName: string;
  email: string;
  /** Its page in the simulator. */
  pageUrl: string;
}

/** Of the portal that no tenant is connected to yet. */
const FREE_PORTAL_CONTACTS = 200;
const PORTAL_CONTACTS = 1_200;
/** What the demo's AI agent reads and writes beyond contacts. */
const FEATURES = ['skills', 'custom_objects'];
/** The same people at every first start, so that a screenshot in the docs stays true. */
const SEED = 20_261_121;

/** @returns the remembered portal when the simulator still has it, else a new one full of contacts; with a custom object */
export async function ensurePortal(simulatorUrl: string, remembered: DemoPortal | undefined): Promise<OpenedPortal> {
  const opened = await findOrMakePortal(simulatorUrl, remembered);
  await ensureCustomObject(simulatorUrl, opened.portal);
  return opened;
}

async function findOrMakePortal(simulatorUrl: string, remembered: DemoPortal | undefined): Promise<OpenedPortal> {
  if (remembered) {
    const { status } = await call(`${simulatorUrl}/account-info/${API_VERSION}/details`, { token: remembered.token });
    if (status === 200) return { portal: remembered, made: false };
  }
  const url = `${simulatorUrl}/_control/portals`;
  // Named as the tenants: on the consent page it is plain which account is whose.
  const { status, body } = await call(url, {
    body: { name: DEMO.tenant, seed: { seed: SEED, contacts: PORTAL_CONTACTS } },
  });
  const { hubId, token } = fields(body);
  if (status >= 300 || typeof hubId !== 'number' || typeof token !== 'string') throw unexpected('POST', url, status);
  // A portal belongs to one tenant: this one is for trying the connect flow.
  const second = await call(url, {
    body: { name: DEMO.otherTenant, seed: { seed: SEED + 1, contacts: FREE_PORTAL_CONTACTS }, token: false },
  });
  if (second.status >= 300) throw unexpected('POST', url, second.status);
  return { portal: { hubId, token }, made: true };
}

/** @returns a contact that a conversation's email leads to, with its page in the simulator. */
export async function findExampleContact(simulatorUrl: string, { hubId, token }: DemoPortal): Promise<ExampleContact> {
  const url = `${simulatorUrl}/crm/objects/${API_VERSION}/contacts?limit=100&properties=email,firstname,lastname`;
  const { status, body } = await call(url, { token });
  const { results } = fields(body);
  if (status !== 200 || !Array.isArray(results)) throw unexpected('GET', url, status);
  for (const result of results as unknown[]) {
    const { id, properties } = fields(result);
    const { email, firstname, lastname } = fields(properties);
    // Pasted between single quotes in a shell, so plain names only.
    const plain = [email, firstname, lastname].every(
      (value) => typeof value === 'string' && /^[\w.+@ -]+$/.test(value),
    );
    if (!plain) continue;
    return {
      firstName: String(firstname),
      lastName: String(lastname),
      email: String(email),
      pageUrl: `${simulatorUrl}/contacts/${hubId}/record/0-1/${String(id)}`,
    };
  }
  throw new PlainFailure('The simulated portal has no contact with a plain name and an email.');
}

/** What `npm start` prepares, as the people who would do it. */
interface Demo {
  /** Where the API is reached from here, and its address as people know it. */
  apiUrl: string;
  publicUrl: string;
  apiKey: string;
  simulatorUrl: string;
}

/** Whatever happens in the portal, HubSpot tells the API of it. Again at every start: the API's address may have changed. */
export async function subscribeToWebhooks({ simulatorUrl, publicUrl }: Demo): Promise<void> {
  const url = `${simulatorUrl}/_control/apps/${DEMO_APP_ID}/webhooks`;
  const events = ['creation', 'propertyChange', 'merge', 'deletion', 'privacyDeletion'];
  const body = {
    targetUrl: `${publicUrl}/integrations/hubspot/webhooks`,
    subscriptions: events.map((event) => `contact.${event}`),
    announcesUninstall: true,
  };
  const { status } = await call(url, { method: 'PUT', body });
  if (status >= 300) throw unexpected('PUT', url, status);
}

/**
 * Connects the demo tenant to the portal by OAuth, as an admin in a browser would, with what skills need, and enables
 * syncing. Its AI agent has the Connector Pack afterwards. What was done before is left as it is.
 */
export async function connectDemo(
  demo: Demo,
  { portal, made }: OpenedPortal,
  admin: SignedInPerson | undefined,
): Promise<void> {
  const hubspot = `${demo.apiUrl}/integrations/hubspot`;
  const { status } = await readConnection(hubspot, demo.apiKey);
  const aiAgent = await ensureAiAgent(demo);
  // Where it had none, the folder is new or from before skills: then the connection lacks their scopes.
  const isNew = made || aiAgent.made;
  if (status === 'active' && !isNew) return;
  if (status !== 'connected' || isNew) {
    const hasAgreed = admin !== undefined && (await agreeOnConsentPage(demo, portal.hubId, admin));
    if (!hasAgreed) await connectByToken(hubspot, demo.apiKey, portal.token);
  }
  await Promise.all([installPack(demo, aiAgent.id), status === 'active' && !made ? undefined : enable(hubspot, demo)]);
}

async function enable(hubspot: string, { apiKey }: Demo): Promise<void> {
  const url = `${hubspot}/enable`;
  const answer = await call(url, { token: apiKey, body: { mode: 'transcript', onNoMatch: 'create' } });
  if (answer.status >= 300) throw unexpected('POST', url, answer.status, answer.body);
  // A shell's `date` knows whole seconds, and what was closed before this moment is not written.
  await delay(1_000 - (Date.now() % 1_000));
}

/** For an admin whose password was changed, or a public address that HubSpot sends nobody back to. */
async function connectByToken(hubspot: string, apiKey: string, accessToken: string): Promise<void> {
  const url = `${hubspot}/connect`;
  const answer = await call(url, { token: apiKey, body: { accessToken, features: FEATURES } });
  if (answer.status >= 300) throw unexpected('POST', url, answer.status, answer.body);
}

/** @returns false when the consent page can't be agreed on. */
async function agreeOnConsentPage(
  { apiUrl, apiKey, simulatorUrl }: Demo,
  hubId: number,
  admin: SignedInPerson,
): Promise<boolean> {
  const url = `${apiUrl}/integrations/hubspot/connect`;
  const begun = await call(url, { token: apiKey, body: { features: FEATURES } });
  const { oauthUrl } = fields(fields(begun.body)['data']);
  if (typeof oauthUrl !== 'string') throw unexpected('POST', url, begun.status, begun.body);
  const consent = await admin.visit(oauthUrl);
  if (consent === undefined) return false;
  const form = new URL(consent).searchParams;
  const asked = ['scope', 'optional_scope'].flatMap((name) => form.get(name)?.split(' ') ?? []);
  for (const scope of asked) form.append('granted', scope);
  form.set('decision', 'grant');
  form.set('hub_id', String(hubId));
  const decided = await fetch(`${simulatorUrl}/oauth/authorize/decide`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const back = decided.headers.get('location');
  const settings = back === null ? undefined : await admin.visit(back);
  return settings?.endsWith('connect=connected') ?? false;
}

/** Makes the agent of the demo tenant, if it is not there. */
export async function ensureAgent(
  admin: SignedInPerson,
  { email, password }: { email: string; password: string },
): Promise<void> {
  const { body } = await admin.call('GET', '/users?limit=100');
  const users = fields(body)['data'];
  if (Array.isArray(users) && users.some((user) => fields(user)['email'] === email)) return;
  const { status } = await admin.call('POST', '/users', { email, password, role: 'agent' });
  // The email may be somebody's of another tenant by now: theirs to decide.
  if (status >= 300 && status !== 409) throw unexpected('POST', '/users', status);
}

async function readConnection(hubspot: string, apiKey: string): Promise<{ status: unknown }> {
  const { status: httpStatus, body } = await call(hubspot, { token: apiKey });
  if (httpStatus !== 200) throw unexpected('GET', hubspot, httpStatus, body);
  return { status: fields(fields(body)['data'])['status'] };
}
