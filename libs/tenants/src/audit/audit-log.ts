import { AsyncLocalStorage } from 'node:async_hooks';
import { type Clock, type Database, newId } from '@app/platform';
import type { EntityManager } from 'typeorm';

export const AUDIT_ACTIONS = [
  'session.signed_in',
  'session.signed_out',
  'user.created',
  'user.changed',
  'api_key.created',
  'api_key.revoked',
  'connection.connected',
  'connection.enabled',
  'connection.disabled',
  'connection.disconnected',
  'connection.uninstalled',
  'connection.needs_attention',
  'connection.recovered',
  'writeback.changed',
  'options.changed',
  'delivery.replayed',
  'deliveries.replayed',
  'credentials.re_encrypted',
  'tenant.suspended',
  'tenant.resumed',
  'demo.customer_invited',
  'schema.discovered',
  'ai_agent.created',
  'ai_agent.changed',
  'ai_agent.deleted',
  'binding.created',
  'binding.changed',
  'binding.enabled',
  'binding.disabled',
  'binding.deleted',
  'pack.installed',
  'pack.changed',
  'caller.verified',
  'skill.wrote',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Who did it. `operator` is a person at the command line, `system` the product by itself. */
export type Actor =
  | { kind: 'api_key' | 'user'; id: string; name: string }
  | { kind: 'operator' | 'system'; id?: undefined; name: string };

/** Who is acting, and from where. */
export interface Acting {
  actor: Actor;
  address?: string;
  traceId?: string;
}

export interface AuditRecord {
  action: AuditAction;
  /** Id of what was changed, where it is one of several. */
  target?: string;
  /** What it came to. Never secrets: no tokens, passwords, keys or message texts. */
  details?: Readonly<Record<string, unknown>>;
}

const BY_ITSELF: Acting = { actor: { kind: 'system', name: 'Threadline' } };

/**
 * Writes down what was changed, in the transaction that changes it: neither happens without the other. Who acts is known
 * at the edge (a request, a command) and used deep inside, so it travels beside the call.
 */
export class AuditLog {
  private readonly acting = new AsyncLocalStorage<Acting>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Everything recorded during `work` was done by this actor. */
  actAs<T>(acting: Acting, work: () => T): T {
    return this.acting.run(acting, work);
  }

  /** @param by whoever acts, unless the caller knows better (at sign-in nobody acts yet). */
  async recordIn(tx: EntityManager, tenantId: string, record: AuditRecord, by: Partial<Acting> = {}): Promise<void> {
    const { actor, address, traceId } = { ...(this.acting.getStore() ?? BY_ITSELF), ...by };
    await tx.query(
      `INSERT INTO audit_log (id, tenant_id, at, actor_kind, actor_id, actor_name, action, target, details, address, trace_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        newId(),
        tenantId,
        this.clock.now(),
        actor.kind,
        actor.id,
        actor.name,
        record.action,
        record.target,
        JSON.stringify(record.details ?? {}),
        address,
        traceId,
      ],
    );
  }

  /** The same in a transaction of its own, for what changes nothing in the database. */
  async record(tenantId: string, record: AuditRecord): Promise<void> {
    await this.database.withTenant(tenantId, (tx) => this.recordIn(tx, tenantId, record));
  }
}
