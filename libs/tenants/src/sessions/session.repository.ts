import { type Clock, newId } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { hashSessionSecret } from './session-secret.js';
import { ABSOLUTE_SECONDS, IDLE_SECONDS } from './session-life.js';

export class SessionRepository {
  constructor(private readonly clock: Clock) {}

  /**
   * Also clears away the tenant's sessions that are over, so that the table holds no more than what lives.
   * @param passwordHash what the person signed in with; @returns undefined when it was changed meanwhile, or the person let out.
   */
  async begin(
    tx: EntityManager,
    tenantId: string,
    { userId, passwordHash, secret }: { userId: string; passwordHash: string; secret: string },
  ): Promise<{ id: string; expiresAt: Date } | undefined> {
    const id = newId();
    const now = this.clock.now();
    // Locks the person: a change of password, or letting them out, comes before, and is seen here, or after, and ends the new session too.
    const [, matched] = await tx.query<[unknown[], number]>(
      `UPDATE users SET last_sign_in_at = $4
       WHERE tenant_id = $1 AND id = $2 AND password_hash = $3 AND deactivated_at IS NULL`,
      [tenantId, userId, passwordHash, now],
    );
    if (matched === 0) return undefined;
    const expiresAt = new Date(now.getTime() + ABSOLUTE_SECONDS * 1_000);
    const idleSince = new Date(now.getTime() - IDLE_SECONDS * 1_000);
    await tx.query('DELETE FROM sessions WHERE tenant_id = $1 AND (expires_at <= $2 OR last_seen_at <= $3)', [
      tenantId,
      now,
      idleSince,
    ]);
    await tx.query(
      `INSERT INTO sessions (id, tenant_id, user_id, secret_hash, created_at, last_seen_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $5, $6)`,
      [id, tenantId, userId, hashSessionSecret(secret), now, expiresAt],
    );
    return { id, expiresAt };
  }

  async end(tx: EntityManager, tenantId: string, id: string): Promise<void> {
    await tx.query('DELETE FROM sessions WHERE tenant_id = $1 AND id = $2', [tenantId, id]);
  }

  async endOf(tx: EntityManager, tenantId: string, { userId, but }: { userId: string; but?: string }): Promise<void> {
    await tx.query('DELETE FROM sessions WHERE tenant_id = $1 AND user_id = $2 AND ($3::uuid IS NULL OR id <> $3)', [
      tenantId,
      userId,
      but,
    ]);
  }
}
