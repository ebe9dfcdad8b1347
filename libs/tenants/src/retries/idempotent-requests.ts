import { createHash } from 'node:crypto';
import { type Clock, type Database, newId } from '@app/platform';
import type { SealedValue, Vault } from '../vault/vault.js';

export interface IdempotentRequest {
  /** Id of the API key or the user. */
  callerId: string;
  /** Method and address. */
  route: string;
  /** As the caller made it up. */
  key: string;
  body: unknown;
}

export interface RememberedAnswer {
  status: number;
  body: unknown;
}

export type Begun =
  | { outcome: 'new'; attempt: Attempt }
  /** It was done before: this is what was answered. */
  | { outcome: 'answered'; answer: RememberedAnswer }
  /** The same key with something else under it. */
  | { outcome: 'different' }
  /** Another attempt is at it right now. */
  | { outcome: 'running' };

/** The right to answer a request. */
export interface Attempt {
  id: string;
  keyHash: Buffer;
}

/** Sealed for this place. */
export const ANSWER_FIELD = 'idempotent_request.answer';

const REMEMBERED_MS = 86_400_000;
/** No request lives this long; whoever began it died without an answer. */
const DEAD_AFTER_MS = 120_000;

interface Row {
  request_hash: Buffer;
  status: number | null;
  answer: SealedValue | null;
}

/** Does what was asked under an `Idempotency-Key` once, and answers every repetition for a day as the first time. */
export class IdempotentRequests {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async begin(tenantId: string, { callerId, route, key, body }: IdempotentRequest): Promise<Begun> {
    const keyHash = hash([callerId, route, key]);
    const requestHash = hash(body);
    const id = newId();
    const now = this.clock.now().getTime();
    return this.database.withTenant(tenantId, async (tx): Promise<Begun> => {
      await tx.query('DELETE FROM idempotent_requests WHERE tenant_id = $1 AND started_at < $2', [
        tenantId,
        new Date(now - REMEMBERED_MS),
      ]);
      const begun = await tx.query<unknown[]>(
        `INSERT INTO idempotent_requests AS r (tenant_id, key_hash, request_hash, started_at, attempt_id)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (tenant_id, key_hash) DO UPDATE SET started_at = $4, attempt_id = $5
           WHERE r.answer IS NULL AND r.request_hash = $3 AND r.started_at < $6
         RETURNING key_hash`,
        [tenantId, keyHash, requestHash, new Date(now), id, new Date(now - DEAD_AFTER_MS)],
      );
      if (begun.length > 0) return { outcome: 'new', attempt: { id, keyHash } };
      const [row] = await tx.query<Row[]>(
        'SELECT request_hash, status, answer FROM idempotent_requests WHERE tenant_id = $1 AND key_hash = $2',
        [tenantId, keyHash],
      );
      if (row !== undefined && !row.request_hash.equals(requestHash)) return { outcome: 'different' };
      if (row?.status == null || row.answer === null) return { outcome: 'running' };
      const opened = this.vault.open(row.answer, { tenantId, field: ANSWER_FIELD });
      return { outcome: 'answered', answer: { status: row.status, body: JSON.parse(opened) } };
    });
  }

  /** It was done: from now on this is the answer. */
  async settle(tenantId: string, { id, keyHash }: Attempt, { status, body }: RememberedAnswer): Promise<void> {
    const sealed = this.vault.seal(JSON.stringify(body), { tenantId, field: ANSWER_FIELD });
    await this.database.withTenant(tenantId, (tx) =>
      tx.query(
        'UPDATE idempotent_requests SET status = $4, answer = $5 WHERE tenant_id = $1 AND key_hash = $2 AND attempt_id = $3',
        [tenantId, keyHash, id, status, JSON.stringify(sealed)],
      ),
    );
  }

  /** It was refused or failed: nothing is remembered, and it may be tried again. */
  async abandon(tenantId: string, { id, keyHash }: Attempt): Promise<void> {
    await this.database.withTenant(tenantId, (tx) =>
      tx.query('DELETE FROM idempotent_requests WHERE tenant_id = $1 AND key_hash = $2 AND attempt_id = $3', [
        tenantId,
        keyHash,
        id,
      ]),
    );
  }
}

function hash(value: unknown): Buffer {
  return createHash('sha256')
    .update(JSON.stringify(value ?? null))
    .digest();
}
