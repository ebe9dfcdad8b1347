import type { Clock, Database } from '@app/platform';
import type { UserRole } from '../people/user.js';
import { IDLE_SECONDS } from './session-life.js';
import { hashSessionSecret, looksLikeSessionSecret } from './session-secret.js';

/** Who is signed in. The role is the one they have now, not the one they signed in with. */
export interface SessionIdentity {
  sessionId: string;
  tenantId: string;
  userId: string;
  email: string;
  role: UserRole;
  expiresAt: Date;
  /** Its tenant is shut out by an operator. */
  isSuspended: boolean;
}

/** Finds the session behind a cookie's value; undefined for one that is malformed, unknown or over. */
export class AuthenticateSession {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async execute(secret: string): Promise<SessionIdentity | undefined> {
    if (!looksLikeSessionSecret(secret)) return undefined;
    const [row] = await this.database.acrossTenants<{
      id: string;
      tenant_id: string;
      user_id: string;
      email: string;
      role: UserRole;
      expires_at: Date;
      suspended: boolean;
    }>('SELECT * FROM authenticate_session($1, $2, $3::interval)', [
      hashSessionSecret(secret),
      this.clock.now(),
      `${IDLE_SECONDS} seconds`,
    ]);
    if (row === undefined) return undefined;
    return {
      sessionId: row.id,
      tenantId: row.tenant_id,
      userId: row.user_id,
      email: row.email,
      role: row.role,
      expiresAt: row.expires_at,
      isSuspended: row.suspended,
    };
  }
}
