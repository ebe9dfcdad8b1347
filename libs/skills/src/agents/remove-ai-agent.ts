import type { Database } from '@app/platform';
import type { AuditLog } from '@app/tenants';
import { BindingRepository } from '../bindings/binding.repository.js';
import type { AiAgent } from './ai-agent.js';
import type { AiAgentRepository } from './ai-agent.repository.js';

/** Deletes an AI agent with its skills, for good. */
export class RemoveAiAgent {
  constructor(
    private readonly database: Database,
    private readonly agents: AiAgentRepository,
    private readonly audit: AuditLog,
    private readonly bindings: Pick<BindingRepository, 'takeTurn'> = new BindingRepository(),
  ) {}

  /** @throws AppError 2011 */
  async execute(tenantId: string, id: string): Promise<AiAgent> {
    return this.database.withTenant(tenantId, async (tx) => {
      // Its skills go with it: whoever checks all bindings at once would lock the same rows in another order.
      await this.bindings.takeTurn(tx, tenantId);
      const agent = await this.agents.lock(tx, tenantId, id);
      await this.agents.remove(tx, tenantId, id);
      await this.audit.recordIn(tx, tenantId, {
        action: 'ai_agent.deleted',
        target: id,
        details: { name: agent.name },
      });
      return agent;
    });
  }
}
