import { AppError, type Database, newId } from '@app/platform';
import type { AuditLog } from '../audit/audit-log.js';
import { hashPassword } from './passwords.js';
import { normaliseEmail, type User, type UserRole } from './user.js';
import type { UserRepository } from './user.repository.js';

export interface CreateUserCommand {
  email: string;
  password: string;
  role: UserRole;
}

/** An admin lets a person in. */
export class CreateUser {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly audit: AuditLog,
  ) {}

  /** @throws AppError 1012 `email_taken`: an email belongs to one person in one tenant. */
  async execute(tenantId: string, command: CreateUserCommand): Promise<User> {
    const user = { id: newId(), email: normaliseEmail(command.email), role: command.role };
    const passwordHash = await hashPassword(command.password);
    return this.database.withTenant(tenantId, async (tx) => {
      if (!(await this.users.insert(tx, tenantId, { ...user, passwordHash }))) {
        throw new AppError(1012, 'Someone has this email already', { reason: 'email_taken' });
      }
      await this.audit.recordIn(tx, tenantId, {
        action: 'user.created',
        target: user.id,
        details: { email: user.email, role: user.role },
      });
      return this.users.get(tx, tenantId, user.id);
    });
  }
}
