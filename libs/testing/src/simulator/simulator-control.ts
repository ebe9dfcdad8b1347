/**
 * What a portal is made with. Beside these, any setting of apps/simulator/src/portal/portal-settings.ts; a misspelt one is
 * refused by the simulator.
 */
export interface PortalOptions {
  hubId?: number;
  /** Records to fill it with; the same seed makes the same ones. */
  seed?: { contacts: number; seed?: number; owners?: number };
  /** A static token of one's own, or its scopes; false: none. */
  token?: { token?: string; scopes?: readonly string[] } | false;
  /** How long a write stays invisible to search, in ms. */
  searchLagMs?: number;
  /** null switches a limit off. */
  limits?: {
    oauthPer10s?: number | null;
    staticPer10s?: number | null;
    searchPerSecond?: number | null;
    daily?: number | null;
  };
  flags?: Readonly<Record<string, unknown>>;
  readonly [setting: string]: unknown;
}

export interface MadePortal {
  hubId: number;
  /** `pat-…`, with all scopes unless others were asked for. */
  token: string;
}

/** A record as it really is: no limits, no lag, no permissions. */
export interface PortalRecord {
  id: string;
  properties: Readonly<Record<string, string | null>>;
  /** ISO 8601 */
  createdAt: string;
  /** ISO 8601 */
  updatedAt: string;
  archived: boolean;
  /** By plural name of the other object type. */
  associations: Readonly<Record<string, readonly AssociatedRecord[]>>;
}

export interface AssociatedRecord {
  id: string;
}

/** The simulator misbehaves on the calls a rule matches; a condition left out matches everything. */
export interface FaultRule {
  id?: string;
  hubId?: number;
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `*` for any run of characters, e.g. `*` + `/notes/batch/create`. */
  path?: string;
  /** A route's name or a prefix ending in `*`, e.g. `objects.batchCreate`. */
  route?: string;
  /** So many matching calls pass first. */
  skip?: number;
  /** So many calls are hit; default without end. */
  times?: number;
  /** 0 to 1; drawn from `seed`. */
  probability?: number;
  seed?: number;
  actions: readonly FaultAction[];
}

export type FaultAction =
  | {
      kind: 'status';
      status: number;
      /** Which 429 body. */
      policy?: 'TEN_SECONDLY_ROLLING' | 'SECONDLY' | 'DAILY';
      retryAfterSeconds?: number;
      body?: unknown;
      when?: 'before' | 'after';
    }
  | { kind: 'delay'; ms: number; when?: 'before' | 'after' }
  /** The connection is cut `before` the call takes effect, or `after`, so that the caller can't know. */
  | { kind: 'reset'; when?: 'before' | 'after' }
  | { kind: 'batch_item'; index?: number; category?: string; message?: string }
  | { kind: 'truncate'; keepShare?: number };

/** Calls of one portal since its statistics were last reset. */
export interface PortalStats {
  totalCalls: number;
  /** Calls that count towards the 10 s limit, answered or refused. */
  burstCalls: number;
  searches: number;
  refused429: number;
  peaks: { per10s: number; per10sByApp: Readonly<Record<string, number>>; searchesPer1s: number };
  routes: Readonly<Record<string, { calls: number; byStatus: Readonly<Record<string, number>> }>>;
  lastCalls: readonly { method: string; path: string; route: string; status: number; at: number; durationMs: number }[];
}

export interface SimulatorClock {
  /** ms since 1970 */
  now: number;
  offsetMs: number;
}

const PAGE = 5_000;

/** Client of the simulator's control API (`/_control`): what tests do to a portal and HubSpot can't. */
export class SimulatorControl {
  private readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  createPortal(options: PortalOptions = {}): Promise<MadePortal> {
    return this.call('POST', '/portals', options);
  }

  changePortal(hubId: number, settings: PortalOptions): Promise<unknown> {
    return this.call('PATCH', `/portals/${hubId}`, settings);
  }

  removePortal(hubId: number): Promise<unknown> {
    return this.call('DELETE', `/portals/${hubId}`);
  }

  issueToken(hubId: number, options: { token?: string; scopes?: readonly string[] } = {}): Promise<{ token: string }> {
    return this.call('POST', `/portals/${hubId}/tokens`, options);
  }

  /** Of any kind: static, access or refresh. */
  revokeToken(token: string): Promise<unknown> {
    return this.call('DELETE', `/tokens/${encodeURIComponent(token)}`);
  }

  /** Every code, token and client secret since the simulator began, also those that are used, expired or revoked. */
  issued(): Promise<{ issued: { kind: string; value: string }[] }> {
    return this.call('GET', '/issued');
  }

  /** All records of a type, in the order of their ids. */
  async records(hubId: number, objectType: string, { archived = false } = {}): Promise<PortalRecord[]> {
    const all: PortalRecord[] = [];
    let after: string | undefined = '0';
    while (after !== undefined) {
      const path: string = `/portals/${hubId}/records/${objectType}?limit=${PAGE}&after=${after}&archived=${archived}`;
      const page: { results: PortalRecord[]; next?: string } = await this.call('GET', path);
      all.push(...page.results);
      after = page.next;
    }
    return all;
  }

  record(hubId: number, objectType: string, id: string): Promise<PortalRecord> {
    return this.call('GET', `/portals/${hubId}/records/${objectType}/${id}`);
  }

  /** In bulk and as given, read-only properties included. @returns ids in the order of the records. */
  async createRecords(
    hubId: number,
    objectType: string,
    records: readonly { properties: Readonly<Record<string, string>>; createdAt?: string; associations?: unknown }[],
  ): Promise<string[]> {
    const { ids } = await this.call<{ ids: string[] }>('POST', `/portals/${hubId}/records/${objectType}`, { records });
    return ids;
  }

  /** As a person or another integration would; null clears. */
  editRecord(
    hubId: number,
    objectType: string,
    { id, properties }: { id: string; properties: Readonly<Record<string, string | null>> },
  ): Promise<PortalRecord> {
    return this.call('POST', `/portals/${hubId}/records/${objectType}/${id}/edit`, { properties });
  }

  /** @returns the survivor. */
  mergeRecords(hubId: number, objectType: string, ids: { primaryId: string; otherId: string }): Promise<PortalRecord> {
    return this.call('POST', `/portals/${hubId}/records/${objectType}/merge`, ids);
  }

  archiveRecords(hubId: number, objectType: string, ids: readonly string[]): Promise<{ done: number }> {
    return this.call('POST', `/portals/${hubId}/records/${objectType}/archive`, { ids });
  }

  /** For good, as a privacy deletion does. */
  deleteRecords(hubId: number, objectType: string, ids: readonly string[]): Promise<{ done: number }> {
    return this.call('POST', `/portals/${hubId}/records/${objectType}/delete`, { ids });
  }

  addFault(rule: FaultRule): Promise<FaultRule & { id: string }> {
    return this.call('POST', '/faults', rule);
  }

  async faults(): Promise<(FaultRule & { id: string; matched: number; hit: number })[]> {
    const { faults } = await this.call<{ faults: (FaultRule & { id: string; matched: number; hit: number })[] }>(
      'GET',
      '/faults',
    );
    return faults;
  }

  removeFault(id: string): Promise<unknown> {
    return this.call('DELETE', `/faults/${encodeURIComponent(id)}`);
  }

  clearFaults(hubId?: number): Promise<unknown> {
    return this.call('DELETE', hubId === undefined ? '/faults' : `/faults?hubId=${hubId}`);
  }

  clock(): Promise<SimulatorClock> {
    return this.call('GET', '/clock');
  }

  advanceClock(advanceMs: number): Promise<SimulatorClock> {
    return this.call('POST', '/clock', { advanceMs });
  }

  /** @param last so many calls are listed one by one. */
  stats(hubId: number, { last = 100 } = {}): Promise<PortalStats> {
    return this.call('GET', `/stats?hubId=${hubId}&last=${last}`);
  }

  resetStats(hubId?: number): Promise<unknown> {
    return this.call('DELETE', hubId === undefined ? '/stats' : `/stats?hubId=${hubId}`);
  }

  /** Forgets the calls that count towards a limit. */
  resetLimits(): Promise<unknown> {
    return this.call('POST', '/limits/reset');
  }

  /** No portals, no faults, the clock set right. */
  reset(): Promise<unknown> {
    return this.call('POST', '/reset');
  }

  /** For routes that have no method here. @throws with the simulator's sentence when it refuses. */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/_control${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /_control${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as T;
  }
}
