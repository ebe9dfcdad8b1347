import type { Database } from '@app/platform';
import type { Actor, AuditAction } from './audit-log.js';

export interface AuditEntry {
  id: string;
  at: Date;
  actor: { kind: Actor['kind']; id?: string; name: string };
  action: AuditAction;
  target?: string;
  details: Record<string, unknown>;
  address?: string;
  traceId?: string;
}

interface AuditRow {
  id: string;
  at: Date;
  actor_kind: Actor['kind'];
  actor_id: string | null;
  actor_name: string;
  action: AuditAction;
  target: string | null;
  details: Record<string, unknown>;
  address: string | null;
  trace_id: string | null;
}

export class ReadAudit {
  constructor(private readonly database: Database) {}

  /** Newest first; `before` is the id that ended the page before. */
  async list(
    tenantId: string,
    { action, before, limit }: { action?: AuditAction; before?: string; limit: number },
  ): Promise<AuditEntry[]> {
    const rows = await this.database.withTenant(tenantId, (tx) =>
      tx.query<AuditRow[]>(
        `SELECT id, at, actor_kind, actor_id, actor_name, action, target, details, address, trace_id
         FROM audit_log
         WHERE tenant_id = $1 AND ($2::text IS NULL OR action = $2) AND ($3::uuid IS NULL OR id < $3)
         ORDER BY id DESC LIMIT $4`,
        [tenantId, action, before, limit],
      ),
    );
    return rows.map(toEntry);
  }
}

function toEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    actor: { kind: row.actor_kind, id: row.actor_id ?? undefined, name: row.actor_name },
    action: row.action,
    target: row.target ?? undefined,
    details: row.details,
    address: row.address ?? undefined,
    traceId: row.trace_id ?? undefined,
  };
}
