import type { Database } from '@app/platform';
import type { AiAgent } from './ai-agent.js';
import type { AiAgentRepository } from './ai-agent.repository.js';

export class ReadAiAgents {
  constructor(
    private readonly database: Database,
    private readonly agents: AiAgentRepository,
  ) {}

  /** Newest first; `before` is the id that ended the page before. */
  async list(tenantId: string, page: { before?: string; limit: number }): Promise<AiAgent[]> {
    return this.database.withTenant(tenantId, (tx) => this.agents.list(tx, tenantId, page));
  }

  /** @throws AppError 2011 */
  async get(tenantId: string, id: string): Promise<AiAgent> {
    return this.database.withTenant(tenantId, (tx) => this.agents.get(tx, tenantId, id));
  }
}
