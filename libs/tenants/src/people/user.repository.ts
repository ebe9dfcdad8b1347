import { AppError, isId } from '@app/platform';
import type { EntityManager } from 'typeorm';
import type { User, UserRole } from './user.js';

interface UserRow {
  id: string;
  email: string;
  role: UserRole;
  created_at: Date;
  deactivated_at: Date | null;
  last_sign_in_at: Date | null;
}

/** What is left out stays; null lets a deactivated person in again. */
interface UserChange {
  id: string;
  role?: UserRole;
  passwordHash?: string;
  deactivatedAt?: Date | null;
}

const COLUMNS = 'id, email, role, created_at, deactivated_at, last_sign_in_at';

export class UserRepository {
  /** Newest first; `before` is the id that ended the page before. */
  async list(
    tx: EntityManager,
    tenantId: string,
    { before, limit }: { before?: string; limit: number },
  ): Promise<User[]> {
    const rows = await tx.query<UserRow[]>(
      `SELECT ${COLUMNS} FROM users WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [tenantId, before, limit],
    );
    return rows.map(toUser);
  }

  /** @throws AppError 2011 */
  async get(tx: EntityManager, tenantId: string, id: string): Promise<User> {
    const rows = isId(id)
      ? await tx.query<UserRow[]>(`SELECT ${COLUMNS} FROM users WHERE tenant_id = $1 AND id = $2`, [tenantId, id])
      : [];
    const [row] = rows;
    if (row === undefined) throw new AppError(2011, 'No user has this id');
    return toUser(row);
  }

  /** @returns false when someone has this email already, here or in another tenant. */
  async insert(
    tx: EntityManager,
    tenantId: string,
    user: Pick<User, 'id' | 'email' | 'role'> & { passwordHash: string },
  ): Promise<boolean> {
    const inserted = await tx.query<unknown[]>(
      `INSERT INTO users (id, tenant_id, email, password_hash, role) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (email) DO NOTHING RETURNING id`,
      [user.id, tenantId, user.email, user.passwordHash, user.role],
    );
    return inserted.length > 0;
  }

  async update(
    tx: EntityManager,
    tenantId: string,
    { id, role, passwordHash, deactivatedAt }: UserChange,
  ): Promise<void> {
    await tx.query(
      `UPDATE users SET role = coalesce($3, role), password_hash = coalesce($4, password_hash),
         deactivated_at = CASE WHEN $5 THEN $6 ELSE deactivated_at END
       WHERE tenant_id = $1 AND id = $2`,
      [tenantId, id, role, passwordHash, deactivatedAt !== undefined, deactivatedAt ?? null],
    );
  }

  /** Those who can sign in. Locked, so that two admins who demote each other at once don't both succeed. */
  async lockAdmins(tx: EntityManager, tenantId: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `SELECT id FROM users WHERE tenant_id = $1 AND role = 'admin' AND deactivated_at IS NULL ORDER BY id FOR UPDATE`,
      [tenantId],
    );
    return rows.map(({ id }) => id);
  }
}

function toUser(row: UserRow): User {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    createdAt: row.created_at,
    deactivatedAt: row.deactivated_at ?? undefined,
    lastSignInAt: row.last_sign_in_at ?? undefined,
  };
}
