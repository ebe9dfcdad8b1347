import type { Database } from '@app/platform';
import type { AiAgentRepository } from '../agents/ai-agent.repository.js';
import type { Binding, BindingVersion } from './binding.js';
import type { BindingRepository } from './binding.repository.js';

export class ReadBindings {
  constructor(
    private readonly database: Database,
    private readonly agents: AiAgentRepository,
    private readonly bindings: BindingRepository,
  ) {}

  /** Newest first; `before` is the id that ended the page before. @throws AppError 2011 for an unknown AI agent. */
  async list(tenantId: string, page: { agentId: string; before?: string; limit: number }): Promise<Binding[]> {
    return this.database.withTenant(tenantId, async (tx) => {
      await this.agents.get(tx, tenantId, page.agentId);
      return this.bindings.list(tx, tenantId, page);
    });
  }

  /** @throws AppError 2011 */
  async get(tenantId: string, at: { agentId: string; id: string }): Promise<Binding> {
    return this.database.withTenant(tenantId, (tx) => this.bindings.get(tx, tenantId, at));
  }

  /** Newest first, the current one included. @throws AppError 2011 */
  async versions(tenantId: string, at: { agentId: string; id: string }): Promise<BindingVersion[]> {
    return this.database.withTenant(tenantId, async (tx) => {
      const { id } = await this.bindings.get(tx, tenantId, at);
      return this.bindings.versions(tx, tenantId, id);
    });
  }
}
