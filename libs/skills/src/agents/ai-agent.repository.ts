import { AppError, isId } from '@app/platform';
import { type EntityManager, QueryFailedError } from 'typeorm';
import type { AiAgent, AiAgentChange, AiAgentKind } from './ai-agent.js';

interface AgentRow {
  id: string;
  name: string;
  description: string | null;
  kind: AiAgentKind;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = 'id, name, description, kind, created_at, updated_at';

export class AiAgentRepository {
  /** Newest first; `before` is the id that ended the page before. */
  async list(
    tx: EntityManager,
    tenantId: string,
    { before, limit }: { before?: string; limit: number },
  ): Promise<AiAgent[]> {
    const rows = await tx.query<AgentRow[]>(
      `SELECT ${COLUMNS} FROM ai_agents WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [tenantId, before, limit],
    );
    return rows.map(toAgent);
  }

  async listIds(tx: EntityManager, tenantId: string): Promise<string[]> {
    const rows = await tx.query<Pick<AgentRow, 'id'>[]>('SELECT id FROM ai_agents WHERE tenant_id = $1 ORDER BY id', [
      tenantId,
    ]);
    return rows.map(({ id }) => id);
  }

  /** @throws AppError 2011 */
  async get(tx: EntityManager, tenantId: string, id: string): Promise<AiAgent> {
    return this.find(tx, tenantId, { id, lock: '' });
  }

  /** The same, and nobody changes or deletes it before the unit of work ends. */
  async lock(tx: EntityManager, tenantId: string, id: string): Promise<AiAgent> {
    return this.find(tx, tenantId, { id, lock: 'FOR UPDATE' });
  }

  /** The same, and nobody deletes it before the unit of work ends. */
  async hold(tx: EntityManager, tenantId: string, id: string): Promise<AiAgent> {
    return this.find(tx, tenantId, { id, lock: 'FOR KEY SHARE' });
  }

  /** @returns undefined when another AI agent of the tenant has the name. */
  async insert(
    tx: EntityManager,
    tenantId: string,
    agent: Pick<AiAgent, 'id' | 'name' | 'description' | 'kind'> & { at: Date },
  ): Promise<AiAgent | undefined> {
    const [row] = await tx.query<AgentRow[]>(
      `INSERT INTO ai_agents (id, tenant_id, name, description, kind, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $6)
       ON CONFLICT (tenant_id, lower(name)) DO NOTHING RETURNING ${COLUMNS}`,
      [agent.id, tenantId, agent.name, agent.description, agent.kind, agent.at],
    );
    return row === undefined ? undefined : toAgent(row);
  }

  /** @throws when another AI agent of the tenant has the name: see `isNameTaken`. */
  async update(
    tx: EntityManager,
    tenantId: string,
    { id, at, name, kind, description }: AiAgentChange & { id: string; at: Date },
  ): Promise<void> {
    await tx.query(
      `UPDATE ai_agents SET name = coalesce($3, name), kind = coalesce($4, kind),
         description = CASE WHEN $5 THEN $6 ELSE description END, updated_at = $7
       WHERE tenant_id = $1 AND id = $2`,
      [tenantId, id, name, kind, description !== undefined, description ?? null, at],
    );
  }

  /** With everything that belongs to it. */
  async remove(tx: EntityManager, tenantId: string, id: string): Promise<void> {
    await tx.query('DELETE FROM ai_agents WHERE tenant_id = $1 AND id = $2', [tenantId, id]);
  }

  private async find(
    tx: EntityManager,
    tenantId: string,
    { id, lock }: { id: string; lock: string },
  ): Promise<AiAgent> {
    const [row] = isId(id)
      ? await tx.query<AgentRow[]>(`SELECT ${COLUMNS} FROM ai_agents WHERE tenant_id = $1 AND id = $2 ${lock}`, [
          tenantId,
          id,
        ])
      : [];
    if (row === undefined) throw new AppError(2011, 'No AI agent has this id');
    return toAgent(row);
  }
}

/** Whether the database refused the name, which it alone can judge when two come at once. */
export function isNameTaken(error: unknown): boolean {
  return error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '23505';
}

function toAgent(row: AgentRow): AiAgent {
  return {
    id: row.id,
    name: row.name,
    description: row.description ?? undefined,
    kind: row.kind,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
