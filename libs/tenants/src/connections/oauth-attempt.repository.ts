import { newId, type Clock, type Database } from '@app/platform';

/** A ticket opens the start page; a state comes back from HubSpot's consent page. Both are known by their hash alone. */
export interface OAuthAttempt {
  kind: 'ticket' | 'state';
  hash: Buffer;
  features: string[];
  /** Of a state: who began it, and in which browser. */
  userId?: string;
  browserHash?: Buffer;
}

const LIFE_MINUTES = 10;

/** The single-use secrets of connecting by OAuth. */
export class OAuthAttemptRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Good for ten minutes. What ran out is swept away with it. */
  async put(tenantId: string, attempt: OAuthAttempt): Promise<void> {
    const now = this.clock.now();
    await this.database.withTenant(tenantId, async (tx) => {
      await tx.query('DELETE FROM oauth_attempts WHERE tenant_id = $1 AND expires_at <= $2', [tenantId, now]);
      await tx.query(
        `INSERT INTO oauth_attempts (tenant_id, id, kind, hash, features, user_id, browser_hash, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          tenantId,
          newId(),
          attempt.kind,
          attempt.hash,
          attempt.features,
          attempt.userId ?? null,
          attempt.browserHash ?? null,
          new Date(now.getTime() + LIFE_MINUTES * 60_000),
        ],
      );
    });
  }

  /** Uses it up: of many who present it at once, one gets it. Undefined: unknown, used, expired, or another tenant's. */
  async take(tenantId: string, kind: OAuthAttempt['kind'], hash: Buffer): Promise<OAuthAttempt | undefined> {
    const [[row]] = await this.database.withTenant(tenantId, (tx) =>
      tx.query<
        [{ features: string[]; user_id: string | null; browser_hash: Buffer | null; expires_at: Date }[], number]
      >(
        `DELETE FROM oauth_attempts WHERE tenant_id = $1 AND kind = $2 AND hash = $3
         RETURNING features, user_id, browser_hash, expires_at`,
        [tenantId, kind, hash],
      ),
    );
    if (row === undefined || row.expires_at <= this.clock.now()) return undefined;
    return {
      kind,
      hash,
      features: row.features,
      userId: row.user_id ?? undefined,
      browserHash: row.browser_hash ?? undefined,
    };
  }
}
