import { type Database, newId } from '@app/platform';
import type { EntityManager } from 'typeorm';

/** An AI agent that is to be given the pack; without one, all that the tenant has. */
export interface PackRequest {
  tenantId: string;
  id: string;
  agentId?: string;
}

/** Discovering takes up to 30 s: nobody else begins meanwhile. Then again, doubling up to an hour. */
const FIRST_SECONDS = 60;
const LONGEST_SECONDS = 3_600;

/** Who is yet to be given the pack. Connecting asks for all AI agents, by a trigger. */
export class PackRequestRepository {
  constructor(private readonly database: Database) {}

  /** For a new AI agent, where HubSpot is connected with the feature. Connecting it later asks for all. */
  async askFor(tx: EntityManager, tenantId: string, agentId: string): Promise<void> {
    await tx.query(
      `INSERT INTO pack_requests (id, tenant_id, agent_id)
       SELECT $3, c.tenant_id, $2
       -- Whoever connects at this moment comes before, and is seen, or after, and finds the AI agent.
       FROM (SELECT * FROM connections WHERE tenant_id = $1 FOR KEY SHARE) c
       WHERE 'skills' = ANY (c.features) AND c.status IN ('connected', 'active', 'attention')`,
      [tenantId, agentId, newId()],
    );
  }

  /** Of all tenants, oldest first. */
  async findDue(): Promise<{ tenantId: string; id: string }[]> {
    const rows = await this.database.acrossTenants<{ tenant_id: string; id: string }>(
      'SELECT tenant_id, id FROM due_pack_requests()',
    );
    return rows.map(({ tenant_id, id }) => ({ tenantId: tenant_id, id }));
  }

  /** Claims it until its next try is due. Undefined: another process has it, or it is over. */
  async claim(tenantId: string, id: string): Promise<PackRequest | undefined> {
    const [[row]] = await this.database.withTenant(tenantId, (tx) =>
      tx.query<[{ agent_id: string | null }[], number]>(
        `UPDATE pack_requests
         SET tries = tries + 1, due_at = now() + make_interval(secs => least($4, $3 * 2 ^ least(tries, 20)))
         WHERE tenant_id = $1 AND id = $2 AND due_at <= now() RETURNING agent_id`,
        [tenantId, id, FIRST_SECONDS, LONGEST_SECONDS],
      ),
    );
    return row === undefined ? undefined : { tenantId, id, agentId: row.agent_id ?? undefined };
  }

  async finish({ tenantId, id }: PackRequest): Promise<void> {
    await this.database.withTenant(tenantId, (tx) =>
      tx.query('DELETE FROM pack_requests WHERE tenant_id = $1 AND id = $2', [tenantId, id]),
    );
  }
}
