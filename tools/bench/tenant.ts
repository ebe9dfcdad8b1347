import { PlainFailure } from '../errors/plain-failure.ts';
import type { Portal, SimulatedApp, Simulator } from './simulator.ts';
import type { Conversation } from './conversations.ts';

const BATCH = 100;
/** Batches on their way at once: the API is busy and its pool of ten connections isn't waited for. */
const BATCHES_AT_ONCE = 4;

/** A tenant of the API, as another system drives it: by its key. */
export interface Tenant {
  url: string;
  apiKey: string;
}

export async function callApi<T>({ url, apiKey }: Tenant, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new PlainFailure(`${method} ${path} answered ${response.status}: ${text}`);
  return JSON.parse(text) as T;
}

/** Connected by a static token, and enabled: transcripts are written, contacts created. */
export async function connectByToken(tenant: Tenant, { token }: Portal): Promise<void> {
  await callApi(tenant, 'POST', '/integrations/hubspot/connect', { accessToken: token });
  await enable(tenant);
}

/** Connected as an admin in a browser does it, by OAuth, and enabled. */
export async function connectByOAuth(
  tenant: Tenant,
  { hubId }: Portal,
  {
    simulator,
    app,
    publicUrl,
    admin,
  }: { simulator: Simulator; app: SimulatedApp; publicUrl: string; admin: { email: string; password: string } },
): Promise<void> {
  const cookies = new Map<string, string>();
  const visit = async (address: string, init: RequestInit = {}): Promise<Response> => {
    const headers = {
      cookie: Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; '),
      origin: publicUrl,
      'content-type': 'application/json',
    };
    const response = await fetch(address.replace(publicUrl, tenant.url), { redirect: 'manual', headers, ...init });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    if (response.status >= 400) throw new PlainFailure(`${address} answered ${response.status}`);
    return response;
  };
  await visit(`${publicUrl}/auth/login`, { method: 'POST', body: JSON.stringify(admin) });
  const begun = await callApi<{ data: { oauthUrl: string } }>(tenant, 'POST', '/integrations/hubspot/connect', {});
  const consent = new URL((await visit(begun.data.oauthUrl)).headers.get('location') ?? '');
  const redirectUri = consent.searchParams.get('redirect_uri') ?? '';
  const code = await simulator.grant(hubId, { clientId: app.clientId, redirectUri });
  const callback = new URL(redirectUri);
  callback.searchParams.set('code', code);
  callback.searchParams.set('state', consent.searchParams.get('state') ?? '');
  await visit(callback.href);
  await enable(tenant);
}

async function enable(tenant: Tenant): Promise<void> {
  await callApi(tenant, 'POST', '/integrations/hubspot/enable', { mode: 'transcript', onNoMatch: 'create' });
}

/** Records closed conversations through the batch route. @throws when one of them is refused. */
export async function recordAll(tenant: Tenant, conversations: readonly Conversation[]): Promise<void> {
  const batches = Array.from({ length: Math.ceil(conversations.length / BATCH) }, (_, index) =>
    conversations.slice(index * BATCH, (index + 1) * BATCH),
  );
  const send = async (): Promise<void> => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      const { data } = await callApi<{ data: { status: number }[] }>(tenant, 'POST', '/conversations/batch', {
        conversations: batch,
      });
      const refused = data.find(({ status }) => status !== 202);
      if (refused !== undefined) throw new PlainFailure(`A conversation was refused: ${JSON.stringify(refused)}`);
    }
  };
  await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, send));
}
