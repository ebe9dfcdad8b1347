import { setTimeout as delay } from 'node:timers/promises';
import { PlainFailure } from '../errors/plain-failure.ts';

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

/** HubSpot's dated version of the paths used here; the simulator has them all. */
const API_VERSION = '2026-09';
/** Of the portal that no tenant is connected to yet. */
const FREE_PORTAL_CONTACTS = 200;
const PORTAL_CONTACTS = 1_200;
/** The same people at every first start, so that a screenshot in the docs stays true. */
const SEED = 20_261_121;
const TIMEOUT_MS = 30_000;

interface Answer {
  status: number;
  body: unknown;
}

/** @returns the remembered portal when the simulator still has it, else a new one full of contacts. */
export async function ensurePortal(simulatorUrl: string, remembered: DemoPortal | undefined): Promise<OpenedPortal> {
  if (remembered) {
    const { status } = await call(`${simulatorUrl}/account-info/${API_VERSION}/details`, { token: remembered.token });
    if (status === 200) return { portal: remembered, made: false };
  }
  const url = `${simulatorUrl}/_control/portals`;
  const { status, body } = await call(url, { body: { seed: { seed: SEED, contacts: PORTAL_CONTACTS } } });
  const { hubId, token } = fields(body);
  if (status >= 300 || typeof hubId !== 'number' || typeof token !== 'string') throw unexpected('POST', url, status);
  // A portal belongs to one tenant: this one is for trying the connect flow.
  const second = await call(url, { body: { seed: { seed: SEED + 1, contacts: FREE_PORTAL_CONTACTS }, token: false } });
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

/**
 * Connects the tenant of the API key to the portal and enables syncing, through the public API, as a customer would.
 * @returns false when that was done before.
 */
export async function connectDemo(apiUrl: string, apiKey: string, { portal, made }: OpenedPortal): Promise<boolean> {
  const hubspot = `${apiUrl}/integrations/hubspot`;
  const { status } = await readConnection(hubspot, apiKey);
  if (status === 'active' && !made) return false;
  if (status !== 'connected' || made) {
    const url = `${hubspot}/connect`;
    const answer = await call(url, { token: apiKey, body: { accessToken: portal.token } });
    if (answer.status >= 300) throw unexpected('POST', url, answer.status, answer.body);
  }
  const url = `${hubspot}/enable`;
  const answer = await call(url, { token: apiKey, body: { mode: 'transcript', onNoMatch: 'create' } });
  if (answer.status >= 300) throw unexpected('POST', url, answer.status, answer.body);
  // A shell's `date` knows whole seconds, and what was closed before this moment is not written.
  await delay(1_000 - (Date.now() % 1_000));
  return true;
}

async function readConnection(hubspot: string, apiKey: string): Promise<{ status: unknown }> {
  const { status: httpStatus, body } = await call(hubspot, { token: apiKey });
  if (httpStatus !== 200) throw unexpected('GET', hubspot, httpStatus, body);
  return { status: fields(fields(body)['data'])['status'] };
}

async function call(url: string, { token, body }: { token?: string; body?: unknown }): Promise<Answer> {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  try {
    return { status: response.status, body: JSON.parse(text) };
  } catch {
    return { status: response.status, body: undefined };
  }
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function unexpected(method: string, url: string, status: number, body?: unknown): PlainFailure {
  const { detail } = fields(body);
  const reason = typeof detail === 'string' ? `: ${detail}` : '';
  return new PlainFailure(
    `${method} ${new URL(url).pathname} answered ${status}${reason}. See the logs in the data folder.`,
  );
}
