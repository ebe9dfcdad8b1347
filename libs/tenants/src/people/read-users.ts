import type { Database } from '@app/platform';
import type { User } from './user.js';
import type { UserRepository } from './user.repository.js';

export class ReadUsers {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
  ) {}

  async list(tenantId: string, page: { before?: string; limit: number }): Promise<User[]> {
    return this.database.withTenant(tenantId, (tx) => this.users.list(tx, tenantId, page));
  }
}
