/** Calls of one portal, as the simulator counted them. */
export interface PortalStats {
  totalCalls: number;
  burstCalls: number;
  searches: number;
  refused429: number;
  peaks: { per10s: number; searchesPer1s: number };
  routes: Readonly<Record<string, { calls: number }>>;
  /** `at` in ms since 1970. */
  lastCalls: readonly { route: string; at: number; durationMs: number; status: number }[];
}

export interface PortalRecord {
  id: string;
  properties: Readonly<Record<string, string | null>>;
  createdAt: string;
  associations: Readonly<Record<string, readonly { id: string }[]>>;
}

export interface Portal {
  hubId: number;
  /** A static token of it. */
  token: string;
}

export interface SimulatedApp {
  clientId: string;
  clientSecret: string;
}

const PAGE = 5_000;
const BULK = 2_000;

/** What the benchmark asks of the simulator's control API. */
export class Simulator {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  createPortal({ latencyMs = 0, limited = true } = {}): Promise<Portal> {
    const unlimited = { oauthPer10s: null, staticPer10s: null, searchPerSecond: null };
    return this.call('POST', '/portals', {
      latency: { fixedMs: latencyMs, jitterMs: 0 },
      ...(!limited && { limits: unlimited }),
    });
  }

  createApp(redirectUrl: string): Promise<SimulatedApp> {
    return this.call('POST', '/apps', {
      redirectUrls: [redirectUrl],
      requiredScopes: [
        'oauth',
        'crm.objects.contacts.read',
        'crm.objects.contacts.write',
        'crm.schemas.contacts.read',
        'crm.objects.owners.read',
      ],
    });
  }

  /** The consent page without the page. @returns the code it hands out. */
  async grant(hubId: number, { clientId, redirectUri }: { clientId: string; redirectUri: string }): Promise<string> {
    const { code } = await this.call<{ code: string }>('POST', `/portals/${hubId}/grant`, { clientId, redirectUri });
    return code;
  }

  /** @returns ids in the order of the records. */
  async createContacts(hubId: number, contacts: readonly Readonly<Record<string, string>>[]): Promise<string[]> {
    const all: string[] = [];
    for (let from = 0; from < contacts.length; from += BULK) {
      const records = contacts.slice(from, from + BULK).map((properties) => ({ properties }));
      const { ids } = await this.call<{ ids: string[] }>('POST', `/portals/${hubId}/records/contacts`, { records });
      all.push(...ids);
    }
    return all;
  }

  async records(hubId: number, type: string): Promise<PortalRecord[]> {
    const all: PortalRecord[] = [];
    let after: string | undefined = '0';
    while (after !== undefined) {
      const page: { results: PortalRecord[]; next?: string } = await this.call(
        'GET',
        `/portals/${hubId}/records/${type}?limit=${PAGE}&after=${after}`,
      );
      all.push(...page.results);
      after = page.next;
    }
    return all;
  }

  stats(hubId: number, { last = 0 } = {}): Promise<PortalStats> {
    return this.call('GET', `/stats?hubId=${hubId}&last=${last}`);
  }

  /** Forgets what was counted, so that what set the portal up is not counted in. */
  async resetStats(hubId: number): Promise<void> {
    await this.call('DELETE', `/stats?hubId=${hubId}`);
    await this.call('POST', '/limits/reset');
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/_control${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /_control${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as T;
  }
}
