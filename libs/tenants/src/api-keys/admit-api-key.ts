import { type Clock, type Database, Gather } from '@app/platform';
import type { Allowances, Spending } from '../allowances/allowances.js';
import type { ApiKeyScope } from './api-key-scopes.js';
import { hashApiKey, looksLikeApiKey } from './hash-api-key.js';

/** Who a request speaks for. */
export interface ApiKeyIdentity {
  keyId: string;
  keyName: string;
  tenantId: string;
  scopes: ReadonlySet<ApiKeyScope>;
  isSuspended: boolean;
}

/** A request that came with a key, and what it may spend from. */
export interface KeyedRequest {
  presented: string;
  /** Where it comes from. */
  network: string;
  /** Requests a minute of one address, and of one key. */
  perAddress: number;
  perKey: number;
}

export type Admission = { key: ApiKeyIdentity; spending: Spending } | undefined;

interface AdmissionRow {
  id: string;
  tenant_id: string;
  name: string;
  scopes: ApiKeyScope[];
  suspended: boolean;
  /** How many of them were answered so. */
  requests: number;
  refused: string | null;
  wait_seconds: number | null;
}

const MOST_TOGETHER = 200;
const PERIOD = '60 seconds';

const ADMIT = {
  name: 'admit_api_key',
  text: `SELECT k.id, k.tenant_id, k.name, k.scopes, k.suspended, s.requests, s.refused, s.wait_seconds
    FROM authenticate_api_key($1, $2) k
    CROSS JOIN LATERAL spend_allowances_together(
      ARRAY['address:' || $4::text, 'key:' || k.id], ARRAY[$5, $6]::integer[], ARRAY[$7, $7]::interval[], $2, $3
    ) s`,
};

/**
 * Finds the tenant behind a key and spends from the allowances of its address and of the key, in one statement; requests
 * with the same key from the same address that arrive while it runs share the next one. A key that is revoked is refused
 * from the next statement on: nothing is remembered between two.
 */
export class AdmitApiKey {
  private readonly gather: Gather<KeyedRequest, Admission>;

  constructor(
    private readonly database: Database,
    private readonly allowances: Allowances,
    private readonly clock: Clock,
  ) {
    // One lane: two statements of the same key would only wait for each other's rows.
    this.gather = new Gather((_key, requests) => this.admit(requests), {
      lanes: 1,
      fits: (taken) => taken.length < MOST_TOGETHER,
    });
  }

  /** @returns undefined for a key that is malformed, unknown or revoked; nothing was spent then. */
  async execute(request: KeyedRequest): Promise<Admission> {
    if (!looksLikeApiKey(request.presented)) return undefined;
    return this.gather.add(`${request.network} ${request.presented}`, request);
  }

  private async admit(requests: readonly KeyedRequest[]): Promise<Admission[]> {
    const [first] = requests;
    if (first === undefined) return [];
    const now = this.clock.now();
    await this.allowances.forgetFull(requests.length, now);
    const rows = await this.database.preparedAcrossTenants<AdmissionRow>(ADMIT, [
      hashApiKey(first.presented),
      now,
      requests.length,
      first.network,
      first.perAddress,
      first.perKey,
      PERIOD,
    ]);
    // The refused come first in the answer; those who asked first are let in.
    const admissions = rows.toReversed().flatMap((row) => Array<Admission>(row.requests).fill(toAdmission(row)));
    return requests.map((_request, index) => admissions[index]);
  }
}

function toAdmission(row: AdmissionRow): Admission {
  const { id: keyId, name: keyName, tenant_id: tenantId, suspended: isSuspended } = row;
  const key = { keyId, keyName, tenantId, scopes: new Set(row.scopes), isSuspended };
  if (row.refused === null) return { key, spending: { granted: true } };
  const retryAfterSeconds = Math.max(1, Math.ceil(row.wait_seconds ?? 0));
  return { key, spending: { granted: false, refused: row.refused, retryAfterSeconds } };
}
