import { AppError, type Clock, type Database } from '@app/platform';
import type { AuditLog } from '../audit/audit-log.js';
import type { SessionRepository } from '../sessions/session.repository.js';
import { hashPassword } from './passwords.js';
import type { User, UserRole } from './user.js';
import type { UserRepository } from './user.repository.js';

export interface ChangeUserCommand {
  id: string;
  role?: UserRole;
  password?: string;
  /** false: can't sign in any more, and is signed out at once; true: can again. */
  active?: boolean;
  /** The session of whoever asks, which goes on when they change their own password. */
  keepSessionId?: string;
}

/**
 * An admin changes a person's role, gives them a new password, which ends the sessions begun with the old one, or lets
 * them out and in again.
 */
export class ChangeUser {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError 2011 unknown, 1012 `last_admin`. */
  async execute(tenantId: string, command: ChangeUserCommand): Promise<User> {
    const { id, role, password, active, keepSessionId } = command;
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    return this.database.withTenant(tenantId, async (tx) => {
      const admins = await this.users.lockAdmins(tx, tenantId);
      const before = await this.users.get(tx, tenantId, id);
      if ((role === 'agent' || active === false) && admins.length === 1 && admins[0] === id) {
        throw new AppError(1012, 'A tenant needs an admin: make someone else one first', { reason: 'last_admin' });
      }
      const details = describeChange(before, command);
      if (Object.keys(details).length === 0) return before;
      const deactivatedAt = 'active' in details ? (active === false ? this.clock.now() : null) : undefined;
      await this.users.update(tx, tenantId, { id, role, passwordHash, deactivatedAt });
      if (active === false) await this.sessions.endOf(tx, tenantId, { userId: id });
      else if (passwordHash !== undefined) await this.sessions.endOf(tx, tenantId, { userId: id, but: keepSessionId });
      await this.audit.recordIn(tx, tenantId, { action: 'user.changed', target: id, details });
      return this.users.get(tx, tenantId, id);
    });
  }
}

/** What becomes different, for the audit log; nothing for what is so already. */
function describeChange(before: User, { role, password, active }: ChangeUserCommand): Record<string, unknown> {
  const wasActive = before.deactivatedAt === undefined;
  return {
    ...(role === undefined || role === before.role ? {} : { role }),
    ...(password === undefined ? {} : { password: 'changed' }),
    ...(active === undefined || active === wasActive ? {} : { active }),
  };
}
