import { AppError, type Database } from '@app/platform';
import type { AuditLog } from '../audit/audit-log.js';
import type { SessionRepository } from '../sessions/session.repository.js';
import { hashPassword } from './passwords.js';
import type { User, UserRole } from './user.js';
import type { UserRepository } from './user.repository.js';

export interface ChangeUserCommand {
  id: string;
  role?: UserRole;
  password?: string;
  /** The session of whoever asks, which goes on when they change their own password. */
  keepSessionId?: string;
}

/** An admin changes a person's role, or gives them a new password, which ends the sessions begun with the old one. */
export class ChangeUser {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly audit: AuditLog,
  ) {}

  /** @throws AppError 2011 unknown, 1012 `last_admin`. */
  async execute(tenantId: string, { id, role, password, keepSessionId }: ChangeUserCommand): Promise<User> {
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    return this.database.withTenant(tenantId, async (tx) => {
      const admins = await this.users.lockAdmins(tx, tenantId);
      const before = await this.users.get(tx, tenantId, id);
      if (role === 'agent' && before.role === 'admin' && admins.length === 1) {
        throw new AppError(1012, 'A tenant needs an admin: make someone else one first', { reason: 'last_admin' });
      }
      await this.users.update(tx, tenantId, { id, role, passwordHash });
      if (passwordHash !== undefined) await this.sessions.endOf(tx, tenantId, { userId: id, but: keepSessionId });
      await this.audit.recordIn(tx, tenantId, {
        action: 'user.changed',
        target: id,
        details: {
          ...(role === undefined ? {} : { role }),
          ...(password === undefined ? {} : { password: 'changed' }),
        },
      });
      return this.users.get(tx, tenantId, id);
    });
  }
}
